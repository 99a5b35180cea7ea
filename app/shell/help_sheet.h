// SPDX-License-Identifier: GPL-3.0-or-later
// The help as a sheet over the window: its sections at the left, the chosen one at the right. UI thread.
#pragma once

#include "app/shell/sheet.h"

class QListWidget;
class QScrollArea;

namespace cupel::app {

class Actions;
struct HelpTopic;

class HelpSheet : public Sheet {
    Q_OBJECT
public:
    HelpSheet(const Actions& actions, QWidget* window);
    void showTopic(QStringView id); // an unknown one: the first
    [[nodiscard]] const QString& topic() const { return m_topic; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fitList();
    [[nodiscard]] QWidget* makePage(const HelpTopic& topic);
    const Actions& m_actions;
    QListWidget* m_list;
    QScrollArea* m_area;
    QString m_topic;
};

} // namespace cupel::app
