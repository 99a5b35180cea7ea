// SPDX-License-Identifier: GPL-3.0-or-later
// One file of a comparison, both versions side by side or inline: cells aligned, lines marked, findings beside their
// cell; and honest words while there is nothing to see.
#pragma once

#include "widgets/common/view.h"
#include "widgets/fixes/compare_model.h"

class QComboBox;
class QListView;
class QPushButton;
class QStackedLayout;

namespace cupel::widgets {

class ElidedLabel;
class IconButton;
class SegmentedControl;
class CompareTablesView;
class StateCard;

class CompareView : public View {
    Q_OBJECT
public:
    explicit CompareView(CompareState* state, QWidget* parent = nullptr);
    void takeFocus() override;
    void step(int direction); // to the next changed part of this file

Q_SIGNALS:
    void fileRequested(); // that holds the other version: a chooser
    void openRequested(); // nothing is open yet
    void leaveRequested();
    void stopModelRequested();
    void compareModelRequested(); // again

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    QWidget* makeHeader();
    QWidget* makeColumns();
    void follow();
    void followCurrent();
    void fillFiles();
    void showLines(bool lines); // of a model: else its tables
    [[nodiscard]] bool showsTables() const;
    bool sayNoLines();
    CompareState* m_state;
    CompareModel m_model;
    QStackedLayout* m_stack;
    StateCard* m_empty;
    StateCard* m_trouble;
    QListView* m_list;
    StateCard* m_noLines;
    QWidget* m_noLinesPage = nullptr;
    CompareTablesView* m_tables;
    ElidedLabel* m_kinds = nullptr; // what both versions are
    SegmentedControl* m_what = nullptr; // tables or lines; of models only
    QComboBox* m_files = nullptr;
    SegmentedControl* m_layout = nullptr;
    QPushButton* m_fold = nullptr;
    IconButton* m_back = nullptr;
    IconButton* m_next = nullptr;
    QWidget* m_columns = nullptr;
    ElidedLabel* m_before = nullptr;
    ElidedLabel* m_after = nullptr;
};

} // namespace cupel::widgets
