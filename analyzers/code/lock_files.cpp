// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/lock_files.h"

#include "analyzers/code/python_tokens.h"

#include <array>
#include <map>
#include <set>

namespace cupel::code {

namespace {

constexpr std::string_view blanks = " \t\r\f\n";

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

class ListWriter {
public:
    ListWriter(InstallTool tool, const InstallContext& context)
        : m_context(context)
    {
        m_command.tool = tool;
        m_command.fromFile = true;
    }

    [[nodiscard]] bool full() const { return m_command.items.size() >= m_context.limits.items; }
    [[nodiscard]] InstallCommand& command() { return m_command; }

    [[nodiscard]] ByteRange placeOf(std::string_view part) const
    {
        const auto start = static_cast<std::uint64_t>(part.data() - m_context.source.data()) + m_context.offset;
        return {start, start + part.size()};
    }

    // `text` lies in the source.
    void add(std::string_view text)
    {
        if (!full() && !text.empty()) {
            CommandWord word;
            word.text = text;
            word.bytes = placeOf(text);
            addItem(m_command, word, m_context);
        }
    }

    // `name` lies in the source. A lock file knows what it locks, whether it writes the digest or not.
    InstallItem* locked(std::string_view name, std::string_view specifier)
    {
        if (full() || name.empty()) {
            return nullptr;
        }
        InstallItem item;
        item.requirement.kind = Requirement::Kind::Name;
        item.requirement.name = name;
        item.requirement.specifier = specifier;
        item.requirement.hashes = 1;
        item.bytes = placeOf(name);
        m_command.items.push_back(std::move(item));
        return &m_command.items.back();
    }

    void give()
    {
        if (!m_command.items.empty()) {
            m_command.bytes = {m_command.items.front().bytes.start, m_command.items.back().bytes.end};
            m_context.out.push_back(std::move(m_command));
        }
    }

private:
    const InstallContext& m_context;
    InstallCommand m_command;
};

// The strings of "name = [...]" and "install_requires=[...]", also in tuples and as values of a dictionary.
class SetupReader {
public:
    explicit SetupReader(const InstallContext& context)
        : m_context(context)
        , m_tokens(context.source)
        , m_writer(InstallTool::Pip, context)
    {
    }

    void run()
    {
        std::string_view name; // of a list: the token before "="
        std::string_view before;
        for (auto token = m_tokens.next(); token.kind != Kind::End; token = m_tokens.next()) {
            const auto text = textOf(token);
            if (text == "=" && !before.empty()) {
                name = before;
                value(name);
                before = {};
                continue;
            }
            before = token.kind == Kind::Name ? text : std::string_view();
        }
        m_writer.give();
    }

private:
    using Kind = PythonToken::Kind;
    using Strings = std::vector<std::string_view>;

    [[nodiscard]] std::string_view textOf(const PythonToken& token) const
    {
        return slice(m_context.source, token.bytes);
    }

    static bool isWanted(std::string_view name)
    {
        return isOneOf(name, {"install_requires", "setup_requires", "tests_require", "extras_require"});
    }

    // What stands behind "name =".
    void value(std::string_view name)
    {
        const auto token = m_tokens.next();
        const auto text = textOf(token);
        if (token.kind == Kind::String) {
            finish(name, {slice(m_context.source, token.content)});
        } else if (text == "[" || text == "(" || text == "{") {
            finish(name, strings());
        } else if (token.kind == Kind::Name && isWanted(name)) {
            const auto known = m_lists.find(text);
            if (known != m_lists.end()) {
                finish(name, known->second);
            }
        }
    }

    // Up to the closing bracket. The keys of dictionaries are names of extras.
    Strings strings()
    {
        Strings out;
        std::size_t depth = 1;
        std::string_view last;
        for (auto token = m_tokens.next(); token.kind != Kind::End; token = m_tokens.next()) {
            const auto text = textOf(token);
            if (!last.empty() && text != ":" && out.size() < m_context.limits.items) {
                out.push_back(last);
            }
            last = token.kind == Kind::String && !token.formatted ? slice(m_context.source, token.content)
                                                                  : std::string_view();
            if (text == "[" || text == "(" || text == "{") {
                ++depth;
            } else if ((text == "]" || text == ")" || text == "}") && --depth == 0) {
                break;
            }
        }
        return out;
    }

    void finish(std::string_view name, Strings strings)
    {
        if (!isWanted(name)) {
            if (m_lists.size() < m_context.limits.commands) {
                m_lists[name] = std::move(strings);
            }
            return;
        }
        for (auto text : strings) {
            while (!text.empty() && !m_writer.full()) {
                const auto end = std::min(text.find('\n'), text.size());
                const auto line = trimmed(text.substr(0, end));
                if (!line.empty() && line.front() != '#') {
                    m_writer.add(line);
                }
                text.remove_prefix(std::min(end + 1, text.size()));
            }
        }
    }

    const InstallContext& m_context;
    PythonTokens m_tokens;
    ListWriter m_writer;
    std::map<std::string_view, Strings> m_lists;
};

// The strings of a JSON document with the keys they stand under, four levels deep; no values are decoded.
class JsonStrings {
public:
    static constexpr std::size_t deepest = 4;
    explicit JsonStrings(std::string_view document)
        : m_text(document)
    {
    }

    // False at the end. A key gives its level a name and is told as well.
    bool next()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"') {
                string();
                return true;
            }
            if (c == '{' || c == '[') {
                ++depth;
            } else if ((c == '}' || c == ']') && depth > 0) {
                --depth;
            }
            ++m_at;
        }
        return false;
    }

    [[nodiscard]] std::string_view key(std::size_t level) const { return m_keys[level]; }

    std::string_view text; // between the quotes
    std::size_t depth = 0; // of open brackets
    bool isKey = false;

private:
    void string()
    {
        const auto start = ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        }
        const auto end = std::min(m_at, m_text.size());
        text = m_text.substr(start, end - start);
        m_at = std::min(end + 1, m_text.size());
        const auto behind = m_text.find_first_not_of(blanks, m_at);
        isKey = behind != std::string_view::npos && m_text[behind] == ':';
        if (isKey && depth <= deepest) {
            m_keys[depth] = text;
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::array<std::string_view, deepest + 1> m_keys;
};

// "numpy-1.26.4-py310hb13e2d6_0.conda" behind the last slash of an address.
void addAddress(ListWriter& writer, std::string_view address)
{
    address = address.substr(0, address.find('#'));
    auto file = address.substr(address.rfind('/') + 1);
    for (const std::string_view end : {".conda", ".tar.bz2"}) {
        if (!file.ends_with(end)) {
            continue;
        }
        file.remove_suffix(end.size());
        const auto build = file.rfind('-');
        const auto version = build == std::string_view::npos || build == 0 ? build : file.rfind('-', build - 1);
        if (version != std::string_view::npos && version > 0) {
            writer.locked(file.substr(0, version), "==" + std::string(file.substr(version + 1, build - version - 1)));
        }
    }
}

} // namespace

void readSetupPy(const InstallContext& context)
{
    SetupReader(context).run();
}

// {"default": {"numpy": {"version": "==1.26.4", "hashes": [...]}}, "develop": {...}}
void readPipfileLock(const InstallContext& context)
{
    ListWriter writer(InstallTool::Pip, context);
    JsonStrings strings(context.source);
    InstallItem* item = nullptr;
    while (strings.next() && !writer.full()) {
        if (strings.isKey) {
            item = strings.depth <= 2 ? nullptr : item;
            continue;
        }
        if (strings.depth != 3 || strings.key(1) == "_meta") {
            continue;
        }
        const auto field = strings.key(3);
        if (field == "version") {
            item = writer.locked(strings.key(2), strings.text);
        } else if (field == "git") {
            item = writer.locked(strings.key(2), {});
            if (item) {
                const auto name = item->requirement.name;
                item->requirement = readRequirement("git+" + std::string(strings.text));
                item->requirement.name = name;
            }
        } else if (field == "ref" && item) {
            item->requirement.reference = strings.text;
        }
    }
    writer.give();
}

// package: a list of blocks with name, version and manager; the same package once for each platform. Of pixi: lists of
// addresses, and blocks for what comes from the Python index.
void readCondaLock(const InstallContext& context)
{
    ListWriter conda(InstallTool::Conda, context);
    ListWriter pip(InstallTool::Pip, context);
    std::set<std::pair<std::string_view, std::string_view>> seen;
    std::string_view name;
    std::string_view version;
    std::string_view manager;
    std::size_t indent = 0; // of the keys of a block
    const auto flush = [&] {
        if (!name.empty() && !version.empty() && seen.size() < 2 * context.limits.items
            && seen.emplace(name, version).second) {
            (manager == "pip" || manager == "pypi" ? pip : conda).locked(name, "==" + std::string(version));
        }
        name = version = manager = {};
    };
    const auto text = context.source;
    for (std::size_t at = 0; at < text.size() && !conda.full() && !pip.full();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = text.substr(at, end - at);
        at = end + 1;
        auto start = line.find_first_not_of(' ');
        if (start == std::string_view::npos || line[start] == '#') {
            continue;
        }
        if (line[start] == '-') {
            flush();
            start = std::min(line.find_first_not_of(" -", start), line.size());
            indent = start;
        }
        const auto colon = line.find(':', start);
        if (start != indent || colon == std::string_view::npos) {
            continue;
        }
        const auto key = line.substr(start, colon - start);
        auto value = trimmed(line.substr(colon + 1));
        if (value.size() >= 2 && (value.front() == '\'' || value.front() == '"') && value.back() == value.front()) {
            value = value.substr(1, value.size() - 2);
        }
        if (key == "conda" || key == "pypi") {
            manager = key;
            addAddress(conda, value);
        } else if (key == "name") {
            name = value;
        } else if (key == "version") {
            version = value;
        } else if (key == "manager" || key == "kind") {
            manager = value;
        }
    }
    flush();
    conda.give();
    pip.give();
}

void readCondaExplicit(const InstallContext& context)
{
    ListWriter conda(InstallTool::Conda, context);
    const auto text = context.source;
    for (std::size_t at = 0; at < text.size() && !conda.full();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = trimmed(text.substr(at, end - at));
        at = end + 1;
        if (line.find("://") != std::string_view::npos && line.front() != '#') {
            addAddress(conda, line);
        }
    }
    conda.give();
}

} // namespace cupel::code
