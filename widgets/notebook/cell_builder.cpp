// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/cell_builder.h"

#include "widgets/common/theme.h"
#include "widgets/models/shown_text.h"
#include "widgets/notebook/cell_text.h"
#include "widgets/notebook/notice_block.h"
#include "widgets/notebook/output_builder.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int sourceHead = 400; // lines of a source shown before the rest is folded
constexpr qreal stripGap = 4;
constexpr std::size_t wholePart = 1 << 20; // more than a part can hold

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
    auto text =
        readMasked(m_request.document->analysis(), m_request.document->region(region), maxBytes, m_request.revealed);
    if (text.utf8.size() > maxBytes) { // it comes in pieces
        auto end = maxBytes;
        while (end > 0 && (static_cast<unsigned char>(text.utf8[end]) & 0xC0) == 0x80) {
            --end;
        }
        text.utf8.resize(end);
        text.complete = false;
    }
    return text;
}

CellBuilder::PageText CellBuilder::readPage(int region, std::optional<std::size_t> page) const
{
    const auto chosen = m_request.view.pages.find(region);
    auto& pages = m_request.document->pages(region);
    PageText part;
    part.page = page.value_or(chosen == m_request.view.pages.end() ? 0 : chosen->second);
    if (!pages.has(part.page)) {
        part.page = 0;
    }
    const auto& found = pages.at(part.page);
    auto piece = m_request.document->region(region);
    piece.bytes = found.bytes;
    piece.form = found.form;
    part.firstLine = found.firstLine;
    part.text = readMasked(m_request.document->analysis(), piece, wholePart, m_request.revealed);
    part.more = pages.has(part.page + 1);
    part.count = pages.guessedCount();
    return part;
}

void CellBuilder::buildWhole()
{
    m_cell->name = CellText::tr("Notebook metadata");
    // What findings stand in is shown: whether names of authors may go nobody can say who does not see them.
    std::set<int> told;
    for (const auto& placed : m_request.item->findings) {
        if (placed.region >= 0 && isShown(placed.finding) && told.insert(placed.region).second) {
            appendCode(readPage(placed.region), placed.region, Language::Json, false);
        }
    }
    appendMissing();
}

void CellBuilder::buildText()
{
    m_cell->name = CellText::tr("Text");
    const auto& item = *m_request.item;
    auto part = readPage(item.region, item.page);
    const auto lastShown = item.page + 1 == m_request.document->items().size();
    const bool cut = part.more && lastShown;
    part.page = 0; // the other parts are items of their own
    part.more = false;
    appendCode(part, item.region, m_request.document->language(), true);
    if (cut) {
        PlacedBlock placed;
        placed.gap = 4;
        placed.block = std::make_unique<NoticeBlock>(Notice{QStringLiteral("triangle-alert"),
            CellText::tr("The rest of this file is not shown here. All of it was checked."), {}, {}, true});
        m_cell->add(std::move(placed));
    }
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
            appendCode(
                readPage(cell.source), cell.source, code ? m_request.document->language() : Language::Other, code);
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
        const auto part = readPage(cell.source, 0);
        const ShownText text(part.text.utf8);
        first = text.string().section(u'\n', 0, 0).left(80);
        lines = (static_cast<int>(text.string().count(u'\n')) + 1) * static_cast<int>(part.count);
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

// Of one finding all the places in a region, its own first: what it says of two columns is underlined twice.
std::vector<ByteRange> CellBuilder::placesOf(const PlacedFinding& placed, int region) const
{
    const auto& one = finding(placed.finding);
    std::vector<ByteRange> out;
    if (placed.region == region) {
        out.push_back(one.location.bytes);
    }
    if (region < 0 || m_request.item->kind != Item::Kind::Cell) {
        return out;
    }
    const auto inside = m_request.document->region(region).bytes;
    const auto cell = static_cast<std::size_t>(m_request.item->cell);
    for (std::size_t i = 0; i < std::min(mostPlaces, one.evidence.size()); ++i) {
        const auto& evidence = one.evidence[i];
        if (!isPlace(evidence) || evidence.location.artifact != one.location.artifact || evidence.location.cell != cell
            || evidence.location.bytes == one.location.bytes) {
            continue;
        }
        const auto range = m_request.document->analysis().facts.fromFile(evidence.location.bytes);
        if (inside.start <= range.start && range.end <= inside.end) {
            out.push_back(evidence.location.bytes);
        }
    }
    return out;
}

std::vector<CellBuilder::Placed> CellBuilder::findingsIn(int region, const RegionText& text) const
{
    std::vector<Placed> found;
    const auto take = [&](const PlacedFinding& placed) {
        for (const auto file : placesOf(placed, region)) {
            const auto range = m_request.document->analysis().facts.fromFile(file);
            const bool here = text.raw.empty() || text.raw.overlaps(range)
                || (range.start >= text.raw.start && range.start <= text.raw.end && range.empty());
            if (here && isShown(placed.finding)) {
                found.push_back({placed.finding, text.fromFile(m_request.document->analysis(), file)});
            }
        }
    };
    const auto& item = *m_request.item;
    std::for_each(item.findings.begin(), item.findings.end(), take);
    for (const auto finding : item.elsewhere) {
        take({finding, -1});
    }
    return found;
}

// Each finding once, in the line of its first place.
std::vector<CellLayout::Note> CellBuilder::notesOf(const std::vector<Mark>& marks, const QString& text)
{
    std::vector<CellLayout::Note> notes;
    for (const auto& mark : marks) {
        const auto same = [&](const CellLayout::Note& note) { return note.finding == mark.finding; };
        if (std::none_of(notes.begin(), notes.end(), same)) {
            const auto lines = QStringView(text).left(mark.start).count(u'\n');
            notes.push_back({static_cast<int>(lines), mark.finding});
        }
        if (notes.size() == static_cast<std::size_t>(mostStrips)) {
            break;
        }
    }
    std::stable_sort(notes.begin(), notes.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    return notes;
}

Mark CellBuilder::markOf(std::size_t index, int start, int end) const
{
    return {start, end, index, finding(index).severity};
}

void CellBuilder::appendCode(const PageText& part, int region, Language language, bool numbers)
{
    const auto& text = part.text;
    const ShownText shown(text.utf8);
    auto data = std::make_shared<TextData>(splitLines(shown.string(), part.firstLine));
    if (language != Language::Other || numbers) {
        data->spans = codeSpans(data->text, language);
    }
    std::vector<Mark> marks;
    for (const auto& placed : findingsIn(region, text)) {
        marks.push_back(markOf(placed.finding, shown.unit(placed.range.start), shown.unit(placed.range.end)));
    }
    m_cell->source = data->text;
    m_cell->notes = notesOf(marks, data->text);
    data->setMarks(std::move(marks));
    auto folds = isExpanded(region) || part.page > 0 ? std::vector<Fold>{} : foldsFor(*data, sourceHead, region);
    if (m_request.item->kind == Item::Kind::Text) {
        folds.clear(); // the file is what is being read
    }
    TextOptions options;
    options.boxed = true;
    options.left = numbers ? 0 : 12;
    options.region = region;
    options.numbers = numbers;
    appendLines(std::move(data), std::move(folds), options);
    appendPager(part, region, 0);
}

void CellBuilder::appendPager(const PageText& part, int id, qreal left)
{
    if (part.isWhole()) {
        return;
    }
    //: A text too long to be shown at once; the counts are numbers
    const auto words = part.more ? CellText::tr("Part %1 of about %2") : CellText::tr("Part %1 of %2");
    const auto number = [](std::size_t count) { return QLocale().toString(static_cast<qulonglong>(count)); };
    Notice notice{QStringLiteral("fold-vertical"), words.arg(number(part.page + 1), number(part.count)), {}, {}, false};
    const Action back{Action::Kind::ShowPage, 0, id, part.page - 1};
    const Action on{Action::Kind::ShowPage, 0, id, part.page + 1};
    notice.link = part.more ? CellText::tr("Next part") : CellText::tr("Previous part");
    notice.action = part.more ? on : back;
    if (part.more && part.page > 0) {
        notice.secondLink = CellText::tr("Previous part");
        notice.secondAction = back;
    }
    PlacedBlock placed;
    placed.block = std::make_unique<NoticeBlock>(std::move(notice), left);
    placed.gap = 4;
    m_cell->add(std::move(placed));
}

std::vector<Fold> CellBuilder::foldsFor(const TextData& data, int head, int id)
{
    constexpr int rowLength = 100; // of a long line, about
    const auto count = static_cast<int>(data.lines.size());
    int rows = 0;
    int first = 0;
    for (int line = 0; line < count && rows <= head + head / 4; ++line) {
        rows += 1 + data.lines[static_cast<std::size_t>(line)].length / rowLength;
        first = rows <= head ? line + 1 : first;
    }
    first = std::max(first, 1);
    if (rows <= head + head / 4 || first >= count) { // not worth a fold
        return {};
    }
    const bool sameLine =
        std::none_of(data.lines.begin() + first, data.lines.end(), [](const Line& line) { return line.number > 0; });
    return {{first, count, sameLine ? CellText::tr("The rest of a long line") : QString(), id}};
}

// Takes the lines around findings out of the folds, then adds everything in order.
void CellBuilder::appendLines(std::shared_ptr<const TextData> data, std::vector<Fold> folds, const TextOptions& options)
{
    constexpr int context = 2;
    std::vector<std::pair<int, int>> kept; // ranges of lines that must show
    int seen[2] = {}; // marks where a finding is told, and further ones
    for (const auto& mark : data->marks) {
        if (seen[mark.also]++ < mostStrips || m_request.open == mark.finding) {
            const auto line = data->lineAt(mark.start);
            kept.emplace_back(line - context, line + context + 1);
        }
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
        while (mark != data->marks.end() && (mark->also || !getsStrip(mark->finding))) {
            ++mark;
        }
        // Up to and with the next line that carries findings.
        const auto stop = mark == data->marks.end() ? end : std::min(end, data->lineAt(mark->start) + 1);
        PlacedBlock placed;
        placed.block = std::make_unique<TextBlock>(data, first, stop, TextBlockStyle{options.numbers, options.left});
        placed.boxed = options.boxed;
        placed.barred = options.barred;
        placed.right = options.boxed ? 9 : 0;
        placed.region = options.region;
        placed.gap = m_cell->blocks().empty() || m_cell->blocks().back().region == options.region ? 0 : options.gap;
        if (!m_cell->blocks().empty() && m_cell->blocks().back().finding) {
            placed.gap = stripGap;
        }
        m_cell->add(std::move(placed));
        for (; mark != data->marks.end() && data->lineAt(mark->start) < stop; ++mark) {
            mark->also ? void() : appendStrip(mark->finding, options.boxed && stop < count);
        }
        first = stop;
    }
}

bool CellBuilder::getsStrip(std::size_t index) const
{
    const auto& elsewhere = m_request.item->elsewhere; // told where they are first
    return (m_strips < mostStrips || m_request.open == index) && isShown(index) && m_placed.count(index) == 0
        && std::find(elsewhere.begin(), elsewhere.end(), index) == elsewhere.end();
}

void CellBuilder::appendStrip(std::size_t index, bool boxed, const QString& place)
{
    if (!getsStrip(index)) {
        return;
    }
    m_placed.insert(index);
    ++m_strips;
    const auto& source = finding(index);
    FindingFace face;
    face.index = index;
    face.severity = source.severity;
    face.confidence = source.confidence;
    face.title = shownText(source.title);
    face.message = shownText(source.message);
    face.rule = shownText(source.rule);
    face.place = place;
    if (m_request.standing) {
        const auto standing = m_request.standing(index);
        face.decided = standing.mark;
        face.settled = standing.settled;
    }
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
    int without = 0;
    for (const auto& placed : m_request.item->findings) {
        if (!getsStrip(placed.finding)) {
            without += isShown(placed.finding) && m_placed.count(placed.finding) == 0 ? 1 : 0;
            continue;
        }
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
    if (without > 0) {
        PlacedBlock placed;
        placed.gap = stripGap;
        placed.block = std::make_unique<NoticeBlock>(Notice{{},
            without == 1 ? CellText::tr("1 more finding in this cell. N goes to the next one.")
                         : CellText::tr("%n more findings in this cell. N goes to the next one.", nullptr, without),
            {}, {}, false});
        m_cell->add(std::move(placed));
    }
}

std::unique_ptr<CellLayout> buildCell(const CellRequest& request)
{
    return CellBuilder(request).run();
}

} // namespace cupel::widgets
