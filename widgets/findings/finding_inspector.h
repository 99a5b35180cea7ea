// SPDX-License-Identifier: GPL-3.0-or-later
// The panel about the current finding of a ReviewState: what it is, its evidence, how to fix it and where to read on.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/review_state.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>

class QPushButton;
class QStackedLayout;
class QTabBar;

namespace cupel::widgets {

class DecisionCard;
class InspectorHeader;
class InspectorPage;
class StateCard;
class ThreatLinks;

class FindingInspector : public View {
    Q_OBJECT
public:
    explicit FindingInspector(ReviewState* state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] QSize sizeHint() const override { return {360, 600}; }
    [[nodiscard]] ThreatLinks* threats() const { return m_threats; } // shown once they have a state

Q_SIGNALS:
    // A place of the evidence was asked for: the canvas should show it.
    void locationActivated(const cupel::Location& location);

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeContent();
    QWidget* makeFooter();
    void scheduleFollow();
    void follow();
    void fitFooter();
    void showDecision();
    void fillTabs(const Finding& finding);

    QPointer<ReviewState> m_state;
    InspectorHeader* m_header = nullptr;
    QTabBar* m_tabs = nullptr;
    InspectorPage* m_page = nullptr;
    DecisionCard* m_decision = nullptr;
    ThreatLinks* m_threats = nullptr;
    QPushButton* m_triage = nullptr;
    QPushButton* m_copy = nullptr;
    StateCard* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
    QTimer m_restyled; // when the text size has come to rest
    AnalysisPtr m_shownAnalysis; // what the page was made from, so that nothing is rebuilt in vain
    std::optional<FindingRef> m_shown;
};

} // namespace cupel::widgets
