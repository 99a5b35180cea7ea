// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/pin_clearance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>

namespace cupel::app {

namespace {

constexpr double gap = 12; // between what was moved and what stands
constexpr double grid = 256;
constexpr double foreign = 100'000; // as far as that it is to a place in another zone
constexpr std::size_t mostSquares = 64; // of one box; larger ones are looked at each time
constexpr std::size_t mostLooks = 20'000'000; // at boxes and areas
constexpr int mostJumps = 400; // over what stands in the way

// Boxes by the squares of a grid they touch.
class Standing {
public:
    void add(const QRectF& box)
    {
        if (squares(box, [](std::uint64_t) { }) > mostSquares) {
            m_large.push_back(box);
        } else {
            squares(box, [&](std::uint64_t square) { m_boxes[square].push_back(box); });
        }
    }
    [[nodiscard]] std::optional<QRectF> hit(const QRectF& box)
    {
        std::optional<QRectF> out;
        const auto look = [&](const std::vector<QRectF>& list) {
            for (std::size_t i = 0; !out && i < list.size(); ++i) {
                ++m_looks;
                out = list[i].intersects(box) ? std::optional(list[i]) : std::nullopt;
            }
        };
        look(m_large);
        squares(box, [&](std::uint64_t square) {
            if (const auto list = m_boxes.find(square); list != m_boxes.end()) {
                look(list->second);
            }
        });
        return out;
    }
    void count(std::size_t looks) { m_looks += looks; }
    [[nodiscard]] bool spent() const { return m_looks > mostLooks; }

private:
    // How many; those of one box are visited as long as they are not too many.
    template <typename Visit> static std::size_t squares(const QRectF& box, const Visit& visit)
    {
        const auto square = [](double at) { return static_cast<std::int64_t>(std::floor(at / grid)); };
        const auto [left, right] = std::pair(square(box.left()), square(box.right()));
        const auto [top, bottom] = std::pair(square(box.top()), square(box.bottom()));
        const auto count = static_cast<std::size_t>((right - left + 1) * (bottom - top + 1));
        for (auto x = left; x <= right && count <= mostSquares; ++x) {
            for (auto y = top; y <= bottom; ++y) {
                visit(static_cast<std::uint64_t>(x) << 32U ^ static_cast<std::uint32_t>(y));
            }
        }
        return count;
    }

    std::unordered_map<std::uint64_t, std::vector<QRectF>> m_boxes;
    std::vector<QRectF> m_large;
    std::size_t m_looks = 0;
};

enum class Way { Down, Up, Right, Left };

// Past everything that stands there; nullopt: too much does.
std::optional<QRectF> slide(QRectF box, Way way, Standing& standing)
{
    for (int jump = 0; jump < mostJumps && !standing.spent(); ++jump) {
        const auto hit = standing.hit(box.adjusted(-gap, -gap, gap, gap));
        if (!hit) {
            return box;
        }
        constexpr double past = gap + 0.5; // touching is no overlap
        switch (way) {
        case Way::Down:
            box.moveTop(hit->bottom() + past);
            break;
        case Way::Up:
            box.moveBottom(hit->top() - past);
            break;
        case Way::Right:
            box.moveLeft(hit->right() + past);
            break;
        case Way::Left:
            box.moveRight(hit->left() - past);
            break;
        }
    }
    return std::nullopt;
}

std::optional<QRectF> nearestFree(const QRectF& box, const std::vector<QRectF>& areas, Standing& standing)
{
    std::optional<QRectF> best;
    double least = std::numeric_limits<double>::max();
    for (const Way way : {Way::Down, Way::Up, Way::Right, Way::Left}) {
        const auto found = slide(box, way, standing);
        if (!found) {
            continue;
        }
        const QPointF off = found->center() - box.center();
        double cost = std::abs(off.x()) + std::abs(off.y());
        standing.count(areas.size());
        for (const QRectF& area : areas) {
            const bool own = area.contains(box.center());
            cost += own != area.contains(found->center()) || (!own && area.intersects(*found)) ? foreign : 0;
        }
        if (cost < least) {
            least = cost;
            best = found;
        }
    }
    return best;
}

} // namespace

std::vector<bool> keepClear(Clearing& what)
{
    std::vector<bool> moved(what.boxes.size());
    Standing placed;
    for (std::uint32_t i = 0; i < what.boxes.size(); ++i) {
        if (what.placed[i]) {
            placed.add(what.boxes[i]);
        }
    }
    std::vector<std::uint32_t> covered;
    Standing standing = placed;
    for (std::uint32_t i = 0; i < what.boxes.size() && !placed.spent(); ++i) {
        if (what.placed[i]) {
            continue;
        }
        if (placed.hit(what.boxes[i]) && !what.stays(i)) {
            covered.push_back(i);
        } else {
            standing.add(what.boxes[i]);
        }
    }
    for (const auto i : covered) {
        if (const auto free = nearestFree(what.boxes[i], what.areas, standing)) {
            what.boxes[i] = *free;
            moved[i] = true;
        }
        standing.add(what.boxes[i]);
    }
    return moved;
}

} // namespace cupel::app
