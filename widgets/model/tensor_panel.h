// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of the tensor that is looked at: what they are in words, and how they are spread. UI thread.
#pragma once

#include "widgets/models/model_state.h"

#include <QtWidgets/QWidget>

namespace cupel::widgets {

class TensorPanel : public QWidget {
    Q_OBJECT
public:
    explicit TensorPanel(ModelState& state, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QStringList facts() const; // "Mean", "0.01", "Deviation", ...: names and values

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] bool isComplex() const;
    [[nodiscard]] QString sentence() const; // when there are no numbers
    void follow();
    void paintHistogram(QPainter& painter, const QRectF& box) const;
    ModelState& m_state;
};

} // namespace cupel::widgets
