// SPDX-License-Identifier: GPL-3.0-or-later
// What was done to the threat model, the newest first, by whom and about what; two moments of it are chosen here, and
// what differs between them is listed. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/history_state.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace cupel::widgets {

class Chip;
class FactRows;
struct FactRow;
class Label;
class SegmentedControl;

class HistoryPanel : public View {
    Q_OBJECT
public:
    explicit HistoryPanel(ThreatState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    enum class Page : std::uint8_t { Events, Differences };
    void setPage(Page page);
    [[nodiscard]] Page page() const;
    [[nodiscard]] FactRows* events() const { return m_events; }
    [[nodiscard]] FactRows* differences() const { return m_differences; }
    [[nodiscard]] QLineEdit* search() const { return m_search; }
    [[nodiscard]] QComboBox* who() const { return m_who; }
    [[nodiscard]] Chip* onlyChosen() const { return m_only; }
    [[nodiscard]] QPushButton* from() const { return m_from; }
    [[nodiscard]] QPushButton* to() const { return m_to; }
    [[nodiscard]] QPushButton* all() const { return m_all; }
    [[nodiscard]] QString note() const;

Q_SIGNALS:
    void threatRequested(); // the one that is selected now

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override; // what nobody sees is not filled

private:
    QWidget* makeFilters();
    QWidget* makeMoments();
    void compareAt(bool from); // the chosen event
    void filter();
    void update();
    void fillEvents();
    void fillPeople();
    void fillDifferences();
    void open(const std::string& id); // a threat or a part
    void chooseDifference(int row);

    ThreatState& m_state;
    HistoryState& m_history;
    QLineEdit* m_search;
    QComboBox* m_who;
    Chip* m_only;
    SegmentedControl* m_pages;
    QPushButton* m_from;
    QPushButton* m_to;
    QPushButton* m_all;
    Label* m_note;
    QStackedWidget* m_stack;
    FactRows* m_events;
    FactRows* m_differences;
    QWidget* m_filters = nullptr;
    QWidget* m_moments = nullptr;
    std::vector<std::size_t> m_rows; // event by row of the list; none() for a heading
    std::vector<std::string> m_ids; // part or threat by row of the differences; empty: none
    bool m_updating = false;
    bool m_stale = true;
};

} // namespace cupel::widgets
