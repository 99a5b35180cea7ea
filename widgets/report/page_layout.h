// SPDX-License-Identifier: GPL-3.0-or-later
// Lays a report out on pages, block by block, so that a window can do it in slices between events and an export worker
// in one go. The result is used on the thread that made it.
#pragma once

#include "analyzers/model/report.h"
#include "widgets/report/pages.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cupel::widgets {

class BoxMaker;

// A piece that is never split over two pages. Coordinates are relative to its top left corner at the left margin.
struct Box {
    qreal before = 0; // space above, dropped at the top of a page
    qreal height = 0;
    bool keepWithNext = false; // where a page has room for all that keep together
    bool leads = false; // stands on the page of the next one, whatever else has to break
    std::vector<PageOp> ops;
    QString text;
    std::vector<std::string> anchors;
    std::vector<PageLink> links;
    // "page 7" at the right end of a row: filled in when all pages are known.
    struct PageNumber {
        QRectF area;
        std::string anchor;
        bool word = true; // "page 7" instead of "7"
    };
    std::vector<PageNumber> numbers;
};

class PageLayout {
public:
    PageLayout(report::Document document, PaperSize paper, const PaperFonts& fonts);
    ~PageLayout();
    PageLayout(const PageLayout&) = delete;
    PageLayout& operator=(const PageLayout&) = delete;

    // Lays out one more block, or some rows of a table. False when everything is done and `pages` is complete.
    bool step();
    [[nodiscard]] bool done() const { return m_done; }
    [[nodiscard]] const report::Document& document() const { return m_document; }
    [[nodiscard]] const Pages& pages() const { return m_pages; }
    [[nodiscard]] Pages take() { return std::move(m_pages); }

private:
    struct PlacedNumber {
        int page;
        Box::PageNumber number;
    };
    void openFirstPage();
    void openSection();
    void addContents();
    void addBlock(const report::Block& block);
    void addRows(const report::Table& table); // the next few
    void add(Box box); // queues while boxes want to stay with the next one
    void flush();
    void place(const Box& box);
    void breakPage();
    void closePages(); // some page numbers and footers; done when there are no more

    report::Document m_document;
    PaperFonts m_fonts;
    QRectF m_area;
    Pages m_pages;
    std::unique_ptr<BoxMaker> m_maker;
    std::vector<Box> m_pending;
    std::optional<Box> m_tableHead; // repeated on each page while a table is laid out
    std::vector<PlacedNumber> m_numbers;
    qreal m_y = 0; // next free place on the current page
    bool m_atTop = true;
    std::size_t m_section = 0;
    std::size_t m_block = 0;
    std::size_t m_row = 0; // of the table that is being laid out
    bool m_inFinding = false;
    bool m_sectionOpen = false;
    bool m_started = false;
    std::size_t m_numbersDone = 0;
    int m_footersDone = 0;
    bool m_done = false;
};

} // namespace cupel::widgets
