// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a file, sixteen in a line, with the selection and what findings are about marked; sensitive bytes are
// dots. And the strip that accounts for every byte of it. UI thread.
#pragma once

#include "widgets/model/line_list.h"
#include "widgets/models/model_state.h"

namespace cupel::widgets {

class ByteView16 final : public LineList {
    Q_OBJECT
public:
    static constexpr std::uint64_t width = 16;
    explicit ByteView16(ModelState& state, QWidget* parent = nullptr);
    [[nodiscard]] std::uint64_t rowCount() const override;
    [[nodiscard]] QString lineText(std::uint64_t row) const override;

protected:
    void paintLine(QPainter& painter, const QRect& box, std::uint64_t row) override;

private:
    [[nodiscard]] bool hidden(std::uint64_t at) const;
    void follow();
    ModelState& m_state;
    bool m_choosing = false;
};

class CoverageStrip final : public QWidget {
    Q_OBJECT
public:
    explicit CoverageStrip(ModelState& state, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Segment {
        const ModelSpan* span = nullptr;
        QRectF box;
    };
    [[nodiscard]] std::vector<Segment> segments() const;
    [[nodiscard]] QString legend() const;
    void describe();
    ModelState& m_state;
};

} // namespace cupel::widgets
