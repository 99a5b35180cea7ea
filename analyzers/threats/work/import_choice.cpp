// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/import_choice.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <string_view>

namespace cupel::threats {

namespace {

// How much would be lost with a threat: what somebody has worked on first, then the worst. One that nobody has rated
// may be any.
int rankOf(const Threat& threat)
{
    if (threat.decision != Decision::Open || threat.applicability == Applicability::NotApplicable
        || !threat.assignee.empty()) {
        return 0;
    }
    static constexpr std::array<int, 5> bySeverity{5, 4, 3, 2, 1};
    return threat.severity ? bySeverity[static_cast<std::size_t>(*threat.severity)] : 3;
}

// A threat model is there for its threats: they are taken first, each with the part that it is about, or with both ends
// of its flow, without which nobody could say what is threatened. What room is left goes to what they are read in, in
// this order: zones that hold something (a border explains many threats and costs one part), elements that data flows
// through, flows nobody has found a threat at (each is one line, and its ends are there by now), elements nothing flows
// through, and last, as decoration, zones in which nothing lies. So what is left out first is the decoration.
class Chooser {
public:
    Chooser(const ThreatModel& model, std::size_t most)
        : m_model(model)
        , m_room(most)
    {
        m_out.elements.resize(model.elements.size());
        m_out.flows.resize(model.flows.size());
        m_out.zones.resize(model.zones.size());
        m_out.threats.resize(model.threats.size());
        index();
    }

    ImportChoice run()
    {
        takeThreats();
        std::set<std::string_view> around;
        for (const Element& element : m_model.elements) {
            around.insert(element.zone);
        }
        for (const Zone& zone : m_model.zones) {
            around.insert(zone.parent);
        }
        takeAll(m_model.zones, m_out.zones, [&](const Zone& zone) { return around.contains(zone.id); });
        takeAll(m_model.elements, m_out.elements, [&](const Element& one) { return m_used.contains(one.id); });
        for (std::size_t i = 0; i < m_model.flows.size(); ++i) {
            const auto found = m_places.find(m_model.flows[i].id);
            if (found != m_places.end() && found->second == Place{Kind::Flow, i}) {
                take({found->second});
            }
        }
        takeAll(m_model.elements, m_out.elements, [](const Element&) { return true; });
        takeAll(m_model.zones, m_out.zones, [](const Zone&) { return true; });
        count();
        return std::move(m_out);
    }

private:
    enum class Kind : std::uint8_t { Element, Flow, Zone };
    struct Place {
        Kind kind = Kind::Element;
        std::size_t index = 0;
        friend bool operator==(const Place&, const Place&) = default;
    };

    // What can be drawn at all.
    void index()
    {
        for (std::size_t i = 0; i < m_model.zones.size(); ++i) {
            if (m_model.zones[i].curve.empty()) {
                m_places.emplace(m_model.zones[i].id, Place{Kind::Zone, i});
            } else {
                ++m_out.left.lines;
            }
        }
        for (std::size_t i = 0; i < m_model.elements.size(); ++i) {
            if (m_model.elements[i].kind != "text") {
                m_places.emplace(m_model.elements[i].id, Place{Kind::Element, i});
            } else {
                ++m_out.left.notes;
            }
        }
        for (std::size_t i = 0; i < m_model.flows.size(); ++i) {
            const Flow& flow = m_model.flows[i];
            if (isEnd(flow.source) && isEnd(flow.target)) {
                m_places.emplace(flow.id, Place{Kind::Flow, i});
                m_used.insert({flow.source, flow.target});
            } else {
                ++m_out.left.loose;
            }
        }
    }

    [[nodiscard]] bool isEnd(const std::string& id) const
    {
        const auto found = m_places.find(id);
        return found != m_places.end() && found->second.kind != Kind::Flow;
    }

    [[nodiscard]] std::vector<bool>& listOf(Kind kind)
    {
        return kind == Kind::Element ? m_out.elements : kind == Kind::Flow ? m_out.flows : m_out.zones;
    }

    // All of them with what they need, or none. `more`: what is taken besides.
    bool take(std::vector<Place> places, std::size_t more = 0)
    {
        for (std::size_t k = 0; k < places.size(); ++k) {
            if (places[k].kind == Kind::Flow) {
                const Flow& flow = m_model.flows[places[k].index];
                places.push_back(m_places.at(flow.source));
                if (flow.target != flow.source) {
                    places.push_back(m_places.at(flow.target));
                }
            }
        }
        std::erase_if(places, [this](const Place& one) { return listOf(one.kind)[one.index]; });
        if (places.size() + more > m_room) {
            return false;
        }
        for (const Place& one : places) {
            listOf(one.kind)[one.index] = true;
        }
        m_room -= places.size() + more;
        return true;
    }

    void takeThreats()
    {
        std::vector<std::size_t> order(m_model.threats.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [this](std::size_t one, std::size_t other) {
            return rankOf(m_model.threats[one]) < rankOf(m_model.threats[other]);
        });
        for (const auto i : order) {
            const std::string& target = m_model.threats[i].target;
            const auto found = m_places.find(target);
            if (target.empty()) { // of the whole
                m_out.threats[i] = take({}, 1);
            } else if (found != m_places.end()) {
                m_out.threats[i] = take({found->second}, 1);
            } else {
                ++m_out.left.lost;
            }
        }
    }

    template <typename Parts, typename Wanted>
    void takeAll(const Parts& parts, const std::vector<bool>& taken, Wanted wanted)
    {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const auto found = taken[i] ? m_places.end() : m_places.find(parts[i].id);
            if (found != m_places.end() && found->second.index == i && wanted(parts[i])) {
                take({found->second});
            }
        }
    }

    void count()
    {
        const auto missing = [](const std::vector<bool>& list) {
            return static_cast<std::size_t>(std::count(list.begin(), list.end(), false));
        };
        LeftOut& left = m_out.left;
        left.elements = missing(m_out.elements) - left.notes;
        left.flows = missing(m_out.flows) - left.loose;
        left.zones = missing(m_out.zones) - left.lines;
        left.threats = missing(m_out.threats) - left.lost;
    }

    const ThreatModel& m_model;
    std::size_t m_room;
    std::map<std::string_view, Place> m_places; // by id
    std::set<std::string_view> m_used; // ends of flows
    ImportChoice m_out;
};

} // namespace

ImportChoice chooseParts(const ThreatModel& model, std::size_t most)
{
    return Chooser(model, most).run();
}

} // namespace cupel::threats
