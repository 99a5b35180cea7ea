// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/words.h"

#include <cstdio>
#include <iterator>

namespace cupel {

SizeWords sizeWords(std::uint64_t bytes)
{
    static constexpr std::string_view units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    constexpr double rounded = 1023.95; // from here on one decimal would say 1024.0
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= (unit == 0 ? 1024 : rounded) && unit + 1 < std::size(units)) {
        value /= 1024;
        ++unit;
    }
    return {value, unit == 0 ? 0 : 1, units[unit]};
}

std::string humanBytes(std::uint64_t bytes)
{
    const auto words = sizeWords(bytes);
    char text[32];
    std::snprintf(text, sizeof text, "%.*f ", words.decimals, words.number);
    return std::string(text) + std::string(words.unit);
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

std::string agreeing(std::string_view sentence, bool one)
{
    std::string out;
    while (true) {
        const auto bar = sentence.find('|');
        const auto open = sentence.rfind('{', bar);
        const auto close = sentence.find('}', bar);
        if (bar == std::string_view::npos || open == std::string_view::npos || close == std::string_view::npos
            || sentence.find('}', open) < bar) {
            return out.append(sentence);
        }
        out.append(sentence.substr(0, open));
        out.append(one ? sentence.substr(open + 1, bar - open - 1) : sentence.substr(bar + 1, close - bar - 1));
        sentence.remove_prefix(close + 1);
    }
}

} // namespace cupel
