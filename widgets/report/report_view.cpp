// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/report_view.h"

#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/report/page_preview.h"

#include <QtCore/QElapsedTimer>
#include <QtGui/QActionGroup>
#include <QtGui/QIntValidator>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
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
    m_empty->setState(
        tr("No report yet"), tr("Open a file or a folder. The report is made from its review."), tr("Open file…"));
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
    column->addWidget(buildHeader());
    column->addWidget(m_preview, 1);
    return panel;
}

QWidget* ReportView::buildHeader()
{
    auto* header = new QWidget;
    header->setFixedHeight(47);
    header->setAutoFillBackground(true);
    header->setBackgroundRole(QPalette::Base);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(4);
    row->addWidget(new Label(tr("Preview"), TextRole::Base, Token::TextPrimary, true));
    row->addSpacing(4);
    auto* note = new ElidedLabel(tr("pages drawn here are the pages exported"), TextRole::Small, Token::TextMuted);
    row->addWidget(note, 1);
    m_back = new IconButton(QStringLiteral("chevron-left"), tr("Previous page"));
    m_next = new IconButton(QStringLiteral("chevron-right"), tr("Next page"));
    m_page = new QLineEdit;
    m_page->setAlignment(Qt::AlignHCenter);
    m_page->setFixedWidth(44);
    m_page->setAccessibleName(tr("Page"));
    m_page->setValidator(new QIntValidator(1, 99999, m_page));
    m_count = new Label(QString(), TextRole::Small, Token::TextSecondary);
    m_smaller = new IconButton(QStringLiteral("minus"), tr("Smaller"));
    m_larger = new IconButton(QStringLiteral("plus"), tr("Larger"));
    for (QWidget* fixed : std::initializer_list<QWidget*>{m_count, m_page}) {
        fixed->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    m_zoom = new QPushButton;
    m_zoom->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_zoom->setFlat(true);
    m_zoom->setToolTip(plainToolTip(tr("Fit whole pages")));
    m_columns = new QPushButton(tr("Two pages"));
    m_columns->setFlat(true);
    m_columns->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* menu = new QMenu(m_columns);
    auto* group = new QActionGroup(menu);
    for (const int count : {1, 2}) {
        QAction* action = menu->addAction(count == 1 ? tr("One page") : tr("Two pages"));
        action->setCheckable(true);
        action->setChecked(count == 2);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, action, count] {
            m_preview->setColumns(count);
            m_columns->setText(action->text());
        });
    }
    m_columns->setMenu(menu);
    for (QWidget* widget :
        std::initializer_list<QWidget*>{m_back, m_page, m_count, m_next, m_smaller, m_zoom, m_larger, m_columns}) {
        row->addWidget(widget);
    }
    row->insertSpacing(row->indexOf(m_smaller), 8);
    row->insertSpacing(row->indexOf(m_columns), 8);
    return header;
}

void ReportView::wire()
{
    connect(&m_slice, &QTimer::timeout, this, &ReportView::layOutSlice);
    connect(m_empty, &EmptyState::activated, this, [this] { Q_EMIT intent({Intent::Kind::OpenFiles, {}, {}}); });
    connect(m_options, &ReportOptions::layoutChanged, this, [this] {
        m_options->clearExported();
        scheduleLayout();
    });
    connect(m_options, &ReportOptions::exportPdfRequested, this, &ReportView::exportPdfRequested);
    connect(m_options, &ReportOptions::exportRequested, this, &ReportView::exportRequested);
    connect(m_back, &QToolButton::clicked, this, [this] { m_preview->showPage(m_preview->currentPage() - 1); });
    connect(m_next, &QToolButton::clicked, this, [this] { m_preview->showPage(m_preview->currentPage() + 1); });
    connect(m_smaller, &QToolButton::clicked, this, [this] { m_preview->zoomBy(-1); });
    connect(m_larger, &QToolButton::clicked, this, [this] { m_preview->zoomBy(1); });
    connect(m_zoom, &QPushButton::clicked, m_preview, &PagePreview::fitPage);
    connect(m_page, &QLineEdit::returnPressed, this, [this] { m_preview->showPage(m_page->text().toInt() - 1); });
    connect(m_page, &QLineEdit::editingFinished, this, &ReportView::showCurrentPage);
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
    m_stack->setCurrentIndex(0);
    showCurrentPage();
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
    const int count = m_preview->pageCount();
    const int page = m_preview->currentPage();
    m_page->setText(count == 0 ? QString() : QString::number(page + 1));
    m_count->setText(count == 0 ? tr("Laying out pages") : tr("of %1").arg(count));
    m_back->setEnabled(page > 0);
    m_next->setEnabled(page + 1 < count);
    m_page->setEnabled(count > 0);
    m_zoom->setText(tr("%1 %").arg(qRound(m_preview->zoom() * 100)));
    m_zoom->setAccessibleName(tr("Zoom %1 percent, fit whole pages").arg(qRound(m_preview->zoom() * 100)));
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
