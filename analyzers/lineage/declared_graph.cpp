// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/declared_graph.h"

#include "analyzers/lineage/locators.h"
#include "analyzers/lineage/recorder.h"

#include <algorithm>

namespace cupel::lineage {

std::string scriptOf(const ScriptCall& call, const std::vector<std::string>& code)
{
    for (const auto& name : {call.script, call.script + ".py", call.script + "/__main__.py"}) {
        if (std::binary_search(code.begin(), code.end(), name)) {
            return name;
        }
    }
    return {};
}

namespace {

class Stages {
public:
    Stages(const std::string& path, const std::vector<std::string>& code, LineageGraph& out)
        : m_path(path)
        , m_code(code)
        , m_out(out)
        , m_recorder(out)
    {
    }

    void add(const DeclaredStage& stage)
    {
        std::vector<std::uint32_t> runs;
        for (const auto& call : stage.calls) {
            const auto script = scriptOf(call, m_code);
            if (!script.empty()) {
                runs.push_back(m_recorder.node(
                    NodeKind::Cell, "cell:" + script, script.substr(script.rfind('/') + 1), placeIn(script)));
            }
        }
        if (runs.empty()) {
            if (stage.inputs.empty() && stage.outputs.empty()) {
                return;
            }
            runs.push_back(m_recorder.node(NodeKind::Function, "stage:" + m_path + ':' + stage.name, stage.name, {}));
        }
        const auto why = "the stage '" + stage.name + "' of " + m_path + " declares it";
        for (const auto& file : stage.inputs) {
            const auto node = place(file);
            m_recorder.edge(node, runs.front(), EdgeKind::Reads, "declared", why, {});
        }
        for (const auto& file : stage.outputs) {
            const auto node = place(file);
            m_recorder.edge(runs.back(), node, EdgeKind::Writes, "declared", why, {});
            for (const auto& input : stage.inputs) {
                m_recorder.edge(place(input), node, EdgeKind::Derives, "declared", why, {}, Certainty::Likely);
            }
        }
    }

    // data.csv.dvc: what was in the file when it was last stored.
    void add(const DeclaredDataset& dataset)
    {
        if (!dataset.locator.empty() && !dataset.table) {
            const bool model = isModelExtension(extensionOf(dataset.locator));
            (void)kept(
                m_recorder.located(readLocator(dataset.locator, {}, "path", model), "declared", {}), dataset.hash);
        }
    }

private:
    Place placeIn(const std::string& script)
    {
        const auto hit = std::find_if(
            m_out.files.begin(), m_out.files.end(), [&script](const CodeFile& file) { return file.path == script; });
        Place place;
        place.file = static_cast<std::uint32_t>(hit - m_out.files.begin());
        place.line = 1;
        if (hit == m_out.files.end()) {
            CodeFile file;
            file.path = script;
            file.notebook = extensionOf(script) == "ipynb";
            m_out.files.push_back(std::move(file));
        }
        return place;
    }

    std::uint32_t place(const DeclaredFile& file)
    {
        const bool model = file.use == FileUse::Model || isModelExtension(extensionOf(file.path));
        return kept(m_recorder.located(readLocator(file.path, {}, "path", model), "declared", {}), file.hash);
    }

    std::uint32_t kept(std::uint32_t node, const std::string& hash)
    {
        if (node != none && !hash.empty()) {
            m_out.nodes[node].hash = hash;
        }
        return node;
    }

    const std::string& m_path;
    const std::vector<std::string>& m_code;
    LineageGraph& m_out;
    Recorder m_recorder;
};

} // namespace

LineageGraph declaredGraph(const Declared& declared, const std::string& path, const std::vector<std::string>& code)
{
    LineageGraph out;
    Stages stages(path, code, out);
    for (const auto& stage : declared.stages) {
        stages.add(stage);
    }
    for (const auto& dataset : declared.datasets) {
        stages.add(dataset);
    }
    if (declared.partial) {
        out.notes.push_back({path, "declared-in-part", "it could not be read as a whole"});
        out.complete = false;
    }
    return out;
}

} // namespace cupel::lineage
