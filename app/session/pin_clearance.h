// SPDX-License-Identifier: GPL-3.0-or-later
// What a layout puts onto something that somebody placed goes to the nearest free place beside it. Pure; any thread.
#pragma once

#include <QtCore/QRectF>

#include <cstdint>
#include <functional>
#include <vector>

namespace cupel::app {

struct Clearing {
    std::vector<QRectF> boxes;
    std::vector<bool> placed; // by box: by a person; it stays
    std::vector<QRectF> areas; // of zones: nothing goes into one that it was not in
    std::function<bool(std::uint32_t)> stays; // a box that stays all the same
};
// Changes boxes and says which. In a drawing with so much on each other that it would take long, some stay where they
// are.
[[nodiscard]] std::vector<bool> keepClear(Clearing& what);

} // namespace cupel::app
