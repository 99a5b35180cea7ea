// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/cell_builder.h"

#include "widgets/common/theme.h"
#include "widgets/models/shown_text.h"
#include "widgets/notebook/cell_text.h"
#include "widgets/notebook/notice_block.h"
#include "widgets/notebook/output_builder.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int sourceHead = 400; // lines of a source shown before the rest is folded
constexpr std::size_t textBytes = 16 << 20; // of a file that is not a notebook
constexpr qreal stripGap = 4;

QString countOf(const formats::Cell& cell)
{
    if (cell.kind != formats::CellKind::Code) {
        return {};
    }
    return cell.executionCount ? QStringLiteral("[%1]").arg(*cell.executionCount) : QStringLiteral("[ ]");
}

QString nameOf(const formats::Cell& cell, int index)
{
    switch (cell.kind) {
    case formats::CellKind::Code:
        return CellText::tr("Code cell %1").arg(index);
    case formats::CellKind::Markdown:
    case formats::CellKind::Heading:
        return CellText::tr("Text cell %1").arg(index);
    case formats::CellKind::Raw:
        return CellText::tr("Raw cell %1").arg(index);
    case formats::CellKind::Unknown:
        break;
    }
    return CellText::tr("Cell %1").arg(index);
}

QString moreLines(int count)
{
    return count == 1 ? CellText::tr("1 more line") : CellText::tr("%n more lines", nullptr, count);
}

const formats::Cell& cellOf(const CellRequest& request)
{
    return request.document->notebook()->cells[static_cast<std::size_t>(request.item->cell)];
}

} // namespace

CellBuilder::CellBuilder(const CellRequest& request)
    : m_request(request)
    , m_cell(std::make_unique<CellLayout>())
{
}

std::unique_ptr<CellLayout> CellBuilder::run()
{
    switch (m_request.item->kind) {
    case Item::Kind::Whole:
        buildWhole();
        break;
    case Item::Kind::Cell:
        buildCell();
        break;
    case Item::Kind::Text:
        buildText();
        break;
    }
    return std::move(m_cell);
}

RegionText CellBuilder::read(int region, std::size_t maxBytes) const
{
    return readMasked(m_request.document->analysis(), m_request.document->region(region), maxBytes, m_request.revealed);
}

RegionText CellBuilder::readHead(int region, std::size_t rawBytes) const
{
    auto head = m_request.document->region(region);
    const bool cut = head.bytes.size() > rawBytes;
    head.bytes.end = cut ? head.bytes.start + rawBytes : head.bytes.end;
    auto text = readMasked(m_request.document->analysis(), head, rawBytes, m_request.revealed);
    text.complete = text.complete && !cut;
    return text;
}

void CellBuilder::buildWhole()
{
    m_cell->name = CellText::tr("Notebook metadata");
    appendMissing();
}

void CellBuilder::buildText()
{
    m_cell->name = CellText::tr("Text");
    appendCode(read(m_request.item->region, textBytes), m_request.item->region, m_request.document->language(), true);
    appendMissing();
}

void CellBuilder::buildCell()
{
    const auto& cell = cellOf(m_request);
    m_cell->count = countOf(cell);
    m_cell->name = nameOf(cell, m_request.item->cell);
    if (m_request.view.folded) {
        buildFolded();
        return;
    }
    if (cell.sourceHidden) {
        PlacedBlock placed;
        placed.block = std::make_unique<NoticeBlock>(Notice{QStringLiteral("eye-off"),
            CellText::tr("The notebook hides this source from its readers."), {}, {}, false});
        m_cell->add(std::move(placed));
    }
    if (cell.source >= 0) {
        if (cell.kind == formats::CellKind::Markdown || cell.kind == formats::CellKind::Heading) {
            markdown(cell.source, cell.headingLevel);
        } else {
            const bool code = cell.kind == formats::CellKind::Code;
            appendCode(read(cell.source), cell.source, code ? m_request.document->language() : Language::Other, code);
        }
    }
    OutputBuilder(*this).run(cell);
    appendMissing();
}

void CellBuilder::buildFolded()
{
    const auto& cell = cellOf(m_request);
    QString first;
    int lines = 0;
    if (cell.source >= 0) {
        const ShownText text(read(cell.source, 64 << 10).utf8);
        first = text.string().section(u'\n', 0, 0).left(80);
        lines = static_cast<int>(text.string().count(u'\n')) + 1;
    }
    //: A folded cell: its first line, then how much there is
    const auto summary =
        CellText::tr("%1  (%2, %3)")
            .arg(first, CellText::lines(lines), CellText::outputs(static_cast<int>(cell.outputs.size())));
    PlacedBlock placed;
    placed.block = std::make_unique<NoticeBlock>(Notice{QStringLiteral("unfold-vertical"), summary,
        CellText::tr("Show"), {Action::Kind::Expand, 0, foldCellId}, false});
    m_cell->add(std::move(placed));
    appendMissing();
}

std::vector<CellBuilder::Placed> CellBuilder::findingsIn(int region, const RegionText& text) const
{
    std::vector<Placed> found;
    for (const auto& placed : m_request.item->findings) {
        if (placed.region == region && isShown(placed.finding)) {
            found.push_back({placed.finding,
                text.fromFile(m_request.document->analysis(), finding(placed.finding).location.bytes)});
        }
    }
    return found;
}

Mark CellBuilder::markOf(std::size_t index, int start, int end) const
{
    return {start, end, index, finding(index).severity};
}

void CellBuilder::appendCode(RegionText text, int region, Language language, bool numbers)
{
    const ShownText shown(text.utf8);
    auto data = std::make_shared<TextData>(splitLines(shown.string()));
    constexpr qsizetype longestColoured = 4 << 20;
    if ((language != Language::Other || numbers) && data->text.size() <= longestColoured) {
        data->spans = codeSpans(data->text, language);
    }
    std::vector<Mark> marks;
    for (const auto& placed : findingsIn(region, text)) {
        marks.push_back(markOf(placed.finding, shown.unit(placed.range.start), shown.unit(placed.range.end)));
    }
    data->setMarks(std::move(marks));
    m_cell->source = data->text;
    auto folds = isExpanded(region) ? std::vector<Fold>{} : foldsFor(*data, sourceHead, region);
    if (m_request.item->kind == Item::Kind::Text) {
        folds.clear(); // the file is what is being read
    }
    TextOptions options;
    options.boxed = true;
    options.left = numbers ? 0 : 12;
    options.region = region;
    options.numbers = numbers;
    appendLines(std::move(data), std::move(folds), options);
    if (!text.complete) {
        PlacedBlock placed;
        placed.gap = 4;
        placed.block = std::make_unique<NoticeBlock>(Notice{QStringLiteral("triangle-alert"),
            CellText::tr("Only the first %1 MB are shown here. All of it was checked.").arg(text.utf8.size() >> 20), {},
            {}, true});
        m_cell->add(std::move(placed));
    }
}

std::vector<Fold> CellBuilder::foldsFor(const TextData& data, int head, int id)
{
    const auto count = static_cast<int>(data.lines.size());
    if (count <= head + head / 4) { // not worth a fold
        return {};
    }
    return {{head, count, {}, id}};
}

// Takes the lines around findings out of the folds, then adds everything in order.
void CellBuilder::appendLines(std::shared_ptr<const TextData> data, std::vector<Fold> folds, const TextOptions& options)
{
    constexpr int context = 2;
    std::vector<std::pair<int, int>> kept; // ranges of lines that must show
    for (const auto& mark : data->marks) {
        const auto line = data->lineAt(mark.start);
        kept.emplace_back(line - context, line + context + 1);
    }
    int at = 0;
    const auto count = static_cast<int>(data->lines.size());
    auto next = kept.begin();
    for (const auto& fold : folds) {
        appendRange(data, at, fold.first, options);
        at = fold.first;
        while (at < fold.end) {
            while (next != kept.end() && next->second <= at) {
                ++next;
            }
            const auto until = next == kept.end() ? fold.end : std::clamp(next->first, at, fold.end);
            if (until > at) {
                appendFold({at, until, fold.text, fold.id}, options);
            }
            const auto shownEnd = next == kept.end() ? until : std::clamp(next->second, until, fold.end);
            appendRange(data, until, shownEnd, options);
            at = std::max(shownEnd, until);
        }
    }
    appendRange(data, at, count, options);
}

void CellBuilder::appendFold(const Fold& fold, const TextOptions& options)
{
    const auto text = fold.text.isEmpty() ? moreLines(fold.end - fold.first) : fold.text;
    PlacedBlock placed;
    placed.block =
        std::make_unique<NoticeBlock>(Notice{{}, text, CellText::tr("Show"), {Action::Kind::Expand, 0, fold.id}, false},
            options.numbers ? TextBlock::codeLeft : options.left);
    placed.boxed = options.boxed;
    placed.barred = options.barred;
    m_cell->add(std::move(placed));
}

void CellBuilder::appendRange(
    const std::shared_ptr<const TextData>& data, int first, int end, const TextOptions& options)
{
    const auto count = static_cast<int>(data->lines.size());
    auto mark = std::lower_bound(data->marks.begin(), data->marks.end(),
        first < count ? data->lines[static_cast<std::size_t>(first)].start : 0,
        [](const Mark& m, int start) { return m.start < start; });
    while (first < end) {
        // Up to and with the next line that carries findings.
        const auto stop = mark == data->marks.end() ? end : std::min(end, data->lineAt(mark->start) + 1);
        PlacedBlock placed;
        placed.block = std::make_unique<TextBlock>(data, first, stop, TextBlockStyle{options.numbers, options.left});
        placed.boxed = options.boxed;
        placed.barred = options.barred;
        placed.region = options.region;
        placed.gap = m_cell->blocks().empty() || m_cell->blocks().back().region == options.region ? 0 : options.gap;
        if (!m_cell->blocks().empty() && m_cell->blocks().back().finding) {
            placed.gap = stripGap;
        }
        m_cell->add(std::move(placed));
        while (mark != data->marks.end() && data->lineAt(mark->start) < stop) {
            appendStrip(mark->finding, options.boxed && stop < count);
            ++mark;
        }
        first = stop;
    }
}

void CellBuilder::appendStrip(std::size_t index, bool boxed, const QString& place)
{
    if (!m_placed.insert(index).second || !isShown(index)) {
        return;
    }
    const auto& source = finding(index);
    FindingFace face;
    face.index = index;
    face.severity = source.severity;
    face.confidence = source.confidence;
    face.title = shownText(source.title);
    face.message = shownText(source.message);
    face.rule = shownText(source.rule);
    face.place = place;
    face.open = m_request.open == index;
    if (face.open && m_request.position) {
        face.position = m_request.position(index);
    }
    PlacedBlock placed;
    placed.block = std::make_unique<FindingBlock>(std::move(face));
    placed.boxed = boxed;
    placed.left = boxed ? 34 : 0;
    placed.right = boxed ? 9 : 0;
    placed.gap = stripGap;
    placed.finding = index;
    m_cell->add(std::move(placed));
}

void CellBuilder::appendMissing()
{
    for (const auto& placed : m_request.item->findings) {
        QString place;
        switch (finding(placed.finding).location.part) {
        case Part::Metadata:
            place = m_request.item->kind == Item::Kind::Whole ? CellText::tr("notebook metadata")
                                                              : CellText::tr("cell metadata");
            break;
        case Part::Attachment:
            place = CellText::tr("attachment");
            break;
        case Part::Output:
            place = CellText::tr("output");
            break;
        case Part::Source:
        case Part::None:
            break;
        }
        appendStrip(placed.finding, false, place);
    }
}

std::unique_ptr<CellLayout> buildCell(const CellRequest& request)
{
    return CellBuilder(request).run();
}

qreal estimateCell(const ReviewDocument& document, const Item& item)
{
    constexpr double bytesPerLine = 36;
    const auto linesOf = [&](int region) {
        return region < 0 ? 0.0 : 1 + static_cast<double>(document.region(region).bytes.size()) / bytesPerLine;
    };
    const auto row = qreal(lineHeight(TextRole::Code));
    auto height = 16 + 44.0 * static_cast<double>(item.findings.size());
    if (item.kind == Item::Kind::Text) {
        return height + linesOf(item.region) * row;
    }
    if (item.kind != Item::Kind::Cell) {
        return height;
    }
    const auto& cell = document.notebook()->cells[static_cast<std::size_t>(item.cell)];
    height += std::min(linesOf(cell.source), 400.0) * row;
    for (const auto& output : cell.outputs) {
        double lines = 0;
        for (const auto region : output.regions) {
            const bool picture = document.region(static_cast<int>(region)).kind == RegionKind::Image;
            lines = std::max(lines, picture ? 16.0 : std::min(linesOf(static_cast<int>(region)), 40.0));
        }
        height += 8 + lines * row;
    }
    return height;
}

} // namespace cupel::widgets
