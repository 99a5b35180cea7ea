// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/derive.h"

#include "analyzers/model/people.h"
#include "analyzers/threats/derive/agents.h"
#include "analyzers/threats/derive/applications.h"
#include "analyzers/threats/derive/flow_names.h"
#include "analyzers/threats/derive/fold.h"
#include "analyzers/threats/derive/guesses.h"
#include "analyzers/threats/derive/logins.h"
#include "analyzers/threats/derive/model_builder.h"
#include "analyzers/threats/derive/package_flows.h"
#include "analyzers/threats/derive/question_facts.h"
#include "analyzers/threats/derive/remote_things.h"
#include "analyzers/threats/derive/standing.h"
#include "analyzers/threats/derive/thing_names.h"
#include "analyzers/threats/derive/things.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace cupel::threats {

namespace {

using lineage::EdgeKind;
using lineage::LineageGraph;
using lineage::Node;
using lineage::NodeKind;

class Deriver : ModelBuilder {
public:
    Deriver(const LineageGraph& graph, const Workspace& workspace, std::string_view root, const DeriveOptions& options)
        : m_graph(graph)
        , m_workspace(workspace)
        , m_root(root)
        , m_settings(options.settings)
        , m_codeText(options.code)
        , m_elementOf(graph.nodes.size())
    {
    }

    Derived run() &&
    {
        out.model.diagrams.push_back({"main", "Data flow", "STRIDE"});
        files();
        kinds();
        code();
        sources();
        outside();
        trainings();
        flows();
        packages();
        for (const auto& [self, code] : drawApplications(*this, m_kinds)) {
            m_codeOf.emplace(self, code);
        }
        describe();
        addZones(out.model);
        return std::move(out);
    }

private:
    // Of a path of the workspace: as the lineage has it.
    [[nodiscard]] std::string relative(std::string_view path) const
    {
        if (!m_root.empty() && path.starts_with(m_root) && path.size() > m_root.size()) {
            path.remove_prefix(m_root.size());
            while (path.starts_with('/')) {
                path.remove_prefix(1);
            }
        }
        return std::string(path);
    }

    void files()
    {
        for (const auto& [path, analysis] : m_workspace.analyses) {
            if (!analysis->artifact.parent.empty()) {
                continue; // members belong to their file
            }
            const std::string own = relative(path);
            const auto said = m_settings.find(own);
            if (said != m_settings.end() && describes(own, said->second)) {
                continue;
            }
            const auto kind = kindOfFile(own, analysis->facts.format, analysis->facts.model != nullptr);
            if (kind.empty()) {
                continue;
            }
            const auto index = add(kind, own, std::string(fileName(own)));
            out.model.elements[index].artifact = own;
            byPath.emplace(own, index);
            say(index, "format", analysis->facts.format);
            say(index, "origin", "internal");
            for (const Setting& setting : said == m_settings.end() ? std::vector<Setting>() : said->second) {
                for (const auto& [key, value] : setting.attributes) { // of the file itself
                    say(index, key, value, own);
                }
            }
        }
    }

    // True: the file describes things that are elements of their own, and is none besides.
    bool describes(const std::string& path, const std::vector<Setting>& settings)
    {
        for (const Setting& setting : settings) {
            if (setting.kind.empty()) {
                continue;
            }
            const auto index = add(setting.kind, path + '#' + setting.name, setting.name);
            out.model.elements[index].artifact = path;
            byPath.emplace(path, index);
            m_partsOf[path].emplace_back(setting.bytes, index);
            for (const auto& [key, value] : setting.attributes) {
                say(index, key, value, path);
            }
            if (setting.installs) {
                m_installs.emplace_back(index, path);
            }
        }
        return m_partsOf.contains(path);
    }

    void kinds()
    {
        for (const auto& [path, analysis] : m_workspace.analyses) {
            m_factsOf.emplace(relative(path), &analysis->facts);
            const CodeKinds kinds = codeKindsOf(*analysis, textOf(relative(path)));
            if (kinds.languageModel || kinds.toolServer || kinds.limited || !kinds.services.empty()) {
                m_kinds.emplace(relative(path), kinds);
            }
        }
    }

    // Scripts that train are jobs, those around a language model applications; notebooks stay notebooks.
    void code()
    {
        std::set<std::uint32_t> training;
        for (const auto& one : m_graph.trainings) {
            training.insert(one.place.file);
        }
        for (std::uint32_t i = 0; i < m_graph.files.size(); ++i) {
            const auto& file = m_graph.files[i];
            if (const auto found = byPath.find(file.path); found != byPath.end()) {
                m_code.push_back(found->second);
                continue;
            }
            const auto known = m_kinds.find(file.path);
            const std::string_view application = known == m_kinds.end() ? std::string_view() : roleOf(known->second);
            const std::string_view kind = file.notebook ? std::string_view("notebook")
                : training.contains(i)                  ? std::string_view("training-job")
                : !application.empty()                  ? application
                                                        : std::string_view("data-prep");
            const auto index = add(kind, file.path, std::string(fileName(file.path)));
            out.model.elements[index].artifact = file.path;
            byPath.emplace(file.path, index);
            say(index, "origin", "internal");
            m_code.push_back(index);
        }
    }

    void sources()
    {
        for (const auto& source : m_graph.sources) { // a model of a hub is a model, however it is named
            if (source.kind == lineage::SourceKind::HubModel || source.kind == lineage::SourceKind::RemoteModel
                || source.kind == lineage::SourceKind::ModelFile) {
                m_modelSources.insert(source.node);
            }
            m_callOf.emplace(std::pair(source.node, source.place.file), source.place);
            if (source.kind == lineage::SourceKind::Generated) {
                m_madeUp.insert(source.node);
            }
        }
        std::set<std::uint32_t> read;
        for (const auto& edge : m_graph.edges) { // and so is what is kept as one
            read.insert(edge.from);
            if (edge.kind == EdgeKind::Writes || edge.kind == EdgeKind::Saves) {
                m_targets.insert(edge.to);
            }
            if (edge.kind == EdgeKind::Writes && m_graph.nodes[edge.from].kind == NodeKind::Remote
                && kindOfNode(m_graph.nodes[edge.to]) == "model-file") {
                m_modelSources.insert(edge.from);
            }
        }
        std::erase_if(m_targets, [&read](std::uint32_t node) { return read.contains(node); });
    }

    void outside()
    {
        for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
            const Node& node = m_graph.nodes[i];
            if (const auto found = node.cell == lineage::none && node.onDisk ? byPath.find(node.locator) : byPath.end();
                found != byPath.end()) {
                m_elementOf[i] = found->second;
                continue;
            }
            const bool named = node.kind == NodeKind::Endpoint || node.kind == NodeKind::Service
                || node.kind == NodeKind::Registration;
            auto kind = node.locator.empty() && !named ? std::string_view{} : kindOfNode(node);
            kind = !kind.empty() && m_modelSources.contains(i) ? "model-file" : kind;
            if (kind.empty() || m_madeUp.contains(i)) { // random numbers come from nobody
                continue;
            }
            const auto guess = m_guesses.find(node, kind, *this);
            if (const auto same = guess ? guess : m_apis.find(*this, node)) {
                m_elementOf[i] = *same;
                continue;
            }
            const std::string what = node.locator.empty() ? node.id : node.locator;
            const auto index = add(kind, what, nameOfNode(node), zoneAt(kind, &node));
            m_guesses.remember(node, kind, index);
            m_elementOf[i] = index;
            m_apis.remember(*this, node, index);
            if (!node.outside) {
                out.model.elements[index].artifact = node.locator;
            }
            describeRemote(*this, index, node, m_targets.contains(i));
            keepInRegistry(*this, index, node);
        }
        for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
            if (m_elementOf[i]) {
                stands(m_graph.nodes[i].place, out.model.elements[*m_elementOf[i]].id);
                keepVersions(*this, *m_elementOf[i], m_graph.nodes[i]);
            }
        }
    }

    // A notebook that trains has a job beside it: what runs there is another thing than who edits it.
    void trainings()
    {
        for (const auto& training : m_graph.trainings) {
            if (training.place.file >= m_code.size()) {
                continue;
            }
            const auto& file = m_graph.files[training.place.file];
            auto job = m_code[training.place.file];
            if (file.notebook) {
                job = add("training-job", "training " + file.path, "Training in " + std::string(fileName(file.path)));
                out.model.elements[job].artifact = file.path;
                m_codeOf.emplace(job, m_code[training.place.file]);
                flow(m_code[training.place.file], job, "runs", "data", "by lineage");
            }
            const std::string type = training.finalEstimator.empty() ? training.type : training.finalEstimator;
            const auto had = std::string(attribute(out.model.elements[job], "trains"));
            if (had.find(type) == std::string::npos && had.size() < 200) {
                say(job, "trains", had.empty() ? type : had + ", " + type);
            }
            if (training.model < m_graph.nodes.size()) {
                m_jobOf.emplace(training.model, job);
            }
            for (const auto source : training.data) {
                if (source < m_elementOf.size() && m_elementOf[source]) {
                    say(*m_elementOf[source], "trains_model", "true");
                    say(*m_elementOf[source], "used_by", toString(training.role));
                }
            }
        }
    }

    // The element a node of the graph stands in: itself, the job that trained it, or the file of its code.
    [[nodiscard]] std::optional<std::uint32_t> at(std::uint32_t node) const
    {
        if (node >= m_graph.nodes.size()) {
            return {};
        }
        if (m_elementOf[node]) {
            return m_elementOf[node];
        }
        if (const auto job = m_jobOf.find(node); job != m_jobOf.end()) {
            return job->second;
        }
        const auto file = m_graph.nodes[node].place.file;
        return file < m_code.size() ? std::optional(m_code[file]) : std::nullopt;
    }

    void flows()
    {
        for (const auto& edge : m_graph.edges) {
            const auto from = at(edge.from);
            const auto to = at(edge.to);
            if (!from || !to) {
                continue;
            }
            for (const auto end : {edge.from, edge.to}) {
                if (m_elementOf[end]) { // not code: everything in a file would speak of that
                    stands(edge.place, out.model.elements[*m_elementOf[end]].id);
                }
            }
            if (*from == *to) {
                continue;
            }
            const auto& source = out.model.elements[*from];
            const auto& target = out.model.elements[*to];
            const bool model = isModel(source) || isModel(target) || source.kind == "training-job"
                || edge.kind == EdgeKind::Saves || edge.kind == EdgeKind::Loads;
            Flow& drawn = flow(*from, *to, nameOfFlow(edge.kind, source, target), model ? "model" : "data",
                m_graph.nodes[edge.from].id);
            stands(edge.place, drawn.id);
            logIn(drawn, edge);
        }
        for (auto& flow : out.model.flows) {
            setProtocol(flow, out.model.elements[byId.at(flow.source)], out.model.elements[byId.at(flow.target)]);
        }
    }

    void stands(const lineage::Place& place, const std::string& part)
    {
        if (place.file < m_graph.files.size()) {
            m_standing.add(m_graph.files[place.file].path, place.bytes, part);
        }
    }

    void packages()
    {
        AnalysesByPath analyses;
        for (const auto& [path, analysis] : m_workspace.analyses) {
            analyses.emplace_back(relative(path), analysis.get());
        }
        drawPackages(*this, analyses, m_installs);
    }

    [[nodiscard]] std::string_view textOf(const std::string& path) const
    {
        const auto code = m_codeText.find(path);
        return code == m_codeText.end() ? std::string_view() : std::string_view(*code->second);
    }

    // What the code of a call says of who calls. What is read stands at the name it gets, its call with the source.
    void logIn(Flow& flow, const lineage::Edge& edge)
    {
        const auto node = m_graph.nodes[edge.from].outside ? edge.from : edge.to;
        const auto& end = m_graph.nodes[node];
        if (!end.outside || edge.place.file >= m_graph.files.size()) {
            return;
        }
        const std::string& path = m_graph.files[edge.place.file].path;
        const auto facts = m_factsOf.find(path);
        const auto say = [&](const lineage::Place& place) {
            const bool here = facts != m_factsOf.end() && place.file == edge.place.file;
            const ByteRange call = here ? facts->second->toFile(place.bytes) : ByteRange{};
            const auto login = loginOf(m_calling.of(path, textOf(path)), call, end.api, end.locator, node == edge.to);
            if (!login.empty() && attribute(flow, "authn") != "none") {
                setAttribute(flow, "authn", login, Origin::Scanned);
            }
        };
        say(edge.place);
        if (const auto call = m_callOf.find({node, edge.place.file}); node == edge.from && call != m_callOf.end()) {
            say(call->second);
        }
    }

    // Personal data and secrets classify what holds them; what was read whole without any says so as well.
    void describe()
    {
        std::map<std::uint32_t, bool> whole;
        for (const auto& [path, analysis] : m_workspace.analyses) {
            const auto found = byPath.find(relative(path.substr(0, path.find('!'))));
            if (found == byPath.end()) {
                continue;
            }
            const bool hashed = analysis->artifact.parent.empty() && analysis->artifact.sha256 != Sha256{};
            const std::string digest = hashed ? toHex(analysis->artifact.sha256) : std::string();
            if (const auto parts = m_partsOf.find(found->first); parts != m_partsOf.end()) {
                for (const auto& [range, part] : parts->second) { // each is itself, and no copy of another
                    auto& element = out.model.elements[part];
                    element.digest = hashed ? digest + '#' + element.name : std::string();
                }
            } else { // findings in code are no measure of what settings describe: there silence says nothing
                const bool complete = analysis->facts.status == ReadStatus::Complete && analysis->facts.scannable;
                const auto entry = whole.try_emplace(found->second, complete).first;
                entry->second = entry->second && complete;
                out.model.elements[found->second].digest = hashed ? digest : out.model.elements[found->second].digest;
            }
            classify(*found, *analysis);
        }
        for (const auto& [element, complete] : whole) {
            const std::string& id = out.model.elements[element].id;
            if (complete) {
                out.evidence.readWhole.insert(id);
                if (attribute(out.model.elements[element], "pii").empty()) {
                    say(element, "pii", "false");
                }
            }
        }
        for (const auto& [job, code] : m_codeOf) { // a job is seen through the notebook it stands in
            const std::string& id = out.model.elements[code].id;
            out.evidence.findings[out.model.elements[job].id] = out.evidence.findings[id];
            out.model.elements[job].digest = out.model.elements[code].digest;
            if (out.evidence.readWhole.contains(id)) {
                out.evidence.readWhole.insert(out.model.elements[job].id);
            }
        }
        describeAgents(*this);
        for (auto& flow : out.model.flows) { // data is as sensitive as where it comes from
            const auto& source = out.model.elements[byId.at(flow.source)];
            if (const auto value = attribute(source, "classification"); !value.empty()) {
                setAttribute(flow, "classification", value, Origin::Scanned);
            }
        }
    }

    // Of several things in a file the one that a finding stands in; what stands in none is of the first.
    [[nodiscard]] std::uint32_t partAt(
        const std::pair<const std::string, std::uint32_t>& file, const Finding& finding) const
    {
        const auto parts = m_partsOf.find(file.first);
        for (const auto& [range, part] : parts == m_partsOf.end() ? std::vector<Part>() : parts->second) {
            if (finding.location.bytes.start >= range.start && finding.location.bytes.start < range.end) {
                return part;
            }
        }
        return file.second;
    }

    void classify(const std::pair<const std::string, std::uint32_t>& file, const Analysis& analysis)
    {
        for (const auto& finding : analysis.findings) {
            if (!finding.settled.empty()) {
                continue;
            }
            const auto element = partAt(file, finding);
            out.evidence.findings[out.model.elements[element].id].push_back(&finding);
            if (analysis.artifact.parent.empty()) {
                tie(file.first, analysis.facts, finding);
            }
            if (tellsOfPeople(finding) && finding.severity >= Severity::Medium) {
                const bool worst = attribute(out.model.elements[element], "classification") == "restricted";
                say(element, "pii", "true", finding.fingerprint);
                say(element, "classification",
                    worst || finding.severity >= Severity::High ? "restricted" : "confidential", finding.fingerprint);
            } else if (finding.family == Family::Secret && finding.severity >= Severity::Medium) {
                say(element, "holds_secrets", "true", finding.fingerprint);
            }
        }
    }

    // What a finding about code says, it says of what that code handles.
    void tie(const std::string& path, const Facts& facts, const Finding& finding)
    {
        if ((finding.family != Family::Code && finding.family != Family::Lineage) || finding.location.output) {
            return;
        }
        const auto hang = [&](const Location& place) {
            for (const auto spoken : m_standing.at(path, facts, place.bytes)) {
                const std::string part(spoken);
                if (out.evidence.tied.try_emplace({part, &finding}, place.human).second) {
                    out.evidence.findings[part].push_back(&finding);
                }
                if (!byId.contains(part)) {
                    out.evidence.onFlows.insert(&finding);
                }
            }
        };
        hang(finding.location);
        for (const auto& more : finding.evidence) {
            if (more.role == "place" && more.location.artifact == finding.location.artifact) {
                hang(more.location);
            }
        }
    }

    using Part = std::pair<ByteRange, std::uint32_t>;
    const LineageGraph& m_graph;
    const Workspace& m_workspace;
    std::string m_root;
    const SettingsByPath& m_settings;
    std::map<std::string, std::vector<Part>, std::less<>> m_partsOf; // that a file describes, with their places
    Installs m_installs;
    const CodeByPath& m_codeText;
    std::map<std::string, const Facts*, std::less<>> m_factsOf; // of files of code
    std::vector<std::uint32_t> m_code; // element of each code file
    std::vector<std::optional<std::uint32_t>> m_elementOf; // by node, of what lies outside of cells
    Guesses m_guesses;
    Standing m_standing;
    KindsByPath m_kinds; // by path, of code that is more than code
    std::set<std::uint32_t> m_modelSources; // nodes
    std::set<std::uint32_t> m_madeUp; // nodes
    std::set<std::uint32_t> m_targets; // nodes that are written to and never read
    CallingFiles m_calling;
    std::map<std::pair<std::uint32_t, std::uint32_t>, lineage::Place> m_callOf; // by source node and file: the first
    Apis m_apis;
    std::map<std::uint32_t, std::uint32_t> m_jobOf; // the training of a model node
    std::map<std::uint32_t, std::uint32_t> m_codeOf; // the notebook of a training
};

} // namespace

Derived derive(
    const LineageGraph& graph, const Workspace& workspace, std::string_view root, const DeriveOptions& options)
{
    Derived out = Deriver(graph, workspace, root, options).run();
    answerQuestions(out, graph, workspace, root);
    fold(out, options.most, options.touched);
    return out;
}

} // namespace cupel::threats
