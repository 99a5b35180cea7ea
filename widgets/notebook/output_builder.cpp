// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/output_builder.h"

#include "analyzers/formats/html/html_blocks.h"
#include "analyzers/formats/region_text.h"
#include "widgets/notebook/cell_text.h"
#include "widgets/notebook/image_block.h"
#include "widgets/notebook/notice_block.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr std::size_t htmlBytes = 1 << 20; // of more, the source can be read part by part

} // namespace

void OutputBuilder::run(const formats::Cell& cell)
{
    const auto& request = m_cell.m_request;
    const bool shown = request.view.outputsShown.value_or(request.policy != OutputPolicy::Hide);
    auto pieces = m_pages.pieces(cell);
    if (!shown) {
        std::erase_if(pieces, [](const OutputPiece& one) {
            return one.kind != OutputPiece::Kind::Attachment && one.kind != OutputPiece::Kind::AlsoDrawn;
        });
    }
    const auto starts = m_pages.starts(pieces);
    const auto chosen = request.view.pages.find(foldOutputsId);
    const auto page = std::min(chosen == request.view.pages.end() ? 0 : chosen->second, starts.size() - 1);
    const auto end = page + 1 < starts.size() ? starts[page + 1] : pieces.size();
    for (auto i = starts[page]; i < end; ++i) {
        piece(pieces[i]);
    }
    if (starts.size() > 1) {
        pager(page, starts, pieces.size());
    }
    if (!shown && !cell.outputs.empty()) {
        notice(QStringLiteral("eye-off"),
            CellText::tr("%1 folded").arg(CellText::outputs(static_cast<int>(cell.outputs.size()))),
            CellText::tr("Show"), {Action::Kind::ToggleOutputs, 0, 0});
    }
}

void OutputBuilder::pager(std::size_t page, const std::vector<std::size_t>& starts, std::size_t count)
{
    const auto number = [](std::size_t value) { return QLocale().toString(static_cast<qulonglong>(value)); };
    const bool more = page + 1 < starts.size();
    const Action back{Action::Kind::ShowPage, 0, foldOutputsId, page - 1};
    const Action on{Action::Kind::ShowPage, 0, foldOutputsId, page + 1};
    const std::size_t first = starts[page] + 1;
    const std::size_t last = more ? starts[page + 1] : count;
    Notice text{QStringLiteral("fold-vertical"),
        first == last ? CellText::tr("Output %1 of %2").arg(number(first), number(count))
                      : CellText::tr("Outputs %1 to %2 of %3").arg(number(first), number(last), number(count)),
        more ? CellText::tr("Next outputs") : CellText::tr("Previous outputs"), more ? on : back, false};
    if (more && page > 0) {
        text.secondLink = CellText::tr("Previous outputs");
        text.secondAction = back;
    }
    PlacedBlock placed;
    placed.block = std::make_unique<NoticeBlock>(std::move(text), outputLeft);
    placed.gap = outputGap;
    m_cell.m_cell->add(std::move(placed));
}

void OutputBuilder::piece(const OutputPiece& piece)
{
    switch (piece.kind) {
    case OutputPiece::Kind::Attachment:
        if (regionAt(piece.region).kind == RegionKind::Image) {
            picture(piece.region);
        } else if (isBlankRegion(m_cell.m_request.document->analysis(), piece.region)) {
            notice(QStringLiteral("image"),
                CellText::tr("The attachment %1 is empty.")
                    .arg(shownName(m_cell.m_request.document->analysis(), regionAt(piece.region).name)),
                {}, {});
        } else {
            asText(piece.region);
        }
        break;
    case OutputPiece::Kind::AlsoDrawn: {
        const Action toggle{
            asSource(piece.region) ? Action::Kind::ShowRendered : Action::Kind::ShowSource, 0, piece.region};
        notice(QStringLiteral("layers"),
            CellText::tr("Also there as an SVG picture, which is not drawn because it can hold script."),
            asSource(piece.region) ? CellText::tr("Hide source") : CellText::tr("Show source"), toggle);
        if (asSource(piece.region)) {
            asText(piece.region);
        }
        break;
    }
    case OutputPiece::Kind::Error:
        terminal(piece.region, true);
        break;
    case OutputPiece::Kind::Form:
        show(piece.region);
        break;
    case OutputPiece::Kind::AlsoFound:
        notice(QStringLiteral("layers"),
            CellText::tr("The same output as %1")
                .arg(shownName(m_cell.m_request.document->analysis(), regionAt(piece.region).name)),
            {}, {});
        asText(piece.region);
        break;
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
        if (regionAt(region).name.starts_with("image/")) {
            noPicture(region);
        } else {
            terminal(region, false);
        }
        return;
    }
    if (asSource(region) || m_pages.hasFindings(region)) {
        asText(region);
    }
}

void OutputBuilder::markdown(int region)
{
    if (asSource(region)) {
        notice(QStringLiteral("code"), CellText::tr("Markdown output as source."), CellText::tr("Show as text"),
            {Action::Kind::ShowRendered, 0, region});
        asText(region);
        return;
    }
    if (regionAt(region).bytes.size() > markdownBytes) {
        asText(region);
        return;
    }
    const auto source = m_cell.read(region, markdownBytes);
    std::vector<SourceMark> marks;
    for (const auto& placed : m_cell.findingsIn(region, source)) {
        marks.push_back({placed.range, placed.finding, m_cell.finding(placed.finding).severity});
    }
    auto document = readMarkdown(source.utf8);
    const Action toSource{Action::Kind::ShowSource, 0, region};
    if (document.active) {
        notice(QStringLiteral("ban"),
            CellText::tr("This Markdown output holds script or other active parts. They are not run."),
            CellText::tr("Show source"), toSource);
    } else if (document.blocks.empty()) {
        notice(QStringLiteral("code"), CellText::tr("This Markdown output has no text."), CellText::tr("Show source"),
            toSource);
    }
    m_cell.appendRich(std::move(document), source, marks, region, outputGap);
}

// The part of the source that holds the open finding, where it stands beyond what of the output is read as a page.
std::optional<std::size_t> OutputBuilder::pageBeyond(int region, const RegionText& text) const
{
    const auto& request = m_cell.m_request;
    if (text.complete || text.utf8.empty() || !request.open) {
        return std::nullopt;
    }
    const auto at = request.document->analysis().facts.fromFile(m_cell.finding(*request.open).location.bytes).start;
    const auto end = text.map.toRaw(ByteRange{text.utf8.size() - 1, text.utf8.size()}).end;
    return at >= end && at < regionAt(region).bytes.end ? std::optional(request.document->pages(region).indexOf(at))
                                                        : std::nullopt;
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
    if (const auto page = pageBeyond(region, source)) {
        notice(QStringLiteral("code"),
            CellText::tr("HTML output as source: what was found stands beyond the part that is shown as text."), {},
            {});
        asText(region, *page);
        return;
    }
    auto document = formats::readHtml(source.utf8, {.forReaders = true});
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
    m_cell.appendRich(std::move(document), source, marks, region, outputGap);
}

void OutputBuilder::picture(int region)
{
    const auto& request = m_cell.m_request;
    const auto& analysis = request.document->pointer();
    PictureRequest wanted;
    wanted.analysis = analysis;
    wanted.place.kind = formats::ImagePlace::Kind::Output;
    wanted.place.region = region;
    wanted.place.cell = regionAt(region).cell;
    wanted.place.output = regionAt(region).output;
    auto facts = readPictureFacts(*analysis, wanted.place);
    if (!facts.refusal.isEmpty()) {
        notice(QStringLiteral("image"), facts.refusal, {}, {});
        return;
    }
    wanted.key = std::move(facts.key);
    wanted.size = facts.size;
    PlacedBlock placed;
    placed.block =
        std::make_unique<ImageBlock>(std::move(wanted), shownName(*analysis, regionAt(region).name), request.pictures);
    placed.gap = outputGap;
    placed.left = outputLeft;
    placed.region = region;
    m_cell.m_cell->add(std::move(placed));
}

void OutputBuilder::noPicture(int region)
{
    const auto name = shownName(m_cell.m_request.document->analysis(), regionAt(region).name);
    if (isBlankRegion(m_cell.m_request.document->analysis(), region)) {
        notice(QStringLiteral("image"), CellText::tr("Empty picture (%1): there is nothing in it.").arg(name), {}, {});
        return;
    }
    const Action toggle{asSource(region) ? Action::Kind::ShowRendered : Action::Kind::ShowSource, 0, region};
    notice(QStringLiteral("image"), CellText::tr("This picture cannot be shown: what stands there is no %1.").arg(name),
        asSource(region) ? CellText::tr("Hide source") : CellText::tr("Show source"), toggle);
    if (asSource(region) || m_pages.hasFindings(region)) {
        asText(region);
    }
}

} // namespace cupel::widgets
