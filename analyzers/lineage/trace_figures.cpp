// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures: what is drawn goes onto the figure of the moment, whichever function draws it, and into the file that the
// figure is saved to.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

namespace cupel::lineage {

namespace {

constexpr std::string_view figureType = "matplotlib.figure.Figure";

// A frame draws on a figure of its own, a column on the one that is there.
bool opensFigure(const TraceCall& site, const ApiRow& row, std::string_view type)
{
    const bool plots = row.callee == "pandas.DataFrame.plot" || row.callee == "pandas.DataFrame.hist";
    return plots && type == "pandas.DataFrame" && !site.more && !site.find(-1, "ax");
}

} // namespace

void Trace::beginFigure()
{
    ++m_figures;
    m_drawn.clear(); // what comes now is drawn on another one
    m_drawnHere.clear();
}

// No picture shows more sources than anybody could tell apart; a figure that is never begun anew gathers those of all.
void Trace::draw(const Marks& marks)
{
    constexpr std::size_t mostDrawn = 64;
    if (m_drawn.size() + marks.size() > mostDrawn) {
        return;
    }
    mergeMarks(m_drawn, marks);
    mergeMarks(m_drawnHere, marks);
}

void Trace::drawOn(const TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto name = lastPart(row.callee);
    if (row.callee.starts_with("matplotlib.pyplot.") && isOneOf(name, {"figure", "subplots", "clf", "close", "show"})) {
        beginFigure();
        m_figures = isOneOf(name, {"clf", "close", "show"}) ? 0 : m_figures; // they end what is there
        return;
    }
    if (row.is(roleSink)) {
        return;
    }
    if (receiver != 0 && opensFigure(site, row, at(receiver).type)) {
        beginFigure();
    }
    for (const auto ref : argumentsFor(site, row.data, receiver)) {
        draw(at(ref).from);
    }
    if (receiver != 0 && row.data.empty() && !at(receiver).type.starts_with("matplotlib.")) {
        draw(at(receiver).from); // df.plot()
    }
}

// ax.plot(x): what kind of drawing it is does not matter, the rows of the table do not name each.
void Trace::drawnByAxes(const TraceCall& site, Ref receiver)
{
    if (at(receiver).type != "matplotlib.axes.Axes") {
        return;
    }
    for (const auto& argument : site.arguments) {
        draw(at(argument.value).from);
    }
}

// savefig(file): what was drawn since the figure was begun; nothing: it is no picture, or what it shows is given. Who
// has the figure itself can save it in a later cell.
Marks Trace::drawnUntil(const ApiRow& row, Ref receiver)
{
    if (lastPart(row.callee) != "savefig") {
        return {};
    }
    if (at(receiver).type == figureType) {
        if (m_figures > 1) {
            return {}; // which of them was drawn on is not followed
        }
        m_figures = 0;
        return m_drawn;
    }
    return row.callee.starts_with("matplotlib.pyplot.") ? m_drawnHere : Marks{};
}

} // namespace cupel::lineage
