// SPDX-License-Identifier: GPL-3.0-or-later
// What the shapes of a lineage mean, in one line; and a shape as a picture for lists. UI thread.
#pragma once

#include "widgets/models/lineage_reading.h"

#include <QtGui/QIcon>
#include <QtWidgets/QWidget>

namespace cupel::widgets {

[[nodiscard]] QIcon shapeIcon(LineageKind kind, qreal devicePixelRatio);
inline constexpr QSize shapeSize{26, 16};

class LineageLegend : public QWidget {
    Q_OBJECT
public:
    explicit LineageLegend(QWidget* parent = nullptr);
    void setRest(bool path, int rest); // nodes that are not on the path
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_path = false;
    int m_rest = 0;
};

} // namespace cupel::widgets
