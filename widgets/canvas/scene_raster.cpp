// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/scene_raster.h"

#include <algorithm>
#include <cmath>

namespace cupel::widgets {

namespace {

class Raster {
public:
    Raster(QImage& image, const RasterView& view)
        : m_bits(reinterpret_cast<QRgb*>(image.bits()))
        , m_stride(static_cast<std::size_t>(image.bytesPerLine()) / sizeof(QRgb))
        , m_width(image.width())
        , m_height(image.height())
        , m_view(view)
    {
    }

    void clear(QRgb color)
    {
        for (int y = 0; y < m_height; ++y) {
            std::fill_n(row(y), m_width, color);
        }
    }

    void polyline(const QPointF* corner, std::uint32_t count, QRgb color)
    {
        if (count == 0) {
            return;
        }
        int x = toX(corner[0].x());
        int y = toY(corner[0].y());
        for (std::uint32_t k = 1; k < count; ++k) {
            const int nextX = toX(corner[k].x());
            const int nextY = toY(corner[k].y());
            line(x, y, nextX, nextY, color);
            x = nextX;
            y = nextY;
        }
    }

    // At least a dot of two pixels; a border when there is room for one.
    void box(const QRectF& rect, QRgb fill, QRgb border, bool dashed = false)
    {
        const int left = toX(rect.left());
        const int top = toY(rect.top());
        const int right = std::max(toX(rect.right()), left + 2);
        const int bottom = std::max(toY(rect.bottom()), top + 2);
        const bool framed = right - left > 5 && bottom - top > 4;
        for (int y = std::max(top, 0); y < std::min(bottom, m_height); ++y) {
            const int from = std::clamp(left, 0, m_width);
            const int to = std::clamp(right, 0, m_width);
            const bool edge = !framed || y == top || y == bottom - 1;
            std::fill_n(row(y) + from, to - from, edge && !(dashed && framed) ? border : fill);
            if (dashed && framed) {
                for (int x = from; edge && x < to; ++x) {
                    row(y)[x] = gap(x - left) ? fill : border;
                }
                if (!edge && !gap(y - top)) {
                    dot(left, y, border);
                    dot(right - 1, y, border);
                }
            } else if (!edge) {
                dot(left, y, border);
                dot(right - 1, y, border);
            }
        }
    }

private:
    [[nodiscard]] QRgb* row(int y) const { return m_bits + static_cast<std::size_t>(y) * m_stride; }
    // Rounded down; the bias spares a call for each of a hundred thousand corners.
    [[nodiscard]] static int whole(qreal value)
    {
        constexpr qreal far = 1e6;
        return static_cast<int>(std::clamp(value, -far, far) + far) - static_cast<int>(far);
    }
    [[nodiscard]] int toX(qreal x) const { return whole((x - m_view.origin.x()) * m_view.scale); }
    [[nodiscard]] int toY(qreal y) const { return whole((y - m_view.origin.y()) * m_view.scale); }

    [[nodiscard]] static bool gap(int step) { return step % 7 >= 4; } // of a dashed border
    void dot(int x, int y, QRgb color) const
    {
        if (x >= 0 && x < m_width) {
            row(y)[x] = color;
        }
    }

    void line(int x1, int y1, int x2, int y2, QRgb color)
    {
        if (y1 == y2) {
            if (y1 >= 0 && y1 < m_height) {
                const int from = std::clamp(std::min(x1, x2), 0, m_width);
                const int to = std::clamp(std::max(x1, x2) + 1, 0, m_width);
                std::fill_n(row(y1) + from, to - from, color);
            }
        } else if (x1 == x2) {
            if (x1 >= 0 && x1 < m_width) {
                const int to = std::min(std::max(y1, y2), m_height - 1);
                for (int y = std::max(std::min(y1, y2), 0); y <= to; ++y) {
                    row(y)[x1] = color;
                }
            }
        } else {
            slanted(x1, y1, x2, y2, color);
        }
    }

    void slanted(int x1, int y1, int x2, int y2, QRgb color)
    {
        const int steps = std::max(std::abs(x2 - x1), std::abs(y2 - y1));
        const double dx = static_cast<double>(x2 - x1) / steps;
        const double dy = static_cast<double>(y2 - y1) / steps;
        // Only the steps inside of the image.
        double first = 0;
        double last = steps;
        const auto clip = [&](double start, double slope, double limit) {
            if (slope == 0) {
                last = start < 0 || start >= limit ? -1 : last;
                return;
            }
            const double a = -start / slope;
            const double b = (limit - start) / slope;
            first = std::max(first, std::min(a, b));
            last = std::min(last, std::max(a, b));
        };
        clip(x1, dx, m_width);
        clip(y1, dy, m_height);
        if (!(first <= last)) { // a flat line beside the image begins where no int reaches
            return;
        }
        for (int i = static_cast<int>(std::ceil(first)); i <= last; ++i) {
            const int x = static_cast<int>(x1 + i * dx);
            const int y = static_cast<int>(y1 + i * dy);
            if (y >= 0 && y < m_height) {
                dot(x, y, color);
            }
        }
    }

    QRgb* m_bits;
    std::size_t m_stride;
    int m_width;
    int m_height;
    RasterView m_view;
};

} // namespace

void rasterScene(QImage& image, const GraphScene& scene, const RasterView& view, const RasterColors& colors,
    const std::vector<bool>& shown, const std::vector<bool>& chosen)
{
    Raster raster(image, view);
    raster.clear(colors.background);
    const QRectF area(view.origin, QSizeF(image.width() / view.scale, image.height() / view.scale));
    std::vector<std::uint32_t> list;
    const auto clear = [&shown](std::uint32_t node) { return shown.empty() || shown[node]; };
    for (const auto& frame : scene.frames()) {
        raster.box(frame.box, frame.inner ? colors.innerFrame : colors.frame,
            frame.mark == SceneMark::None ? colors.dimBorder : colors.marks[static_cast<std::size_t>(frame.mark)]);
    }
    scene.edgesIn(area, list);
    for (const bool lit : {false, true}) { // what is dimmed lies below
        for (const auto number : list) {
            const auto& edge = scene.edges()[number];
            if ((clear(edge.from) && clear(edge.to)) == lit) {
                raster.polyline(scene.corners(edge), edge.corners,
                    !lit                               ? colors.dimLine
                        : edge.mark != SceneMark::None ? colors.marks[static_cast<std::size_t>(edge.mark)]
                        : shown.empty()                ? colors.line
                                                       : colors.pathLine);
            }
        }
    }
    scene.nodesIn(area, list);
    for (const auto number : list) {
        const auto& node = scene.nodes()[number];
        const bool lit = clear(number);
        if (!chosen.empty() && chosen[number]) {
            raster.box(node.box, colors.selected, colors.selected);
        } else {
            const auto mark = static_cast<std::size_t>(node.mark);
            const bool differs = node.mark != SceneMark::None;
            const QRgb border = differs ? colors.marks[mark] : colors.border;
            const QRgb fill = differs            ? colors.markFills[mark]
                : node.shape == NodeShape::Group ? colors.group
                                                 : colors.fill;
            raster.box(node.box, lit ? fill : colors.dimFill, lit ? border : colors.dimBorder,
                node.outside || node.mark == SceneMark::Removed);
        }
    }
}

} // namespace cupel::widgets
