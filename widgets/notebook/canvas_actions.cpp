// SPDX-License-Identifier: GPL-3.0-or-later
// What clicks, keys and menu entries of the canvas do: findings, folds, reveal, clipboard, editor.
#include "analyzers/base/redact.h"
#include "widgets/common/icons.h"
#include "widgets/editor/source_view.h"
#include "widgets/models/shown_text.h"
#include "widgets/notebook/notebook_canvas.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QMenu>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

void NotebookCanvas::setCurrentFinding(std::size_t finding)
{
    const FindingRef ref{m_document->analysis().artifact.path, finding};
    if (m_state.current() == ref) {
        followCurrent(); // folded with Esc before: open again
    } else {
        m_state.setCurrent(ref);
    }
}

void NotebookCanvas::toggleOutputs()
{
    perform({Action::Kind::ToggleOutputs, 0, 0}, m_currentItem);
}

void NotebookCanvas::perform(const Action& action, int item)
{
    using Kind = Action::Kind;
    if (!m_document) {
        return;
    }
    auto& view = m_views[item];
    switch (action.kind) {
    case Kind::OpenFinding:
        setCurrentFinding(action.finding);
        return;
    case Kind::CloseFinding:
        m_cardOpen = false;
        break;
    case Kind::Explain:
        m_state.setCurrent(FindingRef{m_document->analysis().artifact.path, action.finding});
        Q_EMIT intent(
            {Intent::Kind::Explain, {}, QString::fromStdString(m_document->analysis().findings[action.finding].rule)});
        return;
    case Kind::CopyFinding:
        Q_EMIT intent({Intent::Kind::CopyMarkdown, {}, {}});
        return;
    case Kind::TriageFinding:
        m_state.setCurrent(FindingRef{m_document->analysis().artifact.path, action.finding});
        Q_EMIT intent({Intent::Kind::Triage, {}, {}});
        return;
    case Kind::Expand:
        view.expanded.insert(action.id);
        view.folded = false;
        break;
    case Kind::Collapse:
        view.expanded.erase(action.id);
        break;
    case Kind::ShowSource:
        view.asSource.insert(action.id);
        break;
    case Kind::ShowRendered:
        view.asSource.erase(action.id);
        break;
    case Kind::ToggleOutputs:
        view.outputsShown = !view.outputsShown.value_or(m_policy != OutputPolicy::Hide);
        break;
    case Kind::ShowPage:
        if (m_editedItem == item) {
            closeEditor(); // it holds the part before
        }
        view.pages[action.id] = action.page;
        invalidate(item);
        showStart(item, action.id);
        return;
    case Kind::None:
        return;
    }
    invalidate(item);
}

// Another part is read from its beginning.
void NotebookCanvas::showStart(int item, int id)
{
    const auto& blocks = layoutItem(item).blocks();
    const auto first = std::find_if(blocks.begin(), blocks.end(), [&](const auto& placed) {
        return id == foldOutputsId ? placed.region >= 0 && !placed.boxed : placed.region == id;
    });
    const auto top = anchorTop(item) + (first == blocks.end() ? 0 : first->rect.top());
    if (top < CellHeights::gap) {
        moveBy(top - CellHeights::gap);
        settle();
        placeEditor();
        viewport()->update();
    }
}

// Every place a finding is about: a column has many cells, a value may stand in several outputs or in two halves.
static std::vector<ByteRange> valuesOf(const Finding& finding)
{
    std::vector<ByteRange> values{finding.location.bytes};
    for (const auto& evidence : finding.evidence) {
        if (evidence.role == "place" || evidence.role == "also" || evidence.role == "part") {
            values.push_back(evidence.location.bytes);
        }
    }
    if (finding.fix) {
        for (const auto& edit : finding.fix->edits) {
            values.push_back(edit.bytes);
        }
    }
    mergeRanges(values);
    return values;
}

// While R is held, the current finding's values in the cell are painted in clear: on the screen only. Selection,
// clipboard and accessible tree read the masked layout all the time.
void NotebookCanvas::startReveal()
{
    const auto finding = currentFinding();
    if (!finding || m_document->itemOf(*finding) < 0) {
        return;
    }
    auto values = valuesOf(m_document->analysis().findings[*finding]);
    if (values.empty()) { // it is about the end of the file, or about nothing that is there
        return;
    }
    closeEditor();
    if (std::exchange(m_revealPending, false)) { // what is shown in clear is what is on the screen
        revealNow();
    }
    // Where the reader is, if it stands there too; else where it is told.
    const auto& here = m_document->items()[static_cast<std::size_t>(std::max(m_currentItem, 0))].elsewhere;
    if (std::find(here.begin(), here.end(), *finding) == here.end()) {
        setCurrentItem(m_document->itemOf(*finding), false);
    }
    m_revealed = std::move(values);
    m_revealedCell = build(m_currentItem, true);
    Q_EMIT intent(
        {Intent::Kind::RevealSecret, {}, QString::fromStdString(m_document->analysis().findings[*finding].rule)});
    viewport()->update();
}

void NotebookCanvas::stopReveal()
{
    m_revealEnd.stop();
    if (isRevealing()) {
        m_revealed.clear();
        m_revealedCell.reset();
        viewport()->update();
    }
}

QString NotebookCanvas::selectedText()
{
    return m_selection.isEmpty() ? QString() : m_selection.text(layoutItem(m_selection.item()));
}

void NotebookCanvas::copySelection()
{
    if (const auto text = selectedText(); !text.isEmpty()) {
        QGuiApplication::clipboard()->setText(text);
    }
}

// The source of a cell that is shown rendered; -1: the cell shows its source anyway.
int NotebookCanvas::textRegion(int item) const
{
    const auto& entry = m_document->items()[static_cast<std::size_t>(item)];
    if (entry.kind != Item::Kind::Cell) {
        return -1;
    }
    const auto& cell = m_document->notebook()->cells[static_cast<std::size_t>(entry.cell)];
    const bool text = cell.kind == formats::CellKind::Markdown || cell.kind == formats::CellKind::Heading;
    return text ? cell.source : -1;
}

void NotebookCanvas::fillMenu(QMenu& menu, int item)
{
    auto* copy = menu.addAction(icon(QStringLiteral("copy")), tr("Copy"), this, &NotebookCanvas::copySelection);
    copy->setEnabled(!m_selection.isEmpty());
    menu.addAction(icon(QStringLiteral("text-select")), tr("Select all in cell"), this, [this, item] {
        m_selection.selectAll(item, layoutItem(item));
        viewport()->update();
    });
    if (!layoutItem(item).source.isEmpty()) {
        menu.addAction(
            icon(QStringLiteral("file-code")), tr("Open in the editor"), this, [this, item] { editItem(item); });
    }
    const auto& entry = m_document->items()[static_cast<std::size_t>(item)];
    if (const auto region = textRegion(item); region >= 0) {
        const bool asSource = viewOf(item).asSource.count(region) > 0;
        menu.addAction(icon(QStringLiteral("code")), asSource ? tr("Show as text") : tr("Show source"), this,
            [this, item, region, asSource] {
                perform({asSource ? Action::Kind::ShowRendered : Action::Kind::ShowSource, 0, region}, item);
            });
    }
    if (entry.kind == Item::Kind::Cell
        && !m_document->notebook()->cells[static_cast<std::size_t>(entry.cell)].outputs.empty()) {
        const bool shown = viewOf(item).outputsShown.value_or(m_policy != OutputPolicy::Hide);
        menu.addAction(icon(QStringLiteral("eye")), shown ? tr("Fold outputs") : tr("Show outputs"), this,
            [this, item] { perform({Action::Kind::ToggleOutputs, 0, 0}, item); });
    }
    if (const auto finding = currentFinding(); finding && m_document->itemOf(*finding) == item) {
        menu.addSeparator();
        menu.addAction(icon(QStringLiteral("book-open")), tr("Explain finding"), this,
            [this, finding, item] { perform({Action::Kind::Explain, *finding, 0}, item); });
        menu.addAction(icon(QStringLiteral("circle-check")), tr("Triage…"), this,
            [this, finding, item] { perform({Action::Kind::TriageFinding, *finding, 0}, item); });
        menu.addAction(icon(QStringLiteral("copy")), tr("Copy finding as Markdown"), this,
            [this, finding, item] { perform({Action::Kind::CopyFinding, *finding, 0}, item); });
    }
}

void NotebookCanvas::editItem(int item)
{
    const auto& source = layoutItem(item).source;
    const auto& boxes = layoutItem(item).boxes();
    if (source.isEmpty() || boxes.empty()) {
        return;
    }
    if (!m_editor) {
        m_editor = new SourceView(viewport());
        connect(m_editor, &SourceView::closed, this, [this] {
            closeEditor();
            setFocus(Qt::OtherFocusReason);
        });
        connect(m_editor, &SourceView::heightWanted, this, &NotebookCanvas::placeEditor);
    }
    closeEditor();
    m_editedItem = item;
    setCurrentItem(item);
    m_editor->setSource(source, m_document->language());
    std::vector<SourceView::Note> notes; // the strips under the lines are behind the editor
    for (const auto& note : layoutItem(item).notes) {
        const Finding& finding = m_document->analysis().findings[note.finding];
        notes.push_back({note.line, finding.severity, shownText(finding.title)});
    }
    m_editor->setNotes(notes);
    m_editor->show();
    placeEditor();
    m_editor->setFocus(Qt::OtherFocusReason);
}

// Exactly over the box of the source, which grows when the editor needs more room: nothing below is ever covered.
// Sources taller than the page scroll inside the editor.
void NotebookCanvas::placeEditor()
{
    if (!m_editor || m_editedItem < 0) {
        return;
    }
    const auto place = [this] {
        const auto& boxes = layoutItem(m_editedItem).boxes();
        if (boxes.empty()) {
            closeEditor();
            return false;
        }
        const auto box = boxes.front().translated(0, anchorTop(m_editedItem));
        const auto top = std::max(box.top(), 0.0);
        const auto bottom = std::min(box.bottom(), double(viewport()->height()));
        constexpr qreal readable = 20;
        m_editor->setVisible(bottom - top >= readable);
        m_editor->setGeometry(QRectF(box.left(), top, box.width(), std::max(bottom - top, readable)).toAlignedRect());
        return true;
    };
    if (!place()) {
        return;
    }
    const auto wanted = std::min<qreal>(m_editor->wantedHeight(), viewport()->height() - 2 * CellHeights::gap);
    if (wanted != m_editorHeight) {
        m_editorHeight = wanted;
        place();
        settle();
        place();
        viewport()->update();
    }
}

void NotebookCanvas::closeEditor()
{
    if (m_editor && m_editedItem >= 0) {
        m_editedItem = -1;
        m_editorHeight = 0;
        m_editor->hide();
        m_editor->clear();
        m_unsettled = true; // its box gets its own height back
        askForTurn();
    }
}

} // namespace cupel::widgets
