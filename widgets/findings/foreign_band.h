// SPDX-License-Identifier: GPL-3.0-or-later
// "This folder brings 12 decisions": they are by people this user has not confirmed, so they count only when asked for.
// Above the list until one of the two buttons is pressed.
#pragma once

#include <QtCore/QStringList>
#include <QtWidgets/QFrame>

class QPushButton;

namespace cupel::widgets {

class Label;

struct ForeignDecisions {
    int count = 0;
    int settles = 0; // findings that nobody would need to act on any more
    QStringList authors; // as the file says
    QString trouble; // instead: why the file is not used at all
};

class ForeignBand : public QFrame {
    Q_OBJECT
public:
    explicit ForeignBand(QWidget* parent = nullptr);
    void show(const ForeignDecisions& foreign);

Q_SIGNALS:
    void useRequested();
    void ignoreRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Label* m_title;
    Label* m_text;
    QPushButton* m_use;
    QPushButton* m_ignore;
};

} // namespace cupel::widgets
