// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a file may go to the readers of a profile: the answer, what was found before and after the edits, and each
// gate with its reason. Painted; read out as one text.
#pragma once

#include "widgets/models/fix_state.h"

#include <QtWidgets/QWidget>

namespace cupel::widgets {

class VerdictCard : public QWidget {
    Q_OBJECT
public:
    explicit VerdictCard(FixState* state, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    [[nodiscard]] QString text() const; // all of it in words

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Counts {
        std::size_t bySeverity[5] = {};
    };
    struct Words {
        QString title;
        QString note;
        bool meets = false;
        bool known = false;
    };
    [[nodiscard]] Words words() const;
    [[nodiscard]] static Counts count(const Analysis& analysis, const review::DecisionSet* decisions);
    [[nodiscard]] static QString reason(const review::GateResult& before, const review::GateResult& after);
    void follow();
    int paintCounts(QPainter& painter, const QRect& line, const QString& label, const Counts& counts) const;
    FixState* m_state;
};

} // namespace cupel::widgets
