// SPDX-License-Identifier: GPL-3.0-or-later
// The operations of a model as a drawing and as a table over the same selection, with everything about the chosen one
// beside it. Asks for the graph when it is first seen. UI thread.
#pragma once

#include "widgets/model/graph_table.h"
#include "widgets/models/model_state.h"

#include <QtWidgets/QWidget>

class QLineEdit;
class QPushButton;
class QStackedLayout;
class QStackedWidget;

namespace cupel::widgets {

class EmptyState;
class GraphCanvas;
class IconButton;
class Label;
class NodePanel;
class PlainTable;
class SegmentedControl;

class GraphPage : public QWidget {
    Q_OBJECT
public:
    explicit GraphPage(ModelState& state, QWidget* parent = nullptr);
    [[nodiscard]] GraphCanvas* canvas() const { return m_canvas; }
    [[nodiscard]] QLineEdit* filter() const { return m_find; }
    [[nodiscard]] PlainTable* table() const { return m_table; }
    [[nodiscard]] NodePanel* panel() const { return m_panel; }
    [[nodiscard]] EmptyState* empty() const { return m_empty; }
    [[nodiscard]] SegmentedControl* form() const { return m_form; }

Q_SIGNALS:
    void exportRequested(); // of the drawing, as a picture

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeBar();
    QWidget* makeContent();
    void ask();
    void update();
    void updateEmpty();
    void takeGraph();
    void find();
    void findNext();
    void chooseScene(std::uint32_t node);
    void chooseRow(int row);
    void activate(std::uint32_t node);
    void foldAround(std::uint32_t node);
    void follow(bool reveal); // the selection of bytes
    void tell(std::uint32_t graphNode); // everybody else
    void tellGroup(std::uint32_t shown);

    ModelState& m_state;
    GraphReadingPtr m_shown;
    std::vector<std::uint32_t> m_found; // nodes of the graph
    GraphTableModel m_model;
    QLineEdit* m_find = nullptr;
    Label* m_count = nullptr;
    Label* m_zoom = nullptr;
    IconButton* m_stop = nullptr;
    QPushButton* m_export = nullptr;
    SegmentedControl* m_form = nullptr;
    GraphCanvas* m_canvas = nullptr;
    PlainTable* m_table = nullptr;
    QStackedWidget* m_forms = nullptr;
    NodePanel* m_panel = nullptr;
    Label* m_notice = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
    bool m_choosing = false;
};

} // namespace cupel::widgets
