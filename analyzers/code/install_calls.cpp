// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/install_calls.h"

#include "analyzers/code/install_lists.h"
#include "analyzers/code/install_parts.h"
#include "analyzers/code/python_tokens.h"

#include <array>

namespace cupel::code {

namespace {

using Token = PythonToken;

constexpr std::size_t mostTokens = 400; // of one call
constexpr std::size_t longestCall = 8'000; // bytes of one in R or Julia
constexpr std::size_t longestLine = 400;
constexpr std::size_t mostBytes = 1 << 20; // of a source that is read for calls

// Methods that run a program, or install by themselves. The name before the dot does not matter: it is often renamed.
enum class Call : std::uint8_t { None, Runs, PipMain, Installs, Magic, Library, AddsPip, AddsConda };

Call callOf(std::string_view name, std::string_view owner)
{
    if (isOneOf(name,
            {"system", "popen", "check_call", "check_output", "run", "call", "Popen", "getoutput", "getstatusoutput",
                "spawn"})) {
        return Call::Runs;
    }
    if (name == "main") {
        return owner == "pip" || owner == "_internal" || owner == "pipmain" ? Call::PipMain : Call::None;
    }
    if (name == "pipmain" || name == "pip_main") {
        return Call::PipMain;
    }
    if (name == "install") {
        return owner == "micropip" || owner == "piplite" ? Call::Installs : Call::None;
    }
    if (name == "run_line_magic" || name == "run_cell_magic" || name == "magic") {
        return Call::Magic;
    }
    if (isOneOf(name, {"add_pip_package", "pip_install"})) { // Azure ML, Modal
        return Call::AddsPip;
    }
    if (name == "add_conda_package") {
        return Call::AddsConda;
    }
    return name == "installPyPI" ? Call::Library : Call::None;
}

class CallReader {
public:
    CallReader(
        std::string_view source, std::string_view plain, const InstallLimits& limits, std::vector<InstallCommand>& out)
        : m_source(source)
        , m_plain(plain)
        , m_limits(limits)
        , m_out(out)
    {
    }

    void run() &&
    {
        PythonTokens tokens(m_plain);
        Token owner;
        Token name;
        bool dotted = false;
        for (auto token = tokens.next(); token.kind != Token::Kind::End; token = tokens.next()) {
            const auto text = slice(m_plain, token.bytes);
            if (token.kind == Token::Kind::Operator && text == "(" && name.kind == Token::Kind::Name) {
                const auto kind =
                    callOf(slice(m_plain, name.bytes), dotted ? slice(m_plain, owner.bytes) : std::string_view{});
                if (kind != Call::None) {
                    arguments(tokens);
                    take(kind, name.bytes.start);
                }
                name = {};
                dotted = false;
                continue;
            }
            if (token.kind == Token::Kind::Operator && text == "=" && name.kind == Token::Kind::Name) {
                if (const auto tool = toolOfList(slice(m_plain, name.bytes))) {
                    list(*tool, name.bytes.start, tokens);
                }
            }
            if (token.kind == Token::Kind::Name) {
                owner = name;
                name = token;
            } else if (token.kind == Token::Kind::Operator && text == ".") {
                dotted = true;
                continue;
            } else {
                name = {};
            }
            dotted = dotted && token.kind == Token::Kind::Name;
        }
    }

private:
    struct Argument {
        Token token; // a string, else what stands in its place
        bool string = false;
        std::size_t depth = 0;
        bool keyword = false; // behind name=
    };

    // ["pandas", "torch==2.1"] behind a keyword or in a variable that has its name. What other names in it hold, is
    // told where they get it (InstallLists).
    void list(InstallTool tool, std::uint64_t start, PythonTokens& tokens)
    {
        const auto value = readListExpression(m_plain, tokens);
        if (value.texts.empty() || (!value.plain && m_plain[value.bytes.start] != '[')) {
            return;
        }
        m_arguments.clear();
        for (const auto& text : value.texts) {
            m_arguments.push_back({text, true, 1, false});
        }
        each(tool, {start, value.bytes.end});
    }

    // Reads to the bracket that closes the call.
    void arguments(PythonTokens& tokens)
    {
        m_arguments.clear();
        m_end = 0;
        std::size_t depth = 1;
        bool keyword = false;
        bool open = false; // an argument is being read that is no string alone
        for (std::size_t count = 0; count < mostTokens && depth > 0; ++count) {
            const auto token = tokens.next();
            if (token.kind == Token::Kind::End) {
                return;
            }
            m_end = token.bytes.end;
            const auto text = slice(m_plain, token.bytes);
            if (token.kind == Token::Kind::Operator) {
                depth += text == "(" || text == "[" || text == "{" ? 1 : 0;
                depth -= text == ")" || text == "]" || text == "}" ? 1 : 0;
                if (text == "=" && open && !m_arguments.empty()) {
                    m_arguments.pop_back(); // the name of a keyword
                    open = false;
                }
                keyword = text == "=" || (keyword && text != ",");
                open = open && text != "," && text != "[" && text != "]";
            } else if (token.kind == Token::Kind::String && !open) {
                m_arguments.push_back({token, true, depth, keyword});
            } else if (token.kind == Token::Kind::Name && !open) {
                m_arguments.push_back({token, false, depth, keyword});
                open = true;
            } else if (token.kind == Token::Kind::Name && !m_arguments.empty() && open) {
                m_arguments.back().token.bytes.end = token.bytes.end; // sys.executable
            }
        }
    }

    void take(Call kind, std::uint64_t start)
    {
        const auto first =
            std::find_if(m_arguments.begin(), m_arguments.end(), [](const auto& a) { return !a.keyword; });
        if (first == m_arguments.end()) {
            return;
        }
        const auto before = m_out.size();
        switch (kind) {
        case Call::Runs:
            first->string && first->depth == 1 ? shell(first->token) : words({});
            break;
        case Call::PipMain:
            words("pip");
            break;
        case Call::Installs:
            each(InstallTool::Micropip, {start, m_end});
            break;
        case Call::AddsPip:
            each(InstallTool::Pip, {start, m_end});
            break;
        case Call::AddsConda:
            each(InstallTool::Conda, {start, m_end});
            break;
        case Call::Magic:
            magic();
            break;
        case Call::Library:
            library({start, m_end});
            break;
        case Call::None:
            break;
        }
        for (auto i = before; i < m_out.size(); ++i) {
            m_out[i].bytes = {start, std::max<std::uint64_t>(m_end, m_out[i].bytes.end)};
        }
    }

    void shell(const Token& token)
    {
        installsInShell(slice(m_source, token.content), token.content.start, m_limits, m_out);
    }

    [[nodiscard]] CommandWord wordOf(const Argument& argument) const
    {
        CommandWord word;
        word.bytes = argument.token.bytes;
        if (argument.string) {
            word.text = stringValue(m_plain, argument.token);
            word.quoted = true;
            word.hole = argument.token.formatted && word.text.find('{') != std::string::npos;
        } else {
            word.text = "{" + std::string(slice(m_plain, argument.token.bytes)) + "}";
            word.hole = true;
        }
        return word;
    }

    // [sys.executable, "-m", "pip", "install", "x"]
    void words(std::string_view program)
    {
        CommandWords command;
        if (!program.empty()) {
            CommandWord word;
            word.text = program;
            word.bytes = m_arguments.front().token.bytes;
            command.words.push_back(word);
        }
        for (const auto& argument : m_arguments) {
            if (!argument.keyword) {
                command.words.push_back(wordOf(argument));
            }
        }
        if (command.words.size() > 1) {
            command.bytes = {command.words.front().bytes.start, command.words.back().bytes.end};
            installsInWords(command, m_source, 0, m_limits, m_out);
        }
    }

    // get_ipython().run_line_magic("pip", "install x"), .magic("pip install x")
    void magic()
    {
        const auto& first = m_arguments.front();
        if (!first.string) {
            return;
        }
        const auto name = slice(m_source, first.token.content);
        if (m_arguments.size() > 1 && m_arguments[1].string && (name == "pip" || name == "conda")) {
            auto command =
                splitCommands(slice(m_source, m_arguments[1].token.content), m_arguments[1].token.content.start);
            if (!command.empty()) {
                command.front().words.insert(command.front().words.begin(), wordOf(first));
                installsInWords(command.front(), m_source, 0, m_limits, m_out);
            }
        } else {
            shell(first.token);
        }
    }

    void each(InstallTool tool, ByteRange bytes)
    {
        InstallCommand command;
        command.tool = tool;
        command.bytes = bytes;
        const InstallContext context{m_source, 0, m_limits, m_out};
        for (const auto& argument : m_arguments) {
            if (argument.keyword) {
                continue;
            }
            if (tool == InstallTool::Conda) {
                addVersioned(command, wordOf(argument), '=', context);
            } else {
                addItem(command, wordOf(argument), context);
            }
        }
        m_out.push_back(std::move(command));
    }

    // dbutils.library.installPyPI("name", version="1.0")
    void library(ByteRange bytes)
    {
        each(InstallTool::Pip, bytes);
        auto& items = m_out.back().items;
        items.resize(std::min<std::size_t>(items.size(), 1));
        for (const auto& argument : m_arguments) {
            if (!items.empty() && argument.keyword && argument.string && items.front().requirement.specifier.empty()) {
                items.front().requirement.specifier = "==" + stringValue(m_plain, argument.token);
                items.front().pinAt = 0;
            }
        }
    }

    std::string_view m_source;
    std::string_view m_plain;
    const InstallLimits& m_limits;
    std::vector<InstallCommand>& m_out;
    std::vector<Argument> m_arguments;
    std::uint64_t m_end = 0;
};

// The string literals of a call in R or Julia, from behind its opening bracket to the closing one.
struct Literals {
    struct Value {
        ByteRange bytes; // inside the quotes
        std::string_view key; // url = "..."
    };
    std::vector<Value> values;
    std::size_t end = 0;
};

Literals literalsOf(std::string_view text, std::size_t at)
{
    Literals out;
    std::size_t depth = 1;
    std::string_view key;
    std::size_t nameStart = at;
    text = text.substr(0, at + longestCall);
    for (; at < text.size() && depth > 0 && out.values.size() < 200; ++at) {
        const char c = text[at];
        if (c == '"' || c == '\'') {
            const auto end = std::min(text.find(c, at + 1), text.size());
            out.values.push_back({{at + 1, end}, key});
            key = {};
            at = end;
        } else if (c == '=') {
            auto name = text.substr(nameStart, at - nameStart);
            while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) {
                name.remove_suffix(1);
            }
            key = name;
        } else if (c == ',' || c == '(') {
            key = c == ',' ? std::string_view{} : key;
            nameStart = at + 1;
            while (nameStart < text.size() && (text[nameStart] == ' ' || text[nameStart] == '\n')) {
                ++nameStart;
            }
        }
        depth += c == '(' || c == '[' ? 1 : 0;
        depth -= c == ')' || c == ']' ? 1 : 0;
    }
    out.end = std::min(at, text.size());
    return out;
}

bool inComment(std::string_view text, std::size_t at)
{
    const auto near = text.substr(at - std::min(at, longestLine), std::min(at, longestLine));
    return near.substr(near.rfind('\n') + 1).find('#') != std::string_view::npos; // npos + 1 is 0
}

struct ForeignCall {
    std::string_view name; // with its bracket
    InstallTool tool;
    bool repository; // owner/name on a code host
};

void foreignCalls(std::string_view text, std::uint64_t offset, const ForeignCall& call, const InstallLimits& limits,
    std::vector<InstallCommand>& out)
{
    for (auto at = text.find(call.name); at != std::string_view::npos && out.size() < limits.commands;
        at = text.find(call.name, at + 1)) {
        if (inComment(text, at)) {
            continue;
        }
        const auto literals = literalsOf(text, at + call.name.size());
        InstallCommand command;
        command.tool = call.tool;
        command.bytes = {at + offset, literals.end + offset};
        for (const auto& value : literals.values) {
            const auto word = slice(text, value.bytes);
            const ByteRange place{value.bytes.start + offset, value.bytes.end + offset};
            if (value.key == "repos" || value.key == "contriburl") {
                command.options.push_back({InstallOption::Kind::Index, std::string(word), place});
                continue;
            }
            if (value.key == "version" && !command.items.empty()) {
                command.items.back().requirement.specifier = "==" + std::string(word);
                continue;
            }
            if (value.key == "rev" && !command.items.empty()) {
                command.items.back().requirement.reference = word;
                continue;
            }
            InstallItem item;
            item.bytes = place;
            if (call.repository || value.key == "url") {
                const bool whole = word.find("://") != std::string_view::npos;
                item.requirement = readRequirement((whole ? "git+" : "git+https://github.com/") + std::string(word));
            } else if (value.key.empty() || value.key == "name" || value.key == "pkgs") {
                item.requirement.kind = Requirement::Kind::Name;
                const auto version = call.tool == InstallTool::Julia ? word.find('@') : std::string_view::npos;
                item.requirement.name = word.substr(0, version);
                item.requirement.specifier =
                    version == std::string_view::npos ? std::string() : "==" + std::string(word.substr(version + 1));
            } else {
                continue;
            }
            if (command.items.size() < limits.items) {
                command.items.push_back(std::move(item));
            }
        }
        if (!command.items.empty()) {
            out.push_back(std::move(command));
        }
    }
}

} // namespace

void installsInPython(
    std::string_view source, std::string_view plain, const InstallLimits& limits, std::vector<InstallCommand>& out)
{
    const auto head = plain.substr(0, mostBytes);
    if (mayInstall(head)) {
        CallReader(source.substr(0, mostBytes), head, limits, out).run();
    }
}

void installsInR(
    std::string_view text, std::uint64_t offset, const InstallLimits& limits, std::vector<InstallCommand>& out)
{
    static constexpr std::array<ForeignCall, 5> calls{{{"install.packages(", InstallTool::R, false},
        {"BiocManager::install(", InstallTool::R, false}, {"install_github(", InstallTool::R, true},
        {"install_version(", InstallTool::R, false}, {"pkg_install(", InstallTool::R, false}}};
    for (const auto& call : calls) {
        foreignCalls(text, offset, call, limits, out);
    }
}

void installsInJulia(
    std::string_view text, std::uint64_t offset, const InstallLimits& limits, std::vector<InstallCommand>& out)
{
    foreignCalls(text, offset, {"Pkg.add(", InstallTool::Julia, false}, limits, out);
    foreignCalls(text, offset, {"Pkg.clone(", InstallTool::Julia, true}, limits, out);
}

} // namespace cupel::code
