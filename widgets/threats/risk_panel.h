// SPDX-License-Identifier: GPL-3.0-or-later
// The risk of one threat: as it is without controls, now, and as planned, as three bars, and its way over the map of 5
// by 5 steps. Every word of it is also text for a screen reader. UI thread.
#pragma once

#include "analyzers/threats/work/risk.h"

#include <QtWidgets/QWidget>

namespace cupel::widgets {

class RiskPanel : public QWidget {
    Q_OBJECT
public:
    explicit RiskPanel(QWidget* parent = nullptr);
    void setRisk(const threats::Risk& risk);
    [[nodiscard]] QString words() const; // "Without controls 20 of 25, now 14, planned 8"
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QRectF mapBox() const;
    void paintMap(QPainter& painter) const;
    threats::Risk m_risk;
};

} // namespace cupel::widgets
