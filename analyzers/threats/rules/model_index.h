// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model made ready for questions: parts by id, flows by their ends, and which types of findings hang where.
// Everything that is asked for each rule at each part is looked up once, when the index is made, and lies in flat
// lists by the place of the part. The model stays as it is, and where it is, while the index lives.
#pragma once

#include "analyzers/threats/threat_model.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::threats {

class ModelIndex {
public:
    // Types of findings ("nb.secret.api-key") by id of the part they hang on.
    using FindingTypes = std::map<std::string, std::set<std::string>, std::less<>>;

    explicit ModelIndex(const ThreatModel& model, FindingTypes findings = {});

    [[nodiscard]] const ThreatModel& model() const { return m_model; }
    // Of several parts with one id it is the first. nullptr: none
    [[nodiscard]] const Element* element(std::string_view id) const;
    [[nodiscard]] const Flow* flow(std::string_view id) const;
    [[nodiscard]] const Zone* zone(std::string_view id) const;
    [[nodiscard]] const Zone* zoneOf(const Element& element) const;
    // What a part of this model is; nullptr: something else, or not the first of its id.
    [[nodiscard]] const Element* asElement(const DiagramPart& part) const;
    [[nodiscard]] const Flow* asFlow(const DiagramPart& part) const;
    [[nodiscard]] const Zone* asZone(const DiagramPart& part) const;
    [[nodiscard]] bool isFlow(const DiagramPart& part) const { return asFlow(part) != nullptr; }
    // Of an element of this model its place in model().elements.
    [[nodiscard]] std::size_t placeOf(const Element& element) const;
    // Flows that bring something to an element, and that take it away; both ways counts as both.
    [[nodiscard]] const std::vector<const Flow*>& into(const Element& element) const;
    [[nodiscard]] const std::vector<const Flow*>& outOf(const Element& element) const;
    [[nodiscard]] const Element* sourceOf(const Flow& flow) const;
    [[nodiscard]] const Element* targetOf(const Flow& flow) const;
    // Zones that one end of a flow is in and the other is not.
    [[nodiscard]] std::vector<const Zone*> crossedBy(const Flow& flow) const;
    // The trust of a zone as digits; empty: nobody said.
    [[nodiscard]] std::string_view trustOf(const Zone& zone) const;
    // A type that fits `pattern` ("nb.secret.*") hangs on the part; an empty part asks for anywhere.
    [[nodiscard]] bool hasFinding(std::string_view part, std::string_view pattern) const;

private:
    // Sorted by id. Not hashed: ids come from files, whose makers could choose them so that all fall together.
    template <typename Part> using ById = std::vector<std::pair<std::string_view, const Part*>>;
    struct Ends {
        const Element* source = nullptr;
        const Element* target = nullptr;
    };
    [[nodiscard]] std::vector<const Zone*> chainOf(const std::string& end) const;

    const ThreatModel& m_model;
    FindingTypes m_findings;
    std::vector<bool> m_firstElement; // by place: the first with its id
    std::vector<bool> m_firstFlow;
    std::vector<bool> m_firstZone;
    ById<Element> m_elements;
    ById<Flow> m_flows;
    ById<Zone> m_zones;
    // By place; the last one is that of parts which are not in the model.
    std::vector<const Zone*> m_zoneOf; // by place of the element
    std::vector<std::vector<const Flow*>> m_into; // by place of the element
    std::vector<std::vector<const Flow*>> m_outOf;
    std::vector<Ends> m_ends; // by place of the flow
    std::vector<std::string> m_trust; // by place of the zone
    std::vector<const Zone*> m_around; // by place of the zone
};

} // namespace cupel::threats
