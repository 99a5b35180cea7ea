// SPDX-License-Identifier: GPL-3.0-or-later
// What the drawings of a threat model have in common: boxes with two lines, routes with a tip, and making all of it fit
// a page. Used by the threat drawings only.
#pragma once

#include "analyzers/graph/layered_layout.h"
#include "analyzers/model/drawing.h"
#include "analyzers/model/finding.h"
#include "analyzers/report/threats/label_room.h"

#include <optional>
#include <string>
#include <vector>

namespace cupel::report::kit {

struct Node {
    std::string title;
    std::string detail; // second line; may be empty
    std::string whole; // how it is said in words
    double radius = 2; // of its corners
    bool outside = false; // not of what is drawn, or not there any more: dashed
    std::optional<Severity> sign;
};

struct Link {
    std::uint32_t from = 0; // index of a node
    std::uint32_t to = 0;
    std::string label;
    bool crosses = false; // a border of a zone
    bool open = false; // over a border, and known not to be encrypted
};

constexpr double nodeWidth = 112;
constexpr double nodeHeight = 34;

void addNode(Drawing& drawing, const Node& node, const DrawnBox& place);
void addRoute(Drawing& drawing, std::vector<DrawnPoint> points, const Link& link);
// Where `room` has some; else the flow is told in words alone.
void addLabel(Drawing& drawing, LabelRoom& room, const std::vector<DrawnPoint>& points, const std::string& label);

// In layers, to the right or downwards as it fits better, at most as large as a page. `smallest`: the scale below which
// nothing can be read; 0 takes what comes. None: it does not fit, or the budget ended. `centres`: of the nodes before
// scaling, also where it does not fit.
[[nodiscard]] std::optional<Drawing> drawInLayers(const std::vector<Node>& nodes, const std::vector<Link>& links,
    double smallest, Budget& budget, std::vector<graph::Point>* centres = nullptr);

} // namespace cupel::report::kit
