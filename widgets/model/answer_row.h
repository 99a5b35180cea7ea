// SPDX-License-Identifier: GPL-3.0-or-later
// The questions about a model file and their answers as a row of equal cards. UI thread.
#pragma once

#include "widgets/models/model_reading.h"

#include <QtWidgets/QWidget>

#include <optional>
#include <vector>

namespace cupel::widgets {

class AnswerRow : public QWidget {
    Q_OBJECT
public:
    explicit AnswerRow(QWidget* parent = nullptr);
    void setAnswers(std::vector<ModelAnswer> answers);
    [[nodiscard]] const std::vector<ModelAnswer>& answers() const { return m_answers; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(std::size_t card); // one that a finding stands behind

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] int heightOf(int width) const; // cards wrap
    [[nodiscard]] int cardHeight(int width) const; // of all, by the longest
    [[nodiscard]] qreal cardWidth(int width) const;
    void fit();
    [[nodiscard]] QRectF box(std::size_t card) const;
    [[nodiscard]] std::optional<std::size_t> cardAt(QPointF point) const;
    [[nodiscard]] bool leads(std::size_t card) const;
    void step(int direction); // to the next card that leads somewhere
    [[nodiscard]] int columns(int width) const;
    void paintCard(QPainter& painter, const QRectF& box, const ModelAnswer& answer) const;
    std::vector<ModelAnswer> m_answers;
    std::size_t m_current = 0; // for the keyboard
};

} // namespace cupel::widgets
