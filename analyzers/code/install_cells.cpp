// SPDX-License-Identifier: GPL-3.0-or-later
// Installs in a cell: shell lines, magics and cell magics, and calls in Python, R and Julia.
#include "analyzers/base/byte_scan.h"
#include "analyzers/code/install_calls.h"
#include "analyzers/code/install_parts.h"
#include "analyzers/code/magics.h"
#include "analyzers/code/requirement_files.h"

#include <array>

namespace cupel::code {

namespace {

constexpr std::string_view blanks = " \t\f\r";

// One line of IPython, with the lines it goes on over.
struct Magic {
    std::size_t start = 0; // its sign
    std::size_t end = 0; // of its last line
    bool cell = false; // %%name
    std::string_view name; // empty for "!"
    std::size_t text = 0; // behind sign and name
};

std::size_t lineEnd(std::string_view source, std::size_t at)
{
    return std::min(source.find('\n', at), source.size());
}

bool continues(std::string_view line)
{
    const auto last = line.find_last_not_of(blanks);
    return last != std::string_view::npos && line[last] == '\\';
}

Magic readMagic(std::string_view source, std::size_t at)
{
    Magic magic;
    magic.start = at;
    const auto firstEnd = lineEnd(source, at);
    magic.end = firstEnd;
    while (magic.end < source.size() && continues(source.substr(at, magic.end - at))) {
        magic.end = lineEnd(source, magic.end + 1);
    }
    auto text = at;
    while (text < firstEnd && (source[text] == '%' || source[text] == '!')) {
        ++text;
    }
    magic.cell = text - at >= 2 && source[at] == '%';
    if (source[at] == '%') {
        while (text < firstEnd && blanks.find(source[text]) != std::string_view::npos) {
            ++text;
        }
        const auto stop = std::min(source.find_first_of(" \t\f\r\n", text), firstEnd);
        magic.name = source.substr(text, stop - text);
        text = stop;
    }
    magic.text = text;
    return magic;
}

bool isShellMagic(std::string_view name)
{
    return isOneOf(name, {"bash", "sh", "shell", "script", "sx", "system", "zsh", "!"});
}

class CellReader {
public:
    CellReader(std::string_view source, const InstallLimits& limits)
        : m_source(source)
        , m_limits(limits)
    {
    }

    std::vector<InstallCommand> python() &&
    {
        const auto plain = withoutMagics(m_source);
        for (std::size_t at = 0; at < m_source.size();) {
            if (m_source[at] == plain[at]) {
                ++at;
                continue;
            }
            const auto magic = readMagic(m_source, at);
            at = std::max(take(magic), at + 1);
        }
        const auto before = m_out.size();
        installsInPython(m_source, plain, m_limits, m_out);
        hide(before);
        std::stable_sort(
            m_out.begin(), m_out.end(), [](const auto& a, const auto& b) { return a.bytes.start < b.bytes.start; });
        return std::move(m_out);
    }

private:
    void shell(std::size_t start, std::size_t end, bool line)
    {
        const auto before = m_out.size();
        installsInShell(m_source.substr(start, end - start), start, m_limits, m_out);
        for (auto i = before; i < m_out.size(); ++i) {
            m_out[i].shellLine = line;
        }
        hide(before);
    }

    void hide(std::size_t from)
    {
        for (auto i = from; i < m_out.size() && m_captured; ++i) {
            m_out[i].hidden = true;
        }
    }

    // Returns where reading goes on.
    std::size_t take(const Magic& magic)
    {
        if (magic.name.empty()) {
            shell(magic.text, magic.end, true); // "!", and `pip install x` alone on its line
            return magic.end;
        }
        if (magic.cell) {
            return cellMagic(magic);
        }
        if (isOneOf(magic.name, {"pip", "pip3", "conda", "mamba", "micromamba", "uv"})) {
            shell(magic.start + 1, magic.end, true); // the magic's name is the program's
        } else if (isShellMagic(magic.name)) {
            // Databricks writes a whole cell of shell behind one %sh.
            const bool whole = magic.name == "sh" && m_source.find_first_not_of(" \t\r\n") >= magic.start;
            shell(magic.text, whole ? m_source.size() : magic.end, !whole);
            return whole ? m_source.size() : magic.end;
        } else if (magic.name == "env" || magic.name == "set_env") {
            environment(magic);
        } else if (magic.name == "time" || magic.name == "timeit") {
            const auto sign = m_source.find_first_not_of(blanks, magic.text);
            if (sign < magic.end && (m_source[sign] == '!' || m_source[sign] == '%')) {
                return take(readMagic(m_source.substr(0, magic.end), sign));
            }
        }
        return magic.end;
    }

    // %env NAME=value and %env NAME value
    void environment(const Magic& magic)
    {
        const auto start = std::min(m_source.find_first_not_of(blanks, magic.text), magic.end);
        auto text = std::string(m_source.substr(start, magic.end - start));
        if (const auto blank = text.find_first_of(blanks); blank < text.find('=')) {
            text[blank] = '=';
        }
        const auto before = m_out.size();
        installsInShell(text, start, m_limits, m_out);
        m_out.erase(std::remove_if(m_out.begin() + static_cast<std::ptrdiff_t>(before), m_out.end(),
                        [](const auto& command) { return !command.items.empty(); }),
            m_out.end());
    }

    std::size_t cellMagic(const Magic& magic)
    {
        const auto body = std::min(magic.end + 1, m_source.size());
        const auto arguments = m_source.substr(magic.text, magic.end - magic.text);
        if (magic.name == "capture") {
            m_captured = true;
            return magic.end;
        }
        if (magic.name == "script" ? arguments.find("sh") != std::string_view::npos : isShellMagic(magic.name)) {
            shell(body, m_source.size(), false);
            return m_source.size();
        }
        if (magic.name == "R") {
            installsInR(m_source.substr(body), body, m_limits, m_out);
            return m_source.size();
        }
        if (magic.name == "writefile" || magic.name == "file") {
            const auto name = arguments.substr(std::min(arguments.find_last_of(" \t") + 1, arguments.size()));
            if (requirementFileKind(name) != RequirementFile::None) {
                readRequirementFile(requirementFileKind(name), m_source.substr(body), body, m_limits, m_out);
            }
            return m_source.size();
        }
        return magic.end; // a Python cell magic; others are blank to the end and start no magic of their own
    }

    std::string_view m_source;
    const InstallLimits& m_limits;
    bool m_captured = false;
    std::vector<InstallCommand> m_out;
};

} // namespace

std::vector<InstallCommand> installsInCell(
    std::string_view source, std::string_view language, const InstallLimits& limits)
{
    std::vector<InstallCommand> out;
    if (language == "R" || language == "r" || language == "ir") {
        installsInR(source, 0, limits, out);
        return out;
    }
    if (language.starts_with("julia")) {
        installsInJulia(source, 0, limits, out);
        return out;
    }
    if (language == "bash" || language == "sh" || language == "shell") {
        installsInShell(source, 0, limits, out);
        return out;
    }
    return CellReader(source, limits).python();
}

bool mayInstall(std::string_view text)
{
    return holdsOneOf<"install", "conda", "docker", "clone", "Pkg.", "PIP_", "uv ", "npx ", "uvx ", "pipx ",
        "poetry add", "pdm add", "| sh", "bash", "pip_", "packages_to">(text);
}

} // namespace cupel::code
