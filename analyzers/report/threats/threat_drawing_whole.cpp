// SPDX-License-Identifier: GPL-3.0-or-later
// The whole model in one drawing, where a page can hold it.
#include "analyzers/report/text.h"
#include "analyzers/report/threats/threat_artist.h"
#include "analyzers/threats/diagram_layout.h"

#include <algorithm>
#include <cmath>

namespace cupel::report {

using namespace threats;

namespace {

constexpr double smallestWhole = 0.42; // of the window's size: boxes still hold two lines
constexpr std::size_t mostWhole = 60; // elements of a model that is tried as a whole
constexpr double margin = 4;

struct Bounds {
    double left = 1e9;
    double top = 1e9;
    double right = -1e9;
    double bottom = -1e9;
    bool good = true;

    void add(const std::optional<threats::Box>& box)
    {
        constexpr double far = 1e6;
        const bool fine = box && std::isfinite(box->x) && std::isfinite(box->y) && box->width > 0 && box->height > 0
            && std::abs(box->x) < far && std::abs(box->y) < far && box->width < far && box->height < far;
        good = good && fine;
        if (fine) {
            left = std::min(left, box->x);
            top = std::min(top, box->y);
            right = std::max(right, box->x + box->width);
            bottom = std::max(bottom, box->y + box->height);
        }
    }
};

DrawnPoint middle(const DrawnBox& box)
{
    return {box.x + box.width / 2, box.y + box.height / 2};
}

// Where the line from the middle of `box` towards `to` leaves it.
DrawnPoint edgeOf(const DrawnBox& box, const DrawnPoint& to)
{
    const DrawnPoint centre = middle(box);
    const double dx = to.x - centre.x;
    const double dy = to.y - centre.y;
    const double share = std::max(std::abs(dx) / (box.width / 2), std::abs(dy) / (box.height / 2));
    return share <= 1 ? centre : DrawnPoint{centre.x + dx / share, centre.y + dy / share};
}

// Everything with a place, on paper.
struct Sheet {
    ThreatModel model; // parts and places only
    Bounds bounds;
    double scale = 0;

    [[nodiscard]] DrawnBox placed(const threats::Box& box) const
    {
        return {(box.x - bounds.left) * scale + margin, (box.y - bounds.top) * scale + margin, box.width * scale,
            box.height * scale, 0, Ink::None, Ink::None, false};
    }
};

Sheet sheetOf(const ThreatModel& whole, Budget& budget)
{
    Sheet sheet;
    ThreatModel& model = sheet.model;
    model.diagrams = whole.diagrams;
    model.elements = whole.elements;
    model.flows = whole.flows;
    model.zones = whole.zones;
    std::erase_if(model.zones, [](const Zone& zone) { return !zone.curve.empty(); }); // a line has no inside
    Bounds& bounds = sheet.bounds;
    const auto other = [](const DiagramPart& part) { return part.diagram != 0; };
    bounds.good = !std::any_of(model.elements.begin(), model.elements.end(), other) && layOutDiagrams(model, budget);
    for (const Element& element : model.elements) {
        bounds.add(element.box);
    }
    for (const Zone& zone : model.zones) {
        bounds.add(zone.box);
    }
    sheet.scale = !bounds.good ? 0
                               : std::min({1.0, (Drawing::widest - 2 * margin) / (bounds.right - bounds.left),
                                     (Drawing::highest - 2 * margin) / (bounds.bottom - bounds.top)});
    const auto tooSmall = [&sheet](const Element& element) { // for its name
        return element.box->width * sheet.scale < 36 || element.box->height * sheet.scale < 10;
    };
    if (bounds.good && std::any_of(model.elements.begin(), model.elements.end(), tooSmall)) {
        sheet.scale = 0;
    }
    return sheet;
}

std::vector<const Zone*> outerFirst(const ThreatModel& model)
{
    std::vector<const Zone*> zones;
    for (const Zone& zone : model.zones) {
        zones.push_back(&zone);
    }
    std::stable_sort(zones.begin(), zones.end(), [](const Zone* one, const Zone* two) {
        return one->box->width * one->box->height > two->box->width * two->box->height;
    });
    return zones;
}

} // namespace

std::optional<Drawing> ThreatArtist::drawWhole() const
{
    if (m_model.elements.size() > mostWhole) {
        return std::nullopt;
    }
    const Sheet sheet = sheetOf(m_model, m_budget);
    const ThreatModel& model = sheet.model;
    if (sheet.scale < smallestWhole) {
        return std::nullopt;
    }
    Drawing out;
    out.title = "The whole model";
    out.width = (sheet.bounds.right - sheet.bounds.left) * sheet.scale + 2 * margin;
    out.height = (sheet.bounds.bottom - sheet.bounds.top) * sheet.scale + 2 * margin;
    for (const Zone* zone : outerFirst(model)) {
        DrawnBox box = sheet.placed(*zone->box);
        box.radius = 4;
        box.line = Ink::Border;
        box.dashed = true;
        out.parts.emplace_back(box);
        out.parts.emplace_back(
            DrawnText{box.x + 5, box.y + 3, box.width - 10, 7, titleOf(zone->id), Ink::Second, true, false});
    }
    std::set<std::uint32_t> flows;
    std::vector<std::pair<std::vector<DrawnPoint>, std::string>> labels;
    for (std::uint32_t i = 0; i < model.flows.size(); ++i) {
        const auto from = m_byId.find(model.flows[i].source);
        const auto to = m_byId.find(model.flows[i].target);
        if (from == m_byId.end() || to == m_byId.end() || from == to) {
            continue;
        }
        const DrawnBox start = sheet.placed(*model.elements[from->second].box);
        const DrawnBox end = sheet.placed(*model.elements[to->second].box);
        const kit::Link link = linkOf(model.flows[i]);
        const std::vector<DrawnPoint> points{edgeOf(start, middle(end)), edgeOf(end, middle(start))};
        kit::addRoute(out, points, link);
        labels.emplace_back(points, link.label);
        flows.insert(i);
    }
    kit::LabelRoom room;
    for (const auto& element : model.elements) {
        room.take(sheet.placed(*element.box));
    }
    for (const auto& [points, label] : labels) {
        room.takeTip(points);
    }
    for (const auto& [points, label] : labels) {
        kit::addLabel(out, room, points, label);
    }
    for (std::uint32_t i = 0; i < model.elements.size(); ++i) {
        const kit::Node node = nodeOf(i);
        kit::addNode(out, node, sheet.placed(*model.elements[i].box));
        out.told.push_back(node.whole + ", in " + titleOf(m_model.elements[i].zone));
    }
    tellFlows(out, flows);
    return out;
}

} // namespace cupel::report
