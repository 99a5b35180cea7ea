// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/report_view.h"

#include "widgets/common/states.h"
#include "widgets/report/page_preview.h"
#include "widgets/report/preview_bar.h"

#include <QtCore/QElapsedTimer>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QVBoxLayout>

#include <iterator>
#include <utility>

namespace cupel::widgets {

namespace {
constexpr qint64 sliceMilliseconds = 8; // per event loop turn: far below what a hand can feel
}

ReportView::ReportView(QWidget* parent)
    : View(parent)
{
    m_stack = new QStackedLayout(this);
    m_empty = new EmptyState(QStringLiteral("file-text"));
    m_empty->setMinimumWidth(480);
    sayNothingIsOpen();
    auto* holder = new QWidget;
    auto* centre = new QVBoxLayout(holder);
    centre->addWidget(m_empty, 0, Qt::AlignCenter);
    m_stack->addWidget(holder);

    auto* work = new QWidget;
    auto* row = new QHBoxLayout(work);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1); // the hairline between the regions
    m_options = new ReportOptions;
    row->addWidget(m_options);
    row->addWidget(buildPreview(), 1);
    m_stack->addWidget(work);
    m_slice.setInterval(0);
    wire();
    showCurrentPage();
}

ReportView::~ReportView() = default;

QWidget* ReportView::buildPreview()
{
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    m_preview = new PagePreview;
    m_bar = new PreviewBar;
    column->addWidget(m_bar);
    column->addWidget(m_preview, 1);
    return panel;
}

void ReportView::wire()
{
    connect(&m_slice, &QTimer::timeout, this, &ReportView::layOutSlice);
    connect(m_empty, &EmptyState::activated, this, [this] { Q_EMIT intent({Intent::Kind::OpenFiles, {}, {}}); });
    connect(m_options, &ReportOptions::layoutChanged, this, [this] {
        m_options->clearExported();
        scheduleLayout();
    });
    connect(m_options, &ReportOptions::profileChanged, this, &ReportView::profileChanged);
    connect(m_options, &ReportOptions::threatsChanged, this, &ReportView::threatsChanged);
    connect(m_options, &ReportOptions::exportPdfRequested, this, &ReportView::exportPdfRequested);
    connect(m_options, &ReportOptions::exportRequested, this, &ReportView::exportRequested);
    connect(m_bar, &PreviewBar::pageWanted, m_preview, &PagePreview::showPage);
    connect(m_bar, &PreviewBar::zoomWanted, m_preview, &PagePreview::zoomBy);
    connect(m_bar, &PreviewBar::fitWanted, m_preview, &PagePreview::fitPage);
    connect(m_bar, &PreviewBar::columnsWanted, m_preview, &PagePreview::setColumns);
    connect(m_bar, &PreviewBar::edited, this, &ReportView::showCurrentPage);
    connect(m_preview, &PagePreview::currentPageChanged, this, &ReportView::showCurrentPage);
    connect(m_preview, &PagePreview::zoomChanged, this, &ReportView::showCurrentPage);
}

void ReportView::setDocument(report::Document document)
{
    m_document = std::move(document);
    m_hasDocument = true;
    m_options->setSections(m_document.sections);
    m_options->clearExported();
    m_stack->setCurrentIndex(1);
    scheduleLayout();
}

void ReportView::clear()
{
    m_hasDocument = false;
    m_stale = false;
    m_document = {};
    m_layout.reset();
    m_preview->setPages(nullptr);
    if (const auto old = std::exchange(m_pages, nullptr)) {
        discard(std::move(*old));
    }
    m_options->setReady(false);
    m_options->clearExported();
    sayNothingIsOpen();
    m_stack->setCurrentIndex(0);
    showCurrentPage();
}

void ReportView::sayNothingIsOpen()
{
    m_empty->setState(
        tr("No report yet"), tr("Open a file or a folder. The report is made from its review."), tr("Open file…"));
}

void ReportView::showWaiting()
{
    if (!m_hasDocument) {
        m_empty->setState(tr("No report yet"), tr("The threat model is made first: the report tells of it."));
    }
}

report::Document ReportView::document() const
{
    report::Document chosen = m_document;
    std::erase_if(chosen.sections, [this](const report::Section& section) { return !m_options->wants(section.id); });
    return chosen;
}

void ReportView::scheduleLayout()
{
    m_stale = true;
    if (m_layout) {
        discard(m_layout->take());
        m_layout.reset();
    }
    if (m_hasDocument && isVisible()) {
        m_slice.start();
    }
    // An export takes the document, not the pages: it need not wait for the layout.
    m_options->setReady(m_hasDocument);
}

void ReportView::layOutSlice()
{
    if (m_stale && m_hasDocument) {
        m_stale = false;
        m_layout = std::make_unique<PageLayout>(document(), paper(), PaperFonts());
    }
    QElapsedTimer clock;
    clock.start();
    while (m_layout && clock.elapsed() < sliceMilliseconds) {
        if (!m_layout->step()) {
            finishLayout();
        }
    }
    while (!m_discarded.empty() && clock.elapsed() < sliceMilliseconds) {
        m_discarded.pop_back();
    }
    if (!m_layout && m_discarded.empty()) {
        m_slice.stop();
    }
}

void ReportView::finishLayout()
{
    const auto old = std::exchange(m_pages, std::make_shared<Pages>(m_layout->take()));
    m_layout.reset();
    m_options->setPageRanges(*m_pages);
    m_preview->setPages(m_pages);
    if (old) {
        discard(std::move(*old));
    }
    showCurrentPage();
    Q_EMIT layoutFinished(static_cast<int>(m_pages->pages.size()));
}

void ReportView::discard(Pages&& pages)
{
    m_discarded.insert(
        m_discarded.end(), std::make_move_iterator(pages.pages.begin()), std::make_move_iterator(pages.pages.end()));
    m_slice.start();
}

void ReportView::setExporting(bool exporting)
{
    m_options->setBusy(exporting);
}
void ReportView::showExported(const Exported& exported)
{
    m_options->showExported(exported);
}
void ReportView::takeFocus()
{
    m_preview->setFocus(Qt::ShortcutFocusReason);
}

QString ReportView::statusText() const
{
    const int count = m_preview->pageCount();
    return count == 0 ? QString() : tr("Page %1 of %2").arg(m_preview->currentPage() + 1).arg(count);
}

void ReportView::showCurrentPage()
{
    m_bar->showPlace(m_preview->currentPage(), m_preview->pageCount(), m_preview->zoom());
    Q_EMIT statusChanged(statusText());
}

void ReportView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    if (m_hasDocument && m_stale) {
        m_slice.start();
    }
}

void ReportView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    if (m_stack->currentIndex() == 0) {
        painter.fillRect(rect(), color(Token::Surface));
        return;
    }
    // Shows through the one pixel between options, header and desk.
    painter.fillRect(rect(), color(Token::Hairline));
    painter.fillRect(m_options->geometry(), color(Token::Window));
    painter.fillRect(QRect(0, height() - 57, m_options->width(), 1), color(Token::Hairline));
}

} // namespace cupel::widgets
