// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_panels.h"

#include "widgets/threats/attack_path_list.h"
#include "widgets/threats/fitting_tabs.h"
#include "widgets/threats/framework_lens.h"
#include "widgets/threats/history_panel.h"
#include "widgets/threats/rule_panel.h"
#include "widgets/threats/threat_navigator.h"

#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace cupel::widgets {

ThreatPanels::ThreatPanels(ThreatState& state, RuleBench& rules, QWidget* parent)
    : View(parent)
    , m_tabs(new FittingTabs(this))
    , m_pages(new QStackedWidget(this))
    , m_threats(new ThreatNavigator(state, this))
    , m_paths(new AttackPathList(state, this))
    , m_lens(new FrameworkLens(state, this))
    , m_history(new HistoryPanel(state, this))
    , m_rules(new RulePanel(state, rules, this))
{
    setAccessibleName(tr("Threats, attack paths, frameworks, history and rules"));
    setFocusPolicy(Qt::NoFocus);
    m_tabs->setAccessibleName(tr("What stands beside the drawing"));
    m_tabs->add(QStringLiteral("shield-alert"), tr("Threats"));
    m_tabs->add(QStringLiteral("route"), tr("Paths"), tr("Attack paths"), tr("Attack paths"));
    m_tabs->add(QStringLiteral("book-open"), tr("Frameworks"));
    m_tabs->add(QStringLiteral("history"), tr("History"));
    m_tabs->add(QStringLiteral("code"), tr("Rules"), tr("Rules of your own: try them, and add them to packs"));
    for (QWidget* page : {static_cast<QWidget*>(m_threats), static_cast<QWidget*>(m_paths),
             static_cast<QWidget*>(m_lens), static_cast<QWidget*>(m_history), static_cast<QWidget*>(m_rules)}) {
        m_pages->addWidget(page);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_pages->setCurrentIndex(tab);
        if (static_cast<Panel>(tab) != Panel::Paths) {
            m_paths->clearChoice(); // what is marked in the drawing is explained by nothing any more
        }
    });
    connect(m_paths, &AttackPathList::threatRequested, this, &ThreatPanels::goToThreats);
    connect(m_lens, &FrameworkLens::threatRequested, this, &ThreatPanels::goToThreats);
    connect(m_history, &HistoryPanel::threatRequested, this, &ThreatPanels::goToThreats);
}

void ThreatPanels::takeFocus()
{
    static_cast<View*>(m_pages->currentWidget())->takeFocus();
}

void ThreatPanels::showPanel(Panel panel)
{
    m_tabs->setCurrentIndex(static_cast<int>(panel));
}

ThreatPanels::Panel ThreatPanels::shown() const
{
    return static_cast<Panel>(m_tabs->currentIndex());
}

void ThreatPanels::goToThreats()
{
    showPanel(Panel::Threats);
    m_threats->takeFocus();
}

} // namespace cupel::widgets
