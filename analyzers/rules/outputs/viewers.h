// SPDX-License-Identifier: GPL-3.0-or-later
// What each program that shows notebooks does with something active, as a table: the findings of this group carry one
// evidence row per program.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cupel::rules::outputs {

// Where in a notebook the active thing stands.
enum class Carrier : std::uint8_t {
    Html,
    Svg,
    Picture, // SVG that a page shows as an image
    JavaScript,
    Markdown,
    MarkdownOutput,
    Raw,
    Latex,
    Widget,
    Json,
    Name,
    Value // a name or a size that an exporter writes into its page as it is
};
// What it wants to do.
// Event: code that waits for the reader to point, click or type.
enum class Act : std::uint8_t { Run, Click, Event, Frame, Load, LoadStyle, Form, Show, Command, Clobber, Export, Slip };

inline constexpr std::size_t viewerCount = 6;
[[nodiscard]] const std::array<std::string_view, viewerCount>& viewerNames();
// "runs", "blocked" ...: one per program, in the order of viewerNames().
[[nodiscard]] const std::array<std::string_view, viewerCount>& verdicts(Carrier carrier, Act act);

// How much a word of the table means, to tell which of two means more.
[[nodiscard]] std::size_t harm(std::string_view word);

} // namespace cupel::rules::outputs
