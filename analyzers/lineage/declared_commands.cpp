// SPDX-License-Identifier: GPL-3.0-or-later
// Makefiles, workflows of a CI and shell scripts: only what runs a script or a notebook is a stage.
#include "analyzers/lineage/declared_parts.h"
#include "analyzers/lineage/locators.h"

#include <algorithm>
#include <array>

namespace cupel::lineage::declared {

namespace {

constexpr std::size_t maxExpanded = 16 << 10;
constexpr int maxRounds = 8; // of variables in variables

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const auto start = text.find_first_not_of(blanks);
    return start == std::string_view::npos ? std::string_view{}
                                           : text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size() && out.size() < 2'000;) {
        const auto start = text.find_first_not_of(" \t", at);
        if (start == std::string_view::npos) {
            break;
        }
        at = std::min(text.find_first_of(" \t", start), text.size());
        out.emplace_back(text.substr(start, at - start));
    }
    return out;
}

bool looksLikePath(std::string_view word)
{
    return !word.starts_with('-')
        && (word.find('/') != std::string_view::npos || word.find('.') != std::string_view::npos) && word != "."
        && !word.starts_with(".PHONY");
}

void addStage(Declared& out, DeclaredStage stage, Budget& budget)
{
    stage.calls = scriptCalls(stage.command, stage.cwd, budget);
    if (stage.calls.empty()) {
        return;
    }
    if (out.stages.size() >= maxStages) {
        out.partial = true;
        return;
    }
    out.stages.push_back(std::move(stage));
}

class MakeReader {
public:
    MakeReader(const Input& in, Declared& out)
        : m_in(in)
        , m_out(out)
    {
    }

    void run() &&
    {
        while (m_at < m_in.text.size() && m_in.budget.spend(64)) {
            const auto start = m_at;
            const auto line = logicalLine();
            if (line.starts_with('\t')) {
                recipe(line);
            } else {
                other(line, start);
            }
        }
        finish(m_in.text.size());
    }

private:
    // Lines that end in a backslash go on.
    std::string logicalLine()
    {
        std::string out;
        while (m_at < m_in.text.size()) {
            const auto end = std::min(m_in.text.find('\n', m_at), m_in.text.size());
            auto line = m_in.text.substr(m_at, end - m_at);
            m_at = end + 1;
            if (line.ends_with('\r')) {
                line.remove_suffix(1);
            }
            const bool more = line.ends_with('\\');
            out += more ? line.substr(0, line.size() - 1) : line;
            if (!more) {
                break;
            }
            out.push_back(' ');
        }
        return out;
    }

    void recipe(std::string_view line)
    {
        line = trimmed(line);
        while (!line.empty() && (line.front() == '@' || line.front() == '-' || line.front() == '+')) {
            line.remove_prefix(1);
        }
        if (m_inRule && m_stage.command.size() < maxExpanded * 4) {
            m_stage.command += m_stage.command.empty() ? "" : "\n";
            m_stage.command += expanded(line, true);
        }
    }

    void other(std::string_view line, std::size_t start)
    {
        const auto comment = line.find('#');
        line = trimmed(line.substr(0, comment));
        if (line.empty()) {
            return;
        }
        const auto equals = line.find('=');
        const auto colon = line.find(':');
        const bool assignment =
            equals != std::string_view::npos && (colon == std::string_view::npos || colon + 1 >= equals);
        if (assignment) {
            auto name = line.substr(0, equals);
            while (!name.empty() && std::string_view(":?+! ").find(name.back()) != std::string_view::npos) {
                name.remove_suffix(1);
            }
            if (m_values.size() < maxParameters && name.size() < 200) {
                m_values.insert_or_assign(
                    std::string(name), std::string(trimmed(line.substr(equals + 1)).substr(0, maxExpanded)));
            }
            return;
        }
        if (colon == std::string_view::npos) {
            return;
        }
        finish(start);
        m_inRule = true;
        m_stage = {};
        m_stage.cwd = m_in.folder;
        m_stage.bytes.start = start;
        m_targets = wordsOf(expanded(line.substr(0, colon), false));
        auto needs = line.substr(colon + 1);
        needs = needs.starts_with(':') ? needs.substr(1) : needs;
        const auto semicolon = needs.find(';');
        m_needs = wordsOf(expanded(needs.substr(0, semicolon), false));
        if (semicolon != std::string_view::npos) {
            recipe(needs.substr(semicolon + 1));
        }
    }

    void finish(std::size_t end)
    {
        if (!m_inRule || m_targets.empty()) {
            return;
        }
        m_inRule = false;
        m_stage.name = m_targets.front();
        m_stage.bytes.end = end;
        const auto put = [&](const std::vector<std::string>& words, std::vector<DeclaredFile>& out) {
            for (auto word : words) {
                if (looksLikePath(word) && m_files++ < maxFiles) {
                    std::replace(word.begin(), word.end(), '%', '*');
                    out.push_back({placed(m_in.folder, word), word, FileUse::Data, {}, m_stage.bytes});
                }
            }
        };
        put(m_needs, m_stage.inputs);
        put(m_targets, m_stage.outputs);
        addStage(m_out, std::move(m_stage), m_in.budget);
        m_stage = {};
    }

    [[nodiscard]] std::string automatic(char c) const
    {
        const auto first = [](const std::vector<std::string>& list) {
            return list.empty() ? std::string("*") : list.front();
        };
        if (c == '@') {
            return first(m_targets);
        }
        if (c == '<') {
            return first(m_needs);
        }
        if (c != '^' && c != '+') {
            return "*";
        }
        std::string out;
        for (const auto& need : m_needs) {
            out += (out.empty() ? "" : " ") + need;
            if (out.size() > maxExpanded) {
                break;
            }
        }
        return out;
    }

    // $(NAME) and ${NAME} by what was assigned so far, in a few rounds; what is not known is *.
    [[nodiscard]] std::string expanded(std::string_view text, bool inRecipe) const
    {
        std::string now(text.substr(0, maxExpanded));
        for (int round = 0; round < maxRounds && now.find('$') != std::string::npos; ++round) {
            std::string next;
            bool changed = false;
            for (std::size_t i = 0; i < now.size() && next.size() < maxExpanded; ++i) {
                const char after = i + 1 < now.size() ? now[i + 1] : '\0';
                if (now[i] != '$' || after == '\0') {
                    next.push_back(now[i]);
                } else if (after == '$') {
                    next += "$$"; // one dollar for the shell, in the end
                    ++i;
                } else if (after == '(' || after == '{') {
                    const auto end = std::min(now.find(after == '(' ? ')' : '}', i), now.size());
                    const auto known = m_values.find(std::string_view(now).substr(i + 2, end - std::min(end, i + 2)));
                    next += known != m_values.end() ? known->second : "*";
                    changed = true;
                    i = end;
                } else {
                    next += inRecipe ? automatic(after) : "*";
                    changed = true;
                    ++i;
                }
            }
            now = std::move(next);
            if (!changed) {
                break;
            }
        }
        for (auto at = now.find("$$"); at != std::string::npos; at = now.find("$$", at + 1)) {
            now.erase(at, 1);
        }
        return now;
    }

    const Input& m_in;
    Declared& m_out;
    ParameterMap m_values;
    std::size_t m_at = 0;
    std::size_t m_files = 0;
    bool m_inRule = false;
    DeclaredStage m_stage;
    std::vector<std::string> m_targets;
    std::vector<std::string> m_needs;
};

bool isCommandKey(std::string_view key)
{
    static constexpr std::array<std::string_view, 9> keys = {
        "run", "script", "before_script", "after_script", "bash", "cmd", "command", "commands", "args"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// The names on the way to a node: "train/Fit the model".
std::string nameOf(const DataTree& tree, std::uint32_t node)
{
    std::string out;
    auto at = tree.nodes()[node].parent;
    for (int up = 0; up < 8; ++up) {
        const auto& here = tree.nodes()[at];
        auto name = std::string(tree.text(at, "name").substr(0, 200));
        name = name.empty() && here.key != "steps" && here.key != "jobs" && here.key != "run" ? here.key : name;
        if (at != 0 && !name.empty()) {
            out = out.empty() ? name : name + "/" + out;
        }
        if (at == 0) {
            break;
        }
        at = here.parent;
    }
    return out;
}

} // namespace

void readMakefile(const Input& in, Declared& out)
{
    MakeReader(in, out).run();
}

void readWorkflow(const Input& in, Declared& out)
{
    const auto tree = DataTree::fromYaml(in.text, in.budget);
    out.partial = tree.partial();
    for (std::uint32_t i = 0; i < tree.nodes().size(); ++i) {
        const auto& node = tree.nodes()[i];
        if (!isCommandKey(node.key) || node.kind == DataKind::Map) {
            continue;
        }
        DeclaredStage stage;
        for (const auto& line : tree.texts(i)) {
            stage.command += (stage.command.empty() ? "" : "\n") + filledIn(line, {});
            if (stage.command.size() > (1U << 20)) {
                out.partial = true;
                break;
            }
        }
        const auto folder = tree.text(node.parent, "working-directory");
        stage.cwd = folder.empty() ? "" : placed({}, filledIn(folder, {})); // CI runs at the top
        stage.name = nameOf(tree, i);
        stage.bytes = node.bytes;
        addStage(out, std::move(stage), in.budget);
    }
}

void readShellScript(const Input& in, Declared& out)
{
    DeclaredStage stage;
    stage.name = std::string(in.path);
    stage.command = std::string(in.text.substr(0, 1 << 20));
    stage.cwd = in.folder;
    stage.bytes = {0, in.text.size()};
    out.partial = in.text.size() > (1U << 20);
    addStage(out, std::move(stage), in.budget);
}

} // namespace cupel::lineage::declared
