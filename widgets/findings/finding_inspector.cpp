// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/finding_inspector.h"

#include "analyzers/rules/rule_set.h"
#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/common/turn_queue.h"
#include "widgets/findings/decision_card.h"
#include "widgets/findings/inspector_header.h"
#include "widgets/findings/inspector_page.h"
#include "widgets/findings/threat_links.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtGui/QPainter>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

class Hairline : public QWidget {
public:
    explicit Hairline(QWidget* parent)
        : QWidget(parent)
    {
        setFixedHeight(1);
    }

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), color(Token::Hairline)); }
};

bool saysTheSame(const Finding& a, const Finding& b)
{
    return a.rule == b.rule && a.fingerprint == b.fingerprint && a.severity == b.severity && a.message == b.message
        && a.location.human == b.location.human
        && std::equal(a.evidence.begin(), a.evidence.end(), b.evidence.begin(), b.evidence.end(),
            [](const Evidence& one, const Evidence& other) {
                return one.role == other.role && one.excerpt == other.excerpt
                    && one.location.human == other.location.human;
            });
}

} // namespace

FindingInspector::FindingInspector(ReviewState* state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_empty(new EmptyState(QStringLiteral("text-select"), this))
{
    setAccessibleName(tr("About the finding"));
    setFocusPolicy(Qt::NoFocus);
    m_empty->setState(tr("No finding selected"), tr("Choose one in the list, or press N for the next."));
    auto* nothing = new QWidget(this);
    auto* column = new QVBoxLayout(nothing);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(m_empty);
    column->addStretch(1);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(nothing);
    m_stack->addWidget(makeContent());
    // Once for a row of steps: who makes the text larger presses the key several times.
    m_restyled.setSingleShot(true);
    m_restyled.setInterval(80);
    m_restyled.callOnTimeout(this, [this] {
        m_shown.reset();
        scheduleFollow();
    });
    connect(state, &ReviewState::currentChanged, this, &FindingInspector::scheduleFollow);
    connect(state, &ReviewState::workspaceChanged, this, &FindingInspector::scheduleFollow);
    connect(state, &ReviewState::decisionsChanged, this, &FindingInspector::showDecision);
    follow();
}

QWidget* FindingInspector::makeContent()
{
    auto* content = new QWidget(this);
    m_header = new InspectorHeader(content);
    m_tabs = new QTabBar(content);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->setAccessibleName(tr("Parts of the explanation"));
    m_page = new InspectorPage(content);
    m_page->setAccessibleName(tr("Explanation"));
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(8, 0, 8, 0);
    tabRow->addWidget(m_tabs, 1);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    m_decision = new DecisionCard(content);
    auto* decisionRow = new QVBoxLayout;
    decisionRow->setContentsMargins(16, 0, 16, 4);
    decisionRow->addWidget(m_decision);
    m_threats = new ThreatLinks(content);
    decisionRow->addWidget(m_threats);
    column->addLayout(decisionRow);
    connect(
        m_decision, &DecisionCard::changeRequested, this, [this] { Q_EMIT intent({Intent::Kind::Triage, {}, {}}); });
    connect(m_decision, &DecisionCard::removeRequested, this,
        [this] { Q_EMIT intent({Intent::Kind::RemoveDecision, {}, {}}); });
    column->addLayout(tabRow);
    column->addWidget(new Hairline(content));
    column->addWidget(m_page, 1);
    column->addWidget(new Hairline(content));
    column->addWidget(makeFooter());
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        if (tab >= 0) {
            m_page->goTo(static_cast<InspectorPage::Section>(m_tabs->tabData(tab).toInt()));
        }
    });
    connect(m_page, &InspectorPage::sectionChanged, this, [this](int section) {
        const QSignalBlocker quiet(m_tabs);
        for (int tab = 0; tab < m_tabs->count(); ++tab) {
            if (m_tabs->tabData(tab).toInt() == section) {
                m_tabs->setCurrentIndex(tab);
            }
        }
        m_tabs->update();
    });
    connect(m_page, &InspectorPage::locationActivated, this, &FindingInspector::locationActivated);
    return content;
}

QWidget* FindingInspector::makeFooter()
{
    auto* footer = new QWidget(this);
    m_triage = new QPushButton(tr("Triage…"), footer);
    m_triage->setIcon(icon(QStringLiteral("circle-check")));
    m_triage->setToolTip(plainToolTip(tr("Say why this finding may stay, and until when (T)")));
    connect(m_triage, &QPushButton::clicked, this, [this] { Q_EMIT intent({Intent::Kind::Triage, {}, {}}); });
    m_copy = new QPushButton(tr("Copy as Markdown"), footer);
    m_copy->setIcon(icon(QStringLiteral("copy")));
    m_copy->setToolTip(tr("Copies this finding with secrets masked (C)"));
    auto* link = new IconButton(QStringLiteral("link"), tr("Copy link to this finding (Ctrl+Shift+C)"), footer);
    connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT intent({Intent::Kind::CopyMarkdown, {}, {}}); });
    connect(link, &IconButton::clicked, this, [this] { Q_EMIT intent({Intent::Kind::CopyLink, {}, {}}); });
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(16, 12, 16, 12);
    row->setSpacing(8);
    row->addWidget(m_triage);
    row->addWidget(m_copy);
    row->addStretch(1);
    row->addWidget(link);
    return footer;
}

bool FindingInspector::event(QEvent* event)
{
    const bool handled = View::event(event);
    if (event->type() == QEvent::StyleChange) {
        m_restyled.start(); // measures of the page come from the text size
    }
    return handled;
}

void FindingInspector::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    fitFooter();
}

// The key is shown while there is room for it.
void FindingInspector::fitFooter()
{
    const QString key = QStringLiteral("C");
    m_copy->setText(tr("Copy as Markdown"));
    m_copy->setAccessibleName(m_copy->text());
    setKeyHint(m_copy, key);
    setKeyHint(m_triage, QStringLiteral("T"));
    constexpr int others = 2 * 16 + 2 * 8 + 36; // margins, gaps, link button
    const auto tooWide = [this] {
        return m_triage->sizeHint().width() + m_copy->sizeHint().width() + others > width();
    };
    if (tooWide()) {
        setKeyHint(m_copy, {});
        m_copy->setText(tr("Copy"));
        setKeyHint(m_copy, key);
    }
    if (tooWide()) { // large text
        setKeyHint(m_copy, {});
        setKeyHint(m_triage, {});
    }
}

void FindingInspector::takeFocus()
{
    (m_stack->currentIndex() == 1 ? static_cast<QWidget*>(m_page) : this)->setFocus(Qt::ShortcutFocusReason);
}

void FindingInspector::scheduleFollow()
{
    TurnQueue::instance().post(this, [this] { follow(); });
}

void FindingInspector::follow()
{
    const std::optional<FindingRef> current = m_state ? m_state->current() : std::nullopt;
    const Finding* finding = current ? m_state->finding(*current) : nullptr;
    if (finding == nullptr) {
        m_shown.reset();
        m_shownAnalysis.reset();
        const bool none = !m_state || m_state->total() == 0;
        m_empty->setState(none ? tr("No findings") : tr("No finding selected"),
            none ? tr("What a finding means would stand here.")
                 : tr("Choose one in the list, or press N for the next."));
        m_stack->setCurrentIndex(0);
        return;
    }
    const AnalysisPtr analysis = m_state->analysis(current->artifact);
    if (m_shown == current && m_shownAnalysis == analysis) {
        return;
    }
    const Finding* before = m_shown && m_shownAnalysis && m_shown->artifact == current->artifact
            && m_shown->index < m_shownAnalysis->findings.size()
        ? &m_shownAnalysis->findings[m_shown->index]
        : nullptr;
    const bool same = before != nullptr && saysTheSame(*before, *finding);
    m_shown = current;
    m_shownAnalysis = analysis;
    showDecision();
    m_threats->show(finding->fingerprint);
    if (same) {
        return; // after another scan of its file: the page stays where it was
    }
    m_header->show(*finding);
    m_page->show(*finding, rules::findRule(finding->rule), m_state->workspace().analyses.size() > 1);
    fillTabs(*finding);
    fitFooter();
    m_stack->setCurrentIndex(1);
}

void FindingInspector::showDecision()
{
    const std::optional<FindingRef> current = m_state ? m_state->current() : std::nullopt;
    const review::Decision* decision = current ? m_state->decision(*current) : nullptr;
    m_decision->show(decision ? m_state->decisionState(*current) : review::DecisionState::None, decision,
        decision ? m_state->finding(*current) : nullptr);
}

void FindingInspector::fillTabs(const Finding& finding)
{
    const QSignalBlocker quiet(m_tabs);
    while (m_tabs->count() > 0) {
        m_tabs->removeTab(0);
    }
    const auto add = [this](InspectorPage::Section section, const QString& text) {
        if (m_page->hasSection(section)) {
            m_tabs->setTabData(m_tabs->addTab(text), static_cast<int>(section));
        }
    };
    add(InspectorPage::What, tr("What"));
    add(InspectorPage::EvidenceSection, tr("Evidence %1").arg(evidenceLines(finding).size()));
    add(InspectorPage::Fix, tr("Fix"));
    add(InspectorPage::References, tr("References"));
    m_tabs->updateGeometry(); // a tab bar does not say so itself while it is hidden
}

} // namespace cupel::widgets
