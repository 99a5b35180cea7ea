// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/threats/label_room.h"

#include <algorithm>
#include <cmath>

namespace cupel::report::kit {

namespace {

int squareOf(double at)
{
    constexpr double side = 48;
    constexpr double most = 100; // beyond any paper
    return std::isfinite(at) ? static_cast<int>(std::clamp(std::floor(at / side), -most, most)) : 0;
}

bool meet(const DrawnBox& one, const DrawnBox& other)
{
    return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height
        && other.y < one.y + one.height;
}

} // namespace

template <typename Visit> void LabelRoom::cells(const DrawnBox& box, const Visit& visit)
{
    for (int row = squareOf(box.y); row <= squareOf(box.y + box.height); ++row) {
        for (int column = squareOf(box.x); column <= squareOf(box.x + box.width); ++column) {
            visit(Cell(row, column));
        }
    }
}

void LabelRoom::take(const DrawnBox& box)
{
    cells(box, [&](Cell cell) { m_taken[cell].push_back(box); });
}

void LabelRoom::takeTip(const std::vector<DrawnPoint>& route)
{
    constexpr double half = 6;
    if (!route.empty()) {
        take({route.back().x - half, route.back().y - half / 2, 2 * half, half, 0, Ink::None, Ink::None, false});
    }
}

void LabelRoom::takeWord(const DrawnBox& box, const std::string& word)
{
    constexpr std::size_t most = 200; // of one word: beyond, some are said more often than they must
    take(box);
    auto& places = m_words[word];
    if (places.size() < most) {
        places.push_back(box);
    }
}

bool LabelRoom::saysAlready(const DrawnBox& box, const std::string& word) const
{
    const auto places = m_words.find(word);
    return places != m_words.end()
        && std::any_of(
            places->second.begin(), places->second.end(), [&box](const DrawnBox& other) { return meet(box, other); });
}

bool LabelRoom::isFree(const DrawnBox& box) const
{
    bool free = true;
    cells(box, [&](Cell cell) {
        const auto there = m_taken.find(cell);
        free = free
            && (there == m_taken.end()
                || std::none_of(there->second.begin(), there->second.end(),
                    [&box](const DrawnBox& other) { return meet(box, other); }));
    });
    return free;
}

} // namespace cupel::report::kit
