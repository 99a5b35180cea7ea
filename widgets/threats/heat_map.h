// SPDX-License-Identifier: GPL-3.0-or-later
// All threats that are not settled on a map of 5 by 5: how likely, how bad; without controls, now, or as planned. A
// cell says how many there are and lists them. UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

#include <array>

namespace cupel::widgets {

class SegmentedControl;

// Of a cell: the severity of its risk, pale.
[[nodiscard]] QColor heatColor(int likelihood, int impact);

class HeatGrid : public QWidget {
    Q_OBJECT
public:
    explicit HeatGrid(QWidget* parent = nullptr);
    using Cells = std::array<std::array<std::vector<std::string>, 5>, 5>; // ids, by likelihood and impact from 0
    void setCells(Cells cells);
    [[nodiscard]] const std::vector<std::string>& at(int likelihood, int impact) const; // 1 to 5
    void setCurrent(int likelihood, int impact);
    [[nodiscard]] QRectF cellBox(int likelihood, int impact) const;
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, 200}; }

Q_SIGNALS:
    void chosen(int likelihood, int impact);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] QString words(int likelihood, int impact) const;
    Cells m_cells;
    int m_likelihood = 5;
    int m_impact = 5;
};

class HeatMap : public QWidget {
    Q_OBJECT
public:
    explicit HeatMap(ThreatState& state, QWidget* parent = nullptr);
    [[nodiscard]] HeatGrid* grid() const { return m_grid; }
    [[nodiscard]] SegmentedControl* when() const { return m_when; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void update();
    ThreatState& m_state;
    SegmentedControl* m_when;
    HeatGrid* m_grid;
};

} // namespace cupel::widgets
