// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/script_calls.h"

#include "analyzers/code/shell.h"
#include "analyzers/lineage/locators.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxCalls = 1'000;
constexpr std::size_t maxArguments = 1'000;
constexpr std::size_t maxCommand = 1 << 20;

// What starts another program that is named among its words.
constexpr std::array<std::string_view, 24> launchers = {"poetry", "pipenv", "uv", "uvx", "conda", "mamba", "micromamba",
    "pdm", "hatch", "rye", "pixi", "xvfb-run", "srun", "mpirun", "mpiexec", "horovodrun", "torchrun", "accelerate",
    "deepspeed", "coverage", "spark-submit", "streamlit", "ray", "kernprof"};

bool isPython(std::string_view program)
{
    program = program.substr(program.rfind('/') + 1);
    for (const std::string_view name : {"python", "pypy", "ipython", "pythonw"}) {
        if (program.starts_with(name)
            && program.substr(name.size()).find_first_not_of("0123456789.") == std::string_view::npos) {
            return true;
        }
    }
    return program == "py";
}

bool isScript(std::string_view word)
{
    return word.ends_with(".py") || word.ends_with(".ipynb");
}

// What only a shell could say becomes *.
std::string shown(const code::ShellWord& word)
{
    if (!word.dynamic) {
        return word.text;
    }
    if (word.text.empty()) { // $(command)
        return "*";
    }
    std::string out;
    const auto& text = word.text;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '$' && text[i] != '{' && text[i] != '`') {
            out.push_back(text[i]);
            continue;
        }
        out += out.ends_with('*') ? "" : "*";
        if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '(') {
            return out;
        }
        if (text[i] == '{' || (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{')) {
            i = std::min(text.find('}', i), text.size());
        } else if (text[i] == '`') {
            i = std::min(text.find('`', i + 1), text.size());
        } else {
            while (i + 1 < text.size()
                && (std::isalnum(static_cast<unsigned char>(text[i + 1])) != 0 || text[i + 1] == '_')) {
                ++i;
            }
        }
    }
    return out;
}

class Calls {
public:
    Calls(std::string_view cwd, std::vector<ScriptCall>& out)
        : m_cwd(cwd == "." ? "" : cwd)
        , m_out(out)
    {
    }

    // A command of its own, or behind another one.
    void take(const code::ShellCommand& command)
    {
        m_words.clear();
        for (auto at = command.programAt(); at < command.words.size() && m_words.size() < maxArguments; ++at) {
            m_words.push_back(shown(command.words[at]));
        }
        if (m_words.empty()) {
            return;
        }
        const auto program = std::string(std::string_view(m_words[0]).substr(m_words[0].rfind('/') + 1));
        if (program == "cd" || program == "pushd") {
            if (m_words.size() > 1) {
                m_cwd = placed(m_cwd, m_words[1]);
                m_cwd = m_cwd == "." ? "" : m_cwd;
            }
            return;
        }
        const auto before = m_out.size();
        if (std::find(launchers.begin(), launchers.end(), program) != launchers.end()) {
            launched();
        } else {
            started(0);
        }
        for (auto i = before; i < m_out.size(); ++i) {
            for (const auto& redirect : command.redirects) {
                const bool number = redirect.target.find_first_not_of("0123456789") == std::string::npos; // 2>&1
                if (number || redirect.target.starts_with('/') || redirect.target.starts_with('&')) {
                    continue;
                }
                auto& list = redirect.op == '<' ? m_out[i].reads : m_out[i].writes;
                list.push_back(placed(m_cwd, redirect.target));
            }
        }
    }

private:
    // The first word behind a launcher that starts Python or is a script.
    void launched()
    {
        for (std::size_t at = 1; at < m_words.size(); ++at) {
            if (isPython(m_words[at]) || isScript(m_words[at]) || m_words[at] == "papermill"
                || m_words[at] == "jupyter") {
                started(at);
                return;
            }
        }
    }

    void started(std::size_t at)
    {
        const auto program = std::string_view(m_words[at]).substr(m_words[at].rfind('/') + 1);
        if (isPython(program)) {
            python(at + 1);
        } else if (program == "papermill") {
            papermill(at + 1);
        } else if (program == "jupyter" || program == "jupyter-nbconvert" || program == "jupyter-execute") {
            jupyter(at);
        } else if (isScript(program)) {
            add(at, m_words[at].ends_with(".ipynb"));
        }
    }

    void python(std::size_t at)
    {
        for (; at < m_words.size(); ++at) {
            const auto& word = m_words[at];
            if (word == "-c" || word == "-") {
                return;
            }
            if (word == "-m") {
                module(at + 1);
                return;
            }
            if (word == "-W" || word == "-X") {
                ++at;
            } else if (!word.starts_with('-')) {
                add(at, word.ends_with(".ipynb"));
                return;
            }
        }
    }

    void module(std::size_t at)
    {
        if (at >= m_words.size()) {
            return;
        }
        const auto& name = m_words[at];
        if (name == "papermill" || name == "jupyter" || name == "nbconvert") {
            name == "papermill" ? papermill(at + 1) : jupyter(at);
            return;
        }
        if (name.starts_with("torch.distributed") || name == "accelerate.commands.launch" || name == "coverage"
            || name == "cProfile") {
            const auto script =
                std::find_if(m_words.begin() + static_cast<std::ptrdiff_t>(at), m_words.end(), isScript);
            if (script != m_words.end()) {
                add(static_cast<std::size_t>(script - m_words.begin()), false);
            }
            return;
        }
        if (auto* call = add(at, false)) {
            call->script = placed(m_cwd, [&] {
                auto path = name;
                std::replace(path.begin(), path.end(), '.', '/');
                return path;
            }());
            call->module = true;
        }
    }

    void papermill(std::size_t at)
    {
        std::vector<std::string> files;
        ScriptCall call;
        for (; at < m_words.size(); ++at) {
            const auto& word = m_words[at];
            const bool pair = word == "-p" || word == "--parameters" || word == "-r" || word == "--parameters_raw";
            if (pair && at + 2 < m_words.size()) {
                call.parameters.emplace_back(m_words[at + 1], m_words[at + 2]);
                at += 2;
            } else if (word.starts_with('-')) {
                const bool takesValue = word.find('=') == std::string::npos && word != "--log-output"
                    && word != "--no-progress-bar" && !word.starts_with("--no-");
                at += takesValue ? 1 : 0;
            } else {
                files.push_back(word);
            }
        }
        if (files.empty() || m_out.size() >= maxCalls) {
            return;
        }
        call.script = placed(m_cwd, files[0]);
        call.cwd = m_cwd;
        call.notebook = true;
        if (files.size() > 1) {
            call.writes.push_back(placed(m_cwd, files[1]));
        }
        m_out.push_back(std::move(call));
    }

    // jupyter nbconvert --execute x.ipynb, jupyter execute x.ipynb
    void jupyter(std::size_t at)
    {
        const auto has = [&](std::string_view word) {
            return std::find(m_words.begin(), m_words.end(), word) != m_words.end();
        };
        if (!has("--execute") && !has("execute") && !m_words[at].ends_with("jupyter-execute")) {
            return;
        }
        for (++at; at < m_words.size(); ++at) {
            if (m_words[at] == "--output") {
                ++at;
            } else if (m_words[at].ends_with(".ipynb") && !m_words[at].starts_with("--")) {
                if (auto* call = add(at, true)) {
                    call->arguments.clear();
                }
            }
        }
    }

    ScriptCall* add(std::size_t at, bool notebook)
    {
        if (m_out.size() >= maxCalls) {
            return nullptr;
        }
        auto& call = m_out.emplace_back();
        call.script = placed(m_cwd, m_words[at]);
        call.cwd = m_cwd;
        call.notebook = notebook;
        call.arguments.assign(m_words.begin() + static_cast<std::ptrdiff_t>(at) + 1, m_words.end());
        return &call;
    }

    std::string m_cwd;
    std::vector<ScriptCall>& m_out;
    std::vector<std::string> m_words;
};

} // namespace

std::string placed(std::string_view folder, std::string_view path)
{
    if (path.find("://") != std::string_view::npos || path.starts_with('/')) {
        return std::string(path);
    }
    return joinPath(folder, path);
}

std::vector<ScriptCall> scriptCalls(std::string_view command, std::string_view cwd, Budget& budget)
{
    std::vector<ScriptCall> out;
    Calls calls(cwd, out);
    for (const auto& one : code::readShell(command.substr(0, maxCommand), budget)) {
        calls.take(one);
    }
    return out;
}

} // namespace cupel::lineage
