// SPDX-License-Identifier: GPL-3.0-or-later
// The order of cells below a lineage: as written or as they were run, with a knob that says up to where. UI thread.
#pragma once

#include "widgets/models/lineage_state.h"

#include <QtWidgets/QAbstractSlider>

namespace cupel::widgets {

class ElidedLabel;
class SegmentedControl;
class Label;

// A tick for each cell that ran, a triangle for those out of order.
class LineageSlider : public QAbstractSlider {
    Q_OBJECT
public:
    explicit LineageSlider(QWidget* parent = nullptr);
    void setMisplaced(std::vector<bool> marks); // by cell of the order
    [[nodiscard]] QSize sizeHint() const override { return {320, 40}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {80, 40}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] qreal placeOf(int value) const;
    void go(qreal x);
    std::vector<bool> m_misplaced;
};

class LineageBar : public QWidget {
    Q_OBJECT
public:
    explicit LineageBar(LineageState& state, QWidget* parent = nullptr);
    [[nodiscard]] LineageSlider* slider() const { return m_slider; }
    [[nodiscard]] SegmentedControl* order() const { return m_order; }
    [[nodiscard]] QString text() const; // "Up to train.ipynb cell 4"

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void update();
    LineageState& m_state;
    SegmentedControl* m_order;
    LineageSlider* m_slider;
    ElidedLabel* m_place;
    QWidget* m_sign;
    Label* m_misplaced;
    bool m_updating = false;
};

} // namespace cupel::widgets
