// SPDX-License-Identifier: GPL-3.0-or-later
// Until when a decision holds: for good, or until a day after which it is due again. UI thread.
#pragma once

#include <QtWidgets/QWidget>

class QCheckBox;
class QDateEdit;

namespace cupel::widgets {

class TermField : public QWidget {
    Q_OBJECT
public:
    explicit TermField(QWidget* parent = nullptr);
    [[nodiscard]] QString until() const; // ISO date; empty: for good
    void setUntil(const QString& date);
    [[nodiscard]] QCheckBox* limited() const { return m_limited; }
    [[nodiscard]] QDateEdit* date() const { return m_date; }

private:
    QCheckBox* m_limited;
    QDateEdit* m_date;
};

} // namespace cupel::widgets
