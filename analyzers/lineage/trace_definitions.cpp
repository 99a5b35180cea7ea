// SPDX-License-Identifier: GPL-3.0-or-later
// Functions, classes and imports.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

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
    bool sets = false; // a property, which stays what is there by this name
    for (const auto decorator : decorators) {
        const auto text = nodeText(decorator);
        function.isStatic = function.isStatic || text == "@staticmethod";
        function.ofClass = function.ofClass || text == "@classmethod";
        function.property = function.property || text == "@property" || text.ends_with("cached_property");
        sets = sets || text.ends_with(".setter") || text.ends_with(".deleter");
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
    if (!sets) {
        setName(m_scope, at(ref).text, ref);
    }
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
    const auto functions = m_functions.size();
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
    std::vector<Ref> described;
    std::string_view written;
    for (const auto decorator : decorators) {
        const auto nodes = m_out.graph().nodes.size();
        if (const auto inner = tree().firstChild(decorator); inner != Syntax::none) {
            described.push_back(evaluate(inner));
            written = nodeText(decorator);
        }
        for (auto i = nodes; i < m_out.graph().nodes.size() && m_functions.size() > functions; ++i) {
            if (m_out.graph().nodes[i].kind == NodeKind::Endpoint) { // @app.route("/predict")
                mergeMarks(m_functions.back().endpoints, {static_cast<std::uint32_t>(i)});
            }
        }
    }
    if (m_functions.size() > functions) {
        givenByDecorators(static_cast<std::uint32_t>(functions), described, written, node);
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

// Whether the notebook fetches it: by name, or with what a list or a repository holds.
bool Trace::installs(std::string_view module)
{
    std::string hyphened(module);
    std::replace(hyphened.begin(), hyphened.end(), '_', '-');
    for (const auto& cell : m_units[m_unit].file->code->cells()) {
        const std::string_view code = cell.text;
        charge(code.size() / 64);
        for (std::size_t from = 0; from < code.size();) {
            const auto end = std::min(code.find('\n', from), code.size());
            const auto line = code.substr(from, end - from);
            from = end + 1;
            const auto text = line.find_first_not_of(" \t");
            const bool remark = text != std::string_view::npos && line[text] == '#';
            const bool installs = has(line, "install") || has(line, "wget") || has(line, "curl");
            const bool list =
                installs && (has(line, "git+") || has(line, " -r ") || has(line, " -e ") || has(line, "install ."));
            const bool anything = !remark && (list || has(line, "git clone") || has(line, "setup.py"));
            if (anything || (installs && (has(line, hyphened) || has(line, module)))) {
                return true;
            }
        }
    }
    return false;
}

// run_forecast: a name of several words that no list of packages begins, and that nothing here fetches or allows to be
// missing, is a file that should lie beside the notebook; so is a name of one word behind sys.path.append("scripts").
bool Trace::looksMissing(std::string_view module, std::uint32_t node)
{
    const auto word = module.substr(0, module.find('_'));
    if (word.empty() || (word.size() == module.size() && !m_searchesBelow) || module.ends_with("_pb2")
        || module.ends_with("_grpc") || has(module, ".") || m_roles.knowsPackage(module) || m_roles.knowsPackage(word)
        || isOneOf(word, {"tf", "jupyter", "ipython", "google", "py", "pytest"})) {
        return false;
    }
    return isExpected(module, node);
}

// In a notebook that searches nowhere else and installs nothing of this name, outside of what may fail.
bool Trace::isExpected(std::string_view module, std::uint32_t node)
{
    if (m_searchesElsewhere || !m_units[m_unit].file->notebook) {
        return false;
    }
    for (auto above = tree()[node].parent; above != 0; above = tree()[above].parent) {
        if (tree()[above].kind == Kind::Try) {
            return false; // it may be missing
        }
    }
    return !installs(module);
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
    if ((relative || looksLocal(name) || looksMissing(name, node))
        && m_out.fresh("import " + std::string(written), place(node), {}, none)) {
        m_out.graph().hazards.push_back({HazardKind::UnresolvedImport, place(node), {std::string(written)},
            "no file of the workspace is this module", {}});
    }
    // from utils.general import x: a package of one's own, told once.
    const auto package = name.substr(0, name.find('.'));
    if (package.size() < name.size() && looksLocal(package) && isExpected(package, node)
        && m_out.fresh("import " + std::string(package), {}, {}, none)) {
        m_out.graph().hazards.push_back({HazardKind::UnresolvedImport, place(node), {std::string(package)},
            "no folder of the workspace is this package", {}});
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

} // namespace cupel::lineage
