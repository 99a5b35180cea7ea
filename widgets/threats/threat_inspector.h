// SPDX-License-Identifier: GPL-3.0-or-later
// One threat on a card: what would happen, why the rule fired, the findings that confirm it, what to do, what it refers
// to, and what somebody decided about it. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/threat_state.h"

class QLineEdit;
class QPushButton;

namespace cupel::widgets {

class FactRows;
struct FactRow;
class Label;

class ThreatInspector : public View {
    Q_OBJECT
public:
    explicit ThreatInspector(ThreatState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] FactRows* facts() const { return m_facts; }
    [[nodiscard]] QLineEdit* reason() const { return m_reason; }
    [[nodiscard]] QString title() const;
    // What the keys A, N, M, X, T and O do; where a reason is needed and there is none, its field is shown first.
    void decide(threats::Applicability applicability, threats::Decision decision);

Q_SIGNALS:
    void told(const QString& text);

private:
    QWidget* makeDecisions();
    void update();
    void fill(const threats::Threat& threat);
    void addReasons(const threats::Threat& threat, std::vector<FactRow>& rows);
    void addEvidence(const threats::Threat& threat, std::vector<FactRow>& rows);
    void addPart(std::vector<FactRow>& rows);

    ThreatState& m_state;
    Label* m_where;
    Label* m_title;
    Label* m_detail;
    FactRows* m_facts;
    QWidget* m_decisions;
    QLineEdit* m_reason;
    Label* m_decided;
    std::vector<std::string> m_fingerprints; // by row; empty: no finding
    std::pair<std::string, std::string> m_shown; // threat that the reason is of, and what it was
    std::optional<std::pair<threats::Applicability, threats::Decision>> m_asked; // waits for a reason
};

} // namespace cupel::widgets
