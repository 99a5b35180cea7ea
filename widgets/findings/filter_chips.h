// SPDX-License-Identifier: GPL-3.0-or-later
// Ready-made filters as switches with their counts, and the choice of grouping. Each switch adds or takes away one term
// of the query, so that the filter line always tells the whole truth.
#pragma once

#include "widgets/models/review_state.h"

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

class QActionGroup;
class QPushButton;

namespace cupel::widgets {

class Chip;

class FilterChips : public QWidget {
    Q_OBJECT
public:
    explicit FilterChips(ReviewState* state, QWidget* parent = nullptr);

private:
    Chip* addChip(const QString& toolTip);
    void makeGrouping();
    void scheduleUpdate();
    void follow();
    void showOpen();
    void show(Chip* chip, const QString& text, const QString& term);
    void show(Chip* chip, const QString& text, const QString& term, std::size_t count);
    void toggle(const QString& term);
    [[nodiscard]] QString fileTerm() const;

    QPointer<ReviewState> m_state;
    Chip* m_all;
    Chip* m_sure;
    Chip* m_high;
    Chip* m_file;
    Chip* m_open;
    QPushButton* m_grouping;
    QActionGroup* m_groupings;
    bool m_pending = false;
};

// "Severity", "File" ...: a grouping as a word.
[[nodiscard]] QString word(Grouping grouping);

} // namespace cupel::widgets
