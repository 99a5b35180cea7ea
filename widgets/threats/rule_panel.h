// SPDX-License-Identifier: GPL-3.0-or-later
// Rules of one's own: the packs of the folder with what is wrong in them, and a rule that is written here, tried on the
// open model with every sign, and added to a pack. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/rule_bench.h"
#include "widgets/models/threat_state.h"

#include <QtCore/QTimer>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace cupel::widgets {

class FactRows;
class Label;

class RulePanel : public View {
    Q_OBJECT
public:
    RulePanel(ThreatState& state, RuleBench& bench, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] QComboBox* scope() const { return m_scope; }
    [[nodiscard]] QComboBox* kind() const { return m_kind; }
    [[nodiscard]] QPlainTextEdit* condition() const { return m_condition; }
    [[nodiscard]] FactRows* hits() const { return m_hits; }
    [[nodiscard]] QString verdict() const; // "Fires at 2 places"
    [[nodiscard]] QLineEdit* title() const { return m_title; }
    [[nodiscard]] QComboBox* pack() const { return m_pack; }
    [[nodiscard]] QPushButton* add() const { return m_add; }
    [[nodiscard]] QString packsText() const; // what is said of the packs
    [[nodiscard]] QPushButton* use() const; // of the first pack that waits; null: none does

private:
    QWidget* makeContent();
    void addTrial(QVBoxLayout* column);
    void addForm(QVBoxLayout* column);
    void listPacks();
    void ask();
    void showTrial();
    [[nodiscard]] threats::RuleDraft draft() const;

    ThreatState& m_state;
    RuleBench& m_bench;
    QComboBox* m_scope = nullptr;
    QComboBox* m_kind = nullptr;
    QPlainTextEdit* m_condition = nullptr;
    Label* m_verdict = nullptr;
    FactRows* m_hits = nullptr;
    std::vector<std::string> m_parts; // by row of the hits
    QLineEdit* m_title = nullptr;
    QLineEdit* m_happens = nullptr;
    QSpinBox* m_likelihood = nullptr;
    QSpinBox* m_impact = nullptr;
    QComboBox* m_pack = nullptr;
    QPushButton* m_add = nullptr;
    QWidget* m_packs = nullptr;
    QTimer m_rest; // what is typed is tried once it rests
};

} // namespace cupel::widgets
