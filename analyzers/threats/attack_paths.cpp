// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/attack_paths.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

namespace cupel::threats {

namespace {

constexpr std::size_t far = static_cast<std::size_t>(-1);

const Element* otherEnd(const ModelIndex& model, const Flow& flow, const Element& from)
{
    const Element* target = model.targetOf(flow);
    return target == &from ? model.sourceOf(flow) : target;
}

class Search {
public:
    Search(const ModelIndex& model, const PathOptions& options, Budget& budget)
        : m_model(model)
        , m_options(options)
        , m_budget(budget)
    {
        measure();
    }

    AttackPaths run() &&
    {
        std::vector<const Element*> starts;
        for (const auto& element : m_model.model().elements) {
            const Zone* zone = m_model.zoneOf(element);
            if (zone && zone->trust.value_or(100) <= m_options.untrusted && !isJewel(element)) {
                starts.push_back(&element);
            }
        }
        // Length by length, so that what is left out are the long ones.
        for (std::size_t length = 1; length <= m_options.longest && !m_full; ++length) {
            for (const Element* start : starts) {
                m_path = {start};
                m_flows.clear();
                walk(length);
            }
        }
        m_out.complete = !m_full;
        return std::move(m_out);
    }

private:
    // Flows to the nearest jewel; a walk never goes where none can be reached in what is left.
    void measure()
    {
        std::deque<const Element*> next;
        for (const auto& element : m_model.model().elements) {
            if (isJewel(element)) {
                m_distance[&element] = 0;
                next.push_back(&element);
            }
        }
        while (!next.empty()) {
            const Element* at = next.front();
            next.pop_front();
            for (const Flow* flow : m_model.into(*at)) {
                const Element* from = m_model.sourceOf(*flow) == at ? m_model.targetOf(*flow) : m_model.sourceOf(*flow);
                if (from && m_distance.try_emplace(from, m_distance[at] + 1).second) {
                    next.push_back(from);
                }
            }
        }
    }

    [[nodiscard]] std::size_t distance(const Element* element) const
    {
        const auto found = m_distance.find(element);
        return found == m_distance.end() ? far : found->second;
    }

    // Depth first with a stack of its own: exactly `length` flows, ending at the first jewel.
    void walk(std::size_t length)
    {
        std::vector<std::size_t> at{0}; // next flow to try, by depth
        while (!at.empty() && !m_full) {
            const Element* here = m_path.back();
            const auto& flows = m_model.outOf(*here);
            const std::size_t left = length - m_flows.size();
            const Flow* taken = nullptr;
            while (left > 0 && at.back() < flows.size() && !taken) {
                const Flow* flow = flows[at.back()++];
                const Element* to = otherEnd(m_model, *flow, *here);
                const bool open = to && std::find(m_path.begin(), m_path.end(), to) == m_path.end();
                const std::size_t rest = open ? distance(to) : far;
                // A jewel ends a path; before the last step nothing else counts.
                taken = open && rest != far && rest <= left - 1 && (rest == 0) == (left == 1) ? flow : nullptr;
                m_full = !m_budget.spend(4);
            }
            if (!taken) {
                at.pop_back();
                m_path.pop_back();
                if (!m_flows.empty()) {
                    m_flows.pop_back();
                }
                continue;
            }
            const Element* to = otherEnd(m_model, *taken, *here);
            m_path.push_back(to);
            m_flows.push_back(taken);
            if (left == 1) {
                keep();
                m_path.pop_back();
                m_flows.pop_back();
            } else {
                at.push_back(0);
            }
        }
    }

    void keep()
    {
        if (m_out.paths.size() >= m_options.most) {
            m_full = true;
            return;
        }
        AttackPath path;
        for (const Element* element : m_path) {
            path.elements.push_back(element->id);
        }
        for (const Flow* flow : m_flows) {
            path.flows.push_back(flow->id);
        }
        m_out.paths.push_back(std::move(path));
    }

    const ModelIndex& m_model;
    const PathOptions& m_options;
    Budget& m_budget;
    std::map<const Element*, std::size_t> m_distance;
    std::vector<const Element*> m_path;
    std::vector<const Flow*> m_flows;
    AttackPaths m_out;
    bool m_full = false;
};

} // namespace

bool isJewel(const Element& element)
{
    const auto said = attribute(element, "crown_jewel");
    if (!said.empty()) {
        return said == "true";
    }
    const auto classification = attribute(element, "classification");
    const bool confidential = classification == "confidential" || classification == "restricted";
    return element.kind == "inference-endpoint" || element.kind == "secret-store" || element.kind == "model-registry"
        || (confidential && (element.kind == "dataset" || element.kind == "store" || element.kind == "vector-store"))
        || (element.kind == "model-file" && attribute(element, "origin") == "internal");
}

ThreatsByPart::ThreatsByPart(const ThreatModel& model)
{
    for (std::uint32_t i = 0; i < model.threats.size(); ++i) {
        m_threats[model.threats[i].target].push_back(i);
    }
}

std::vector<std::uint32_t> ThreatsByPart::on(const AttackPath& path) const
{
    std::vector<std::uint32_t> out;
    const auto add = [&](const std::string& part) {
        if (const auto found = m_threats.find(part); found != m_threats.end()) {
            out.insert(out.end(), found->second.begin(), found->second.end());
        }
    };
    for (std::size_t i = 0; i < path.elements.size(); ++i) {
        add(path.elements[i]);
        if (i < path.flows.size()) {
            add(path.flows[i]);
        }
    }
    return out;
}

AttackPaths attackPaths(const ModelIndex& model, const PathOptions& options, Budget& budget)
{
    return Search(model, options, budget).run();
}

} // namespace cupel::threats
