// SPDX-License-Identifier: GPL-3.0-or-later
// Above the drawing while a file of another tool is worked on: which one, in which form, whether it is saved, and the
// three things that can be done with it. UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

class QBoxLayout;
class QPushButton;

namespace cupel::widgets {

class Label;

class FileBand : public QWidget {
    Q_OBJECT
public:
    explicit FileBand(ThreatState& state, QWidget* parent = nullptr);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton* save() const { return m_save; }
    [[nodiscard]] QPushButton* takeOver() const { return m_own; }
    [[nodiscard]] QPushButton* leave() const { return m_leave; }

Q_SIGNALS:
    void saveRequested();
    void takeOverRequested(); // as Cupel's own model
    void leaveRequested(); // back to the model of the folder

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void update();

    ThreatState& m_state;
    Label* m_text;
    QBoxLayout* m_row = nullptr;
    QPushButton* m_save;
    QPushButton* m_own;
    QPushButton* m_leave;
};

} // namespace cupel::widgets
