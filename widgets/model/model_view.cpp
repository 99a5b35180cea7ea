// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/model_view.h"

#include "analyzers/convert/strip.h"

#include "widgets/common/buttons.h"
#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/model/answer_row.h"
#include "widgets/model/byte_view.h"
#include "widgets/model/graph_page.h"
#include "widgets/model/model_tables.h"
#include "widgets/model/object_page.h"
#include "widgets/model/part_counts.h"
#include "widgets/model/program_lists.h"
#include "widgets/model/tensor_table.h"
#include "widgets/model/text_page.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QEvent>
#include <QtCore/QLocale>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr int stackedBelow = 600; // of the canvas: the program goes under the disassembly

// With the padding of the region around it.
QWidget* padded(QWidget* content)
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(12, 8, 12, 0);
    column->addWidget(content);
    box->setFocusProxy(content);
    return box;
}

QWidget* titled(LineList* list, const QString& title, const QString& hint)
{
    auto* box = new QWidget;
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 4, 16, 4);
    head->addWidget(new SectionLabel(title, box));
    head->addStretch(1);
    head->addWidget(new Label(hint, TextRole::Small, Token::TextMuted, false, box));
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(list, 1);
    return box;
}

} // namespace

ModelView::ModelView(ModelState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Model file"));
    m_empty = new EmptyState(QStringLiteral("box"), this);
    auto* nothing = centredPage(m_empty, this);

    m_outcome = new OutcomeBand(this);
    m_outcome->hide();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(1);
    m_stack = new QStackedLayout;
    all->addLayout(m_stack, 1);
    all->addWidget(m_outcome);
    m_stack->addWidget(nothing);
    m_stack->addWidget(makeContent());
    fitParts();
    connect(m_tabs, &QTabBar::currentChanged, this, &ModelView::showTab);
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int tab) {
        if (tab >= 0) { // beside all of them is none
            showTab(tab); // also the one that a text stands in front of
        }
    });
    connect(m_empty, &StateCard::activated, this, [this] { Q_EMIT intent({Intent::Kind::OpenFiles, {}, {}}); });
    connect(&state, &ModelState::readingChanged, this, &ModelView::update);
    connect(&state, &ModelState::otherShown, this, [this] { m_area->verticalScrollBar()->setValue(0); });
    connect(&state, &ModelState::textWanted, this, &ModelView::showText);
    connect(&state, &ModelState::selectionChanged, this, [this] {
        const ByteRange bytes = m_state.selection();
        QMetaObject::invokeMethod(this, &ModelView::keepOpcodeInSight, Qt::QueuedConnection); // once it is laid out
        m_bytesFacts->setText(bytes.empty()
                ? QString()
                : tr("%1 to %2, %n byte(s) selected", nullptr,
                      static_cast<int>(std::min<std::uint64_t>(bytes.size(), 2'000'000'000)))
                      .arg(offsetText(bytes.start), offsetText(bytes.end)));
    });
    update();
}

QWidget* ModelView::makeContent()
{
    auto* content = new QWidget(this);
    m_answers = new AnswerRow(content);
    connect(m_answers, &AnswerRow::chosen, this, [this](std::size_t card) {
        const ModelAnswer answer = m_answers->answers()[card]; // they are others when it is shown
        Q_EMIT m_state.findingChosen(QString::fromStdString(answer.artifact), answer.finding);
    });
    m_tabs = new QTabBar(content);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setAccessibleName(tr("Parts of the file"));
    makePages();
    auto* cards = new QHBoxLayout;
    cards->setContentsMargins(12, 8, 12, 4);
    cards->addWidget(m_answers);
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(12, 0, 12, 0);
    tabRow->addWidget(m_tabs, 1);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(cards);
    column->addLayout(tabRow);
    column->addWidget(m_pages, 1);
    // Large text needs more height than a window may have: then this scrolls, over the bytes, which stay in sight.
    m_area = new QScrollArea(this);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->viewport()->setAutoFillBackground(false);
    m_area->setWidget(content);
    content->setAutoFillBackground(false); // which the area has switched on
    connect(qApp, &QApplication::focusChanged, m_area, [area = m_area](QWidget* /*old*/, QWidget* now) {
        if (now && area->isAncestorOf(now)) {
            area->ensureWidgetVisible(now, 0, 0); // who got the keyboard is seen
        }
    });
    auto* split = new QSplitter(Qt::Vertical, this);
    split->setChildrenCollapsible(false);
    split->addWidget(m_area);
    split->addWidget(makeBytes());
    split->setStretchFactor(0, 5);
    split->setStretchFactor(1, 2);
    split->setSizes({640, 220});
    auto* whole = new QWidget(this);
    auto* parts = new QVBoxLayout(whole);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    parts->addWidget(makeHeader());
    parts->addWidget(split, 1);
    return whole;
}

QWidget* ModelView::makeHeader()
{
    auto* header = new QWidget(this);
    m_sign = new QLabel(header);
    m_sign->setPixmap(icon(QStringLiteral("box")).pixmap(QSize(20, 20)));
    m_title = new ElidedLabel({}, TextRole::Base, Token::TextPrimary, true, header);
    m_title->setElideMode(Qt::ElideMiddle);
    m_facts = new ElidedLabel({}, TextRole::Small, Token::TextMuted, false, header);
    m_facts->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* row = new QHBoxLayout(header);
    m_header = row;
    row->setContentsMargins(16, 8, 12, 4);
    row->setSpacing(8);
    row->addWidget(m_sign);
    m_convert = new QPushButton(icon(QStringLiteral("file-down")), tr("Convert to safetensors\u2026"), header);
    m_convert->setAccessibleName(m_convert->text());
    setSmall(m_convert);
    connect(m_convert, &QPushButton::clicked, this, &ModelView::convertRequested);
    row->addWidget(m_title);
    row->addWidget(m_facts, 1);
    row->addWidget(m_convert);
    m_strip = new QPushButton(icon(QStringLiteral("shield-check")), tr("Write a stripped copy\u2026"), header);
    m_strip->setAccessibleName(m_strip->text());
    setSmall(m_strip);
    m_strip->setToolTip(plainToolTip(tr("A copy without hidden bytes, metadata and poisoned templates")));
    m_strip->setAccessibleDescription(tr("A copy without hidden bytes, metadata and poisoned templates"));
    connect(m_strip, &QPushButton::clicked, this, &ModelView::stripRequested);
    row->addWidget(m_strip);
    return header;
}

QWidget* ModelView::makeBytes()
{
    m_bytes = new QWidget(this);
    auto* title = new SectionLabel(tr("Bytes"), m_bytes);
    m_bytesFacts = new Label({}, TextRole::Small, Token::TextMuted, false, m_bytes);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 4, 16, 4);
    head->setSpacing(12);
    head->addWidget(title);
    head->addWidget(m_bytesFacts);
    head->addStretch(1);
    auto* strip = new QHBoxLayout;
    strip->setContentsMargins(16, 4, 16, 8);
    strip->addWidget(new CoverageStrip(m_state, m_bytes));
    auto* column = new QVBoxLayout(m_bytes);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(new ByteList(m_state, m_bytes), 1);
    column->addLayout(strip);
    return m_bytes;
}

QWidget* ModelView::makeProgram()
{
    m_program = new QSplitter(Qt::Horizontal);
    m_program->setChildrenCollapsible(false);
    m_program->addWidget(titled(new OpcodeList(m_state), tr("Disassembly"), {}));
    m_program->addWidget(titled(new ProgramList(m_state), tr("What loading does"), tr("readable form, never run")));
    m_program->setSizes({352, 380});
    return m_program;
}

void ModelView::makePages()
{
    m_pages = new QStackedWidget(this);
    m_tensors = new TensorTable(m_state);
    m_graph = new GraphPage(m_state);
    m_objects = new ObjectPage(m_state);
    m_lines = new TextPage(m_state);
    connect(m_graph, &GraphPage::exportRequested, this, &ModelView::graphExportRequested);
    auto* members = new FactTable(
        m_state, tr("Members"), {tr("Member"), tr("What it is"), tr("Tensors"), tr("Size"), tr("Read")}, memberRows);
    members->setAccessibleDescription(tr("Enter opens a member"));
    auto* metadata = new FactTable(m_state, tr("Metadata"), {tr("Key"), tr("Value")}, metadataRows);
    metadata->setAccessibleDescription(tr("Enter shows the whole value"));
    connect(metadata, &FactTable::opened, &m_state, &ModelState::textWanted);
    auto* loaders = new FactTable(
        m_state, tr("What loaders would do"), {tr("Loader"), tr("It"), tr("Why"), tr("Known holes")}, loaderRows);
    loaders->setWraps();
    m_all = {
        {QStringLiteral("members"), tr("Members"), padded(members), membersOf},
        {QStringLiteral("program"), tr("Program"), makeProgram(), streamsOf, false},
        {QStringLiteral("imports"), tr("Imports"),
            new FactTable(m_state, tr("Names the file asks for"),
                {tr("Name"), tr("What it is"), tr("How"), tr("Times")}, importRows),
            importsOf},
        {QStringLiteral("loaders"), tr("Loaders"), padded(loaders), loadersOf, false},
        {QStringLiteral("objects"), tr("Objects"), m_objects, objectsOf},
        {QStringLiteral("tensors"), tr("Tensors"), m_tensors, tensorsOf},
        {QStringLiteral("graph"), tr("Graph"), m_graph, graphOf, false},
        {QStringLiteral("metadata"), tr("Metadata"), padded(metadata), metadataOf},
        {QStringLiteral("operators"), tr("Operators"),
            padded(new FactTable(m_state, tr("Operators"), {tr("Operator"), tr("Domain"), tr("Times")}, operatorRows)),
            operatorsOf},
        {QStringLiteral("references"), tr("Other files"),
            padded(new FactTable(m_state, tr("Other files it opens"), {tr("Target"), tr("What it is")}, referenceRows)),
            referencesOf},
        {QStringLiteral("text"), tr("Text"), m_lines, linesOf, false},
    };
    for (const Page& page : m_all) {
        m_pages->addWidget(page.widget);
    }
    auto* words = new Label(tr("This part of the file is shown as bytes only."), TextRole::Base, Token::TextMuted);
    words->setAlignment(Qt::AlignCenter);
    words->setWordWrap(true);
    m_nothing = words;
    m_pages->addWidget(m_nothing);
    m_text = new TextPage(m_state);
    m_pages->addWidget(m_text);
    connect(m_text, &TextPage::closed, this, [this] {
        showTab(m_tabs->currentIndex());
        takeFocus();
    });
}

void ModelView::showText(int row)
{
    if (m_text->show(static_cast<std::size_t>(row))) {
        m_pages->setCurrentWidget(m_text);
        m_text->setFocus(Qt::ShortcutFocusReason);
    }
}

void ModelView::showTab(int tab)
{
    if (m_filling) {
        return;
    }
    if (tab < 0 || static_cast<std::size_t>(tab) >= m_shown.size()) {
        m_pages->setCurrentWidget(m_nothing);
        return;
    }
    const Page& page = m_all[m_shown[static_cast<std::size_t>(tab)]];
    m_chosen = page.name;
    const bool other = hasFocusIn(m_pages) && !page.widget->isAncestorOf(QApplication::focusWidget());
    m_pages->setCurrentWidget(page.widget);
    if (other) {
        pageTarget()->setFocus(Qt::OtherFocusReason);
    }
}

void ModelView::update()
{
    const auto& reading = m_state.reading();
    // Where nothing is shown it stands for the whole; else its parts have the keyboard, one after another.
    setFocusPolicy(reading ? Qt::NoFocus : Qt::TabFocus);
    QWidget* had = hasFocusIn(m_pages) ? QApplication::focusWidget() : nullptr;
    const bool here = hasFocus() || hasFocusIn(this) || !QApplication::focusWidget();
    const bool waiting = m_wantsFocus || (m_stack->currentIndex() == 0 && m_empty->button()->hasFocus());
    const bool back = m_lostFocus && here;
    m_lostFocus = !reading && (had || back); // the next file gets it back
    m_stack->setCurrentIndex(reading ? 1 : 0);
    if (!reading) {
        updateEmpty();
        return;
    }
    const Analysis& analysis = *reading->analysis;
    m_lines->showFile();
    m_title->setFullText(shownText(reading->names(analysis.artifact.path.substr(
        reading->file->artifact.path.size() - shownFileName(reading->file->artifact.path).toStdString().size()))));
    const QString kind = analysis.facts.model && !analysis.facts.model->kind.empty()
        ? shownText(reading->names(analysis.facts.model->kind))
        : shownFormat(analysis);
    m_facts->setFullText(tr("%1, %2").arg(kind, shownSize(analysis.size)));
    m_answers->setAnswers(reading->answers);
    m_convert->setVisible(reading->conversion || !reading->conversionRefusal.isEmpty());
    m_convert->setEnabled(reading->conversion != nullptr);
    m_strip->setVisible(convert::canStrip(reading->file->facts.format));
    fitHeader();
    const QString why = reading->conversion ? tr("The same tensors in a form that cannot run code")
                                            : tr("Not converted: %1").arg(reading->conversionRefusal);
    m_convert->setToolTip(plainToolTip(why));
    m_convert->setAccessibleDescription(why);
    m_filling = true;
    while (m_tabs->count() > 0) {
        m_tabs->removeTab(0);
    }
    m_shown.clear();
    int wanted = 0;
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        const auto count = m_all[i].count(*reading);
        if (count == 0) {
            continue;
        }
        wanted = m_all[i].name == m_chosen ? static_cast<int>(m_shown.size()) : wanted;
        m_shown.push_back(i);
        m_tabs->addTab(m_all[i].counted
                ? tr("%1 %2").arg(m_all[i].title, QLocale().toString(static_cast<qulonglong>(count)))
                : m_all[i].title);
    }
    m_tabs->setVisible(!m_shown.empty());
    m_filling = false;
    const QString chosen = m_chosen;
    m_tabs->setCurrentIndex(m_shown.empty() ? -1 : wanted);
    showTab(m_tabs->currentIndex());
    m_chosen = chosen; // what somebody chose, not what this file happens to have
    if (back || (had && !m_pages->currentWidget()->isAncestorOf(had))) {
        pageTarget()->setFocus(Qt::OtherFocusReason); // the stack gives it to the first field of the new page
    }
    if (waiting) {
        takeFocus();
    }
}

// In large text the list goes on below what is seen of it: who walks on scrolls as far as the chosen row needs.
void ModelView::keepOpcodeInSight()
{
    auto* list = m_program->findChild<OpcodeList*>();
    if (std::exchange(m_atTop, false) || m_pages->currentWidget() != m_program || m_state.selection().empty()
        || !list->isVisible()) {
        return;
    }
    const QRect row = list->rowRect(list->currentRow());
    if (!row.isEmpty()) {
        const QPoint middle = list->viewport()->mapTo(m_area->widget(), QPoint(0, row.center().y()));
        m_area->ensureVisible(0, middle.y(), 0, row.height() / 2 + 1);
    }
}

// A list shows some rows, and the chosen tensor its numbers below them, at every size of text.
void ModelView::fitParts()
{
    const bool stacked = width() < zoomed(stackedBelow);
    const int rows = stacked ? 13 : 9;
    m_pages->setMinimumHeight(rows * (lineHeight(TextRole::Base) + 8));
    m_program->setOrientation(stacked ? Qt::Vertical : Qt::Horizontal);
}

// The name comes first: what the file is ends in a sign of more, and buttons are called shorter, before it does.
void ModelView::fitHeader()
{
    const QFontMetrics metrics(widgets::font(TextRole::Base, true));
    const int wanted = metrics.horizontalAdvance(m_title->fullText()) + 2;
    const auto taken = [this] {
        const auto margins = m_header->contentsMargins();
        int sum = margins.left() + margins.right() + m_sign->sizeHint().width() + 2 * m_header->spacing();
        for (auto* button : {m_convert, m_strip}) {
            sum += button->isHidden() ? 0 : button->sizeHint().width() + m_header->spacing();
        }
        return sum;
    };
    m_convert->setText(m_convert->accessibleName());
    m_strip->setText(m_strip->accessibleName());
    if (taken() + wanted > width()) {
        m_convert->setText(tr("Convert\u2026", "to safetensors"));
        m_strip->setText(tr("Strip\u2026", "a copy of the model"));
    }
    m_title->setFixedWidth(std::clamp(width() - taken(), 40, std::max(40, wanted)));
}

void ModelView::updateEmpty()
{
    if (m_state.preparing()) {
        m_empty->setState(tr("Preparing the file"), tr("Its parts are listed in a moment."));
    } else {
        m_empty->setState(tr("No model here"),
            tr("Open a pickle, a checkpoint, an array or another model file, or drop one here. It is taken apart, "
               "never loaded."),
            tr("Open file\u2026"));
    }
}

// What has the keyboard in the page that is shown: never a field that would swallow the letters of shortcuts.
QWidget* ModelView::pageTarget() const
{
    QWidget* page = m_pages->currentWidget();
    return page == m_program ? page->findChild<OpcodeList*>()
        : page == m_tensors  ? m_tensors->table()
        : page == m_nothing  ? static_cast<QWidget*>(m_bytes->findChild<ByteList*>())
                             : page;
}

void ModelView::takeFocus()
{
    m_wantsFocus = m_stack->currentIndex() == 0;
    if (m_wantsFocus) {
        (m_empty->button()->isHidden() ? static_cast<QWidget*>(this) : m_empty->button())
            ->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    pageTarget()->setFocus(Qt::ShortcutFocusReason);
    m_area->verticalScrollBar()->setValue(0); // the answers come first, whoever has the keyboard
    m_atTop = true;
}

bool ModelView::takeFilter()
{
    if (m_stack->currentIndex() != 0 && m_pages->currentWidget() == m_objects) {
        m_objects->takeFilter();
        return true;
    }
    const auto at = std::find_if(
        m_shown.begin(), m_shown.end(), [this](std::size_t page) { return m_all[page].widget == m_tensors; });
    if (m_stack->currentIndex() == 0 || at == m_shown.end()) {
        return false;
    }
    m_tabs->setCurrentIndex(static_cast<int>(at - m_shown.begin()));
    m_tensors->filter()->setFocus(Qt::ShortcutFocusReason);
    m_tensors->filter()->selectAll();
    return true;
}

void ModelView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_sign) {
        m_sign->setPixmap(icon(QStringLiteral("box")).pixmap(QSize(20, 20))); // it is a picture
    }
    if (event->type() == QEvent::StyleChange && m_header) {
        fitHeader();
        fitParts();
    }
    View::changeEvent(event);
}

void ModelView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    fitHeader();
    fitParts();
}

} // namespace cupel::widgets
