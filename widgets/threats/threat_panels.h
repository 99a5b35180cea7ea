// SPDX-License-Identifier: GPL-3.0-or-later
// Beside the drawing: the list of threats, the ways of attack, what the model says about frameworks, its
// history, and rules of one's own, one at a time behind tabs. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/threat_state.h"

#include <array>

class QStackedWidget;

namespace cupel::widgets {

class AttackPathList;
class FittingTabs;
class FrameworkLens;
class HistoryPanel;
class RuleBench;
class RulePanel;
class ThreatNavigator;

class ThreatPanels : public View {
    Q_OBJECT
public:
    enum class Panel : std::uint8_t { Threats, Paths, Frameworks, History, Rules };

    ThreatPanels(ThreatState& state, RuleBench& rules, QWidget* parent = nullptr);
    void takeFocus() override; // of the panel that is shown
    void showPanel(Panel panel);
    [[nodiscard]] Panel shown() const;
    [[nodiscard]] FittingTabs* tabs() const { return m_tabs; }
    [[nodiscard]] ThreatNavigator* threatList() const { return m_threats; }
    [[nodiscard]] AttackPathList* paths() const { return m_paths; }
    [[nodiscard]] FrameworkLens* frameworks() const { return m_lens; }
    [[nodiscard]] HistoryPanel* history() const { return m_history; }
    [[nodiscard]] RulePanel* rules() const { return m_rules; }

private:
    void goToThreats();

    FittingTabs* m_tabs;
    QStackedWidget* m_pages;
    ThreatNavigator* m_threats;
    AttackPathList* m_paths;
    FrameworkLens* m_lens;
    HistoryPanel* m_history;
    RulePanel* m_rules;
};

} // namespace cupel::widgets
