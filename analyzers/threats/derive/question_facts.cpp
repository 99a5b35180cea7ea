// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/question_facts.h"

#include "analyzers/threats/knowledge/tables.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace cupel::threats {

namespace {

class Answerer {
public:
    Answerer(Derived& derived, const lineage::LineageGraph& graph, const Workspace& workspace, std::string_view root)
        : m_derived(derived)
        , m_graph(graph)
    {
        for (Element& element : derived.model.elements) {
            m_elements.emplace(element.id, &element);
        }
        for (const auto& [path, analysis] : workspace.analyses) {
            if (!analysis->artifact.parent.empty()) {
                continue;
            }
            std::string_view own = path;
            if (!root.empty() && own.starts_with(root) && own.size() > root.size()) {
                own.remove_prefix(root.size());
                own.remove_prefix(std::min(own.find_first_not_of('/'), own.size()));
            }
            m_paths.emplace(own, path);
            m_analyses.emplace(own, analysis.get());
        }
    }

    void run()
    {
        for (Element& element : m_derived.model.elements) {
            if (element.kind == "dataset") {
                ofTable(element);
            } else if (element.kind == "inference-endpoint") {
                ofEndpoint(element, element.id);
            }
            if (const auto analysis = m_analyses.find(element.artifact); analysis != m_analyses.end()) {
                ofPackages(element, *analysis->second);
            }
        }
        for (const Flow& flow : m_derived.model.flows) {
            const auto source = m_elements.find(flow.source);
            const auto target = m_elements.find(flow.target);
            if (source == m_elements.end() || target == m_elements.end()) {
                continue;
            }
            if (target->second->kind == "dataset") {
                ofFetched(*source->second, *target->second, flow);
            } else if (target->second->kind == "inference-endpoint") {
                ofEndpoint(*target->second, flow.source); // what the code that serves it says
            }
        }
        notePlaces();
    }

private:
    // What is known stays as it is; more of the same is one more place.
    static void say(Element& element, std::string_view key, std::string_view value, const std::string& evidence)
    {
        const auto said = attribute(element, key);
        if (!said.empty() && said != value) {
            return;
        }
        setAttribute(element, key, value, Origin::Scanned);
        auto& list = std::find_if(element.attributes.begin(), element.attributes.end(), [key](const Attribute& one) {
            return one.key == key;
        })->evidence;
        constexpr std::size_t most = 8;
        if (!evidence.empty() && list.size() < most && std::find(list.begin(), list.end(), evidence) == list.end()) {
            list.push_back(evidence);
        }
    }

    [[nodiscard]] const Finding* found(const std::string& part, std::string_view rule) const
    {
        const auto there = m_derived.evidence.findings.find(part);
        if (there == m_derived.evidence.findings.end()) {
            return nullptr;
        }
        const auto hit = std::find_if(there->second.begin(), there->second.end(),
            [rule](const Finding* finding) { return finding->rule == rule; });
        return hit == there->second.end() ? nullptr : *hit;
    }

    // A file of a spreadsheet program is there to be opened in one.
    static void ofTable(Element& table)
    {
        static constexpr std::array<std::string_view, 4> endings{".xlsx", ".xls", ".xlsm", ".ods"};
        const std::string_view path = table.artifact;
        if (std::any_of(endings.begin(), endings.end(), [path](std::string_view end) { return path.ends_with(end); })) {
            say(table, "opened_by_people", "yes", table.artifact);
        }
    }

    // Who stands at the source writes what is fetched from there.
    void ofFetched(const Element& source, Element& table, const Flow& flow) const
    {
        const auto origin = attribute(source, "origin");
        if (source.kind == "data-source" && (origin == "public" || origin == "external")) {
            const auto& seen = flow.attributes.empty() ? std::vector<std::string>() : flow.attributes.front().evidence;
            say(table, "writers", "2", seen.empty() ? source.artifact : seen.front());
        }
        for (const std::string_view part :
            {std::string_view(flow.id), std::string_view(source.id), std::string_view(table.id)}) {
            if (const Finding* unchecked = found(std::string(part), "CUP-CODE-DOWNLOAD-UNCHECKED")) {
                say(table, "integrity_checked", "no", unchecked->fingerprint);
                return;
            }
        }
    }

    // A tunnel or a public link leads in from anywhere; an address alone does not say how far it can be reached.
    void ofEndpoint(Element& endpoint, const std::string& part) const
    {
        for (const std::string_view rule : {"CUP-CODE-GRADIO-SHARE", "CUP-CODE-TUNNEL"}) {
            if (const Finding* open = found(part, rule)) {
                say(endpoint, "exposure", "public", open->fingerprint);
            }
        }
    }

    void ofPackages(const Element& code, const Analysis& analysis)
    {
        for (const Dependency& dependency : analysis.dependencies) {
            const PackageRow* row =
                dependency.source == DependencySource::Import ? packageOf(dependency.module) : nullptr;
            if (row && row->is == "fairness") {
                ofGroups(code);
            } else if (row && row->is == "drift") {
                ofDrift(code, row->service);
            }
        }
    }

    // The data that such code reads.
    void ofGroups(const Element& code)
    {
        for (const Flow& flow : m_derived.model.flows) {
            const auto source = m_elements.find(flow.source);
            if (flow.target == code.id && source != m_elements.end() && source->second->kind == "dataset") {
                say(*source->second, "subgroup_tested", "yes", code.artifact);
            }
        }
    }

    void ofDrift(const Element& code, std::string_view service)
    {
        for (const Flow& flow : m_derived.model.flows) {
            const auto target = m_elements.find(flow.target);
            if (flow.source == code.id && target != m_elements.end() && target->second->kind == "monitoring"
                && target->second->name == service) {
                say(*target->second, "drift_monitored", "yes", code.artifact);
            }
        }
    }

    void notePlaces()
    {
        std::map<std::string_view, const lineage::Node*> nodes;
        for (const auto& node : m_graph.nodes) {
            nodes.emplace(node.id, &node);
        }
        auto& places = m_derived.evidence.places;
        const auto note = [&](const DiagramPart& part) {
            for (const Attribute& attribute : part.attributes) {
                for (const std::string& seen : attribute.evidence) {
                    if (const auto node = nodes.find(seen); node != nodes.end()) {
                        placeOf(node->second->place, places[seen]);
                    } else if (const auto path = m_paths.find(seen); path != m_paths.end()) {
                        places[seen].artifact = path->second;
                    }
                }
            }
        };
        std::for_each(m_derived.model.elements.begin(), m_derived.model.elements.end(), note);
        std::erase_if(places, [](const auto& one) { return one.second.artifact.empty(); });
    }

    void placeOf(const lineage::Place& place, SeenAt& out) const
    {
        const auto path =
            place.file < m_graph.files.size() ? m_paths.find(m_graph.files[place.file].path) : m_paths.end();
        if (path != m_paths.end()) {
            out = {path->second, place.cell, place.line};
        }
    }

    Derived& m_derived;
    const lineage::LineageGraph& m_graph;
    std::map<std::string, Element*> m_elements; // by id
    std::map<std::string, std::string, std::less<>> m_paths; // of the workspace, by path of the lineage
    std::map<std::string, const Analysis*, std::less<>> m_analyses;
};

} // namespace

void answerQuestions(
    Derived& derived, const lineage::LineageGraph& graph, const Workspace& workspace, std::string_view root)
{
    Answerer(derived, graph, workspace, root).run();
}

} // namespace cupel::threats
