// SPDX-License-Identifier: GPL-3.0-or-later
// A threat that a person writes down, new or once more: what it is, of which categories, how likely and how bad.
// UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

#include <array>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace cupel::widgets {

class Chip;
class Label;

class ThreatForm : public QWidget {
    Q_OBJECT
public:
    explicit ThreatForm(ThreatState& state, QWidget* parent = nullptr);
    void startNew(const std::string& target); // id of an element, a flow or a zone
    void startEdit(const threats::Threat& threat); // one of their own
    [[nodiscard]] QLineEdit* title() const { return m_title; }
    [[nodiscard]] Chip* category(int index) const { return m_stride[static_cast<std::size_t>(index)]; }
    [[nodiscard]] QSpinBox* likelihood() const { return m_likelihood; }
    [[nodiscard]] QSpinBox* impact() const { return m_impact; }
    [[nodiscard]] QComboBox* technique() const { return m_technique; }
    [[nodiscard]] QPushButton* saveButton() const { return m_save; }
    [[nodiscard]] QPushButton* deleteButton() const { return m_delete; }

Q_SIGNALS:
    void done(); // saved, deleted or given up
    void told(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void save();
    void remove();
    void fill(const threats::OwnThreat& own);
    void showRisk();
    [[nodiscard]] threats::OwnThreat written() const;
    [[nodiscard]] bool putInto(threats::OwnThreat& own, const threats::OwnThreat& wanted) const;

    ThreatState& m_state;
    std::string m_id; // empty: a new one
    std::string m_target;
    threats::OwnThreat m_filled; // as it was given
    threats::OwnThreat m_shown; // as the fields said it then
    Label* m_head;
    QLineEdit* m_title;
    std::array<Chip*, 6> m_stride{};
    QComboBox* m_technique;
    QSpinBox* m_likelihood;
    QSpinBox* m_impact;
    Label* m_risk;
    QPlainTextEdit* m_description;
    QPlainTextEdit* m_mitigation;
    QPushButton* m_save;
    QPushButton* m_delete;
};

} // namespace cupel::widgets
