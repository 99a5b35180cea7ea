// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/page_layout.h"

#include "widgets/report/page_blocks.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

// The contents of a long report name the sections only, of a middling one the findings too; the bookmarks have all.
constexpr std::size_t allLimit = 42;
constexpr std::size_t findingsLimit = 120;
// A section begins on the page of the one before when there is this much room left, in parts of a page.
constexpr qreal roomForSection = 0.4;
constexpr std::size_t rowsPerStep = 16;

void shift(PageOp& op, QPointF by)
{
    struct Shifter {
        QPointF by;
        void operator()(GlyphsOp& o) const { o.at += by; }
        void operator()(FillOp& o) const { o.rect.translate(by); }
        void operator()(FrameOp& o) const { o.rect.translate(by); }
        void operator()(SignOp& o) const { o.box.translate(by); }
        void operator()(LogoOp& o) const { o.box.translate(by); }
        void operator()(LineOp& o) const { o.points.translate(by); }
    };
    std::visit(Shifter{by}, op);
}

} // namespace

PageLayout::PageLayout(report::Document document, PaperSize paper, const PaperFonts& fonts)
    : m_document(std::move(document))
    , m_fonts(fonts)
    , m_area(textArea(paper))
    , m_maker(std::make_unique<BoxMaker>(fonts, m_area.width()))
{
    m_pages.paper = paper;
    m_pages.outline = report::outlineOf(m_document);
}

PageLayout::~PageLayout() = default;

bool PageLayout::step()
{
    if (m_done) {
        return false;
    }
    if (!m_started) {
        m_started = true;
        openFirstPage();
        return true;
    }
    if (m_section == m_document.sections.size()) {
        closePages();
        return !m_done;
    }
    const report::Section& section = m_document.sections[m_section];
    if (!m_sectionOpen) {
        openSection();
    } else if (m_block < section.blocks.size()) {
        if (const auto* table = std::get_if<report::Table>(&section.blocks[m_block])) {
            addRows(*table);
        } else {
            addBlock(section.blocks[m_block++]);
        }
    } else {
        flush();
        m_sectionOpen = false;
        m_block = 0;
        if (++m_section == 1) {
            addContents();
        }
    }
    return true;
}

void PageLayout::openFirstPage()
{
    m_pages.pages.emplace_back();
    m_y = m_area.top();
    m_atTop = true;
    add(m_maker->title(m_document));
    if (m_document.sections.empty() || m_document.sections.front().id != "summary") {
        addContents();
    }
}

void PageLayout::openSection()
{
    const report::Section& section = m_document.sections[m_section];
    const std::string number = std::to_string(m_section + 1);
    m_sectionOpen = true;
    m_maker->startSection(number);
    if (section.id == "summary" && m_section == 0) {
        // The summary stands below the title, without a heading of its own.
        Box anchor;
        anchor.anchors.push_back(report::sectionAnchor(section));
        anchor.keepWithNext = true;
        add(std::move(anchor));
        return;
    }
    flush();
    // The first section after the contents, and one with little room left, begins on a new page.
    if (m_section < 2 || section.ownPage || m_area.bottom() - m_y < m_area.height() * roomForSection) {
        breakPage();
    }
    add(m_maker->sectionHeading(section, number));
}

void PageLayout::addContents()
{
    if (std::any_of(m_numbers.begin(), m_numbers.end(), [](const PlacedNumber& n) { return !n.number.word; })
        || m_document.sections.size() < 2) {
        return; // there already, or not worth a page
    }
    flush();
    if (m_section > 0) {
        breakPage();
    }
    add(m_maker->contentsHeading());
    const auto& outline = m_pages.outline;
    const auto important = [](const report::OutlineEntry& entry) { return entry.level == 1 || entry.severity >= 0; };
    const bool all = outline.size() <= allLimit;
    const bool findings =
        static_cast<std::size_t>(std::count_if(outline.begin(), outline.end(), important)) <= findingsLimit;
    for (const report::OutlineEntry& entry : outline) {
        if (all || entry.level == 1 || (findings && important(entry))) {
            add(m_maker->contentsRow(entry));
        }
    }
    flush();
}

void PageLayout::addBlock(const report::Block& block)
{
    // The blocks of a finding stay together where a page has room for them.
    const auto& blocks = m_document.sections[m_section].blocks;
    if (const auto* heading = std::get_if<report::Heading>(&block)) {
        m_inFinding = heading->severity >= 0;
    }
    const bool more = m_block < blocks.size() && !std::holds_alternative<report::Heading>(blocks[m_block]);
    // What stands over a drawing explains it.
    const bool pictured = m_block < blocks.size() && std::holds_alternative<report::Drawing>(blocks[m_block])
        && !std::holds_alternative<report::Drawing>(block);
    std::optional<Box> last; // held back by one, because it may have to keep with the next block
    m_maker->make(block, [&](Box box) {
        if (last) {
            add(std::move(*last));
        }
        last = std::move(box);
    });
    if (last) {
        last->keepWithNext = last->keepWithNext || pictured || (m_inFinding && more);
        add(std::move(*last));
    }
}

void PageLayout::addRows(const report::Table& table)
{
    const std::size_t end = std::min(m_row + rowsPerStep, table.rows.size());
    if (m_row == 0) {
        Box head = m_maker->tableRow(table, table.header, true);
        head.before = pt(6);
        head.keepWithNext = head.leads = !table.rows.empty();
        add(std::move(head));
    }
    for (; m_row < end; ++m_row) {
        add(m_maker->tableRow(table, table.rows[m_row], false));
        if (m_row == 0) {
            m_tableHead = m_maker->tableRow(table, table.header, true); // from the next page on
        }
    }
    if (m_row == table.rows.size()) {
        m_tableHead.reset();
        m_row = 0;
        ++m_block;
    }
}

void PageLayout::add(Box box)
{
    const bool keep = box.keepWithNext;
    m_pending.push_back(std::move(box));
    if (!keep) {
        flush();
    }
}

void PageLayout::flush()
{
    qreal height = 0;
    for (const Box& box : m_pending) {
        height += box.height + (m_atTop && height == 0 ? 0 : box.before);
    }
    const qreal room = m_area.bottom() - m_y;
    const bool longChain = height > m_area.height() * 0.5; // moving it would leave half a page white
    if (!m_atTop && height > room && (!longChain || room < m_area.height() * 0.2)) {
        breakPage();
        if (m_tableHead) {
            place(*m_tableHead);
        }
    }
    std::vector<Box> pending;
    pending.swap(m_pending);
    std::size_t counted = 0; // boxes in front of this one stand where those are that lead to them
    for (std::size_t i = 0; i < pending.size(); ++i) {
        if (i >= counted) {
            // A chain longer than a page has to break somewhere, but not behind a heading.
            qreal needed = pending[i].before + pending[i].height;
            std::size_t last = i;
            while (pending[last].leads && last + 1 < pending.size()) {
                ++last;
                needed += pending[last].before + pending[last].height;
            }
            if (!m_atTop && m_y + needed > m_area.bottom()) {
                breakPage();
            }
            counted = needed <= m_area.height() ? last + 1 : i + 1;
        }
        place(pending[i]);
    }
}

void PageLayout::place(const Box& box)
{
    m_y += m_atTop ? 0 : box.before;
    const QPointF origin(m_area.left(), m_y);
    const int index = static_cast<int>(m_pages.pages.size()) - 1;
    Page& page = m_pages.pages.back();
    for (PageOp op : box.ops) {
        shift(op, origin);
        page.ops.push_back(std::move(op));
    }
    page.text += box.text;
    for (const PageLink& link : box.links) {
        page.links.push_back({link.area.translated(origin), link.anchor});
    }
    for (const std::string& anchor : box.anchors) {
        m_pages.targets.try_emplace(anchor, PageTarget{index, m_y});
    }
    for (Box::PageNumber number : box.numbers) {
        number.area.translate(origin);
        m_numbers.push_back({index, std::move(number)});
    }
    m_y += box.height;
    m_atTop = m_atTop && box.height == 0;
}

void PageLayout::breakPage()
{
    if (m_atTop) {
        return;
    }
    m_pages.pages.emplace_back();
    m_y = m_area.top();
    m_atTop = true;
}

void PageLayout::closePages()
{
    flush();
    auto& pages = m_pages.pages;
    for (std::size_t n = 0; n < rowsPerStep && m_numbersDone < m_numbers.size(); ++n) {
        const PlacedNumber& placed = m_numbers[m_numbersDone++];
        const auto target = m_pages.targets.find(placed.number.anchor);
        if (target != m_pages.targets.end()) {
            m_maker->pageNumber(placed.number, target->second.page, pages[static_cast<std::size_t>(placed.page)]);
        }
    }
    if (m_numbersDone < m_numbers.size()) {
        return;
    }
    const int count = static_cast<int>(pages.size());
    const QRectF area(m_area.left(), m_area.bottom() + pt(18), m_area.width(), pt(16));
    for (std::size_t n = 0; n < rowsPerStep && m_footersDone < count; ++n, ++m_footersDone) {
        m_maker->footer(m_document, m_footersDone, count, area, pages[static_cast<std::size_t>(m_footersDone)]);
    }
    if (m_footersDone == count) {
        m_pages.missing = m_maker->missing();
        m_done = true;
    }
}

} // namespace cupel::widgets
