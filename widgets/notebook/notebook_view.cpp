// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/notebook_view.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/common/theme.h"
#include "widgets/models/model_reading.h"
#include "widgets/models/shown_text.h"
#include "widgets/notebook/notebook_accessible.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/region_display.h"

#include <QtCore/QEvent>
#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

// A hairline under the header, painted by a frame of one pixel so that it follows the palette.
QWidget* makeLine(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setFrameShape(QFrame::NoFrame);
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    return line;
}

int headerHeight()
{
    return std::max(48, lineHeight(TextRole::Base) + 16);
}

} // namespace

NotebookView::NotebookView(ReviewState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
{
    installNotebookAccessibility();
    build();
    connect(&m_state, &ReviewState::currentArtifactChanged, this, &NotebookView::showArtifact);
    connect(&m_state, &ReviewState::workspaceChanged, this, [this] {
        if (!m_analysis || m_state.analysis(m_state.currentArtifact()) != m_analysis) {
            showArtifact();
        }
    });
    connect(m_canvas, &NotebookCanvas::intent, this, &View::intent);
    showArtifact();
}

void NotebookView::build()
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_header = buildHeader();
    m_band = new Band(Band::Tone::Warn, this);
    m_canvas = new NotebookCanvas(m_state, this);
    m_card = new EmptyState(QStringLiteral("notebook-text"), this);
    m_stack = new QStackedWidget(this);
    auto* page = new QWidget(m_stack);
    auto* pageLayout = new QVBoxLayout(page);
    pageLayout->addStretch(1);
    auto* centred = new QHBoxLayout;
    m_card->setMaximumWidth(560);
    centred->addStretch(1);
    centred->addWidget(m_card, 8);
    centred->addStretch(1);
    pageLayout->addLayout(centred);
    pageLayout->addStretch(2);
    m_stack->addWidget(page);
    m_stack->addWidget(m_canvas);
    auto* bandBox = new QWidget(this);
    auto* bandLayout = new QVBoxLayout(bandBox);
    bandLayout->setContentsMargins(16, 8, 33, 0);
    bandLayout->addWidget(m_band);
    layout->addWidget(m_header);
    layout->addWidget(bandBox);
    layout->addWidget(m_stack, 1);
    connect(m_band, &StateCard::activated, this, [this] {
        m_raw = !m_raw;
        showDocument();
    });
    connect(m_card, &StateCard::activated, this, [this] {
        if (m_empty == Empty::NothingOpen) {
            Q_EMIT intent({Intent::Kind::OpenFiles, {}, {}});
        } else if (m_empty == Empty::NoBytes) {
            Q_EMIT intent({Intent::Kind::Rescan, {}, {}});
        }
    });
}

QWidget* NotebookView::buildHeader()
{
    auto* header = new QWidget(this);
    auto* column = new QVBoxLayout(header);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(8);
    m_icon = new QLabel(header);
    m_name = new ElidedLabel({}, TextRole::Base, Token::TextPrimary, true, header);
    m_name->setElideMode(Qt::ElideMiddle);
    m_facts = new Label({}, TextRole::Small, Token::TextMuted, false, header);
    m_outputs = new QToolButton(header);
    m_outputs->setIcon(icon(QStringLiteral("eye")));
    m_outputs->setText(tr("Outputs"));
    m_outputs->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_outputs->setPopupMode(QToolButton::InstantPopup);
    m_outputs->setAccessibleName(tr("How outputs are shown"));
    m_outputsMenu = new QMenu(m_outputs);
    m_outputs->setMenu(m_outputsMenu);
    connect(m_outputsMenu, &QMenu::aboutToShow, this, &NotebookView::fillOutputsMenu);
    m_outputs->setAutoRaise(true);
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    row->addWidget(m_name, 0, Qt::AlignVCenter);
    row->addWidget(m_facts, 0, Qt::AlignVCenter);
    row->addStretch(1);
    m_apart = new QPushButton(icon(QStringLiteral("box")), tr("Take it apart"), header);
    setSmall(m_apart);
    setKeyHint(m_apart, QStringLiteral("Ctrl+3"));
    connect(m_apart, &QPushButton::clicked, this, [this] { Q_EMIT intent({Intent::Kind::ShowModel, {}, {}}); });
    row->addWidget(m_outputs, 0, Qt::AlignVCenter);
    row->addWidget(m_apart, 0, Qt::AlignVCenter);
    column->addLayout(row, 1);
    column->addWidget(makeLine(header));
    header->setFixedHeight(headerHeight());
    return header;
}

void NotebookView::fillOutputsMenu()
{
    m_outputsMenu->clear();
    const auto add = [this](const QString& text, OutputPolicy policy) {
        auto* action = m_outputsMenu->addAction(text, this, [this, policy] { m_canvas->setOutputPolicy(policy); });
        action->setCheckable(true);
        action->setChecked(m_canvas->outputPolicy() == policy);
    };
    add(tr("Fold long outputs"), OutputPolicy::FoldLong);
    add(tr("Show all of every output"), OutputPolicy::ShowAll);
    add(tr("Hide outputs"), OutputPolicy::Hide);
    m_outputsMenu->addSeparator();
    auto* clean = m_outputsMenu->addAction(
        tr("Fold cells without findings"), this, [this](bool on) { m_canvas->setCleanFolded(on); });
    clean->setCheckable(true);
    clean->setChecked(m_canvas->cleanFolded());
}

void NotebookView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange && m_header) {
        m_header->setFixedHeight(headerHeight());
    }
    if (event->type() == QEvent::PaletteChange && m_header) {
        updateHeader(); // its icon is a picture
    }
    View::changeEvent(event);
}

void NotebookView::takeFocus()
{
    if (m_stack->currentWidget() == m_canvas) {
        m_canvas->setFocus(Qt::ShortcutFocusReason);
    } else if (m_card->button()->isVisible()) {
        m_card->button()->setFocus(Qt::ShortcutFocusReason);
    } else {
        setFocus(Qt::ShortcutFocusReason);
    }
}

void NotebookView::showArtifact()
{
    const auto previous = m_analysis;
    m_analysis = m_state.analysis(m_state.currentArtifact());
    m_raw = m_raw && previous && m_analysis && previous->artifact.path == m_analysis->artifact.path;
    if (!m_analysis) {
        showEmpty(Empty::NothingOpen);
    } else if (m_analysis->facts.status == ReadStatus::Unreadable && !m_analysis->artifact.bytes) {
        showEmpty(Empty::Unreadable);
    } else if (!m_analysis->artifact.bytes) {
        showEmpty(Empty::NoBytes);
    } else {
        const auto* shown = m_canvas->document();
        const bool again = shown && shown->analysis().artifact.path == m_analysis->artifact.path;
        showDocument();
        if (!again) { // a new scan of the same file leaves the page where it was
            m_canvas->revealCurrent();
        }
    }
}

void NotebookView::showEmpty(Empty reason)
{
    m_empty = reason;
    m_canvas->setDocument(nullptr);
    m_header->setVisible(m_analysis != nullptr);
    m_band->parentWidget()->hide();
    updateHeader();
    switch (reason) {
    case Empty::NothingOpen:
        if (m_state.workspace().roots.empty()) {
            m_card->setState(tr("No notebook open"), tr("Open a file or drop one here. Nothing you open is ever run."),
                tr("Open file\u2026"));
        } else if (m_state.scanning()) {
            m_card->setState(tr("Looking for files"), tr("The first one is shown as soon as it was read."));
        } else {
            m_card->setState(tr("Nothing to check here"),
                tr("What was opened holds no file, or all of them are left out by the settings."),
                tr("Open file\u2026"));
        }
        break;
    case Empty::NoBytes:
        m_card->setState(tr("The text is not at hand"),
            tr("This result was kept without its file. Scan again to see the cells."), tr("Scan again"));
        break;
    case Empty::NotText:
        m_card->setState(tr("Nothing to read here"), tr("This file holds no text that could be shown as cells."));
        break;
    case Empty::Unreadable:
        m_card->setState(tr("This file could not be read"),
            m_analysis && !m_analysis->facts.diagnostics.empty()
                ? shownText(m_analysis->facts.diagnostics.front().message)
                : QString());
        break;
    }
    m_stack->setCurrentIndex(0);
}

void NotebookView::showDocument()
{
    auto document = std::make_shared<const ReviewDocument>(m_analysis, m_raw);
    if (document->items().empty()) {
        showEmpty(Empty::NotText);
        return;
    }
    m_header->show();
    const auto* shown = m_canvas->document();
    const bool samePlace =
        shown && shown->raw() == m_raw && shown->analysis().artifact.path == m_analysis->artifact.path;
    m_canvas->setDocument(std::move(document), samePlace);
    updateHeader();
    updateBand();
    // Whoever opened a file has the keyboard here since then: its keys are for the cells now.
    const QWidget* focus = window()->focusWidget();
    const bool waiting = focus == this || (focus != nullptr && m_card->isAncestorOf(focus));
    m_stack->setCurrentWidget(m_canvas);
    if (waiting) {
        m_canvas->setFocus(Qt::OtherFocusReason);
    }
}

void NotebookView::updateHeader()
{
    if (!m_analysis) {
        return;
    }
    const auto* notebook = formats::notebookFacts(m_analysis->facts);
    m_icon->setPixmap(
        icon(notebook ? QStringLiteral("notebook-text") : QStringLiteral("file-text")).pixmap(QSize(20, 20)));
    m_name->setFullText(shownFileName(m_analysis->artifact.path));
    QString facts;
    if (notebook) {
        facts = notebook->cells.size() == 1 ? tr("1 cell")
                                            : tr("%n cells", nullptr, static_cast<int>(notebook->cells.size()));
        const auto& language = notebook->kernel.empty() ? notebook->language : notebook->kernel;
        if (!language.empty()) {
            facts = tr("%1, %2").arg(facts, shownName(*m_analysis, language));
        }
    } else {
        facts = shownSize(m_analysis->size);
    }
    m_facts->setText(facts);
    m_outputs->setVisible(notebook && notebook->outputCount > 0 && !m_raw);
    m_apart->setVisible(isModel(*m_analysis) || !m_analysis->artifact.parent.empty());
}

QString NotebookView::partialText() const
{
    const auto& diagnostics = m_analysis->facts.diagnostics;
    const auto hit = std::find_if(
        diagnostics.begin(), diagnostics.end(), [](const auto& d) { return d.level == DiagnosticLevel::Incomplete; });
    const auto* notebook = formats::notebookFacts(m_analysis->facts);
    if (notebook && notebook->salvaged) {
        const auto offset = hit == diagnostics.end() ? 0 : hit->offset;
        return tr("The JSON of this notebook is broken at byte %1. What could be read is shown.")
            .arg(QLocale().toString(static_cast<qulonglong>(offset)));
    }
    return hit == diagnostics.end() ? tr("What could be read is shown.") : shownText(hit->message) + u'.';
}

void NotebookView::updateBand()
{
    const bool partial = m_analysis->facts.status != ReadStatus::Complete;
    m_band->parentWidget()->setVisible(partial || m_raw);
    if (partial || m_raw) {
        m_band->setState(partial ? tr("Not everything was read") : tr("Raw text"),
            partial ? partialText() : tr("The file as it stands, secrets masked."),
            m_raw ? tr("Show cells") : tr("Show raw text"));
    }
}

} // namespace cupel::widgets
