// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the output builder that shows lines of text: terminal text, tracebacks, JSON, sources.
#include "widgets/notebook/ansi.h"
#include "widgets/notebook/cell_text.h"
#include "widgets/notebook/json_text.h"
#include "widgets/notebook/output_builder.h"
#include "widgets/notebook/traceback.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int outputHead = 60; // rows of a text output before the rest is folded
constexpr int chartHead = 8; // of the data of an interactive output
constexpr std::size_t shortTraceback = TextPages::pageBytes;

int unitOf(const AnsiText& ansi, const ShownText& shown, std::uint64_t byte)
{
    return shown.unit(ansi.map.empty() ? byte : ansi.map.toText(byte, ansi.utf8.size()));
}

} // namespace

std::vector<Fold> OutputBuilder::foldsOf(const CellBuilder::PageText& part, int region, const TextData& data, int head)
{
    const auto& request = m_cell.m_request;
    if (m_cell.isExpanded(region) || part.page > 0 || request.policy == OutputPolicy::ShowAll) {
        return {};
    }
    auto folds = CellBuilder::foldsFor(data, head, region);
    if (part.more && !folds.empty() && folds.front().text.isEmpty()) {
        const auto lines = static_cast<double>(data.lines.size()) * static_cast<double>(part.count);
        folds.front().text = CellText::tr("About %1 more lines").arg(std::max(static_cast<int>(lines) - head, 1));
    }
    return folds;
}

void OutputBuilder::appendText(
    std::shared_ptr<TextData> data, std::vector<Fold> folds, const CellBuilder::PageText& part, int region, bool error)
{
    CellBuilder::TextOptions options;
    options.barred = error;
    options.left = outputLeft;
    options.gap = outputGap;
    options.region = region;
    const bool folded = !folds.empty();
    m_cell.appendLines(std::move(data), std::move(folds), options);
    if (!folded) {
        m_cell.appendPager(part, region, outputLeft);
    }
}

void OutputBuilder::terminal(int region, bool error)
{
    const auto& request = m_cell.m_request;
    CellBuilder::PageText part;
    if (regionAt(region).name == "traceback" && regionAt(region).bytes.size() <= shortTraceback) {
        part.text = readLines(request.document->analysis(), regionAt(region), request.revealed);
    } else {
        part = m_cell.readPage(region);
    }
    const auto ansi = readAnsi(part.text.utf8);
    const ShownText shown(ansi.utf8);
    auto data = std::make_shared<TextData>(splitLines(shown.string()));
    for (const auto& span : ansi.spans) {
        auto inUnits = span;
        inUnits.start = shown.unit(static_cast<std::uint64_t>(span.start));
        inUnits.length = shown.unit(static_cast<std::uint64_t>(span.start + span.length)) - inUnits.start;
        data->spans.push_back(inUnits);
    }
    std::vector<Mark> marks;
    for (const auto& placed : m_cell.findingsIn(region, part.text)) {
        marks.push_back(m_cell.markOf(
            placed.finding, unitOf(ansi, shown, placed.range.start), unitOf(ansi, shown, placed.range.end)));
    }
    data->setMarks(std::move(marks));
    std::vector<Fold> folds;
    if (error && !m_cell.isExpanded(region)) {
        for (const auto& frames : libraryFrames(*data)) {
            //: %1: names of Python packages
            const auto text = frames.frames == 1 ? CellText::tr("1 frame in %1 folded")
                                                 : CellText::tr("%n frames in %1 folded", nullptr, frames.frames);
            folds.push_back({frames.first, frames.end, text.arg(frames.packages.join(QStringLiteral(", "))), region});
        }
    }
    if (folds.empty()) {
        folds = foldsOf(part, region, *data, outputHead);
    }
    appendText(std::move(data), std::move(folds), part, region, error);
}

void OutputBuilder::asText(int region, std::size_t page)
{
    const auto chosen = m_cell.m_request.view.pages.find(region);
    const auto part = m_cell.readPage(region, chosen == m_cell.m_request.view.pages.end() ? page : chosen->second);
    const ShownText shown(part.text.utf8);
    auto data = std::make_shared<TextData>(splitLines(shown.string()));
    std::vector<Mark> marks;
    for (const auto& placed : m_cell.findingsIn(region, part.text)) {
        marks.push_back(m_cell.markOf(placed.finding, shown.unit(placed.range.start), shown.unit(placed.range.end)));
    }
    data->setMarks(std::move(marks));
    auto folds = foldsOf(part, region, *data, outputHead);
    appendText(std::move(data), std::move(folds), part, region, false);
}

void OutputBuilder::json(int region)
{
    const auto part = m_cell.readPage(region);
    const auto pretty = prettyJson(part.text.utf8);
    const ShownText shown(pretty.utf8);
    auto data = std::make_shared<TextData>(splitLines(shown.string()));
    data->spans = codeSpans(data->text, Language::Json);
    std::vector<Mark> marks;
    for (const auto& placed : m_cell.findingsIn(region, part.text)) {
        const auto size = pretty.utf8.size();
        marks.push_back(m_cell.markOf(placed.finding, shown.unit(pretty.map.toText(placed.range.start, size)),
            shown.unit(pretty.map.toText(placed.range.end, size))));
    }
    data->setMarks(std::move(marks));
    const bool chart = regionAt(region).name != "application/json";
    if (chart) {
        notice(QStringLiteral("braces"),
            CellText::tr("Data of an interactive output, not run (%1).")
                .arg(shownName(m_cell.m_request.document->analysis(), regionAt(region).name)),
            {}, {});
    }
    auto folds = foldsOf(part, region, *data, chart ? chartHead : outputHead);
    appendText(std::move(data), std::move(folds), part, region, false);
}

} // namespace cupel::widgets
