// SPDX-License-Identifier: GPL-3.0-or-later
// One model being drawn: what is asked of it again and again, and the three kinds of drawings it gets. Used by the
// threat drawings only.
#pragma once

#include "analyzers/report/threats/drawing_kit.h"
#include "analyzers/report/threats/threat_drawing.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cupel::report {

class ThreatArtist {
public:
    ThreatArtist(const ThreatReview& review, Budget& budget);
    [[nodiscard]] ThreatDrawings run() const;

private:
    using Group = std::pair<std::string, std::vector<std::uint32_t>>; // id of the zone, or "", with its elements

    [[nodiscard]] std::vector<Group> byZone() const; // the least trusted first, as threats come from there
    [[nodiscard]] int trustOf(const std::string& zone) const;
    [[nodiscard]] std::string titleOf(const std::string& zone) const; // "Serving (trust 60)"
    [[nodiscard]] kit::Node nodeOf(std::uint32_t element) const;
    [[nodiscard]] bool crosses(const threats::Flow& flow) const; // a border of a zone
    [[nodiscard]] kit::Link linkOf(const threats::Flow& flow) const; // without its ends
    void tellFlows(Drawing& drawing, const std::set<std::uint32_t>& flows) const; // for who cannot see the lines

    // All of it at the places it has, those without one beside the others. None: too large for a page.
    [[nodiscard]] std::optional<Drawing> drawWhole() const;
    // Zones as boxes; a line stands for all flows between two of them.
    [[nodiscard]] std::optional<Drawing> drawZones(const std::vector<Group>& groups) const;
    void drawZone(const Group& zone, ThreatDrawings& out) const;

    // A part of one zone, with what is beside it in other zones or other parts as dashed boxes.
    struct Part;
    [[nodiscard]] std::optional<Drawing> drawPart(
        const std::vector<std::uint32_t>& elements, double smallest, std::vector<graph::Point>& centres) const;
    void addStubs(Part& part) const;
    [[nodiscard]] std::vector<kit::Link> linksOf(const Part& part) const;

    const ThreatReview& m_review;
    const threats::ThreatModel& m_model;
    Budget& m_budget;
    PartNames m_names;
    std::map<std::string, Severity> m_worst; // open, by part
    std::map<std::string_view, std::uint32_t> m_byId; // elements
    std::map<std::string_view, const threats::Zone*> m_zones;
    std::vector<std::vector<std::uint32_t>> m_flowsOf; // by element
};

} // namespace cupel::report
