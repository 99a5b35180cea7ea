// SPDX-License-Identifier: GPL-3.0-or-later
// The chosen threat in a window of its own and in large letters, for a second screen: what would happen, why, the
// evidence, the controls, the decision. It follows the selection and shows nothing that the card does not. UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

namespace cupel::widgets {

class PresenterCard : public QWidget {
    Q_OBJECT
public:
    explicit PresenterCard(ThreatState& state, QWidget* parent = nullptr);
    [[nodiscard]] QString text() const; // all of it in words

protected:
    void keyPressEvent(QKeyEvent* event) override; // J and K turn the cards here too; Esc closes
    void changeEvent(QEvent* event) override;

private:
    class Line;
    void update();
    void fill(const threats::Threat& threat);

    ThreatState& m_state;
    Line* m_where;
    Line* m_title;
    Line* m_detail;
    Line* m_evidence;
    Line* m_todo;
    Line* m_decision;
};

} // namespace cupel::widgets
