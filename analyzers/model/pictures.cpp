// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/pictures.h"

#include <algorithm>

namespace cupel {

std::uint64_t drawingsIn(const Analysis& analysis)
{
    const auto& regions = analysis.facts.regions;
    const auto count = std::count_if(
        regions.begin(), regions.end(), [](const Region& region) { return region.kind == RegionKind::Svg; });
    return std::min(static_cast<std::uint64_t>(count), analysis.pictures);
}

std::string drawingWords(std::uint64_t pictures, std::uint64_t drawings)
{
    if (drawings == 0) {
        return {};
    }
    const std::string many = drawings >= pictures ? std::string("they are") : std::to_string(drawings) + " of them are";
    const std::string one = pictures == 1 ? "it is" : "1 of them is";
    return (drawings == 1 ? one : many) + " SVG, searched as text and not drawn here: "
        + (drawings == 1 ? "its source says what it shows" : "their source says what they show");
}

} // namespace cupel
