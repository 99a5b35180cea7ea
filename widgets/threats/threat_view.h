// SPDX-License-Identifier: GPL-3.0-or-later
// The data-flow diagram of the threat model in its trust zones, with the worst open threat on each element. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/threat_state.h"

class QLayout;
class QStackedWidget;
class QStackedLayout;

namespace cupel::widgets {

class EmptyState;
class FileBand;
class FittingLabel;
class FoldSlider;
class HeatMap;
class HistoryView;
class ScopingCards;
class TaskBand;
class GraphCanvas;
class IconButton;
class Label;
class ThreatCopies;
class ThreatWork;
class WhatIfBand;

class ThreatView : public View {
    Q_OBJECT
public:
    explicit ThreatView(ThreatState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] GraphCanvas* canvas() const { return m_canvas; }
    [[nodiscard]] ThreatWork* work() const { return m_work; }
    [[nodiscard]] ThreatCopies* copies() const { return m_copies; }
    [[nodiscard]] FoldSlider* fold() const { return m_fold; }
    void showPalette(); // of elements
    [[nodiscard]] ScopingCards* questions() const { return m_questions; }
    void setQuestionsShown(bool shown); // instead of the drawing
    void putControl(const std::string& control, const std::string& part); // in place against all its threats
    void dropControl(const std::string& control, const QPoint& globalPlace); // on what is drawn there
    [[nodiscard]] WhatIfBand* whatIf() const { return m_whatIf; }
    [[nodiscard]] FileBand* fileBand() const { return m_file; }
    [[nodiscard]] TaskBand* taskBand() const { return m_task; }
    [[nodiscard]] HeatMap* map() const { return m_map; }
    [[nodiscard]] bool mapShown() const;
    [[nodiscard]] HistoryView* comparison() const { return m_comparison; } // in front while two moments are compared
    void setMapShown(bool shown); // of risks, instead of the drawing
    [[nodiscard]] EmptyState* empty() const { return m_empty; }
    [[nodiscard]] QString notice() const;

Q_SIGNALS:
    void againRequested();
    void findRequested();
    void historyRequested();
    void cardRequested(); // the threat of what was opened
    void told(const QString& text); // one sentence for the status bar

private:
    QWidget* makeContent();
    QWidget* makeBar(QWidget* parent);
    void update();
    void updateEmpty();
    void tellCount();
    void addTools(QWidget* bar, QLayout* row);
    void updateSelection();
    void updateDrawing(bool drawn);
    void keepChosen(const ThreatReading& before, const std::vector<std::uint32_t>& nodes, std::uint32_t current);
    void choose();
    void showPage(int page);
    void followComparison();

    ThreatState& m_state;
    ThreatReadingPtr m_shown;
    GraphCanvas* m_canvas = nullptr;
    ThreatWork* m_work = nullptr;
    ThreatCopies* m_copies = nullptr;
    FoldSlider* m_fold = nullptr;
    IconButton* m_add = nullptr;
    IconButton* m_risks = nullptr;
    IconButton* m_ask = nullptr;
    WhatIfBand* m_whatIf = nullptr;
    FileBand* m_file = nullptr;
    TaskBand* m_task = nullptr;
    HeatMap* m_map = nullptr;
    ScopingCards* m_questions = nullptr;
    HistoryView* m_comparison = nullptr;
    QStackedWidget* m_pages = nullptr; // drawing, map, questions, comparison
    FittingLabel* m_count = nullptr;
    Label* m_zoom = nullptr;
    Label* m_notice = nullptr;
    IconButton* m_stop = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
    bool m_choosing = false;
    unsigned m_followed = 0; // ThreatState::choices that the drawing has followed
};

} // namespace cupel::widgets
