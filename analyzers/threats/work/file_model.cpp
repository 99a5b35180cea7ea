// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/file_model.h"

#include "analyzers/threats/diagram_layout.h"

#include <utility>

namespace cupel::threats {

bool canEdit(const Imported& imported)
{
    const auto& document = imported.model.document;
    const bool known = imported.format == FileFormat::ThreatDragon2 || imported.format == FileFormat::Otm;
    return known && document && document->tree && !document->tree->partial() && !document->tree->broken()
        && document->tree->loss() == DataLoss::None;
}

FileModel fileModelOf(Imported imported, Budget& budget)
{
    FileModel out;
    ThreatModel model = imported.model;
    static_cast<void>(layOutDiagrams(model, budget));
    out.shifts = spreadDiagrams(model);
    out.team = teamOfFile(model);
    out.left = chooseParts(model, mostParts).left;
    out.model = std::move(imported.model);
    return out;
}

TeamModel teamOf(ThreatModel model, const std::vector<Point>& shifts)
{
    const auto shift = [&shifts](auto& parts) {
        for (auto& part : parts) {
            if (part.box && part.diagram < shifts.size()) {
                part.box->x += shifts[part.diagram].x;
                part.box->y += shifts[part.diagram].y;
            }
        }
    };
    shift(model.elements);
    shift(model.zones);
    return teamOfFile(model);
}

Overlaid modelOfTeam(const TeamModel& team, std::string_view today)
{
    Overlaid out = overlay({}, team);
    decide(out, team, today);
    return out;
}

} // namespace cupel::threats
