// SPDX-License-Identifier: GPL-3.0-or-later
// Functions, classes, imports, and what magics and shell lines bring in.
#include "analyzers/lineage/trace.h"

#include "analyzers/code/shell.h"

#include <algorithm>
#include <cctype>

namespace cupel::lineage {

namespace {

using code::Children;
using code::NodeField;
using Kind = code::NodeKind;
using code::Syntax;

constexpr std::size_t maxDefinitions = 20'000;
constexpr std::size_t maxParameters = 64;
constexpr int maxModules = 40;

std::string_view firstWord(std::string_view text)
{
    const auto from = std::min(text.find_first_not_of(" \t"), text.size());
    auto word = text.substr(from, text.find_first_of(" \t\r\n", from) - from);
    if (word.size() > 1 && (word.front() == '"' || word.front() == '\'') && word.back() == word.front()) {
        word = word.substr(1, word.size() - 2);
    }
    return word;
}

// Names that people give to files beside their notebook, and nobody to a package.
bool looksLocal(std::string_view module)
{
    if (module.find('.') != std::string_view::npos) {
        return false;
    }
    constexpr std::string_view whole[] = {"utils", "util", "helpers", "helper", "common", "config", "settings",
        "constants", "functions", "preprocess", "preprocessing", "data_loader", "dataloader", "my_module", "tools"};
    constexpr std::string_view parts[] = {
        "_utils", "utils_", "_helpers", "_helper", "previous_", "_download", "my_", "_functions"};
    return std::find(std::begin(whole), std::end(whole), module) != std::end(whole)
        || std::any_of(std::begin(parts), std::end(parts),
            [module](auto part) { return module.find(part) != std::string_view::npos; });
}

} // namespace

void Trace::readParameters(std::uint32_t node, Function& function)
{
    for (const auto child : Children(tree(), node)) {
        if (function.parameters.size() >= maxParameters) {
            return;
        }
        Parameter parameter;
        auto name = child;
        switch (tree()[child].kind) {
        case Kind::Identifier:
            break;
        case Kind::DefaultParameter:
        case Kind::TypedDefaultParameter:
            name = tree().child(child, NodeField::Name);
            if (const auto value = tree().child(child, NodeField::Value); value != Syntax::none) {
                parameter.fallback = evaluate(value);
            }
            break;
        case Kind::TypedParameter:
            name = tree().firstChild(child);
            break;
        case Kind::ListSplatPattern:
            parameter.kind = Parameter::Kind::List;
            name = tree().firstChild(child);
            break;
        case Kind::DictionarySplatPattern:
            parameter.kind = Parameter::Kind::Dictionary;
            name = tree().firstChild(child);
            break;
        default:
            continue;
        }
        if (const auto type = tree().child(child, NodeField::Type); type != Syntax::none) {
            parameter.annotation = nodeText(type);
        }
        if (name != Syntax::none && tree()[name].kind != Kind::Identifier) {
            parameter.kind = tree()[name].kind == Kind::ListSplatPattern ? Parameter::Kind::List : parameter.kind;
            name = tree().firstChild(name);
        }
        if (name != Syntax::none) {
            parameter.name = nodeText(name);
            function.parameters.push_back(parameter);
        }
    }
}

void Trace::defineFunction(std::uint32_t node, const std::vector<std::uint32_t>& decorators)
{
    const auto name = tree().child(node, NodeField::Name);
    if (name == Syntax::none || m_functions.size() >= maxDefinitions) {
        return;
    }
    Function function;
    function.unit = m_unit;
    function.node = node;
    function.body = tree().child(node, NodeField::Body);
    function.scope = m_scope;
    function.name = nodeText(name);
    for (const auto decorator : decorators) {
        const auto text = nodeText(decorator);
        function.isStatic = function.isStatic || text == "@staticmethod";
    }
    if (const auto parameters = tree().child(node, NodeField::Parameters); parameters != Syntax::none) {
        readParameters(parameters, function);
    }
    const auto ref = make(ThingKind::Function, node);
    at(ref).local = static_cast<std::uint32_t>(m_functions.size());
    at(ref).text = function.name;
    if (m_scopes[m_scope].kind == Scope::Kind::Class) {
        function.owner = static_cast<std::uint32_t>(m_classes.size() - 1); // the one that is being defined
    }
    m_functions.push_back(std::move(function));
    setName(m_scope, at(ref).text, ref);
}

Ref Trace::lambda(std::uint32_t node)
{
    if (m_functions.size() >= maxDefinitions) {
        return 0;
    }
    Function function;
    function.unit = m_unit;
    function.node = node;
    function.body = tree().child(node, NodeField::Body);
    function.scope = m_scope;
    function.lambda = true;
    if (const auto parameters = tree().child(node, NodeField::Parameters); parameters != Syntax::none) {
        readParameters(parameters, function);
    }
    const auto ref = make(ThingKind::Function, node);
    at(ref).local = static_cast<std::uint32_t>(m_functions.size());
    m_functions.push_back(std::move(function));
    return ref;
}

void Trace::defineClass(std::uint32_t node)
{
    const auto name = tree().child(node, NodeField::Name);
    if (name == Syntax::none || m_classes.size() >= maxDefinitions) {
        return;
    }
    Class entry;
    entry.name = nodeText(name);
    entry.unit = m_unit;
    entry.node = node;
    if (const auto bases = tree().child(node, NodeField::Superclasses); bases != Syntax::none) {
        for (const auto child : Children(tree(), bases)) {
            if (tree()[child].kind == Kind::KeywordArgument || entry.bases.size() >= 8) {
                continue;
            }
            const auto base = evaluate(child);
            entry.bases.push_back(base);
            const auto& thing = at(base);
            if (thing.kind == ThingKind::Path && entry.type.empty()) {
                entry.type = keep(m_roles.canonical(thing.text));
            } else if (thing.kind == ThingKind::Class && entry.type.empty()) {
                entry.type = m_classes[thing.local].type;
            }
        }
    }
    Scope scope;
    scope.kind = Scope::Kind::Class;
    scope.parent = m_scope;
    entry.scope = static_cast<std::uint32_t>(m_scopes.size());
    m_scopes.push_back(std::move(scope));
    const auto index = static_cast<std::uint32_t>(m_classes.size());
    m_classes.push_back(std::move(entry));
    const auto ref = make(ThingKind::Class, node);
    at(ref).local = index;
    at(ref).text = m_classes[index].name;
    const auto outer = m_scope;
    m_scope = m_classes[index].scope;
    const auto functions = m_functions.size();
    block(tree().child(node, NodeField::Body));
    for (auto i = functions; i < m_functions.size(); ++i) {
        if (m_functions[i].scope == m_classes[index].scope && !m_functions[i].lambda) {
            m_functions[i].owner = index;
        }
    }
    m_scope = outer;
    setName(m_scope, m_classes[index].name, ref);
}

void Trace::decorated(std::uint32_t node)
{
    std::vector<std::uint32_t> decorators;
    for (const auto child : Children(tree(), node)) {
        const auto kind = tree()[child].kind;
        if (kind == Kind::Decorator) {
            decorators.push_back(child);
        } else if (kind == Kind::FunctionDefinition) {
            defineFunction(child, decorators);
        } else if (kind == Kind::ClassDefinition) {
            defineClass(child);
        }
    }
    for (const auto decorator : decorators) {
        if (const auto inner = tree().firstChild(decorator); inner != Syntax::none) {
            evaluate(inner);
        }
    }
}

Ref Trace::runModule(const ParsedFilePtr& file)
{
    const auto known = m_modules.find(file->path);
    const auto ref = make(ThingKind::Object, Syntax::none);
    at(ref).type = "module";
    if (known != m_modules.end()) {
        at(ref).scope = known->second;
        return ref;
    }
    if (m_modules.size() >= maxModules) {
        return 0;
    }
    const auto scope = static_cast<std::uint32_t>(m_scopes.size());
    m_scopes.emplace_back();
    m_modules.emplace(file->path, scope);
    at(ref).scope = scope;
    // Its statements run at import; what they record carries no call site.
    auto frames = std::move(m_frames);
    m_frames.clear();
    m_frames.emplace_back(); // not the module level of this file: no versions of names
    runFile(file, scope);
    m_frames = std::move(frames);
    return ref;
}

Ref Trace::module(std::string_view name, std::uint32_t node)
{
    const auto written = name;
    std::string base = folder();
    while (name.starts_with('.')) {
        name.remove_prefix(1);
        if (name.starts_with('.')) {
            base = joinPath(base, "..");
            base = base == "." ? std::string() : base;
        }
    }
    std::string path(name);
    std::replace(path.begin(), path.end(), '.', '/');
    std::vector<std::string> roots{base, std::string(), std::string("src")};
    roots.insert(roots.end(), m_roots.begin(), m_roots.end());
    for (const auto& root : roots) {
        if (const auto known = m_modules.find(joinPath(root, path + ".py")); known != m_modules.end()) {
            const auto ref = object("module", node);
            at(ref).scope = known->second;
            return ref;
        }
        for (const std::string_view suffix : {".py", "/__init__.py"}) {
            const auto file = m_files.find(joinPath(root, path + std::string(suffix)));
            if (!file || file->path == m_units[m_unit].file->path) {
                continue;
            }
            const auto from = m_out.node(NodeKind::Cell, "cell:" + file->path,
                file->path.substr(file->path.rfind('/') + 1), Place{m_out.file(*file), -1, -1, 1, -1, {}});
            m_out.edge(from, cellNode(m_unit), EdgeKind::Imports, "import", "it imports '" + std::string(name) + "'",
                place(node));
            return runModule(file);
        }
    }
    // Nobody has it: a file of the workspace that is not there.
    const bool relative = name.data() != nullptr && written.starts_with('.');
    if ((relative || looksLocal(name)) && m_out.fresh("import " + std::string(written), place(node), {}, none)) {
        m_out.graph().hazards.push_back({HazardKind::UnresolvedImport, place(node), {std::string(written)},
            "no file of the workspace is this module", {}});
    }
    return 0;
}

void Trace::importModule(std::uint32_t node)
{
    for (const auto child : Children(tree(), node)) {
        const bool aliased = tree()[child].kind == Kind::AliasedImport;
        const auto name = aliased ? tree().child(child, NodeField::Name) : child;
        const auto alias = aliased ? tree().child(child, NodeField::Alias) : Syntax::none;
        if (name == Syntax::none || tree()[name].kind != Kind::DottedName) {
            continue;
        }
        const auto dotted = nodeText(name);
        Ref value = module(dotted, child);
        if (value == 0) {
            value = make(ThingKind::Path, child);
            at(value).module = true;
            at(value).text = aliased ? dotted : dotted.substr(0, dotted.find('.'));
        }
        setName(m_scope, alias != Syntax::none ? nodeText(alias) : dotted.substr(0, dotted.find('.')), value);
    }
}

void Trace::importFrom(std::uint32_t node)
{
    const auto moduleNode = tree().child(node, NodeField::Module);
    if (moduleNode == Syntax::none) {
        return;
    }
    const auto dotted = nodeText(moduleNode);
    const auto local = module(dotted, node);
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind == Kind::WildcardImport) {
            if (local != 0) {
                const auto names = m_scopes[at(local).scope].names;
                for (const auto& [name, value] : names) {
                    setName(m_scope, name, value);
                }
            } else if (m_stars.size() < 32) {
                m_stars.push_back(dotted);
            }
        }
        if (tree()[child].field != NodeField::Name) {
            continue;
        }
        const bool aliased = tree()[child].kind == Kind::AliasedImport;
        const auto name = aliased ? tree().child(child, NodeField::Name) : child;
        const auto alias = aliased ? tree().child(child, NodeField::Alias) : child;
        if (name == Syntax::none || alias == Syntax::none) {
            continue;
        }
        Ref value = 0;
        if (local != 0) {
            const auto& names = m_scopes[at(local).scope].names;
            const auto hit = names.find(nodeText(name));
            value = hit != names.end() ? hit->second : 0;
        }
        if (value == 0 && (local == 0 || dotted == ".")) {
            const auto prefix = std::string(dotted) + (dotted.ends_with('.') ? "" : ".");
            value = dotted.find_first_not_of('.') == std::string_view::npos
                ? module(prefix + std::string(nodeText(name)), child)
                : 0;
        }
        if (value == 0 && local == 0) {
            value = make(ThingKind::Path, child);
            at(value).text = keep(std::string(dotted) + '.' + std::string(nodeText(name)));
        }
        setName(m_scope, nodeText(alias), value);
    }
}

void Trace::runCommands(std::uint32_t upTo)
{
    const auto& commands = cellOf(m_unit).commands;
    while (m_nextCommand < commands.size() && commands[m_nextCommand].bytes.start < upTo) {
        command(commands[m_nextCommand++]);
    }
}

void Trace::command(const code::Command& command)
{
    const auto where = commandPlace(command.bytes);
    if (command.name == "run" || command.name == "load") {
        const auto path = joinPath(folder(), firstWord(command.arguments));
        auto file = m_files.find(path);
        if (!file) {
            file = m_files.find(path + ".ipynb");
        }
        if (file && file != m_units[m_unit].file && m_modules.size() < maxModules
            && m_modules.emplace("%run " + file->path, m_scope).second) {
            const auto from = m_out.node(NodeKind::Cell, "cell:" + file->path,
                file->path.substr(file->path.rfind('/') + 1), Place{m_out.file(*file), -1, -1, 1, -1, {}});
            m_out.edge(
                from, cellNode(m_unit), EdgeKind::Runs, "magic:%run", "it runs this file in its own names", where);
            m_frames.emplace_back();
            runFile(file, m_scope);
            m_frames.pop_back();
        }
        return;
    }
    if (command.name == "store" && command.kind == code::CommandKind::Line) {
        return store(command.arguments, where);
    }
    if (command.name == "cd") {
        const auto folderNow = firstWord(command.arguments);
        m_directory = folderNow.empty() ? m_directory : joinPath(workingFolder(), folderNow);
        return;
    }
    if (command.kind == code::CommandKind::Cell && (command.name == "writefile" || command.name == "file")) {
        const auto filled = filledIn(command.arguments);
        auto path = std::string_view(filled);
        if (path.starts_with("-a")) {
            path.remove_prefix(2);
        }
        const auto locator = readLocator(firstWord(path), workingFolder(), "path", false);
        const auto node = m_out.located(locator, "%%writefile", where);
        m_out.edge(cellNode(m_unit), node, EdgeKind::Writes, "magic:%%writefile",
            "the text of the cell is written here", where);
        m_out.sink(node, locator.kind, locator.value, where, {});
        runWritten(m_unit, joinPath(workingFolder(), firstWord(path)));
        return;
    }
    if (command.isShell()) {
        const auto range = command.shellBytes();
        shell(slice(cellOf(m_unit).text, range), where);
    }
    for (const auto& target : command.targets) {
        const auto ref = object({}, Syntax::none);
        setName(m_scope, keep(target), ref);
    }
}

// $name and {name} in a magic, where they are known texts.
std::string Trace::filledIn(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool braces = text[i] == '{';
        if (!braces && text[i] != '$') {
            out += text[i];
            continue;
        }
        auto end = i + 1;
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) {
            ++end;
        }
        const auto name = text.substr(i + 1, end - i - 1);
        const auto* value = name.empty() ? nullptr : findName(name);
        const bool whole = !braces || (end < text.size() && text[end] == '}');
        if (value && whole && at(*value).kind == ThingKind::Text) {
            out += at(*value).text;
            i = braces ? end : end - 1;
        } else {
            out += text[i];
        }
    }
    return out;
}

// %store x keeps a variable for other notebooks; %store -r x brings it back.
void Trace::store(std::string_view arguments, const Place& where)
{
    bool restores = false;
    for (auto rest = arguments; !rest.empty();) {
        const auto word = firstWord(rest);
        const auto at_ = rest.find(word);
        rest.remove_prefix(word.empty() ? rest.size() : std::min(at_ + word.size(), rest.size()));
        if (word.starts_with('-')) {
            restores = restores || word == "-r";
            continue;
        }
        if (word.empty()) {
            continue;
        }
        const auto name = keep(std::string(word));
        const auto node = m_out.node(NodeKind::Artifact, "store:" + std::string(word), word, where);
        if (restores) {
            setName(m_scope, name, fromSource(node, {}, Syntax::none));
        } else if (const auto* value = findName(name)) {
            for (const auto from : at(*value).from) {
                m_out.edge(from, node, EdgeKind::Writes, "magic:%store", "it is kept for other notebooks", where);
            }
        }
    }
}

// Downloads give files, unpacking gives folders.
void Trace::shell(std::string_view text, const Place& where)
{
    const auto base = workingFolder();
    for (const auto& entry : code::readShell(text, m_budget)) {
        const auto program = entry.program();
        if (program != "wget" && program != "curl" && program != "gdown") {
            continue;
        }
        std::string url;
        std::string out;
        for (std::size_t i = entry.programAt() + 1; i < entry.words.size(); ++i) {
            const auto& word = entry.words[i].text;
            const bool target =
                program == "curl" ? word == "-o" || word == "--output" : word == "-O" || word == "--output-document";
            if (target && i + 1 < entry.words.size()) {
                out = entry.words[++i].text;
            } else if (word.find("://") != std::string::npos) {
                url = word;
            }
        }
        for (const auto& redirect : entry.redirects) {
            out = redirect.op != '<' && program == "curl" ? redirect.target : out;
        }
        if (url.empty()) {
            continue;
        }
        const bool named = program == "wget" || entry.hasOption('O', "remote-name");
        if (out.empty() && named) {
            out = url.substr(url.rfind('/') + 1);
            out = out.substr(0, out.find_first_of("?#"));
        }
        const auto remote = readLocator(url, base, "url", false);
        const auto from = m_out.located(remote, "!" + std::string(program), where);
        m_out.source(from, remote.kind, remote.value, where);
        if (!out.empty() && out != "-") {
            const auto local = readLocator(out, base, "path", false);
            const auto to = m_out.located(local, "!" + std::string(program), where);
            m_out.edge(
                from, to, EdgeKind::Writes, "shell:" + std::string(program), "it is downloaded to this file", where);
            m_out.sink(to, local.kind, local.value, where, {from});
        }
    }
}

} // namespace cupel::lineage
