// SPDX-License-Identifier: GPL-3.0-or-later
// Everything about one node of a graph, or about the nodes that a group holds. UI thread.
#pragma once

#include "widgets/model/model_tables.h"

class QPushButton;

namespace cupel::widgets {

class ElidedLabel;

class NodePanel : public QWidget {
    Q_OBJECT
public:
    explicit NodePanel(QWidget* parent = nullptr);
    // A node of the drawing; none: nothing is chosen.
    void show(const GraphReadingPtr& graph, std::uint32_t node);
    [[nodiscard]] QAbstractItemModel* rows() { return &m_model; }

Q_SIGNALS:
    void openRequested(); // the group, or the one around the node: fold it
    void findingRequested(); // the sign was pressed

private:
    void fill(const GraphReading& graph, const FoldedNode& node);
    void fillGroup(const GraphReading& graph, std::uint32_t number);

    ElidedLabel* m_title;
    QPushButton* m_sign;
    QPushButton* m_open;
    FactModel m_model;
    PlainTable* m_table;
};

} // namespace cupel::widgets
