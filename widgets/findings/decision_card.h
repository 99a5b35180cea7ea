// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody decided about the finding in the inspector: the reason as a word with its sign, who, when, until when,
// the note, and what can be done about it. Hidden while nobody decided.
#pragma once

#include "analyzers/review/decisions.h"

#include <QtWidgets/QFrame>

class QPushButton;

namespace cupel::widgets {

class Label;

class DecisionCard : public QFrame {
    Q_OBJECT
public:
    explicit DecisionCard(QWidget* parent = nullptr);
    void show(review::DecisionState state, const review::Decision* decision, const Finding* finding = nullptr);

Q_SIGNALS:
    void changeRequested();
    void removeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    review::DecisionState m_state = review::DecisionState::None;
    Label* m_title;
    Label* m_text;
    QPushButton* m_change;
    QPushButton* m_remove;
};

} // namespace cupel::widgets
