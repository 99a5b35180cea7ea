// SPDX-License-Identifier: GPL-3.0-or-later
// Above the drawing while a long import runs: what is done, how far it is, and a way to stop it. UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

class QProgressBar;
class QPushButton;

namespace cupel::widgets {

class Label;

class TaskBand : public QWidget {
    Q_OBJECT
public:
    explicit TaskBand(ThreatState& state, QWidget* parent = nullptr);
    [[nodiscard]] QPushButton* cancel() const { return m_cancel; }
    [[nodiscard]] QProgressBar* bar() const { return m_bar; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void update();

    ThreatState& m_state;
    Label* m_text;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
};

} // namespace cupel::widgets
