// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_inspector.h"

#include "analyzers/threats/knowledge/tables.h"
#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

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

} // namespace

ThreatInspector::ThreatInspector(ThreatState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_where(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_title(new Label({}, TextRole::H3, Token::TextPrimary, true, this))
    , m_detail(new Label({}, TextRole::Base, Token::TextPrimary, false, this))
    , m_facts(new FactRows(tr("About the threat"), this))
    , m_decisions(nullptr)
    , m_reason(new QLineEdit(this))
    , m_decided(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
{
    setAccessibleName(tr("The chosen threat"));
    setFocusPolicy(Qt::NoFocus);
    for (Label* label : {m_where, m_title, m_detail, m_decided}) {
        label->setWordWrap(true);
    }
    m_reason->setPlaceholderText(tr("Reason or owner"));
    m_reason->setAccessibleName(tr("Reason of the decision"));
    m_decisions = makeDecisions();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 8, 12);
    column->setSpacing(6);
    for (QWidget* one :
        {static_cast<QWidget*>(m_where), static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_detail)}) {
        column->addWidget(one);
    }
    column->addWidget(m_facts, 1);
    column->addWidget(m_decided);
    column->addWidget(m_reason);
    column->addWidget(m_decisions);
    connect(m_facts, &FactRows::opened, this, [this](int row) {
        const std::string fingerprint = m_fingerprints[static_cast<std::size_t>(row)];
        if (!fingerprint.empty()) {
            m_state.openEvidence(fingerprint);
        }
    });
    connect(m_reason, &QLineEdit::returnPressed, this, [this] {
        if (m_asked) {
            decide(m_asked->first, m_asked->second);
        } else {
            Q_EMIT told(tr("Now say what is decided, with one of the buttons below."));
        }
    });
    connect(&state, &ThreatState::selectionChanged, this, &ThreatInspector::update);
    connect(&state, &ThreatState::changed, this, &ThreatInspector::update);
    update();
}

void ThreatInspector::takeFocus()
{
    m_facts->setFocus(Qt::ShortcutFocusReason);
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
        flow->addWidget(button);
        connect(
            button, &QPushButton::clicked, this, [this, applicability, decision] { decide(applicability, decision); });
    };
    add(tr("Applies"), QStringLiteral("A"), Applicability::Applies, Decision::Open);
    add(tr("Mitigated"), QStringLiteral("M"), Applicability::Applies, Decision::Mitigated);
    add(tr("Accept"), QStringLiteral("X"), Applicability::Applies, Decision::Accepted);
    add(tr("Transfer"), QStringLiteral("T"), Applicability::Applies, Decision::Transferred);
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
    const bool needsReason = applicability == Applicability::NotApplicable || decision == Decision::Accepted;
    if (needsReason && m_reason->text().trimmed().isEmpty()) {
        m_asked = std::pair(applicability, decision);
        m_reason->setFocus(Qt::ShortcutFocusReason);
        Q_EMIT told(tr("Write down why, then press Enter: this decision needs a reason."));
        return;
    }
    m_asked.reset();
    m_state.answer({applicability, decision, m_reason->text(), {}});
}

void ThreatInspector::update()
{
    const auto* threat = m_state.threat();
    for (QWidget* one : {static_cast<QWidget*>(m_decisions), static_cast<QWidget*>(m_reason)}) {
        one->setVisible(threat != nullptr);
    }
    m_decided->setVisible(threat && !threat->author.empty());
    m_fingerprints.clear();
    if (threat) {
        fill(*threat);
        return;
    }
    m_shown = {};
    m_asked.reset();
    std::vector<FactRow> rows;
    if (!m_state.reading()) {
        m_where->setText({});
        m_title->setText(tr("Nothing to show yet"));
        m_detail->setText(tr("The threat model of what is open comes here when it has been made."));
    } else if (!m_state.part().empty()) {
        m_where->setText(tr("No open threat"));
        m_title->setText(m_state.nameOf(m_state.part()));
        m_detail->setText(tr("Nothing is left to decide here by the choice at the left."));
        addPart(rows);
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
    const std::pair shown(threat.id, threat.reason);
    if (std::exchange(m_shown, shown) != shown) { // what is being written stays until something else is shown
        m_reason->setText(QString::fromStdString(threat.reason));
        m_asked.reset();
    }
    const QString decision =
        threat.applicability == Applicability::NotApplicable ? word(threat.applicability) : word(threat.decision);
    m_decided->setText(tr("%1, by %2").arg(decision, shownText(threat.author)));
    std::vector<FactRow> rows;
    rows.push_back(heading(tr("Risk")));
    rows.push_back(
        fact(tr("Likelihood"), threat.assumed ? tr("Assumed: something is not known") : word(threat.evidence),
            tr("%1 of 5").arg(threat.likelihood)));
    rows.push_back(fact(tr("Impact"), {}, tr("%1 of 5").arg(threat.impact)));
    m_fingerprints.resize(rows.size());
    addEvidence(threat, rows);
    addReasons(threat, rows);
    if (!threat.mitigation.empty()) {
        rows.push_back(heading(tr("What to do")));
        rows.push_back(fact(shownText(threat.mitigation)));
        rows.back().detail = std::exchange(rows.back().title, tr("Fix"));
    }
    if (!threat.controls.empty()) {
        rows.push_back(heading(tr("Controls")));
        for (const auto& control : threat.controls) {
            rows.push_back(fact(shownText(std::string(threats::titleOf(control))), shownText(control)));
        }
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
    if (count == 0) {
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
            rows.push_back(fact(shownText(reason.key), part, shownText(reason.value)));
        }
    }
    m_fingerprints.resize(rows.size());
}

void ThreatInspector::addPart(std::vector<FactRow>& rows)
{
    const auto& model = m_state.reading()->overlaid.model;
    const auto show = [&rows](const threats::DiagramPart& part) {
        rows.push_back(heading(tr("What is known of it")));
        for (const auto& attribute : part.attributes) {
            rows.push_back(fact(shownText(attribute.key), {}, shownText(attribute.value)));
        }
    };
    const auto isIt = [this](const auto& one) { return one.id == m_state.part(); };
    if (const auto element = std::find_if(model.elements.begin(), model.elements.end(), isIt);
        element != model.elements.end()) {
        show(*element);
    } else if (const auto flow = std::find_if(model.flows.begin(), model.flows.end(), isIt);
        flow != model.flows.end()) {
        show(*flow);
    }
}

} // namespace cupel::widgets
