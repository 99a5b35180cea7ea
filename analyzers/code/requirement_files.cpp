// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/requirement_files.h"

#include "analyzers/code/install_parts.h"
#include "analyzers/code/lock_files.h"
#include "analyzers/code/toml_strings.h"

#include <algorithm>

namespace cupel::code {

namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    for (auto& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return out;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\f");
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(" \t\r\f") - first + 1);
}

class FileReader {
public:
    FileReader(
        std::string_view text, std::uint64_t offset, const InstallLimits& limits, std::vector<InstallCommand>& out)
        : m_text(text)
        , m_offset(offset)
        , m_limits(limits)
        , m_out(out)
        , m_context{text, offset, limits, out}
    {
    }

    void requirements();
    void environment();
    void setupCfg();
    void toml(std::string_view prefix);
    void tomlLock();

private:
    InstallCommand begin(InstallTool tool) const
    {
        InstallCommand command;
        command.tool = tool;
        command.fromFile = true;
        command.bytes = {m_offset, m_offset + m_text.size()};
        return command;
    }

    void give(InstallCommand command)
    {
        if (command.items.empty() && command.options.empty()) {
            return;
        }
        if (!command.items.empty()) {
            command.bytes = {command.items.front().bytes.start, command.items.back().bytes.end};
        } else {
            command.bytes = command.options.front().bytes;
        }
        m_out.push_back(std::move(command));
    }

    // `text` lies in m_text.
    void add(InstallCommand& command, std::string_view text)
    {
        CommandWord word;
        word.text = text;
        const auto start = static_cast<std::uint64_t>(text.data() - m_text.data()) + m_offset;
        word.bytes = {start, start + text.size()};
        addItem(command, word, m_context);
    }

    [[nodiscard]] bool full(const InstallCommand& command) const { return command.items.size() >= m_limits.items; }

    std::string_view nextLine(std::size_t& at) const
    {
        const auto end = std::min(m_text.find('\n', at), m_text.size());
        const auto line = m_text.substr(at, end - at);
        at = end + 1;
        return line;
    }

    std::string_view m_text;
    std::uint64_t m_offset;
    const InstallLimits& m_limits;
    std::vector<InstallCommand>& m_out;
    InstallContext m_context;
};

void FileReader::requirements()
{
    auto command = begin(InstallTool::Pip);
    for (std::size_t at = 0; at < m_text.size() && !full(command);) {
        const auto start = at;
        auto line = nextLine(at);
        while (trimmed(line).ends_with('\\') && at < m_text.size()) {
            (void)nextLine(at); // --hash lines follow
            line = m_text.substr(start, std::min(at, m_text.size()) - start);
        }
        const auto comment = line.starts_with('#') ? 0 : line.find(" #");
        line = trimmed(line.substr(0, comment));
        while (line.ends_with('\n')) {
            line = trimmed(line.substr(0, line.size() - 1));
        }
        if (line.empty() || line.front() == '#') {
            continue;
        }
        if (line.front() == '-') {
            const auto words = splitCommands(line, static_cast<std::uint64_t>(line.data() - m_text.data()) + m_offset);
            if (!words.empty()) {
                readPipWords(command, words.front().words, 0, m_context);
            }
            continue;
        }
        add(command, line);
    }
    give(std::move(command));
}

// dependencies: a list of names, with one nested list under "- pip:".
void FileReader::environment()
{
    auto conda = begin(InstallTool::Conda);
    auto pip = begin(InstallTool::Pip);
    bool inside = false; // under dependencies:
    bool channels = false;
    std::size_t pipIndent = std::string_view::npos; // of "- pip:"
    for (std::size_t at = 0; at < m_text.size() && !full(conda) && !full(pip);) {
        const auto line = nextLine(at);
        const auto indent = line.find_first_not_of(" \t");
        if (indent == std::string_view::npos || line[indent] == '#' || line[indent] == '\r') {
            continue;
        }
        auto body = trimmed(line.substr(indent));
        if (body.empty()) {
            continue; // a form feed alone
        }
        if (body.front() != '-') {
            inside = body.starts_with("dependencies:") && indent == 0;
            channels = body.starts_with("channels:") && indent == 0;
            pipIndent = std::string_view::npos;
            continue;
        }
        body = trimmed(body.substr(1));
        body = trimmed(body.substr(0, body.find(" #")));
        if (body.size() >= 2 && (body.front() == '"' || body.front() == '\'') && body.back() == body.front()) {
            body = body.substr(1, body.size() - 2);
        }
        const auto start = static_cast<std::uint64_t>(body.data() - m_text.data()) + m_offset;
        if (body.empty()) {
            continue;
        }
        if (channels) {
            conda.options.push_back({InstallOption::Kind::Channel, std::string(body), {start, start + body.size()}});
        } else if (inside && body == "pip:") {
            pipIndent = indent;
        } else if (inside && pipIndent != std::string_view::npos && indent > pipIndent) {
            if (body.front() == '-') {
                const auto words = splitCommands(body, start);
                if (!words.empty()) {
                    readPipWords(pip, words.front().words, 0, m_context);
                }
            } else {
                add(pip, body);
            }
        } else if (inside) {
            pipIndent = std::string_view::npos;
            CommandWord word;
            word.text = body;
            word.bytes = {start, start + body.size()};
            addVersioned(conda, word, '=', m_context);
        }
    }
    give(std::move(conda));
    give(std::move(pip));
}

// [options] install_requires = and [options.extras_require]: indented lines of requirements.
void FileReader::setupCfg()
{
    auto command = begin(InstallTool::Pip);
    std::string_view section;
    bool wanted = false;
    for (std::size_t at = 0; at < m_text.size() && !full(command);) {
        const auto line = nextLine(at);
        const auto body = trimmed(line);
        if (body.empty() || body.front() == '#' || body.front() == ';') {
            continue;
        }
        if (line.front() == '[') {
            section = body.substr(1, body.find(']') - 1);
            wanted = false;
            continue;
        }
        if (line.front() != ' ' && line.front() != '\t') {
            const auto equals = body.find('=');
            const auto key = trimmed(body.substr(0, equals));
            wanted = (section == "options" && (key == "install_requires" || key == "setup_requires"))
                || section == "options.extras_require";
            if (wanted && equals != std::string_view::npos) {
                add(command, trimmed(body.substr(equals + 1)));
            }
        } else if (wanted) {
            add(command, body);
        }
    }
    give(std::move(command));
}

// Tables whose keys are names and whose strings are versions: Poetry, Pipfile.
bool namesAreKeys(std::string_view table)
{
    return table == "packages" || table == "dev-packages" || table == "tool.poetry.dependencies"
        || table == "tool.poetry.dev-dependencies"
        || (table.starts_with("tool.poetry.group.") && table.ends_with(".dependencies"));
}

// Tables and keys that hold a list of requirements.
bool listsRequirements(const TomlString& string)
{
    return (string.table == "project" && string.key == "dependencies")
        || string.table == "project.optional-dependencies" || string.table == "dependency-groups"
        || (string.table == "build-system" && string.key == "requires")
        || (string.table == "tool.uv" && string.key == "dev-dependencies")
        || (string.table.empty() && string.key == "dependencies"); // PEP 723
}

bool isSource(std::string_view table)
{
    return table == "source" || table == "tool.poetry.source" || table == "tool.uv.index" || table == "tool.pdm.source";
}

void FileReader::toml(std::string_view prefix)
{
    auto command = begin(InstallTool::Pip);
    readTomlStrings(m_text, prefix, [&](const TomlString& string) {
        if (full(command)) {
            return;
        }
        const ByteRange place{string.bytes.start + m_offset, string.bytes.end + m_offset};
        if (listsRequirements(string) && string.depth > 0 && string.inner.empty()) {
            add(command, string.value);
        } else if (namesAreKeys(string.table) && string.key != "python"
            && (string.inner.empty() || string.inner == "version" || string.inner == "git" || string.inner == "rev"
                || string.inner == "url")
            && string.depth == 0) {
            auto& items = command.items;
            if (string.inner == "rev") {
                if (!items.empty() && items.back().requirement.name == string.key) {
                    items.back().requirement.reference = string.value;
                }
                return;
            }
            InstallItem item;
            if (string.inner == "git" || string.inner == "url") {
                item.requirement = readRequirement((string.inner == "git" ? "git+" : "") + std::string(string.value));
            } else {
                item.requirement.kind = Requirement::Kind::Name;
                // Poetry reads a bare version as exactly that one.
                const bool bare = !string.value.empty() && string.value.front() >= '0' && string.value.front() <= '9';
                item.requirement.specifier =
                    string.value == "*" ? std::string() : (bare ? "==" : "") + std::string(string.value);
            }
            item.requirement.name = string.key;
            item.bytes = place;
            items.push_back(std::move(item));
        } else if (isSource(string.table) && string.key == "url") {
            command.options.push_back({InstallOption::Kind::ExtraIndex, std::string(string.value), place});
        } else if (string.table == "tool.uv" && string.key == "index-strategy") {
            command.options.push_back({InstallOption::Kind::IndexStrategy, std::string(string.value), place});
        }
    });
    give(std::move(command));
}

// [[package]] name = "x" version = "1": everything exact by nature.
void FileReader::tomlLock()
{
    auto command = begin(InstallTool::Pip);
    readTomlStrings(m_text, {}, [&](const TomlString& string) {
        if ((string.table != "package" && string.table != "packages") || string.depth > 0 || !string.inner.empty()
            || full(command)) {
            return;
        }
        if (string.key == "name") {
            InstallItem item;
            item.requirement.kind = Requirement::Kind::Name;
            item.requirement.name = string.value;
            item.bytes = {string.bytes.start + m_offset, string.bytes.end + m_offset};
            item.requirement.hashes = 1; // of the lock file
            command.items.push_back(std::move(item));
        } else if (string.key == "version" && !command.items.empty()) {
            command.items.back().requirement.specifier = "==" + std::string(string.value);
        }
    });
    give(std::move(command));
}

} // namespace

RequirementFile requirementFileKind(std::string_view fileName)
{
    const auto name = lower(fileName.substr(fileName.find_last_of("/\\") + 1)); // npos + 1 is 0
    if ((name.ends_with(".txt") || name.ends_with(".in"))
        && (name.starts_with("requirement") || name.starts_with("constraint")
            || name.find("requirements") != std::string::npos)) {
        return RequirementFile::Requirements;
    }
    const auto has = [&name](std::string_view word) { return name.find(word) != std::string::npos; };
    if (name.ends_with("conda-lock.yml") || name.ends_with("conda-lock.yaml")) {
        return RequirementFile::CondaLock;
    }
    if ((name.ends_with(".yml") || name.ends_with(".yaml"))
        && (has("environment") || name.starts_with("conda") || name.ends_with("env.yml"))) {
        return RequirementFile::CondaEnvironment;
    }
    if ((name.ends_with(".toml") && has("pyproject")) || name == "pipfile") {
        return RequirementFile::Toml;
    }
    if (name == "poetry.lock" || name == "uv.lock" || name == "pdm.lock"
        || (name.starts_with("pylock") && name.ends_with(".toml"))) {
        return RequirementFile::TomlLock;
    }
    if (name == "setup.cfg") {
        return RequirementFile::SetupCfg;
    }
    if (name == "setup.py") {
        return RequirementFile::SetupPy;
    }
    if (name == "pipfile.lock") {
        return RequirementFile::PipfileLock;
    }
    if (name == "pixi.lock" || (name.ends_with(".lock") && name.starts_with("conda-"))) {
        return name == "pixi.lock" ? RequirementFile::CondaLock : RequirementFile::CondaExplicit;
    }
    if (name.ends_with(".sh") || name.ends_with(".bash") || name == "dockerfile" || name.starts_with("dockerfile.")
        || name == "postbuild") {
        return RequirementFile::Shell;
    }
    return RequirementFile::None;
}

void readRequirementFile(RequirementFile kind, std::string_view text, std::uint64_t offset, const InstallLimits& limits,
    std::vector<InstallCommand>& out)
{
    FileReader reader(text, offset, limits, out);
    const InstallContext context{text, offset, limits, out};
    switch (kind) {
    case RequirementFile::None:
        break;
    case RequirementFile::Requirements:
        return text.substr(0, 4'096).find("@EXPLICIT") == std::string_view::npos ? reader.requirements()
                                                                                 : readCondaExplicit(context);
    case RequirementFile::CondaEnvironment:
        return reader.environment();
    case RequirementFile::Toml:
        return reader.toml({});
    case RequirementFile::TomlLock:
        return reader.tomlLock();
    case RequirementFile::SetupCfg:
        return reader.setupCfg();
    case RequirementFile::SetupPy:
        return readSetupPy(context);
    case RequirementFile::PipfileLock:
        return readPipfileLock(context);
    case RequirementFile::CondaLock:
        return readCondaLock(context);
    case RequirementFile::CondaExplicit:
        return readCondaExplicit(context);
    case RequirementFile::Shell:
        return installsInShell(text, offset, limits, out);
    }
}

void readScriptMetadata(std::string_view text, const InstallLimits& limits, std::vector<InstallCommand>& out)
{
    constexpr std::string_view opening = "# /// script";
    const auto start = text.starts_with(opening) ? 0 : text.find("\n# /// script");
    if (start == std::string_view::npos) {
        return;
    }
    const auto body = std::min(text.find('\n', start + opening.size()), text.size());
    const auto end = std::min(text.find("\n# ///", body), text.size());
    FileReader(text.substr(body, end - body), body, limits, out).toml("#");
}

} // namespace cupel::code
