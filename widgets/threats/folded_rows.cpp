// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/folded_rows.h"

#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

#include <map>

namespace cupel::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FoldedThreats)
};

} // namespace

QString foldedReason(const std::string& why)
{
    if (why == "refuted") {
        return Words::tr("Refuted: all that would confirm it was looked for, and nothing was found");
    }
    if (why == "assumed") {
        return Words::tr("Only assumed, because something is not known: others count more here");
    }
    if (why == "less important") {
        return Words::tr("Less important than the proposals that are listed here");
    }
    return shownText(why);
}

FoldedRows foldedRows(const ThreatState& state)
{
    FoldedRows out;
    if (!state.reading()) {
        return out;
    }
    const auto& model = state.reading()->overlaid.model;
    std::map<std::string_view, std::vector<const threats::FoldedThreat*>> byPart;
    for (const auto& threat : model.folded) {
        const QString words =
            (shownText(threat.title) + u' ' + shownText(threat.rule) + u' ' + state.nameOf(threat.target)).toLower();
        if (state.search().isEmpty() || words.contains(state.search())) {
            byPart[threat.target].push_back(&threat);
        }
    }
    for (const auto& [part, threats] : byPart) {
        FactRow head;
        head.heading = true;
        head.title = state.nameOf(std::string(part));
        out.rows.push_back(std::move(head));
        out.parts.emplace_back();
        for (const auto* threat : threats) {
            FactRow row;
            row.title = shownText(threat->title);
            row.detail = foldedReason(threat->why);
            out.rows.push_back(std::move(row));
            out.parts.emplace_back(part);
        }
    }
    return out;
}

} // namespace cupel::widgets
