// SPDX-License-Identifier: GPL-3.0-or-later
// Why: what is known of the chosen node or edge, with rule, place and certainty; of nothing chosen, what was read and
// what was not. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/lineage/lineage_rows.h"
#include "widgets/models/lineage_state.h"

class QPushButton;

namespace cupel::widgets {

class ElidedLabel;
class Label;

class LineageInspector : public View {
    Q_OBJECT
public:
    explicit LineageInspector(LineageState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] LineageRows* list() const { return m_rows; }
    [[nodiscard]] QPushButton* openButton() const { return m_open; } // what is inside of the node
    [[nodiscard]] QString title() const;

private:
    void update();
    void showNode(std::uint32_t unit);
    void showEdge(std::uint32_t edge);
    void showAll();
    void addOrigin(std::vector<LineageRow>& rows, std::uint32_t unit);
    void addOrders(std::vector<LineageRow>& rows);
    void addTies(std::vector<LineageRow>& rows, std::uint32_t unit);
    void addTrainings(std::vector<LineageRow>& rows, std::uint32_t node);
    void addHazards(std::vector<LineageRow>& rows, std::uint32_t unit);
    void addNotes(std::vector<LineageRow>& rows, bool ofOrders, const QString& head); // or of all else
    void head(const QString& title, const QString& detail, const lineage::Place* place);

    LineageState& m_state;
    ElidedLabel* m_title;
    Label* m_detail;
    QPushButton* m_jump;
    QPushButton* m_open;
    LineageRows* m_rows;
    lineage::Place m_place;
};

} // namespace cupel::widgets
