// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a file, sixteen (or eight) in a line, with the selection and what findings are about marked; sensitive
// bytes are dots. And the strip that accounts for every byte of it. UI thread.
#pragma once

#include "widgets/model/line_list.h"
#include "widgets/models/model_state.h"

namespace cupel::widgets {

class ByteList final : public LineList {
    Q_OBJECT
public:
    explicit ByteList(ModelState& state, QWidget* parent = nullptr);
    [[nodiscard]] std::uint64_t rowCount() const override;
    [[nodiscard]] QString lineText(std::uint64_t row) const override;
    [[nodiscard]] std::uint64_t perRow() const; // 16, or 8 where there is no room

protected:
    void paintLine(QPainter& painter, const QRect& box, std::uint64_t row) override;
    void resizeEvent(QResizeEvent* event) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    [[nodiscard]] bool hidden(std::uint64_t at) const;
    void follow();
    ModelState& m_state;
    std::uint64_t m_perRow = 16; // when it was laid out last
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
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Key { // of the legend
        ModelSpan::Kind kind = ModelSpan::Kind::Structure;
        QString words;
        QPoint place; // lines wrap
    };
    [[nodiscard]] std::vector<Key> keys() const;
    struct Segment {
        const ModelSpan* span = nullptr;
        QRectF box;
    };
    [[nodiscard]] std::vector<Segment> segments() const;
    [[nodiscard]] QString legend() const;
    void describe();
    ModelState& m_state;
    int m_height = 0; // when it was laid out last
};

} // namespace cupel::widgets
