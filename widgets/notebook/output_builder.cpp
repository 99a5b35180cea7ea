// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/output_builder.h"

#include "analyzers/formats/html/html_blocks.h"
#include "analyzers/formats/region_text.h"
#include "widgets/notebook/ansi.h"
#include "widgets/notebook/cell_text.h"
#include "widgets/notebook/image_block.h"
#include "widgets/notebook/json_text.h"
#include "widgets/notebook/notice_block.h"
#include "widgets/notebook/traceback.h"

#include <algorithm>
#include <array>

namespace cupel::widgets {

namespace {

constexpr int outputHead = 60; // lines of a text output before the rest is folded
constexpr qreal outputGap = 6;
constexpr qreal outputLeft = 14;
constexpr std::size_t htmlBytes = 2 << 20;
constexpr std::size_t wholeBytes = 4 << 20;
constexpr std::size_t previewBytes = 64 << 10; // of an output that is folded

// What the terminal text of a region looks like, and where its bytes went.
struct Terminal {
    RegionText source;
    AnsiText ansi;
    std::shared_ptr<TextData> data;
};

int unitOf(const Terminal& terminal, const ShownText& shown, std::uint64_t byte)
{
    const auto stripped = terminal.ansi.map.empty() ? byte : terminal.ansi.map.toText(byte, terminal.ansi.utf8.size());
    return shown.unit(stripped);
}

// Line ends as JSON writes them, or as they stand in a text.
int countLines(ByteView raw)
{
    int count = 0;
    for (std::size_t at = 0; at < raw.size(); ++at) {
        count += raw[at] == '\n' || (raw[at] == 'n' && at > 0 && raw[at - 1] == '\\') ? 1 : 0;
    }
    return count;
}

// Prefer what shows most without running anything.
int rank(const Region& region)
{
    switch (region.kind) {
    case RegionKind::Image:
        return 9;
    case RegionKind::Html:
        return 8;
    case RegionKind::Markdown:
        return 7;
    case RegionKind::Stream:
    case RegionKind::Error:
        return 6;
    case RegionKind::Text:
    case RegionKind::PlainText:
    case RegionKind::Name:
        return 5;
    case RegionKind::Latex:
        return 4;
    case RegionKind::Json:
        return 3;
    case RegionKind::Svg:
        return 2;
    default:
        return 1;
    }
}

} // namespace

const Region& OutputBuilder::regionAt(int region) const
{
    return m_cell.m_request.document->region(region);
}

bool OutputBuilder::asSource(int region) const
{
    return m_cell.m_request.view.asSource.count(region) > 0;
}

bool OutputBuilder::hasFindings(int region) const
{
    const auto& findings = m_cell.m_request.item->findings;
    return std::any_of(findings.begin(), findings.end(),
        [&](const auto& f) { return f.region == region && m_cell.isShown(f.finding); });
}

void OutputBuilder::run(const formats::Cell& cell)
{
    attachments(cell);
    if (cell.outputs.empty()) {
        return;
    }
    const auto& request = m_cell.m_request;
    if (!request.view.outputsShown.value_or(request.policy != OutputPolicy::Hide)) {
        notice(QStringLiteral("eye-off"),
            CellText::tr("%1 folded").arg(CellText::outputs(static_cast<int>(cell.outputs.size()))),
            CellText::tr("Show"), {Action::Kind::ToggleOutputs, 0, 0});
        return;
    }
    for (const auto& output : cell.outputs) {
        this->output(output);
    }
}

void OutputBuilder::attachments(const formats::Cell& cell)
{
    for (const auto index : cell.attachments) {
        const auto region = static_cast<int>(index);
        if (regionAt(region).kind == RegionKind::Image) {
            picture(region);
        } else {
            asText(region);
        }
    }
}

int OutputBuilder::choose(const std::vector<std::uint32_t>& regions) const
{
    int best = -1;
    for (const auto index : regions) {
        const auto region = static_cast<int>(index);
        if (best < 0 || rank(regionAt(region)) > rank(regionAt(best))) {
            best = region;
        }
    }
    return best;
}

void OutputBuilder::output(const formats::Output& output)
{
    const bool hasTraceback = std::any_of(output.regions.begin(), output.regions.end(), [&](auto region) {
        return regionAt(static_cast<int>(region)).name == "traceback"
            && regionAt(static_cast<int>(region)).bytes.size() > 4;
    });
    std::vector<std::uint32_t> forms; // of the same thing
    for (const auto index : output.regions) {
        const auto& region = regionAt(static_cast<int>(index));
        if (region.kind == RegionKind::Error) {
            // A traceback says name and value again.
            if (region.name == "traceback" || !hasTraceback || hasFindings(static_cast<int>(index))) {
                terminal(static_cast<int>(index), true);
            }
        } else if (region.kind == RegionKind::JavaScript || region.kind == RegionKind::WidgetState) {
            show(static_cast<int>(index));
        } else {
            forms.push_back(index);
        }
    }
    const auto best = choose(forms);
    if (best >= 0) {
        show(best);
    }
    // A form that is not the best one is shown too when something stands in it.
    for (const auto index : forms) {
        if (static_cast<int>(index) != best && hasFindings(static_cast<int>(index))) {
            notice(QStringLiteral("layers"),
                CellText::tr("The same output as %1")
                    .arg(shownName(m_cell.m_request.document->analysis(), regionAt(static_cast<int>(index)).name)),
                {}, {});
            asText(static_cast<int>(index));
        }
    }
}

void OutputBuilder::notice(const QString& icon, const QString& text, const QString& link, Action action)
{
    PlacedBlock placed;
    placed.block = std::make_unique<NoticeBlock>(Notice{icon, text, link, action, false}, outputLeft);
    placed.gap = outputGap;
    m_cell.m_cell->add(std::move(placed));
}

void OutputBuilder::show(int region)
{
    const auto name = shownName(m_cell.m_request.document->analysis(), regionAt(region).name);
    const auto sourceLink = asSource(region) ? CellText::tr("Hide source") : CellText::tr("Show source");
    const Action toggle{asSource(region) ? Action::Kind::ShowRendered : Action::Kind::ShowSource, 0, region};
    switch (regionAt(region).kind) {
    case RegionKind::Image:
        picture(region);
        return;
    case RegionKind::Html:
        html(region);
        return;
    case RegionKind::Markdown:
        markdown(region);
        return;
    case RegionKind::Json:
        json(region);
        return;
    case RegionKind::Svg:
        notice(QStringLiteral("image"), CellText::tr("SVG picture, shown as source because it can hold script."),
            sourceLink, toggle);
        break;
    case RegionKind::JavaScript:
        notice(QStringLiteral("ban"), CellText::tr("Script output, not run."), sourceLink, toggle);
        break;
    case RegionKind::WidgetState:
        notice(QStringLiteral("ban"), CellText::tr("Interactive widget, not run (%1).").arg(name), sourceLink, toggle);
        break;
    default:
        terminal(region, false);
        return;
    }
    if (asSource(region) || hasFindings(region)) {
        asText(region);
    }
}

// What is folded away and holds no finding need not be decoded: its lines are only counted.
bool OutputBuilder::isPreview(int region, bool error) const
{
    return !error && !m_cell.isExpanded(region) && m_cell.m_request.policy == OutputPolicy::FoldLong
        && !hasFindings(region) && regionAt(region).bytes.size() > 4 * previewBytes;
}

std::vector<Fold> OutputBuilder::terminalFolds(int region, bool error, const TextData& data, bool complete) const
{
    std::vector<Fold> folds;
    if (m_cell.isExpanded(region)) {
        return folds;
    }
    if (error) {
        for (const auto& frames : libraryFrames(data)) {
            //: %1: names of Python packages
            const auto text = frames.frames == 1 ? CellText::tr("1 frame in %1 folded")
                                                 : CellText::tr("%n frames in %1 folded", nullptr, frames.frames);
            folds.push_back({frames.first, frames.end, text.arg(frames.packages.join(QStringLiteral(", "))), region});
        }
    }
    if (folds.empty() && m_cell.m_request.policy != OutputPolicy::ShowAll) {
        folds = CellBuilder::foldsFor(data, outputHead, region);
        if (!complete && !folds.empty()) {
            const auto& document = *m_cell.m_request.document;
            const auto raw =
                slice(document.analysis().facts.text(document.analysis().artifact), regionAt(region).bytes);
            folds.front().text = CellText::tr("About %1 more lines").arg(std::max(countLines(raw) - outputHead, 1));
        }
    }
    return folds;
}

void OutputBuilder::terminal(int region, bool error)
{
    const auto& request = m_cell.m_request;
    const bool preview = isPreview(region, error);
    Terminal text;
    if (preview) {
        text.source = m_cell.readHead(region, previewBytes);
    } else if (regionAt(region).name == "traceback") {
        text.source = readLines(request.document->analysis(), regionAt(region), request.revealed);
    } else {
        text.source = m_cell.read(region, wholeBytes);
    }
    text.ansi = readAnsi(text.source.utf8);
    const ShownText shown(text.ansi.utf8);
    text.data = std::make_shared<TextData>(splitLines(shown.string()));
    for (const auto& span : text.ansi.spans) {
        auto inUnits = span;
        inUnits.start = shown.unit(static_cast<std::uint64_t>(span.start));
        inUnits.length = shown.unit(static_cast<std::uint64_t>(span.start + span.length)) - inUnits.start;
        text.data->spans.push_back(inUnits);
    }
    std::vector<Mark> marks;
    for (const auto& placed : m_cell.findingsIn(region, text.source)) {
        marks.push_back(m_cell.markOf(
            placed.finding, unitOf(text, shown, placed.range.start), unitOf(text, shown, placed.range.end)));
    }
    text.data->setMarks(std::move(marks));
    auto folds = terminalFolds(region, error, *text.data, text.source.complete);
    CellBuilder::TextOptions options;
    options.barred = error;
    options.left = outputLeft;
    options.gap = outputGap;
    options.region = region;
    const bool cut = !text.source.complete && folds.empty();
    m_cell.appendLines(std::move(text.data), std::move(folds), options);
    if (cut && preview) {
        notice(QStringLiteral("fold-vertical"), CellText::tr("The rest of this output is folded."),
            CellText::tr("Show"), {Action::Kind::Expand, 0, region});
    } else if (cut) {
        notice(QStringLiteral("fold-vertical"),
            CellText::tr("Only the first part of this output is shown. All of it was checked."), {}, {});
    }
}

void OutputBuilder::asText(int region)
{
    auto text = m_cell.read(region);
    const ShownText shown(text.utf8);
    auto data = std::make_shared<TextData>(splitLines(shown.string()));
    std::vector<Mark> marks;
    for (const auto& placed : m_cell.findingsIn(region, text)) {
        marks.push_back(m_cell.markOf(placed.finding, shown.unit(placed.range.start), shown.unit(placed.range.end)));
    }
    data->setMarks(std::move(marks));
    auto folds = m_cell.isExpanded(region) ? std::vector<Fold>{} : CellBuilder::foldsFor(*data, outputHead, region);
    CellBuilder::TextOptions options;
    options.left = outputLeft;
    options.gap = outputGap;
    options.region = region;
    m_cell.appendLines(std::move(data), std::move(folds), options);
}

void OutputBuilder::json(int region)
{
    const auto source = m_cell.read(region);
    const auto pretty = prettyJson(source.utf8);
    const ShownText shown(pretty.utf8);
    auto data = std::make_shared<TextData>(splitLines(shown.string()));
    data->spans = codeSpans(data->text, Language::Json);
    std::vector<Mark> marks;
    for (const auto& placed : m_cell.findingsIn(region, source)) {
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
    auto folds =
        m_cell.isExpanded(region) ? std::vector<Fold>{} : CellBuilder::foldsFor(*data, chart ? 8 : outputHead, region);
    CellBuilder::TextOptions options;
    options.left = outputLeft;
    options.gap = outputGap;
    options.region = region;
    m_cell.appendLines(std::move(data), std::move(folds), options);
}

void OutputBuilder::markdown(int region)
{
    const auto source = m_cell.read(region, htmlBytes);
    std::vector<SourceMark> marks;
    for (const auto& placed : m_cell.findingsIn(region, source)) {
        marks.push_back({placed.range, placed.finding, m_cell.finding(placed.finding).severity});
    }
    m_cell.appendRich(readMarkdown(source.utf8), marks, region, outputGap);
}

void OutputBuilder::html(int region)
{
    if (asSource(region)) {
        notice(QStringLiteral("code"), CellText::tr("HTML output as source."), CellText::tr("Show as text"),
            {Action::Kind::ShowRendered, 0, region});
        asText(region);
        return;
    }
    const auto source = m_cell.read(region, htmlBytes);
    auto document = formats::readHtml(source.utf8);
    std::vector<SourceMark> marks;
    for (const auto& placed : m_cell.findingsIn(region, source)) {
        marks.push_back({placed.range, placed.finding, m_cell.finding(placed.finding).severity});
    }
    const Action toSource{Action::Kind::ShowSource, 0, region};
    if (document.active) {
        notice(QStringLiteral("ban"),
            CellText::tr("This HTML output holds script or other active parts. They are not run."),
            CellText::tr("Show source"), toSource);
    } else if (document.remote) {
        notice(QStringLiteral("globe"), CellText::tr("This HTML output refers to other places. Nothing was loaded."),
            CellText::tr("Show source"), toSource);
    } else if (document.blocks.empty()) {
        notice(QStringLiteral("code"), CellText::tr("This HTML output has no text."), CellText::tr("Show source"),
            toSource);
    }
    if (document.truncated || !source.complete) {
        notice(QStringLiteral("fold-vertical"),
            CellText::tr("Only the first part of this output is shown. All of it was checked."),
            CellText::tr("Show source"), toSource);
    }
    m_cell.appendRich(std::move(document), marks, region, outputGap);
}

void OutputBuilder::picture(int region)
{
    auto bytes = regionAt(region);
    const auto text = formats::readRegion(
        m_cell.m_request.document->analysis().facts.text(m_cell.m_request.document->analysis().artifact), bytes,
        96 << 20);
    auto info = readPicture(QByteArray::fromRawData(text.text.data(), static_cast<qsizetype>(text.text.size())));
    if (info.data.isEmpty()) {
        notice(QStringLiteral("image"), info.refusal, {}, {});
        return;
    }
    PlacedBlock placed;
    placed.block =
        std::make_unique<ImageBlock>(std::move(info), shownName(m_cell.m_request.document->analysis(), bytes.name));
    placed.gap = outputGap;
    placed.left = outputLeft;
    placed.region = region;
    m_cell.m_cell->add(std::move(placed));
}

} // namespace cupel::widgets
