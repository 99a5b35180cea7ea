// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_inspector.h"

#include "analyzers/threats/contested.h"
#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/work/risk.h"
#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"
#include "widgets/threats/assignee_field.h"
#include "widgets/threats/control_shelf.h"
#include "widgets/threats/part_editor.h"
#include "widgets/threats/risk_panel.h"
#include "widgets/threats/term_field.h"
#include "widgets/threats/threat_form.h"
#include "widgets/threats/whole_facts.h"

#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <array>

namespace cupel::widgets {

using threats::Applicability;
using threats::Decision;

namespace {

FactRow heading(const QString& text)
{
    FactRow row;
    row.heading = true;
    row.title = text;
    return row;
}

FactRow fact(const QString& title, const QString& detail = {}, const QString& right = {})
{
    FactRow row;
    row.title = title;
    row.detail = detail;
    row.right = right;
    return row;
}

QScrollArea* scrolled(QWidget* content)
{
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return area;
}

} // namespace

ThreatInspector::ThreatInspector(ThreatState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_pages(new SegmentedControl({tr("Threat"), tr("Part")}, tr("What is shown"), this))
    , m_stack(new QStackedWidget(this))
    , m_part(new PartEditor(state))
    , m_form(new ThreatForm(state))
    , m_risk(new RiskPanel)
    , m_shelf(new ControlShelf(state))
    , m_edit(new QPushButton(tr("Edit the threat\u2026")))
    , m_where(new Label({}, TextRole::Small, Token::TextSecondary, false))
    , m_title(new Label({}, TextRole::H3, Token::TextPrimary, true))
    , m_detail(new Label({}, TextRole::Base, Token::TextPrimary, false))
    , m_facts(new WholeFacts(tr("About the threat")))
    , m_decisions(nullptr)
    , m_reason(new ReasonField)
    , m_term(new TermField)
    , m_assignee(new AssigneeField(state))
    , m_decided(new Label({}, TextRole::Small, Token::TextSecondary, false))
{
    setAccessibleName(tr("The chosen threat"));
    setFocusPolicy(Qt::NoFocus);
    m_stack->addWidget(makeCardPage());
    m_stack->addWidget(scrolled(m_part));
    m_stack->addWidget(scrolled(m_form));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 4, 12);
    column->setSpacing(10);
    column->addWidget(m_pages, 0, Qt::AlignLeft);
    column->addWidget(m_stack, 1);
    connect(m_pages, &SegmentedControl::currentChanged, this, [this](int page) {
        m_wentAlone = false; // somebody wants to see it
        m_stack->setCurrentIndex(page);
    });
    connect(m_part, &PartEditor::removeRequested, this, &ThreatInspector::removeRequested);
    connect(m_part, &PartEditor::threatRequested, this, &ThreatInspector::writeThreat);
    connect(m_edit, &QPushButton::clicked, this, &ThreatInspector::editThreat);
    connect(m_assignee, &AssigneeField::told, this, &ThreatInspector::told);
    connect(m_shelf, &ControlShelf::told, this, &ThreatInspector::told);
    connect(m_form, &ThreatForm::told, this, &ThreatInspector::told);
    connect(m_form, &ThreatForm::done, this, [this] { setPage(m_state.threat() ? Page::Threat : Page::Part); });
    connect(m_facts, &FactRows::opened, this, [this](int row) {
        const std::string fingerprint = m_fingerprints[static_cast<std::size_t>(row)];
        if (!fingerprint.empty()) {
            m_state.openEvidence(fingerprint);
        }
    });
    connect(m_reason, &ReasonField::told, this, &ThreatInspector::told);
    connect(m_reason, &ReasonField::entered, this,
        [this](const ReasonField::Answer& answer) { decide(answer.first, answer.second); });
    connect(m_reason, &ReasonField::wanted, this, [this] {
        if (page() == Page::Part) {
            setPage(Page::Threat);
        }
        Q_EMIT reasonWanted();
    });
    connect(&state, &ThreatState::selectionChanged, this, &ThreatInspector::followSelection);
    connect(&state, &ThreatState::selectionChanged, this, &ThreatInspector::update);
    connect(&state, &ThreatState::changed, this, &ThreatInspector::update);
    update();
}

// What is decided with stays in sight, whatever the card is scrolled to.
QWidget* ThreatInspector::makeCardPage()
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_card = scrolled(makeCard());
    column->addWidget(m_card, 1);
    m_decisions = makeDecisions();
    m_decisions->setContentsMargins(0, 0, 12, 0);
    column->addWidget(m_decisions);
    return page;
}

QWidget* ThreatInspector::makeCard()
{
    auto* card = new QWidget(this);
    for (Label* label : {m_where, m_title, m_detail, m_decided}) {
        label->setWordWrap(true);
    }
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(6);
    for (QWidget* one :
        {static_cast<QWidget*>(m_where), static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_detail)}) {
        column->addWidget(one);
    }
    setSmall(m_edit);
    column->addWidget(m_edit, 0, Qt::AlignLeft);
    column->addWidget(m_risk);
    column->addWidget(m_facts);
    column->addWidget(m_shelf);
    for (QWidget* one : {static_cast<QWidget*>(m_decided), static_cast<QWidget*>(m_assignee),
             static_cast<QWidget*>(m_reason), static_cast<QWidget*>(m_term)}) {
        column->addWidget(one);
    }
    column->addStretch(1);
    return card;
}

void ThreatInspector::setPage(Page page)
{
    m_pages->setVisible(page != Page::Form);
    if (page != Page::Form) {
        m_pages->setCurrent(static_cast<int>(page));
    }
    m_stack->setCurrentIndex(static_cast<int>(page));
}

ThreatInspector::Page ThreatInspector::page() const
{
    return static_cast<Page>(m_stack->currentIndex());
}

void ThreatInspector::writeThreat()
{
    if (m_state.part().empty()) {
        Q_EMIT told(tr("Choose an element, a flow or a zone first."));
        return;
    }
    setPage(Page::Form);
    m_form->startNew(m_state.part());
}

void ThreatInspector::editThreat()
{
    const auto* threat = m_state.threat();
    if (!threat || !threat->rule.empty()) {
        Q_EMIT told(tr("A rule made this threat: decide about it, or write one of your own."));
        return;
    }
    setPage(Page::Form);
    m_form->startEdit(*threat);
}

QPushButton* ThreatInspector::decision(Applicability applicability, Decision decision) const
{
    const auto found = std::find_if(m_choices.begin(), m_choices.end(),
        [&](const Choice& one) { return one.applicability == applicability && one.decision == decision; });
    return found == m_choices.end() ? nullptr : found->button;
}

// What is decided already is seen on its button.
void ThreatInspector::showDecision(const threats::Threat& threat)
{
    const bool undecided = threat.applicability == Applicability::Proposed && threat.decision == Decision::Open;
    for (const Choice& one : m_choices) {
        const bool open = one.applicability == Applicability::Proposed;
        one.button->setChecked(!open && one.applicability == threat.applicability
            && (one.decision == threat.decision || one.applicability == Applicability::NotApplicable));
        one.button->setVisible(!open || !undecided);
    }
}

// Where the likelihood comes from: the rule, where the part stands, and what findings say.
QString ThreatInspector::ratingOf(const threats::Threat& threat) const
{
    if (threat.rule.empty()) {
        return tr("As it was written down");
    }
    const auto& rules = threats::builtInRules();
    const auto rule =
        std::find_if(rules.begin(), rules.end(), [&](const threats::ThreatRule& one) { return one.id == threat.rule; });
    if (rule == rules.end()) {
        return word(threat.evidence);
    }
    if (threats::findingsConfirm(threat)) {
        return tr("%1 by its rule; the findings that confirm it say %2").arg(rule->likelihood).arg(threat.likelihood);
    }
    if (threat.likelihood > rule->likelihood) {
        return tr("%1 by its rule, 1 more: it crosses a border or stands outside").arg(rule->likelihood);
    }
    if (threat.assumed) {
        return tr("%1 by its rule; at most 3 while something is only assumed").arg(rule->likelihood);
    }
    return threat.likelihood < rule->likelihood
        ? tr("%1 by its rule, less because the scan refutes it").arg(rule->likelihood)
        : tr("%1 by its rule").arg(rule->likelihood);
}

// A part without a threat is there to be worked on; what is being written stays until it is saved.
void ThreatInspector::followSelection()
{
    const std::string chosen = m_state.threat() ? m_state.threat()->id : std::string();
    const bool fresh = std::exchange(m_last, chosen) != chosen;
    if (page() == Page::Form) {
        return;
    }
    if (!m_state.part().empty() && !m_state.threat()) {
        const bool alone = m_wentAlone || page() == Page::Threat;
        setPage(Page::Part);
        m_wentAlone = alone;
    } else if (m_state.threat() && (std::exchange(m_wentAlone, false) || (fresh && m_state.threatChosen()))) {
        setPage(Page::Threat); // who chooses a threat of a list wants its card
    }
}

void ThreatInspector::takeFocus()
{
    if (page() == Page::Part) {
        m_part->takeFocus();
    } else {
        m_facts->setFocus(Qt::ShortcutFocusReason);
    }
}

QString ThreatInspector::title() const
{
    return m_title->text();
}

QWidget* ThreatInspector::makeDecisions()
{
    auto* box = new QWidget(this);
    auto* flow = new FlowLayout(6, false, box);
    const auto add = [&](const QString& text, const QString& key, Applicability applicability, Decision decision) {
        auto* button = new QPushButton(text, box);
        setSmall(button);
        setKeyHint(button, key);
        button->setCheckable(true);
        flow->addWidget(button);
        m_choices.push_back({applicability, decision, button});
        connect(button, &QPushButton::clicked, this, [this, applicability, decision] {
            decide(applicability, decision);
            if (const auto* threat = m_state.threat()) {
                showDecision(*threat); // it is checked when it is decided, not before
            }
        });
    };
    add(tr("Applies"), QStringLiteral("A"), Applicability::Applies, Decision::Open);
    add(tr("In progress"), QStringLiteral("P"), Applicability::Applies, Decision::InProgress);
    add(tr("Mitigated"), QStringLiteral("M"), Applicability::Applies, Decision::Mitigated);
    add(tr("Accept"), QStringLiteral("X"), Applicability::Applies, Decision::Accepted);
    add(tr("Transfer"), QStringLiteral("T"), Applicability::Applies, Decision::Transferred);
    add(tr("Avoided"), QStringLiteral("V"), Applicability::Applies, Decision::Avoided);
    add(tr("Eliminated"), QStringLiteral("L"), Applicability::Applies, Decision::Eliminated);
    add(tr("Not applicable"), QStringLiteral("N"), Applicability::NotApplicable, Decision::Open);
    add(tr("Open again"), QStringLiteral("R"), Applicability::Proposed, Decision::Open);
    return box;
}

void ThreatInspector::decide(Applicability applicability, Decision decision)
{
    if (!m_state.threat()) {
        Q_EMIT told(tr("Choose a threat first."));
        return;
    }
    if (ReasonField::isNeeded({applicability, decision}) && m_reason->blank()) {
        m_reason->ask({applicability, decision});
        Q_EMIT told(tr("Write down why, then press Enter: this decision needs a reason."));
        return;
    }
    if (m_reason->taken()) { // what was asked for is no longer
        Q_EMIT told(tr("Decided, with its reason."));
    }
    const bool settles =
        decision == Decision::Accepted || decision == Decision::Mitigated || decision == Decision::Transferred;
    m_state.answer({applicability, decision, m_reason->text(), settles ? m_term->until() : QString()});
}

void ThreatInspector::decideByKey(Applicability applicability, Decision decision)
{
    static constexpr std::array explained{
        Decision::Mitigated, Decision::Transferred, Decision::Avoided, Decision::Eliminated};
    const bool mayHaveReason = std::find(explained.begin(), explained.end(), decision) != explained.end()
        && m_state.threat() && m_reason->blank() && page() != Page::Form;
    if (!mayHaveReason) {
        decide(applicability, decision);
        return;
    }
    m_reason->forget();
    Q_EMIT told(tr("Decided. Type why and press Enter, or Enter alone for no reason."));
    decide(applicability, decision);
    m_reason->ask({applicability, decision});
}

void ThreatInspector::update()
{
    m_part->update();
    const auto* threat = m_state.threat();
    for (QWidget* one : {m_decisions, static_cast<QWidget*>(m_assignee), static_cast<QWidget*>(m_reason),
             static_cast<QWidget*>(m_term), static_cast<QWidget*>(m_risk), static_cast<QWidget*>(m_shelf)}) {
        one->setVisible(threat != nullptr);
    }
    m_edit->setVisible(threat && threat->rule.empty());
    m_decided->setVisible(threat && !threat->author.empty());
    m_fingerprints.clear();
    if (threat) {
        // The card of another threat is read from its head; that of the same one stays where it is, whatever grows.
        const int place = threat->id == m_shown.first ? m_card->verticalScrollBar()->value() : 0;
        fill(*threat);
        const auto keep = [this, place] {
            m_card->verticalScrollBar()->setValue(place);
            if (m_reason->hasFocus()) {
                m_card->ensureWidgetVisible(m_reason);
            }
        };
        QMetaObject::invokeMethod(m_card, keep, Qt::QueuedConnection); // once it has its new height
        return;
    }
    m_shown = {};
    m_reason->forget();
    std::vector<FactRow> rows;
    if (!m_state.reading()) {
        m_where->setText({});
        m_title->setText(tr("Nothing to show yet"));
        m_detail->setText(tr("The threat model of what is open comes here when it has been made."));
    } else if (!m_state.part().empty()) {
        m_where->setText(tr("No open threat"));
        m_title->setText(m_state.nameOf(m_state.part()));
        m_detail->setText(tr("Nothing is left to decide here by the choice at the left."));
    } else {
        m_where->setText({});
        m_title->setText(tr("Choose a threat"));
        m_detail->setText(tr("A threat of the list, or an element or flow of the drawing."));
    }
    m_fingerprints.resize(rows.size());
    m_facts->setFacts(std::move(rows));
}

void ThreatInspector::fill(const threats::Threat& threat)
{
    const QString severity = threat.severity ? word(*threat.severity) : tr("Not rated");
    m_where->setText(tr("%1: %2").arg(severity, m_state.nameOf(threat.target)));
    m_title->setText(shownText(threat.title));
    m_detail->setText(shownText(threat.description));
    const std::pair shown(threat.id, threat.reason + '\n' + threat.until);
    const auto before = std::exchange(m_shown, shown);
    const bool written = m_reason->waits() && before.first == shown.first;
    if (before != shown && !written) { // what is being written stays until something else is shown
        m_reason->setText(QString::fromStdString(threat.reason));
        m_term->setUntil(QString::fromStdString(threat.until));
        m_reason->forget();
    }
    const bool plain = threat.applicability == Applicability::NotApplicable
        || (threat.applicability == Applicability::Applies && threat.decision == Decision::Open);
    const QString decision = plain ? word(threat.applicability) : word(threat.decision);
    showDecision(threat);
    m_assignee->show(threat);
    m_risk->setRisk(threats::riskOf(threat, threats::controlsOf(m_state.reading()->overlaid, threat.id)));
    m_shelf->setThreat(threat);
    const QString by = tr("%1, by %2").arg(decision, shownText(threat.author));
    m_decided->setText(threat.until.empty() ? by : tr("%1, until %2").arg(by, shownText(threat.until)));
    std::vector<FactRow> rows;
    rows.push_back(heading(tr("Risk")));
    rows.push_back(fact(tr("Likelihood"), ratingOf(threat), tr("%1 of 5").arg(threat.likelihood)));
    rows.push_back(fact(tr("Impact"), {}, tr("%1 of 5").arg(threat.impact)));
    m_fingerprints.resize(rows.size());
    addEvidence(threat, rows);
    addReasons(threat, rows);
    if (!threat.mitigation.empty()) {
        rows.push_back(heading(tr("What to do")));
        rows.push_back(fact(shownText(threat.mitigation)));
        rows.back().detail = std::exchange(rows.back().title, tr("Fix"));
    }
    if (!threat.references.empty()) {
        rows.push_back(heading(tr("References")));
        for (const auto& reference : threat.references) {
            rows.push_back(fact(shownText(reference), shownText(std::string(threats::titleOf(reference)))));
        }
    }
    m_fingerprints.resize(rows.size());
    m_facts->setFacts(std::move(rows));
}

void ThreatInspector::addEvidence(const threats::Threat& threat, std::vector<FactRow>& rows)
{
    const int count = static_cast<int>(threat.findings.size());
    rows.push_back(heading(count > 0 ? tr("Evidence: %n finding(s)", nullptr, count) : tr("Evidence")));
    m_fingerprints.resize(rows.size());
    if (const QString contest = contestWord(threat); !contest.isEmpty()) {
        rows.push_back(fact(word(threat.evidence), contest));
        m_fingerprints.resize(rows.size());
    } else if (count == 0) {
        rows.push_back(fact(word(threat.evidence),
            threat.checked == 0 ? tr("No scan can tell this: a person has to.")
                                : tr("%1 of %2 kinds of findings were looked for, none was found here.")
                                      .arg(threat.checked)
                                      .arg(threat.checks)));
    }
    for (const auto& fingerprint : threat.findings) {
        const auto found = m_state.reading()->findings.find(fingerprint);
        if (found != m_state.reading()->findings.end()) {
            FactRow row = fact(shownText(found->second.title),
                shownText(found->second.artifact.substr(found->second.artifact.rfind('/') + 1)) + QStringLiteral(", ")
                    + shownText(found->second.place));
            row.sign = found->second.severity;
            m_fingerprints.resize(rows.size());
            rows.push_back(std::move(row));
            m_fingerprints.push_back(fingerprint);
        }
    }
    m_fingerprints.resize(rows.size());
}

void ThreatInspector::addReasons(const threats::Threat& threat, std::vector<FactRow>& rows)
{
    if (threat.why.empty()) {
        return;
    }
    rows.push_back(heading(tr("Why this threat")));
    for (const auto& reason : threat.why) {
        const QString part = m_state.nameOf(reason.part);
        if (reason.key == "flow") {
            rows.push_back(fact(tr("Flow"), part));
        } else if (reason.key == "zone") {
            rows.push_back(fact(tr("Crosses the border of"), part));
        } else {
            QString asked = reasonWord(reason);
            asked.replace(0, 1, asked.left(1).toUpper());
            rows.push_back(fact(asked, part, valueWord(reason.key, reason.value)));
        }
    }
    m_fingerprints.resize(rows.size());
}

} // namespace cupel::widgets
