// SPDX-License-Identifier: GPL-3.0-or-later
// The lineage as a drawing, as a table and as a tree over the same selection, with the order of its cells below. UI
// thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/lineage/lineage_tables.h"
#include "widgets/models/lineage_state.h"

class QPushButton;
class QStackedLayout;
class QStackedWidget;
class QTreeView;

namespace cupel::widgets {

class Chip;
class EmptyState;
class GraphCanvas;
class IconButton;
class Label;
class LineageBar;
class LineageLegend;
class PlainTable;
class SegmentedControl;

class LineageView : public View {
    Q_OBJECT
public:
    explicit LineageView(LineageState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] GraphCanvas* canvas() const { return m_canvas; }
    [[nodiscard]] PlainTable* table() const { return m_table; }
    [[nodiscard]] QTreeView* tree() const { return m_tree; }
    [[nodiscard]] SegmentedControl* form() const { return m_form; }
    [[nodiscard]] EmptyState* empty() const { return m_empty; }
    [[nodiscard]] LineageBar* bar() const { return m_bar; }
    [[nodiscard]] QPushButton* traceButton() const { return m_trace; }
    [[nodiscard]] Chip* pathChip() const { return m_pathChip; }
    [[nodiscard]] Chip* wishChip() const { return m_wishChip; }
    [[nodiscard]] QString notice() const; // what was read only in part
    void trace(); // the selection
    void slice(); // between the two selected
    void pin(); // the chosen one where it stands, or lets it go
    void showViews(); // a menu of what was saved
    void askForName(); // of the view as it is

Q_SIGNALS:
    void told(const QString& text); // one sentence for the status bar
    void whyRequested();
    void findRequested();
    void againRequested();

private:
    QWidget* makeBar();
    QWidget* makeTools(QWidget* parent);
    QWidget* makeContent();
    QWidget* makeTree(QWidget* parent);
    void wireCanvas();
    void update();
    void updateEmpty();
    void updateNotice();
    void updateLit();
    void updateChips();
    void updateSelection();
    void takeScene();
    void chooseCanvas();
    void chooseRow(const QModelIndex& index);
    void chooseTree(const QModelIndex& index);
    void activate(std::uint32_t unit);
    [[nodiscard]] QString edgeWords(std::uint32_t edge) const;
    [[nodiscard]] QString aroundWords() const; // how much the traced node depends on and affects
    [[nodiscard]] static QString orderWords(const lineage::LineageGraph& graph); // what only one order has
    void openEdge(std::uint32_t edge);
    void foldAround(std::uint32_t unit);
    void emptyPressed();

    LineageState& m_state;
    LineageReadingPtr m_shown;
    LineageReadingPtr m_listed; // what Table and Tree hold ...
    std::vector<bool> m_found; // ... of it
    LineageTable m_tableModel;
    LineageTree m_treeModel;
    Chip* m_pathChip = nullptr;
    Chip* m_wishChip = nullptr;
    Label* m_count = nullptr;
    IconButton* m_stop = nullptr;
    IconButton* m_views = nullptr;
    SegmentedControl* m_form = nullptr;
    Label* m_zoom = nullptr;
    QPushButton* m_trace = nullptr;
    GraphCanvas* m_canvas = nullptr;
    PlainTable* m_table = nullptr;
    QTreeView* m_tree = nullptr;
    QStackedWidget* m_forms = nullptr;
    Label* m_notice = nullptr;
    LineageLegend* m_legend = nullptr;
    LineageBar* m_bar = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
    bool m_choosing = false;
};

} // namespace cupel::widgets
