// SPDX-License-Identifier: GPL-3.0-or-later
// The scrolling page of cells: one widget that paints what is visible and keeps the layouts of what is near. Owned by
// NotebookView; watches the ReviewState for filter and current finding. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/review_state.h"
#include "widgets/notebook/cell_builder.h"
#include "widgets/notebook/cell_heights.h"
#include "widgets/notebook/cell_selection.h"

#include <QtCore/QBasicTimer>
#include <QtWidgets/QAbstractScrollArea>

#include <memory>
#include <optional>
#include <unordered_map>

class QMenu;

namespace cupel::widgets {

class SourceView;

class NotebookCanvas : public QAbstractScrollArea {
    Q_OBJECT
public:
    static constexpr int stripWidth = 16; // overview at the right
    static constexpr int rightMargin = 17;

    explicit NotebookCanvas(ReviewState& state, QWidget* parent = nullptr);
    ~NotebookCanvas() override;

    // Null: nothing. `keepPlace`: the same file again, the page and what was unfolded stay.
    void setDocument(std::shared_ptr<const ReviewDocument> document, bool keepPlace = false);
    [[nodiscard]] const ReviewDocument* document() const { return m_document.get(); }
    void setPictures(PictureSource* pictures); // decodes them; before the first document
    void setOutputPolicy(OutputPolicy policy);
    [[nodiscard]] OutputPolicy outputPolicy() const { return m_policy; }
    void setCleanFolded(bool folded); // cells without findings
    [[nodiscard]] bool cleanFolded() const { return m_cleanFolded; }
    void revealCurrent(); // the state's current finding, at a third of the height

    // Geometry and content for the accessible tree and tests; cells are laid out on demand.
    [[nodiscard]] int itemCount() const { return m_heights.count(); }
    [[nodiscard]] QString placeInFile(int item) const; // "cell 4", as findings call it; empty: no cell
    [[nodiscard]] const CellLayout& cell(int item);
    [[nodiscard]] QRectF itemRect(int item); // in the viewport, may lie outside
    [[nodiscard]] int itemAt(QPointF point); // in the viewport; -1: none
    [[nodiscard]] int currentItem() const { return m_currentItem; }
    void setCurrentItem(int item, bool scroll = true);
    void perform(const Action& action, int item);
    void toggleOutputs(); // of the current cell
    [[nodiscard]] const CellSelection& selection() const { return m_selection; }
    [[nodiscard]] QString selectedText(); // masked
    void copySelection();
    void editItem(int item); // the focused editor over a cell's source
    [[nodiscard]] SourceView* editor() const { return m_editor; }
    [[nodiscard]] int focusedBlock(); // of the current cell, with the link that has the keyboard; -1: the cell itself
    [[nodiscard]] bool isRevealing() const { return !m_revealed.empty(); }
    void stopReveal();

Q_SIGNALS:
    void intent(const cupel::widgets::Intent& intent);
    void currentItemChanged(int item);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool focusNextPrevChild(bool next) override; // through the links of the current cell first

private:
    struct Spot { // what is under the pointer
        int item = -1;
        int block = -1;
        QPointF inBlock;
    };
    // Layout and scrolling (notebook_canvas.cpp, canvas_turns.cpp)
    void invalidateAll();
    void invalidate(int item);
    void dropFarLayouts();
    CellLayout& layoutItem(int item);
    CellLayout& shownItem(int item);
    [[nodiscard]] qreal reservedFor(int item) const { return item == m_editedItem ? m_editorHeight : 0; }
    void spend(int item);
    void askForTurn();
    void takeTurn();
    void revealNow();
    void holdFinding(int seenHeight); // the layout on the screen is about to change
    void showHeld(); // it has changed
    void skipTurn();
    [[nodiscard]] std::unique_ptr<CellLayout> build(int item, bool revealed) const;
    [[nodiscard]] CellView viewOf(int item) const;
    [[nodiscard]] qreal cellWidth() const;
    void moveBy(qreal delta);
    void jumpTo(qreal y);
    void settle();
    void syncScrollBar();
    [[nodiscard]] qreal anchorTop(int item); // y of an item in the viewport
    void ensureVisible(int item);
    void refreshFilter();
    void followItems(const ReviewDocument& next);
    void followCurrent();
    [[nodiscard]] QString positionText(std::size_t finding) const;
    [[nodiscard]] std::optional<std::size_t> currentFinding() const;
    [[nodiscard]] std::optional<std::size_t> openFinding() const;
    // Painting (canvas_paint.cpp)
    void paintItem(QPainter& painter, int item, qreal top, const QRectF& clip);
    void paintGutter(QPainter& painter, int item, const CellLayout& layout) const;
    void paintOverview(QPainter& painter);
    [[nodiscard]] QRectF thumbRect() const;
    [[nodiscard]] qreal overviewY(std::size_t finding) const;
    // Input (canvas_input.cpp)
    [[nodiscard]] Spot spotAt(QPointF point, bool nearest = false);
    [[nodiscard]] std::optional<Action> actionAt(const Spot& spot);
    [[nodiscard]] CellPosition positionAt(const Spot& spot);
    void hover(QPointF point);
    bool pressOverview(QPointF point);
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);
    bool handleFindingKey(int key);
    void moveCell(int by);
    bool scrollSideways(int item, qreal delta);
    void setCurrentFinding(std::size_t finding);
    void fillMenu(QMenu& menu, int item);
    [[nodiscard]] int textRegion(int item) const;
    void startReveal();
    void placeEditor();
    void closeEditor();
    void showStart(int item, int id);
    // Links of the current cell by keyboard (canvas_links.cpp)
    struct Link {
        int block = -1;
        Hot hot;
    };
    [[nodiscard]] std::vector<Link> linksOf(int item);
    void focusLink(int link);
    bool pressLink();
    void paintLinkFocus(QPainter& painter, const CellLayout& cell) const;

    ReviewState& m_state;
    PictureSource* m_pictures = nullptr;
    std::shared_ptr<const ReviewDocument> m_document;
    CellHeights m_heights;
    std::unordered_map<int, std::unique_ptr<CellLayout>> m_cells;
    std::unordered_map<int, CellView> m_views;
    std::vector<bool> m_shown; // findings of the document that the filter lets through
    OutputPolicy m_policy = OutputPolicy::FoldLong;
    bool m_cleanFolded = false;
    int m_anchorItem = 0; // first visible
    qreal m_anchorOffset = -CellHeights::gap; // of the viewport's top in it
    int m_lastValue = 0;
    int m_currentItem = 0;
    std::optional<std::size_t> m_lastFinding; // whose cell shows the card
    bool m_cardOpen = true; // Esc folds the current finding's card
    CellSelection m_selection;
    bool m_selecting = false;
    std::optional<Action> m_pressed;
    std::optional<Action> m_pointed;
    std::optional<std::size_t> m_hovered;
    Spot m_pressSpot;
    int m_link = -1; // of the current cell's links: has the keyboard
    bool m_thumbDragged = false;
    qreal m_thumbGrab = 0;
    bool m_keyboardFocus = false;
    QBasicTimer m_revealEnd; // runs when the key seems to be let go
    std::vector<ByteRange> m_revealed;
    std::unique_ptr<CellLayout> m_revealedCell; // painted instead of the cached one; never read by anything else
    SourceView* m_editor = nullptr;
    int m_editedItem = -1;
    qreal m_editorHeight = 0; // that the edited source needs
    int m_spent = 0; // microseconds of building in this turn, guessed
    bool m_revealPending = false;
    std::optional<qreal> m_held; // where the chosen finding stood on the screen
    bool m_unsettled = false; // something on the screen is not what it should be
};

} // namespace cupel::widgets
