// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model made ready for questions: parts by id, flows by their ends, and which types of findings hang where.
// The model stays as it is while the index lives.
#pragma once

#include "analyzers/threats/threat_model.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

class ModelIndex {
public:
    // Types of findings ("nb.secret.api-key") by id of the part they hang on.
    using FindingTypes = std::map<std::string, std::set<std::string>, std::less<>>;

    explicit ModelIndex(const ThreatModel& model, FindingTypes findings = {});

    [[nodiscard]] const ThreatModel& model() const { return m_model; }
    [[nodiscard]] const Element* element(std::string_view id) const; // nullptr: none
    [[nodiscard]] const Flow* flow(std::string_view id) const;
    [[nodiscard]] const Zone* zone(std::string_view id) const;
    [[nodiscard]] const Zone* zoneOf(const Element& element) const { return zone(element.zone); }
    // Flows that bring something to an element, and that take it away; both ways counts as both.
    [[nodiscard]] const std::vector<const Flow*>& into(const Element& element) const;
    [[nodiscard]] const std::vector<const Flow*>& outOf(const Element& element) const;
    [[nodiscard]] const Element* sourceOf(const Flow& flow) const { return element(flow.source); }
    [[nodiscard]] const Element* targetOf(const Flow& flow) const { return element(flow.target); }
    [[nodiscard]] bool isFlow(const DiagramPart& part) const;
    // Zones that one end of a flow is in and the other is not.
    [[nodiscard]] std::vector<const Zone*> crossedBy(const Flow& flow) const;
    // A type that fits `pattern` ("nb.secret.*") hangs on the part; an empty part asks for anywhere.
    [[nodiscard]] bool hasFinding(std::string_view part, std::string_view pattern) const;

private:
    [[nodiscard]] std::vector<const Zone*> chainOf(const std::string& end) const;

    const ThreatModel& m_model;
    FindingTypes m_findings;
    std::map<std::string_view, const Element*> m_elements;
    std::map<std::string_view, const Flow*> m_flows;
    std::map<std::string_view, const Zone*> m_zones;
    std::map<const Element*, std::vector<const Flow*>> m_into;
    std::map<const Element*, std::vector<const Flow*>> m_outOf;
    std::vector<const Flow*> m_none;
};

} // namespace cupel::threats
