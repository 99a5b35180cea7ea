// SPDX-License-Identifier: GPL-3.0-or-later
// A long menu in which what is typed goes to the first entry with a word that begins so. UI thread.
#pragma once

#include <QtCore/QElapsedTimer>
#include <QtWidgets/QMenu>

namespace cupel::widgets {

class KindMenu : public QMenu {
    Q_OBJECT
public:
    using QMenu::QMenu;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QAction* find(const QString& typed) const; // null: none begins so

    QString m_typed;
    QElapsedTimer m_since; // the last letter
};

} // namespace cupel::widgets
