// SPDX-License-Identifier: GPL-3.0-or-later
// Who works on the chosen threat: a name that is typed or chosen among those of the model, or oneself by a button. It
// goes out as one step of work on the model. UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

class QLineEdit;
class QPushButton;
class QStringListModel;

namespace cupel::widgets {

class AssigneeField : public QWidget {
    Q_OBJECT
public:
    explicit AssigneeField(ThreatState& state, QWidget* parent = nullptr);
    void show(const threats::Threat& threat); // what is being written stays while it is the same
    void toggleMine(); // the chosen threat becomes the user's own, or nobody's again
    [[nodiscard]] QLineEdit* name() const { return m_name; }
    [[nodiscard]] QPushButton* mine() const { return m_mine; }

Q_SIGNALS:
    void told(const QString& text);

private:
    void assign(const QString& name);

    ThreatState& m_state;
    QLineEdit* m_name;
    QPushButton* m_mine;
    QStringListModel* m_people;
    std::pair<std::string, std::string> m_shown; // threat, and who it is of
};

} // namespace cupel::widgets
