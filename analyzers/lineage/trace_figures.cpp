// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures: what is drawn goes onto a figure, and into the file that this figure is saved to. Which one that is,
// figures and axes know themselves (Thing::figures); pyplot has one of the moment, and goes back to the one before when
// it is closed.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::string_view figureType = "matplotlib.figure.Figure";
constexpr std::string_view axesType = "matplotlib.axes.Axes";
constexpr std::string_view gridType = "seaborn.Grid";
constexpr std::string_view pyplot = "matplotlib.pyplot.";

constexpr std::size_t maxFigures = 4'096; // of one walk
constexpr std::size_t maxDrawn = 64; // nothing shows more than that apart

bool isOnFigure(std::string_view type)
{
    return type == figureType || type == axesType || type == gridType;
}

// Libraries that show pictures in ways of their own.
bool drawsElsewhere(std::string_view callee)
{
    return isOneOf(callee.substr(0, callee.find('.')),
        {"IPython", "PIL", "altair", "bokeh", "clearml", "comet_ml", "cv2", "dtale", "evidently", "folium", "graphviz",
            "holoviews", "hvplot", "imageio", "keplergl", "mlflow", "moviepy", "plotly", "plotnine", "pyLDAvis",
            "pydeck", "pydot", "pyecharts", "pygal", "pyvis", "spacy", "streamlit", "sweetviz", "tifffile",
            "torchvision", "wandb", "ydata_profiling"});
}

// A frame draws on a figure of its own unless it is given axes, a column on the one that is there.
bool opensFigure(const TraceCall& site, const ApiRow& row, std::string_view receiver, std::string_view returns)
{
    if (site.more || site.find(-1, "ax")) {
        return false;
    }
    const bool plots = row.callee == "pandas.DataFrame.plot" || row.callee == "pandas.DataFrame.hist";
    const bool makes = row.callee == figureType
        || (returns == figureType && !isOnFigure(receiver) && row.callee != "matplotlib.pyplot.gcf");
    return (plots && receiver == "pandas.DataFrame") || returns == gridType || makes;
}

} // namespace

Marks Trace::beginFigure(std::string_view name, bool shown)
{
    if (m_figures.size() >= maxFigures) {
        m_out.graph().complete = false;
        return {};
    }
    const auto index = static_cast<std::uint32_t>(m_figures.size());
    m_figures.push_back({{}, name});
    if (shown) {
        m_shown.push_back(index);
        m_current = {index};
    }
    return {index};
}

// Notebooks show and close all figures where a cell ends. Who has one itself can still save it.
void Trace::closeFigures()
{
    m_shown.clear();
    m_current.clear();
}

void Trace::closeFigures(const Marks& figures)
{
    std::erase_if(m_shown, [&](auto figure) { return std::binary_search(figures.begin(), figures.end(), figure); });
    charge(m_shown.size() / 16);
    Marks left;
    std::set_difference(m_current.begin(), m_current.end(), figures.begin(), figures.end(), std::back_inserter(left));
    m_current = left.empty() && !m_shown.empty() ? Marks{m_shown.back()} : left;
}

void Trace::draw(const Marks& figures, const Marks& marks)
{
    charge(marks.empty() ? 0 : figures.size());
    for (const auto figure : marks.empty() ? Marks{} : figures) {
        auto& drawn = m_figures[figure].from;
        mergeMarks(drawn, marks);
        if (drawn.size() > maxDrawn) {
            drawn.resize(maxDrawn);
            m_out.graph().complete = false;
        }
    }
}

Marks Trace::currentFigure()
{
    return m_current.empty() ? beginFigure({}, true) : m_current;
}

// The figure that these axes are on; they are on the one of the moment, when nobody knows.
Marks Trace::figuresOf(Ref ref)
{
    if (at(ref).figures.empty()) {
        auto current = currentFigure();
        if (isOnFigure(at(ref).type)) {
            at(ref).figures = current;
        }
        return current;
    }
    return at(ref).figures;
}

// figure(2), subplots(num="b"): one that is there comes back, by its number, its name, or itself.
Marks Trace::askedFigure(Ref asked)
{
    if (asked == 0 || !at(asked).figures.empty()) {
        m_current = asked == 0 ? beginFigure({}, true) : at(asked).figures;
        return m_current;
    }
    const auto name = at(asked).isConstant() ? at(asked).text : std::string_view();
    charge(m_shown.size() / 16);
    const auto hit = std::find_if(
        m_shown.rbegin(), m_shown.rend(), [&](auto figure) { return !name.empty() && m_figures[figure].name == name; });
    if (hit == m_shown.rend()) {
        return beginFigure(name, true);
    }
    const auto figure = *hit;
    m_shown.erase(std::next(hit).base());
    m_shown.push_back(figure);
    m_current = {figure};
    return m_current;
}

// What pyplot does with figures themselves. False: it draws.
bool Trace::managesFigures(const TraceCall& site, std::string_view name, Ref result)
{
    if (isOneOf(name, {"figure", "subplots", "subplot_mosaic"})) {
        onFigures(result, askedFigure(site.value(name == "figure" ? 0 : -1, "num")));
        return true;
    }
    if (name == "sca" && !site.arguments.empty()) {
        m_current = figuresOf(site.arguments.front().value);
        return true;
    }
    if (name == "clf" && m_current.size() == 1) {
        m_figures[m_current.front()].from.clear();
    }
    if (name == "show" || (name == "close" && at(site.value(0, "fig")).text == "all")) {
        closeFigures();
    } else if (name == "close") {
        const auto& given = at(site.value(0, "fig"));
        auto closed = given.figures;
        for (const auto figure : given.isConstant() && !given.text.empty() ? m_shown : std::vector<std::uint32_t>{}) {
            if (m_figures[figure].name == given.text) {
                closed = {figure};
            }
        }
        closeFigures(closed.empty() ? m_current : closed);
    }
    return isOneOf(name, {"clf", "show", "close"});
}

// What a call gives back stands on these figures, as far as it is axes or figures.
void Trace::onFigures(Ref result, const Marks& figures)
{
    if (isOnFigure(at(result).type)) {
        at(result).figures = figures;
    }
    for (std::size_t i = 0; at(result).kind == ThingKind::Tuple && i < at(result).items.size(); ++i) {
        if (const auto item = at(result).items[i]; isOnFigure(at(item).type)) {
            at(item).figures = figures;
        }
    }
}

void Trace::drawOn(const TraceCall& site, const ApiRow& row, Ref receiver, Ref result)
{
    if (row.is(roleSink) || drawsElsewhere(row.callee)
        || (row.callee.starts_with(pyplot) && managesFigures(site, lastPart(row.callee), result))) {
        return;
    }
    Marks drawn;
    for (const auto ref : argumentsFor(site, row.data, receiver)) {
        mergeMarks(drawn, at(ref).from);
    }
    const auto type = at(receiver).type;
    if (receiver != 0 && row.data.empty() && !type.starts_with("matplotlib.")) {
        mergeMarks(drawn, at(receiver).from); // df.plot()
    }
    Marks figures;
    if (opensFigure(site, row, type, at(result).type)) {
        figures = beginFigure({}, row.callee != figureType);
    } else if (!drawn.empty() || isOnFigure(at(result).type)) {
        figures = figuresOf(isOnFigure(type) ? receiver : site.value(-1, "ax"));
    }
    draw(figures, drawn);
    onFigures(result, figures);
}

// ax.plot(x): what kind of drawing it is does not matter, the rows of the table do not name each.
void Trace::drawnByAxes(const TraceCall& site, Ref receiver)
{
    const auto type = at(receiver).type;
    if (type == figureType && isOneOf(std::string_view(at(site.function).text), {"clear", "clf"})) {
        for (const auto figure : at(receiver).figures.size() == 1 ? at(receiver).figures : Marks{}) {
            m_figures[figure].from.clear();
        }
    }
    if (type != axesType) {
        return;
    }
    const auto figures = figuresOf(receiver);
    for (const auto& argument : site.arguments) {
        draw(figures, at(argument.value).from);
    }
}

// savefig(file), log_figure(figure, name): what was drawn on the figure that is saved.
Marks Trace::drawnUntil(const TraceCall& site, const ApiRow& row, const std::vector<Ref>& data)
{
    Marks figures;
    for (const auto ref : row.is(roleVisualise) ? data : std::vector<Ref>{}) {
        mergeMarks(figures, at(ref).figures);
    }
    const bool current = row.callee == "matplotlib.pyplot.savefig"
        || (row.callee == "matplotlib.backends.backend_pdf.PdfPages.savefig" && site.arguments.empty());
    Marks drawn;
    figures = current ? m_current : figures;
    for (const auto figure : figures) {
        mergeMarks(drawn, m_figures[figure].from);
    }
    charge(figures.size());
    m_out.graph().complete = m_out.graph().complete && figures.size() < maxMarks && drawn.size() < maxMarks;
    return drawn;
}

} // namespace cupel::lineage
