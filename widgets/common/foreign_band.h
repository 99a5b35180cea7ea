// SPDX-License-Identifier: GPL-3.0-or-later
// "This folder brings 12 decisions": they are by people this user has not confirmed, so they count only when asked for.
// Above the list of what they are about until one of the two buttons is pressed. UI thread.
#pragma once

#include <QtCore/QStringList>
#include <QtWidgets/QFrame>

#include <cstdint>

class QPushButton;

namespace cupel::widgets {

class Label;

struct ForeignDecisions {
    enum class About : std::uint8_t { Findings, Threats };
    About about = About::Findings;
    int count = 0;
    int settles = 0; // what of the open files would be another: findings that are settled, threats and parts of a model
    QStringList authors; // fit to be shown
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
