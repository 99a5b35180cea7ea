// SPDX-License-Identifier: GPL-3.0-or-later
// What became of a model, on one page: a filter, sections of rows, below them both versions of the row one stands on;
// and honest words while it is worked out, when it was stopped and when nothing differs. UI thread.
#pragma once

#include "widgets/fixes/compare_detail.h"

#include <QtWidgets/QWidget>

#include <array>

class QLineEdit;
class QListView;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace cupel::widgets {

class Band;
class Chip;
class Label;
class StateCard;

class CompareTablesView : public QWidget {
    Q_OBJECT
public:
    explicit CompareTablesView(CompareState* state, QWidget* parent = nullptr);
    void takeFocus();
    [[nodiscard]] CompareTree* tree() const { return m_tree; }
    [[nodiscard]] QLineEdit* filter() const { return m_filter; }

Q_SIGNALS:
    void stopRequested();
    void againRequested();
    void linesRequested(); // of the file of the finding that was opened

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    QWidget* makeBar();
    QWidget* makeTables();
    void follow();
    void followRows(); // after a filter
    void followRow();
    void followFinding();
    void open(const QModelIndex& index);
    void copy(bool markdown, bool chosenOnly);
    [[nodiscard]] QString sides() const; // "old.gguf and new.gguf"
    CompareState* m_state;
    CompareTreeModel m_model;
    CompareDetail m_detail;
    QStackedWidget* m_stack;
    StateCard* m_card;
    StateCard* m_none = nullptr; // no row matches
    Band* m_band = nullptr;
    QLineEdit* m_filter = nullptr;
    std::array<Chip*, compareKinds> m_kinds{};
    QPushButton* m_copy = nullptr;
    CompareTree* m_tree = nullptr;
    QListView* m_list = nullptr;
};

} // namespace cupel::widgets
