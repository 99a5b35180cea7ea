// SPDX-License-Identifier: GPL-3.0-or-later
// One threat on a card: what would happen, why the rule fired, the findings that confirm it, what to do, what it refers
// to, and what somebody decided about it; and the part that it hangs on, to work on. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/threat_state.h"
#include "widgets/threats/reason_field.h"

class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace cupel::widgets {

class AssigneeField;
class ControlShelf;
class FactRows;
struct FactRow;
class Label;
class PartEditor;
class RiskPanel;
class SegmentedControl;
class TermField;
class ThreatForm;

class ThreatInspector : public View {
    Q_OBJECT
public:
    explicit ThreatInspector(ThreatState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] FactRows* facts() const { return m_facts; }
    [[nodiscard]] ReasonField* reason() const { return m_reason; }
    [[nodiscard]] TermField* term() const { return m_term; }
    [[nodiscard]] AssigneeField* assignee() const { return m_assignee; }
    [[nodiscard]] QString title() const;
    enum class Page : std::uint8_t { Threat, Part, Form };
    void setPage(Page page);
    [[nodiscard]] Page page() const;
    [[nodiscard]] PartEditor* part() const { return m_part; }
    [[nodiscard]] ThreatForm* form() const { return m_form; }
    [[nodiscard]] ControlShelf* shelf() const { return m_shelf; }
    [[nodiscard]] RiskPanel* risk() const { return m_risk; }
    [[nodiscard]] QPushButton* decision(threats::Applicability applicability, threats::Decision decision) const;
    void writeThreat(); // a new one, on the chosen part
    void editThreat(); // the chosen one, when a person wrote it
    // Where a reason is needed and there is none, its field is shown first.
    void decide(threats::Applicability applicability, threats::Decision decision);
    // What the keys of decisions do: what is typed after M, T, V or L is the reason, no more keys.
    void decideByKey(threats::Applicability applicability, threats::Decision decision);

Q_SIGNALS:
    void told(const QString& text);
    void removeRequested(); // of the chosen part
    void reasonWanted(); // its field has to be in sight

private:
    QWidget* makeCardPage();
    QWidget* makeCard();
    QWidget* makeDecisions();
    void update();
    void fill(const threats::Threat& threat);
    void addReasons(const threats::Threat& threat, std::vector<FactRow>& rows);
    void addEvidence(const threats::Threat& threat, std::vector<FactRow>& rows);
    void followSelection();
    void showDecision(const threats::Threat& threat);
    [[nodiscard]] QString ratingOf(const threats::Threat& threat) const;

    ThreatState& m_state;
    SegmentedControl* m_pages;
    QStackedWidget* m_stack;
    std::string m_last; // id of the threat that was chosen
    bool m_wentAlone = false; // to the part, because it has no threat
    PartEditor* m_part;
    ThreatForm* m_form;
    RiskPanel* m_risk;
    ControlShelf* m_shelf;
    QPushButton* m_edit;
    Label* m_where;
    Label* m_title;
    Label* m_detail;
    FactRows* m_facts;
    struct Choice {
        threats::Applicability applicability;
        threats::Decision decision;
        QPushButton* button;
    };
    std::vector<Choice> m_choices;
    QWidget* m_decisions;
    QScrollArea* m_card = nullptr; // scrolls all but the decisions
    ReasonField* m_reason;
    TermField* m_term;
    AssigneeField* m_assignee;
    Label* m_decided;
    std::vector<std::string> m_fingerprints; // by row; empty: no finding
    std::pair<std::string, std::string> m_shown; // threat that reason and term are of, and what they were
};

} // namespace cupel::widgets
