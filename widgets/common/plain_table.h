// SPDX-License-Identifier: GPL-3.0-or-later
// A table without a grid, rows of one height. UI thread.
#pragma once

#include <QtWidgets/QTableView>

namespace cupel::widgets {

class PlainTable : public QTableView {
    Q_OBJECT
public:
    explicit PlainTable(const QString& accessibleName, QWidget* parent = nullptr);

protected:
    bool event(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fitRows();
};

} // namespace cupel::widgets
