// SPDX-License-Identifier: GPL-3.0-or-later
// dvc.yaml, dvc.lock and *.dvc. A loop (foreach, matrix) becomes a stage for each of its rounds where they are said.
#include "analyzers/lineage/declared_parts.h"
#include "analyzers/lineage/locators.h"

#include <algorithm>
#include <array>
#include <map>

namespace cupel::lineage::declared {

namespace {

constexpr std::size_t maxRounds = 64; // of one loop

struct Round {
    std::string suffix; // "@us"
    ParameterMap values; // item, item.x, key
};

class DvcReader {
public:
    DvcReader(const Input& in, Declared& out, DataTree tree)
        : m_in(in)
        , m_out(out)
        , m_tree(std::move(tree))
        , m_values(in.values)
    {
        m_out.partial = m_out.partial || m_tree.partial();
    }

    void yaml()
    {
        variables();
        const auto stages = m_tree.member(0, "stages");
        m_tree.each(stages, [&](std::uint32_t stage) {
            if (!m_tree.is(stage, DataKind::Map)) {
                return;
            }
            auto body = m_tree.member(stage, "do");
            body = body == DataTree::none ? stage : body;
            for (const auto& round : rounds(stage)) {
                if (m_out.stages.size() >= maxStages || m_files >= maxFiles) {
                    m_out.partial = true;
                    return;
                }
                addStage(stage, body, round);
            }
        });
        artifacts();
    }

    void lock()
    {
        auto stages = m_tree.member(0, "stages");
        m_tree.each(stages, [&](std::uint32_t node) {
            if (m_out.stages.size() >= maxStages) {
                m_out.partial = true;
                return;
            }
            DeclaredStage stage;
            stage.name = m_tree.nodes()[node].key;
            stage.bytes = m_tree.nodes()[node].bytes;
            command(m_tree.member(node, "cmd"), {}, stage);
            files(m_tree.member(node, "deps"), FileUse::Data, {}, stage, stage.inputs);
            files(m_tree.member(node, "outs"), FileUse::Data, {}, stage, stage.outputs);
            m_tree.each(m_tree.member(node, "params"), [&](std::uint32_t file) {
                m_tree.each(file, [&](std::uint32_t value) {
                    if (++m_files <= maxFiles) {
                        stage.params.push_back(
                            {placed(m_in.folder, m_tree.nodes()[file].key), m_tree.nodes()[value].key, scalars(value)});
                    }
                });
            });
            m_out.stages.push_back(std::move(stage));
        });
    }

    void single()
    {
        DeclaredStage import;
        import.name = std::string(m_in.path);
        import.cwd = workingFolder(0, {});
        import.bytes = {0, m_in.text.size()};
        files(m_tree.member(0, "deps"), FileUse::Data, {}, import, import.inputs);
        files(m_tree.member(0, "outs"), FileUse::Data, {}, import, import.outputs);
        for (const auto& file : import.outputs) {
            m_out.datasets.push_back({file.path, "dvc", file.path, file.hash, {}, false, false, file.bytes});
        }
        if (!import.inputs.empty()) {
            m_out.stages.push_back(std::move(import));
        }
    }

private:
    [[nodiscard]] std::string filled(std::string_view text, const ParameterMap& round) const
    {
        if (text.find("${") == std::string_view::npos) {
            return std::string(text);
        }
        return filledIn(text, round, &m_values);
    }

    // vars: names of files are left to the caller, what is given on the spot wins over params.yaml.
    void variables()
    {
        m_tree.each(m_tree.member(0, "vars"), [&](std::uint32_t one) {
            if (m_tree.is(one, DataKind::Map)) {
                ParameterMap given;
                flatten(m_tree, one, {}, given, m_in.budget);
                for (auto& [name, value] : given) {
                    m_values.insert_or_assign(name, std::move(value));
                }
            }
        });
    }

    [[nodiscard]] std::string workingFolder(std::uint32_t body, const ParameterMap& round) const
    {
        const auto written = m_tree.text(body, "wdir");
        return written.empty() ? m_in.folder : placed(m_in.folder, filled(written, round));
    }

    std::vector<Round> rounds(std::uint32_t stage)
    {
        std::vector<Round> out;
        const auto loop = m_tree.member(stage, "foreach");
        const auto matrix = m_tree.member(stage, "matrix");
        if (loop == DataTree::none && matrix == DataTree::none) {
            out.push_back({});
            return out;
        }
        if (matrix != DataTree::none) {
            return matrixRounds(matrix);
        }
        if (m_tree.is(loop, DataKind::Scalar)) {
            namedRounds(m_tree.nodes()[loop].text, out);
        } else {
            const bool list = m_tree.is(loop, DataKind::List);
            std::size_t index = 0;
            m_tree.each(loop, [&](std::uint32_t item) {
                Round round;
                flatten(m_tree, item, "item", round.values, m_in.budget);
                const auto& node = m_tree.nodes()[item];
                const auto place = std::to_string(index++);
                round.suffix = "@" + (!list ? node.key : node.kind == DataKind::Scalar ? node.text : place);
                round.values.emplace("key", list ? place : node.key);
                addRound(out, std::move(round));
            });
        }
        if (out.empty()) {
            out.push_back({"@*", {}});
        }
        return out;
    }

    // foreach: ${datasets}, of which params.yaml says what is in it.
    void namedRounds(std::string_view written, std::vector<Round>& out)
    {
        const auto start = written.find("${");
        const auto end = written.find('}');
        if (start != 0 || end == std::string_view::npos) {
            return;
        }
        const auto prefix = std::string(written.substr(2, end - 2)) + '.';
        std::map<std::string, Round> byKey;
        std::vector<std::string> order;
        for (auto it = m_values.lower_bound(prefix); it != m_values.end() && it->first.starts_with(prefix); ++it) {
            const auto rest = std::string_view(it->first).substr(prefix.size());
            const auto dot = rest.find('.');
            const std::string key(rest.substr(0, dot));
            const bool fresh = !byKey.contains(key);
            if (fresh && byKey.size() >= maxRounds) {
                break;
            }
            auto& round = byKey[key];
            if (fresh) {
                const bool number = !key.empty() && key.find_first_not_of("0123456789") == std::string::npos;
                round.suffix = "@" + (number && dot == std::string_view::npos ? it->second : key);
                round.values.emplace("key", key);
                order.push_back(key);
            }
            round.values.emplace(
                dot == std::string_view::npos ? "item" : "item." + std::string(rest.substr(dot + 1)), it->second);
        }
        for (const auto& key : order) {
            addRound(out, std::move(byKey[key]));
        }
    }

    std::vector<Round> matrixRounds(std::uint32_t matrix)
    {
        std::vector<Round> out{{"@", {}}};
        m_tree.each(matrix, [&](std::uint32_t axis) {
            std::vector<Round> wider;
            const auto& name = m_tree.nodes()[axis].key;
            std::size_t index = 0;
            m_tree.each(axis, [&](std::uint32_t item) {
                const auto place = std::to_string(index++);
                for (const auto& one : out) {
                    auto round = one;
                    flatten(m_tree, item, "item." + name, round.values, m_in.budget);
                    round.suffix += (one.suffix.size() > 1 ? "-" : "")
                        + (m_tree.is(item, DataKind::Scalar) ? m_tree.nodes()[item].text : name + place);
                    addRound(wider, std::move(round));
                }
            });
            if (!wider.empty()) {
                out = std::move(wider);
            }
        });
        return out;
    }

    void addRound(std::vector<Round>& out, Round round)
    {
        if (out.size() < maxRounds) {
            round.suffix.resize(std::min<std::size_t>(round.suffix.size(), 200));
            out.push_back(std::move(round));
        } else {
            m_out.partial = true;
        }
    }

    void command(std::uint32_t node, const ParameterMap& round, DeclaredStage& stage)
    {
        for (const auto& line : m_tree.texts(node)) {
            stage.command += stage.command.empty() ? "" : "\n";
            stage.command += filled(line, round);
        }
        stage.calls = scriptCalls(stage.command, stage.cwd, m_in.budget);
    }

    void addStage(std::uint32_t node, std::uint32_t body, const Round& round)
    {
        DeclaredStage stage;
        stage.name = m_tree.nodes()[node].key + round.suffix;
        stage.bytes = m_tree.nodes()[node].bytes;
        stage.cwd = workingFolder(body, round.values);
        command(m_tree.member(body, "cmd"), round.values, stage);
        files(m_tree.member(body, "deps"), FileUse::Data, round.values, stage, stage.inputs);
        for (const std::string_view key : {"outs", "outs_persist", "outs_no_cache"}) {
            files(m_tree.member(body, key), FileUse::Data, round.values, stage, stage.outputs);
        }
        for (const std::string_view key : {"metrics", "metrics_no_cache"}) {
            files(m_tree.member(body, key), FileUse::Metric, round.values, stage, stage.outputs);
        }
        for (const std::string_view key : {"plots", "plots_no_cache"}) {
            files(m_tree.member(body, key), FileUse::Plot, round.values, stage, stage.outputs);
        }
        parameters(m_tree.member(body, "params"), round.values, stage);
        m_out.stages.push_back(std::move(stage));
    }

    // A list of "path", {path: {options}} and, in locks, {path: x, md5: y}.
    void files(std::uint32_t list, FileUse use, const ParameterMap& round, const DeclaredStage& stage,
        std::vector<DeclaredFile>& out)
    {
        const auto one = [&](std::uint32_t node, std::string_view written) {
            if (++m_files > maxFiles) {
                m_out.partial = true;
                return;
            }
            DeclaredFile file;
            file.written = filled(written, round);
            file.path = placed(stage.cwd.empty() ? m_in.folder : stage.cwd, file.written);
            file.use = use;
            file.hash = hashOf(node);
            file.bytes = m_tree.nodes()[node].bytes;
            out.push_back(std::move(file));
        };
        if (m_tree.is(list, DataKind::Scalar) && !m_tree.nodes()[list].text.empty()) {
            one(list, m_tree.nodes()[list].text);
            return;
        }
        m_tree.each(list, [&](std::uint32_t node) {
            if (m_tree.is(node, DataKind::Scalar)) {
                one(node, m_tree.nodes()[node].text);
            } else if (const auto repo = m_tree.member(node, "repo"); repo != DataTree::none) { // dvc import
                const auto path = std::string(m_tree.text(node, "path"));
                one(node, withoutCredentials(m_tree.text(repo, "url")) + "#" + path);
            } else if (const auto path = m_tree.text(node, "path"); !path.empty()) {
                one(node, path);
            } else if (const auto inner = m_tree.nodes()[node].firstChild; inner != 0) {
                one(inner, m_tree.nodes()[inner].key);
            }
        });
    }

    [[nodiscard]] std::string hashOf(std::uint32_t node) const
    {
        for (const std::string_view kind : {"md5", "etag", "checksum"}) {
            if (const auto value = m_tree.text(node, kind); !value.empty()) {
                return std::string(kind) + ":" + std::string(value.substr(0, 200));
            }
        }
        return {};
    }

    // params: "a.b" is of params.yaml; {file: [names]}; {file: null} is all of it.
    void parameters(std::uint32_t list, const ParameterMap& round, DeclaredStage& stage)
    {
        const auto folder = stage.cwd.empty() ? m_in.folder : stage.cwd;
        const auto add = [&](std::string_view file, std::string_view name) {
            if (++m_files > maxFiles) {
                m_out.partial = true;
                return;
            }
            DeclaredParameter entry{placed(folder, filled(file, round)), filled(name, round), {}};
            if (const auto known = m_values.find(entry.name); known != m_values.end() && file == "params.yaml") {
                entry.value = known->second;
            }
            stage.params.push_back(std::move(entry));
        };
        m_tree.each(list, [&](std::uint32_t node) {
            if (m_tree.is(node, DataKind::Scalar)) {
                add("params.yaml", m_tree.nodes()[node].text);
                return;
            }
            m_tree.each(node, [&](std::uint32_t file) {
                const auto names = m_tree.texts(file);
                for (const auto& name : names) {
                    add(m_tree.nodes()[file].key, name == "null" || name == "~" ? "" : name);
                }
                if (names.empty()) {
                    add(m_tree.nodes()[file].key, {});
                }
            });
        });
    }

    // artifacts: {name: {path, type: model}}: what an output is.
    void artifacts()
    {
        m_tree.each(m_tree.member(0, "artifacts"), [&](std::uint32_t node) {
            const auto path = placed(m_in.folder, m_tree.text(node, "path"));
            if (m_tree.text(node, "type") != "model" || m_marked++ > maxRounds) {
                return;
            }
            for (auto& stage : m_out.stages) {
                for (auto& file : stage.outputs) {
                    file.use = file.path == path ? FileUse::Model : file.use;
                }
            }
        });
    }

    // A value of a lock: a scalar, or a list in brackets.
    [[nodiscard]] std::string scalars(std::uint32_t node) const
    {
        if (m_tree.is(node, DataKind::Scalar)) {
            return m_tree.nodes()[node].text;
        }
        std::string out = "[";
        for (const auto& text : m_tree.texts(node)) {
            out += (out.size() > 1 ? ", " : "") + text.substr(0, 200);
            if (out.size() > 2'000) {
                break;
            }
        }
        return out + "]";
    }

    const Input& m_in;
    Declared& m_out;
    DataTree m_tree;
    ParameterMap m_values;
    std::size_t m_files = 0;
    std::size_t m_marked = 0;
};

} // namespace

void readDvcYaml(const Input& in, Declared& out)
{
    DvcReader(in, out, DataTree::fromYaml(in.text, in.budget)).yaml();
}

void readDvcLock(const Input& in, Declared& out)
{
    DvcReader(in, out, DataTree::fromYaml(in.text, in.budget)).lock();
}

void readDvcFile(const Input& in, Declared& out)
{
    DvcReader(in, out, DataTree::fromYaml(in.text, in.budget)).single();
}

} // namespace cupel::lineage::declared

namespace cupel::lineage {

void applyLock(Declared& stages, const Declared& lock)
{
    std::map<std::string_view, const DeclaredStage*> byName;
    for (const auto& stage : lock.stages) {
        byName.emplace(stage.name, &stage);
    }
    for (auto& stage : stages.stages) {
        const auto found = byName.find(stage.name);
        if (found == byName.end()) {
            continue;
        }
        std::map<std::string_view, std::string_view> hashes;
        for (const auto* list : {&found->second->inputs, &found->second->outputs}) {
            for (const auto& file : *list) {
                hashes.emplace(file.written, file.hash); // paths of a lock are relative to the stage's folder
            }
        }
        for (auto* list : {&stage.inputs, &stage.outputs}) {
            for (auto& file : *list) {
                const auto hash = hashes.find(file.written);
                file.hash = hash != hashes.end() ? std::string(hash->second) : file.hash;
            }
        }
        std::map<std::string_view, std::string_view> values;
        for (const auto& entry : found->second->params) {
            values.emplace(entry.name, entry.value);
        }
        for (auto& entry : stage.params) {
            const auto value = values.find(entry.name);
            entry.value = value != values.end() ? std::string(value->second) : entry.value;
        }
    }
}

} // namespace cupel::lineage
