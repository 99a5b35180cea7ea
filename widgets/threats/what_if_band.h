// SPDX-License-Identifier: GPL-3.0-or-later
// A branch of the model to try something: from its start on, what every change does to the number of threats and to
// the risk; then it is kept or all of it is taken back. Above the drawing while it lasts. UI thread.
#pragma once

#include "analyzers/threats/work/control_use.h"
#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

class QPushButton;

namespace cupel::widgets {

class Label;

class WhatIfBand : public QWidget {
    Q_OBJECT
public:
    explicit WhatIfBand(ThreatState& state, QWidget* parent = nullptr);
    void start(); // from what is shown now
    void end(); // whatever was tried stays as it is
    [[nodiscard]] bool isOn() const { return m_on; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton* keep() const { return m_keep; }
    [[nodiscard]] QPushButton* discard() const { return m_discard; }

Q_SIGNALS:
    void started();
    void discardRequested(); // everything since the start is taken back
    void left(); // by one of its buttons, which had the keyboard

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void update();

    ThreatState& m_state;
    bool m_on = false;
    threats::Remains m_before;
    Label* m_text;
    QPushButton* m_keep;
    QPushButton* m_discard;
};

} // namespace cupel::widgets
