// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures: what is drawn goes onto the figure of the moment, whichever function draws it, and into the file that the
// figure is saved to.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

namespace cupel::lineage {

namespace {

constexpr std::string_view figureType = "matplotlib.figure.Figure";

} // namespace

void Trace::drawOn(const TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto name = lastPart(row.callee);
    if (row.callee.starts_with("matplotlib.pyplot.") && isOneOf(name, {"figure", "subplots", "clf", "close", "show"})) {
        m_drawn.clear(); // what comes now is drawn on another one
        return;
    }
    if (row.is(roleSink)) {
        return;
    }
    for (const auto ref : argumentsFor(site, row.data, receiver)) {
        mergeMarks(m_drawn, at(ref).from);
    }
    if (receiver != 0 && row.data.empty() && !at(receiver).type.starts_with("matplotlib.")) {
        mergeMarks(m_drawn, at(receiver).from); // df.plot()
    }
}

// ax.plot(x): what kind of drawing it is does not matter, the rows of the table do not name each.
void Trace::drawnByAxes(const TraceCall& site, Ref receiver)
{
    if (at(receiver).type != "matplotlib.axes.Axes") {
        return;
    }
    for (const auto& argument : site.arguments) {
        mergeMarks(m_drawn, at(argument.value).from);
    }
}

// savefig(file): what was drawn since the figure was begun; nothing: it is no picture, or what it shows is given.
Marks Trace::drawnUntil(const ApiRow& row, Ref receiver) const
{
    const bool saved = lastPart(row.callee) == "savefig"
        && (row.callee.starts_with("matplotlib.pyplot.") || at(receiver).type == figureType);
    return saved ? m_drawn : Marks{};
}

} // namespace cupel::lineage
