// SPDX-License-Identifier: GPL-3.0-or-later
// Command lines of package managers.
#include "analyzers/code/install_lines.h"

#include "analyzers/code/install_parts.h"

#include <array>

namespace cupel::code {

namespace {

using Kind = InstallOption::Kind;

constexpr std::size_t deepestShell = 3; // bash -c "bash -c ..."

std::string_view baseName(std::string_view word)
{
    return word.substr(word.rfind('/') + 1);
}

bool isNumberTail(std::string_view text)
{
    return text.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool isPip(std::string_view word)
{
    const auto name = baseName(word);
    return name.starts_with("pip") && isNumberTail(name.substr(3));
}

bool isPythonProgram(const CommandWord& word)
{
    const auto name = baseName(word.text);
    if (word.hole) { // {sys.executable}, $PYTHON
        return name.find("executable") != std::string_view::npos || name.find("python") != std::string_view::npos
            || name.find("PYTHON") != std::string_view::npos;
    }
    return (name.starts_with("python") && isNumberTail(name.substr(6))) || name == "py";
}

// A=b before a command.
bool isAssignment(const CommandWord& word)
{
    const auto equals = word.text.find('=');
    return equals != std::string::npos && equals > 0
        && std::all_of(word.text.begin(), word.text.begin() + static_cast<std::ptrdiff_t>(equals), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
           });
}

std::size_t itemsOf(const std::vector<InstallCommand>& commands)
{
    std::size_t count = 0;
    for (const auto& command : commands) {
        count += command.items.size();
    }
    return count;
}

class CommandReader {
public:
    CommandReader(const CommandWords& command, InstallContext& context)
        : m_shell(command)
        , m_words(command.words)
        , m_context(context)
    {
    }

    // A shell or Python that runs what it is given from outside.
    [[nodiscard]] bool runsInput() const { return m_script; }

    void run()
    {
        prefixes();
        if (m_at >= m_words.size()) {
            environment();
            return;
        }
        const auto before = m_context.out.size();
        program();
        for (auto i = before; i < m_context.out.size(); ++i) {
            auto& made = m_context.out[i];
            made.sudo = made.sudo || m_sudo;
            made.hidden = made.hidden || m_shell.silent;
        }
        environment();
    }

private:
    // sudo -H, env A=b, nohup, time, RUN of a Dockerfile ...
    void prefixes()
    {
        while (m_at < m_words.size()) {
            const auto& here = m_words[m_at];
            if (here.text == "sudo") {
                m_sudo = true;
                ++m_at;
                while (m_at < m_words.size() && isOption(m_words[m_at])) {
                    m_at += isOneOf(m_words[m_at].text, {"-u", "-g"}) ? 2 : 1;
                }
            } else if (isAssignment(here)) {
                m_assignments.push_back(m_at);
                ++m_at;
            } else if (isOneOf(here.text,
                           {"env", "nohup", "time", "exec", "command", "RUN", "then", "do", "else", "if", "{", "!", "-",
                               "export", "yes"})) {
                ++m_at;
            } else {
                break;
            }
        }
    }

    [[nodiscard]] ToolCall call() const { return {m_shell, m_at, m_context}; }
    [[nodiscard]] std::string_view word(std::size_t at) const { return call().text(at); }
    InstallCommand& make(InstallTool tool) const { return call().make(tool); }

    void pip(InstallTool tool, std::size_t first) { readPipWords(make(tool), m_words, first, m_context); }

    // A=b before pip, or `export PIP_INDEX_URL=...` alone.
    void environment()
    {
        for (const auto at : m_assignments) {
            const auto& here = m_words[at];
            const auto equals = here.text.find('=');
            const auto name = std::string_view(here.text).substr(0, equals);
            static constexpr std::array<std::pair<std::string_view, Kind>, 8> table{{{"PIP_INDEX_URL", Kind::Index},
                {"PIP_EXTRA_INDEX_URL", Kind::ExtraIndex}, {"PIP_TRUSTED_HOST", Kind::TrustedHost},
                {"PIP_FIND_LINKS", Kind::FindLinks}, {"UV_INDEX_URL", Kind::Index},
                {"UV_EXTRA_INDEX_URL", Kind::ExtraIndex}, {"UV_DEFAULT_INDEX", Kind::Index}, {"PIP_PRE", Kind::Pre}}};
            const auto row =
                std::find_if(table.begin(), table.end(), [name](const auto& r) { return r.first == name; });
            if (row != table.end()) {
                make(InstallTool::Pip).options.push_back({row->second, here.text.substr(equals + 1), here.bytes});
            }
        }
    }

    void program()
    {
        const auto& here = m_words[m_at];
        const auto name = baseName(here.text);
        if (isPip(name)) {
            pipCommand(m_at + 1);
        } else if (isPythonProgram(here)) {
            python();
        } else if (name == "uv" || name == "uvx") {
            uv(name);
        } else if (name == "poetry" || name == "pdm") {
            if (word(m_at + 1) == "add") {
                pip(name == "poetry" ? InstallTool::Poetry : InstallTool::Pdm, m_at + 2);
            }
        } else if (name == "pipenv") {
            if (word(m_at + 1) == "install") {
                pip(InstallTool::Pipenv, m_at + 2);
            }
        } else if (name == "pipx") {
            if (isOneOf(word(m_at + 1), {"install", "run", "inject"})) {
                readOne(call(), InstallTool::Pipx, m_at + 2);
            }
        } else if (name == "easy_install") {
            pip(InstallTool::Pip, m_at + 1);
        } else if (isOneOf(name, {"conda", "mamba", "micromamba"})) {
            readConda(call());
        } else {
            otherProgram(name);
        }
    }

    void otherProgram(std::string_view name)
    {
        if (isOneOf(name, {"apt", "apt-get", "aptitude", "yum", "dnf", "brew"})) {
            readSystem(call(), "install");
        } else if (name == "apk") {
            readSystem(call(), "add");
        } else if (isOneOf(name, {"npm", "pnpm", "yarn"})) {
            readNpm(call());
        } else if (isOneOf(name, {"npx", "bunx"})) {
            readOne(call(), InstallTool::Npx, m_at + 1);
        } else if (name == "docker" || name == "podman") {
            readDocker(call());
        } else if (name == "git") {
            readGit(call());
        } else if (isOneOf(name, {"bash", "sh", "zsh", "ksh", "dash"})) {
            nestedShell();
        } else if (isOneOf(name, {"R", "Rscript", "julia"})) {
            expression(name);
        }
    }

    void pipCommand(std::size_t at)
    {
        at = call().behindOptions(at);
        const auto verb = word(at);
        if (verb == "install" || verb == "download" || verb == "wheel") {
            pip(InstallTool::Pip, at + 1);
        } else if (verb == "config" && word(at + 1) == "set") {
            const auto key = word(at + 2);
            const auto dot = key.rfind('.') + 1;
            pip(InstallTool::Pip, m_words.size());
            for (const auto& [option, kind] :
                {std::pair{"index-url", Kind::Index}, std::pair{"extra-index-url", Kind::ExtraIndex},
                    std::pair{"trusted-host", Kind::TrustedHost}, std::pair{"find-links", Kind::FindLinks}}) {
                if (key.substr(dot) == option && at + 3 < m_words.size()) {
                    m_context.out.back().options.push_back(
                        {kind, m_words[at + 3].text, {m_words[at + 2].bytes.start, m_words[at + 3].bytes.end}});
                }
            }
        }
    }

    void python()
    {
        auto at = m_at + 1;
        while (at < m_words.size() && isOption(m_words[at]) && m_words[at].text != "-m") {
            ++at;
        }
        if (word(at) == "-m") {
            if (isPip(word(at + 1))) {
                pipCommand(at + 2);
            } else if (word(at + 1) == "uv") {
                m_at = at + 1;
                uv("uv");
            }
        } else if (baseName(word(at)) == "setup.py" && isOneOf(word(at + 1), {"install", "develop"})) {
            auto& command = make(InstallTool::Pip);
            CommandWord folder = m_words[at];
            folder.text = ".";
            addItem(command, folder, m_context, word(at + 1) == "develop");
        } else if (m_shell.piped && (at >= m_words.size() || m_words[at].text == "-")) {
            m_script = true;
        }
    }

    void uv(std::string_view name)
    {
        const auto verb = name == "uvx" ? std::string_view("x") : word(m_at + 1);
        if (verb == "x") {
            readOne(call(), InstallTool::Pipx, m_at + 1);
        } else if (verb == "pip") {
            if (word(m_at + 2) == "install") {
                pip(InstallTool::Uv, m_at + 3);
            }
        } else if (verb == "add") {
            pip(InstallTool::Uv, m_at + 2);
        } else if (verb == "tool" && isOneOf(word(m_at + 2), {"install", "run"})) {
            readOne(call(), InstallTool::Pipx, m_at + 3);
        } else if (verb == "run") {
            Words options;
            for (auto at = m_at + 2; at < m_words.size() && isOption(m_words[at]); ++at) {
                options.push_back(m_words[at]);
                if (m_words[at].text == "--with" && at + 1 < m_words.size()) {
                    options.push_back(m_words[++at]);
                }
            }
            if (!options.empty()) {
                readPipWords(make(InstallTool::Uv), options, 0, m_context);
            }
        }
    }

    // bash -c "pip install x", and curl ... | sh.
    void nestedShell()
    {
        auto at = m_at + 1;
        while (at < m_words.size() && isOption(m_words[at]) && m_words[at].text.find('c') == std::string::npos) {
            ++at;
        }
        if (at + 1 < m_words.size() && isOption(m_words[at]) && m_context.depth < deepestShell) {
            const auto& script = m_words[at + 1];
            const std::size_t quote = script.quoted ? 1 : 0;
            if (script.bytes.size() < 2 * quote) {
                return;
            }
            const ByteRange inside{script.bytes.start + quote, script.bytes.end - quote};
            const auto text = slice(m_context.source, {inside.start - m_context.offset, inside.end - m_context.offset});
            for (const auto& command : splitCommands(text, inside.start)) {
                InstallContext deeper{
                    m_context.source, m_context.offset, m_context.limits, m_context.out, m_context.depth + 1};
                CommandReader(command, deeper).run();
            }
        } else if (at >= m_words.size() || m_words[at].text == "-" || m_shell.piped
            || m_words[at].text.starts_with("<(")) {
            m_script = m_shell.piped || (at < m_words.size() && m_words[at].text.starts_with("<("));
        }
    }

    // R -e 'install.packages("x")'
    void expression(std::string_view name)
    {
        for (auto at = m_at + 1; at + 1 < m_words.size(); ++at) {
            if (isOneOf(m_words[at].text, {"-e", "--eval", "-E"})) {
                const auto& here = m_words[at + 1];
                const auto text =
                    slice(m_context.source, {here.bytes.start - m_context.offset, here.bytes.end - m_context.offset});
                auto found = installsInCell(text, name == "julia" ? "julia" : "r", m_context.limits);
                for (auto& command : found) {
                    const auto shift = here.bytes.start;
                    command.bytes = {command.bytes.start + shift, command.bytes.end + shift};
                    for (auto& item : command.items) {
                        item.bytes = {item.bytes.start + shift, item.bytes.end + shift};
                        item.pinAt = 0;
                    }
                    m_context.out.push_back(std::move(command));
                }
                return;
            }
        }
    }

    const CommandWords& m_shell;
    const Words& m_words;
    InstallContext& m_context;
    std::size_t m_at = 0;
    std::vector<std::size_t> m_assignments;
    bool m_sudo = false;
    bool m_script = false;
};

// curl or wget of a URL, whose text goes on to a shell.
void addScript(const CommandWords& fetch, const CommandWords& shell, std::vector<InstallCommand>& out)
{
    for (const auto& word : fetch.words) {
        const auto at = word.text.find("://");
        if (at == std::string::npos || at < 3) {
            continue;
        }
        InstallCommand command;
        command.tool = InstallTool::Script;
        command.bytes = {std::min(fetch.bytes.start, shell.bytes.start), std::max(fetch.bytes.end, shell.bytes.end)};
        InstallItem item;
        item.requirement.kind = Requirement::Kind::Url;
        auto url = std::string_view(word.text);
        url.remove_prefix(url.find("http") == std::string_view::npos ? 0 : url.find("http"));
        item.requirement.url = url.substr(0, url.find_first_of(" )"));
        item.bytes = word.bytes;
        command.items.push_back(std::move(item));
        out.push_back(std::move(command));
        return;
    }
}

} // namespace

std::string_view toString(InstallTool tool)
{
    static constexpr std::array<std::string_view, 16> names{"pip", "uv", "poetry", "pipenv", "pdm", "pipx", "micropip",
        "conda", "system", "npm", "npx", "r", "julia", "docker", "git", "script"};
    return names[static_cast<std::size_t>(tool)];
}

std::string_view ecosystemOf(InstallTool tool)
{
    static constexpr std::array<std::string_view, 16> names{"pypi", "pypi", "pypi", "pypi", "pypi", "pypi", "pypi",
        "conda", "deb", "npm", "npm", "cran", "julia", "docker", "git", "script"};
    return names[static_cast<std::size_t>(tool)];
}

bool isPython(InstallTool tool)
{
    return ecosystemOf(tool) == "pypi";
}

void installsInWords(const CommandWords& command, std::string_view source, std::uint64_t offset,
    const InstallLimits& limits, std::vector<InstallCommand>& out)
{
    if (out.size() >= limits.commands || itemsOf(out) >= limits.items) {
        return;
    }
    InstallContext context{source, offset, limits, out};
    CommandReader(command, context).run();
}

void installsInShell(
    std::string_view text, std::uint64_t offset, const InstallLimits& limits, std::vector<InstallCommand>& out)
{
    const auto commands = splitCommands(text, offset);
    std::size_t items = itemsOf(out);
    for (std::size_t i = 0; i < commands.size() && out.size() < limits.commands && items < limits.items; ++i) {
        const auto before = out.size();
        InstallContext context{text, offset, limits, out};
        CommandReader reader(commands[i], context);
        reader.run();
        if (reader.runsInput()) {
            addScript(i > 0 && commands[i].piped ? commands[i - 1] : commands[i], commands[i], out);
        }
        for (auto made = before; made < out.size(); ++made) {
            items += out[made].items.size();
        }
    }
}

} // namespace cupel::code
