// SPDX-License-Identifier: GPL-3.0-or-later
// Small helpers over names and texts that the walk's parts share.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace cupel::lineage {

inline constexpr char hole = '\1'; // a piece of a text that is not known
inline constexpr std::size_t maxConstant = 64 << 10; // of a text as it stands in the code
inline constexpr std::size_t maxText = 16 << 10; // of a text that is put together

inline bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

inline std::string_view lastPart(std::string_view dotted)
{
    const auto dot = dotted.rfind('.');
    return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}

inline bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

inline std::string quoted(std::string_view name)
{
    return '\'' + std::string(name) + '\'';
}

} // namespace cupel::lineage
