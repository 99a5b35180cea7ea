// SPDX-License-Identifier: GPL-3.0-or-later
// Two moments of a threat model in one drawing, marked with what was added, removed and changed, below a line that says
// how much. Nothing is worked on here. UI thread.
#pragma once

#include "widgets/models/history_state.h"

#include <QtWidgets/QWidget>

class QPushButton;

namespace cupel::widgets {

class GraphCanvas;
class Label;

class HistoryView : public QWidget {
    Q_OBJECT
public:
    explicit HistoryView(HistoryState& history, QWidget* parent = nullptr);
    [[nodiscard]] GraphCanvas* canvas() const { return m_canvas; }
    [[nodiscard]] QPushButton* back() const { return m_back; }
    [[nodiscard]] QString text() const;

private:
    void update();
    void showSelected();

    HistoryState& m_history;
    GraphCanvas* m_canvas;
    Label* m_text;
    QPushButton* m_back;
    ThreatComparisonPtr m_shown;
    bool m_choosing = false;
};

} // namespace cupel::widgets
