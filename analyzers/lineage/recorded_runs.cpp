// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/recorded_runs.h"

#include "analyzers/lineage/locators.h"
#include "analyzers/lineage/recorder.h"

#include <algorithm>
#include <map>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxOverlaid = 2'000; // runs that are drawn
constexpr std::size_t maxNamed = 64; // hyper-parameters of a training
constexpr std::string_view rule = "recorded:mlflow";

// The code file that a run names: its path here, or the longest end of it that only one file has.
std::size_t codeOf(const std::string& source, const std::vector<std::string>& code)
{
    const auto path = normalPath(source);
    std::size_t best = code.size();
    std::size_t length = 0;
    bool twice = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        std::size_t shared = 0;
        if (path == code[i]) {
            return i;
        }
        if (path.ends_with('/' + code[i])) {
            shared = code[i].size();
        } else if (code[i].ends_with('/' + path)) {
            shared = path.size();
        }
        if (shared > 0 && shared >= length) {
            twice = shared == length;
            best = i;
            length = shared;
        }
    }
    return twice ? code.size() : best;
}

bool learns(const Training& training)
{
    constexpr std::string_view prepares[] = {"sklearn.preprocessing.", "sklearn.impute.", "sklearn.decomposition.",
        "sklearn.feature_extraction.", "sklearn.feature_selection.", "sklearn.compose."};
    return training.model != none && std::none_of(std::begin(prepares), std::end(prepares), [&training](auto module) {
        return training.type.starts_with(module);
    });
}

class Overlay {
public:
    Overlay(const std::vector<DeclaredModel>& models, const std::vector<std::string>& code,
        std::vector<LineageGraph>& pieces, Budget& budget)
        : m_models(models)
        , m_code(code)
        , m_pieces(pieces)
        , m_budget(budget)
        , m_recorder(m_out)
    {
    }

    void add(const RecordedRun& run, bool alone)
    {
        const auto index = codeOf(run.source, m_code);
        const auto node =
            m_recorder.node(NodeKind::Artifact, "run:" + run.folder, run.name.empty() ? run.id : run.name, {});
        if (node == none) {
            return;
        }
        m_out.nodes[node].locator = run.folder;
        m_out.nodes[node].api = "mlflow.run";
        std::vector<Tie> ties;
        data(run, node, ties);
        files(run, node, ties);
        if (index < m_code.size() && m_budget.spend(m_pieces[index].trainings.size() + 1)) {
            tie(run, m_pieces[index], m_code[index], ties, alone);
        }
    }

    LineageGraph take() { return std::move(m_out); }

private:
    struct Tie { // something that the training of a run has to do with
        std::uint32_t node = none; // here
        EdgeKind kind = EdgeKind::Trains;
        SourceKind source = SourceKind::Unknown;
        bool into = true; // it leads to the model; else the model leads to it
    };

    void data(const RecordedRun& run, std::uint32_t node, std::vector<Tie>& ties)
    {
        for (const auto& set : run.data) {
            const auto said = readParameters("source.json", set.source, m_budget);
            std::string written;
            for (const auto key : {"uri", "url", "path", "table", "table_name"}) {
                if (const auto hit = said.find(std::string_view(key)); written.empty() && hit != said.end()) {
                    written = hit->second;
                }
            }
            written = written.empty() && said.empty() ? set.source : written;
            written = written.starts_with("file://") ? written.substr(7) : written;
            Locator locator;
            std::uint32_t from = none;
            if (!written.empty()) {
                locator = readLocator(written, {}, {}, false);
                from = m_recorder.located(locator, "mlflow", {});
            } else {
                from = m_recorder.node(NodeKind::Dataset, "mlflow:" + set.name + ':' + set.digest, set.name, {});
            }
            if (from == none) {
                continue;
            }
            m_out.nodes[from].hash = set.digest.empty() ? std::string() : "mlflow:" + set.digest;
            const bool tests =
                set.context.find("eval") != std::string::npos || set.context.find("test") != std::string::npos;
            const auto kind = tests ? EdgeKind::Tests : EdgeKind::Trains;
            m_recorder.edge(from, node, EdgeKind::Reads, std::string(rule),
                "the run logged it" + (set.context.empty() ? std::string() : " for " + set.context), {});
            ties.push_back({from, kind, locator.kind, true});
        }
    }

    void files(const RecordedRun& run, std::uint32_t node, std::vector<Tie>& ties)
    {
        for (const auto& model : m_models) {
            if (model.runId != run.id || run.id.empty()) {
                continue;
            }
            const auto kept = m_recorder.located(readLocator(model.folder, {}, "path", true), "mlflow", {});
            m_recorder.edge(node, kept, EdgeKind::Saves, std::string(rule), "the run keeps the model here", {});
            ties.push_back({kept, EdgeKind::Saves, SourceKind::ModelFile, false});
        }
    }

    // Into the piece of the code: nodes of one id become one when the pieces are joined.
    void tie(
        const RecordedRun& run, LineageGraph& piece, const std::string& path, const std::vector<Tie>& ties, bool alone)
    {
        std::vector<Training*> learnt;
        std::vector<std::uint32_t> models;
        for (auto& training : piece.trainings) {
            if (learns(training)) {
                learnt.push_back(&training);
                models.push_back(training.model);
            }
        }
        std::sort(models.begin(), models.end());
        models.erase(std::unique(models.begin(), models.end()), models.end());
        const auto sure = models.size() == 1 ? Certainty::Likely : Certainty::Guess;
        if (models.empty() || models.size() > 8) {
            return;
        }
        const auto why = "the run '" + (run.name.empty() ? run.id : run.name) + "' of this file recorded it";
        const auto runNode = copy(piece, m_out.nodes[m_recorder.node(NodeKind::Artifact, "run:" + run.folder, {}, {})]);
        for (const auto model : models) {
            edge(piece, model, runNode, EdgeKind::Derives, why, sure);
        }
        for (const auto& entry : ties) {
            const auto node = copy(piece, m_out.nodes[entry.node]);
            for (const auto model : models) {
                edge(piece, entry.into ? node : model, entry.into ? model : node, entry.kind, why, sure);
            }
            for (auto* training : learnt) {
                if (entry.kind == EdgeKind::Trains && sure == Certainty::Likely) {
                    training->inputs.push_back(node);
                    piece.sources.push_back({node, entry.source, m_out.nodes[entry.node].locator, training->place});
                }
            }
        }
        if (sure == Certainty::Likely && alone) {
            parameters(run, *learnt.front(), piece, path);
        }
    }

    static void parameters(const RecordedRun& run, Training& training, LineageGraph& piece, const std::string& path)
    {
        for (const auto& [name, value] : run.params) {
            const auto known = std::find_if(training.hyperparameters.begin(), training.hyperparameters.end(),
                [&name](const auto& entry) { return entry.first == name; });
            if (known == training.hyperparameters.end()) {
                if (training.hyperparameters.size() < maxNamed) {
                    training.hyperparameters.emplace_back(name, withoutCredentials(value));
                }
            } else if (known->second != value && piece.notes.size() < 64) {
                piece.notes.push_back({path, "recorded-differs",
                    "the run in " + run.folder + " was made with another value of '" + name
                        + "' than the code has now"});
            }
        }
    }

    static std::uint32_t copy(LineageGraph& piece, const Node& node)
    {
        auto own = node;
        own.cell = none;
        own.place = {};
        piece.nodes.push_back(std::move(own));
        return static_cast<std::uint32_t>(piece.nodes.size() - 1);
    }

    static void edge(LineageGraph& piece, std::uint32_t from, std::uint32_t to, EdgeKind kind, const std::string& why,
        Certainty certainty)
    {
        piece.edges.push_back({from, to, kind, certainty, std::string(rule), why, {}});
    }

    const std::vector<DeclaredModel>& m_models;
    const std::vector<std::string>& m_code;
    std::vector<LineageGraph>& m_pieces;
    Budget& m_budget;
    LineageGraph m_out;
    Recorder m_recorder;
};

} // namespace

LineageGraph overlayRuns(const std::vector<RecordedRun>& runs, const std::vector<DeclaredModel>& models,
    const std::vector<std::string>& code, std::vector<LineageGraph>& pieces, Budget& budget)
{
    std::map<std::size_t, std::size_t> of; // runs by code file
    for (std::size_t i = 0; i < runs.size() && i < maxOverlaid; ++i) {
        ++of[codeOf(runs[i].source, code)];
    }
    Overlay overlay(models, code, pieces, budget);
    for (std::size_t i = 0; i < runs.size() && i < maxOverlaid && budget.spend(code.size() + 1); ++i) {
        overlay.add(runs[i], of[codeOf(runs[i].source, code)] == 1);
    }
    auto out = overlay.take();
    if (runs.size() > maxOverlaid) {
        out.notes.push_back({runs.front().folder, "runs-in-part",
            "only the first " + std::to_string(maxOverlaid) + " of " + std::to_string(runs.size())
                + " runs are drawn"});
        out.complete = false;
    }
    return out;
}

} // namespace cupel::lineage
