// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/text.h"
#include "analyzers/report/threats/threat_drawing.h"
#include "analyzers/threats/assess.h"

namespace cupel::report {

namespace {

constexpr int steps = 5;

// No colour alone: each cell that is not empty has the shape of its severity as well.
void addCell(Drawing& drawing, const DrawnBox& place, int likelihood, int impact, std::size_t threats)
{
    const Severity severity = threats::severityOfRisk(likelihood, impact);
    DrawnBox box = place;
    box.radius = 2;
    box.fill = severity >= Severity::High ? Ink::Error : severity == Severity::Medium ? Ink::Warn : Ink::Third;
    box.line = severity == Severity::Critical ? Ink::Border : Ink::None;
    drawing.parts.emplace_back(box);
    if (threats == 0) {
        return;
    }
    constexpr double sign = 9;
    drawing.parts.emplace_back(DrawnSign{box.x + 4, box.y + (box.height - sign) / 2, sign, static_cast<int>(severity)});
    drawing.parts.emplace_back(
        DrawnText{box.x + sign + 4, box.y + 6, box.width - sign - 6, 10, grouped(threats), Ink::Text, true, true});
    drawing.told.push_back("Likelihood " + std::to_string(likelihood) + ", impact " + std::to_string(impact) + ": "
        + counted(threats, "threat", "threats") + " (" + std::string(toString(severity)) + ')');
}

} // namespace

Drawing drawRisk(const RiskGrid& grid, std::string title)
{
    constexpr double left = 70;
    constexpr double cellWidth = 62;
    constexpr double cellHeight = 24;
    constexpr double gap = 3;
    Drawing out;
    out.title = std::move(title);
    out.width = left + steps * (cellWidth + gap);
    out.height = steps * (cellHeight + gap) + 28;
    out.parts.emplace_back(
        DrawnText{0, 2 * (cellHeight + gap) + 7, left - 20, 8, "Likelihood", Ink::Second, false, false});
    for (int likelihood = steps; likelihood >= 1; --likelihood) {
        const double y = (steps - likelihood) * (cellHeight + gap);
        out.parts.emplace_back(
            DrawnText{left - 16, y + 7, 12, 8, std::to_string(likelihood), Ink::Second, false, true});
        for (int impact = 1; impact <= steps; ++impact) {
            const double x = left + (impact - 1) * (cellWidth + gap);
            addCell(out, {x, y, cellWidth, cellHeight, 0, Ink::None, Ink::None, false}, likelihood, impact,
                grid.counts[static_cast<std::size_t>(likelihood) - 1][static_cast<std::size_t>(impact) - 1]);
        }
    }
    const double below = steps * (cellHeight + gap);
    for (int impact = 1; impact <= steps; ++impact) {
        out.parts.emplace_back(DrawnText{left + (impact - 1) * (cellWidth + gap), below + 2, cellWidth, 8,
            std::to_string(impact), Ink::Second, false, true});
    }
    out.parts.emplace_back(
        DrawnText{left, below + 14, steps * (cellWidth + gap), 8, "Impact", Ink::Second, false, true});
    if (out.told.empty()) {
        out.told.emplace_back("No threat");
    }
    return out;
}

Drawing drawSignatures(const std::vector<std::string>& roles)
{
    constexpr double block = 84;
    constexpr double half = (Drawing::widest - 24) / 2;
    Drawing out;
    out.title = "Signed for this state of the model only";
    out.width = Drawing::widest;
    out.height = block * static_cast<double>(roles.size());
    const auto field = [&out](double x, double y, double width, const char* label) {
        out.parts.emplace_back(DrawnLine{{{x, y}, {x + width, y}}, Ink::Border, 0.75, false, false});
        out.parts.emplace_back(DrawnText{x, y + 2, width, 7.5, label, Ink::Muted, false, false});
    };
    for (std::size_t i = 0; i < roles.size(); ++i) {
        const double y = block * static_cast<double>(i);
        out.parts.emplace_back(DrawnText{0, y + 2, Drawing::widest, 10, roles[i], Ink::Text, true, false});
        field(0, y + 44, half, "Name");
        field(half + 24, y + 44, half / 3, "Date");
        field(half + 24 + half / 3 + 12, y + 44, half * 2 / 3 - 12, "Signature");
        out.told.push_back(roles[i] + ": name, date, signature");
    }
    return out;
}

} // namespace cupel::report
