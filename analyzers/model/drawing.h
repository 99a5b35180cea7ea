// SPDX-License-Identifier: GPL-3.0-or-later
// A drawing of a report as plain parts: HTML writes them as SVG, the PDF as vectors, Markdown says the words. Lengths
// are points of paper, y downwards; everything lies within the width and the height. Text is redacted before it gets
// here.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace cupel::report {

// By meaning: each writer has its own colours.
enum class Ink : std::uint8_t { None, Ground, Third, Hairline, Border, Text, Second, Muted, Accent, Warn, Error };

struct DrawnPoint {
    double x = 0;
    double y = 0;
    friend bool operator==(const DrawnPoint&, const DrawnPoint&) = default;
};
struct DrawnBox {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    double radius = 0;
    Ink fill = Ink::None;
    Ink line = Ink::None;
    bool dashed = false;
};
struct DrawnLine { // through all of its points; closed: an area of that ink
    std::vector<DrawnPoint> points;
    Ink ink = Ink::Second;
    double width = 0.75;
    bool dashed = false;
    bool closed = false;
};
struct DrawnText { // one line, cut at the end where it has no room
    double x = 0; // of its room
    double y = 0; // its top
    double width = 0;
    double size = 8; // of the letters
    std::string text;
    Ink ink = Ink::Text;
    bool strong = false;
    bool centred = false;
};
struct DrawnSign { // the shape of a severity
    double x = 0;
    double y = 0;
    double size = 10;
    int severity = 0;
};
using DrawnPart = std::variant<DrawnBox, DrawnLine, DrawnText, DrawnSign>;

struct Drawing {
    // What fits on every paper below a heading.
    static constexpr double widest = 495;
    static constexpr double highest = 600;

    double width = 0;
    double height = 0;
    std::string title; // what it shows
    std::vector<std::string> told; // the same in words, for whom it is not drawn
    std::vector<DrawnPart> parts; // what comes later lies above
};

} // namespace cupel::report
