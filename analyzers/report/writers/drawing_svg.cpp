// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/drawing_svg.h"

#include "analyzers/report/writers/html.h"
#include "analyzers/report/writers/outline.h"
#include "analyzers/report/writers/text_unicode.h"

#include <charconv>

namespace cupel::report {

namespace {

// Letters of the page's font are about this wide, as parts of their size.
constexpr double letterWidth = 0.56;

std::string number(double value)
{
    char digits[48];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 1).ptr;
    return {digits, end};
}

std::string_view nameOf(Ink ink)
{
    switch (ink) {
    case Ink::Ground:
        return "var(--surface)";
    case Ink::Third:
        return "var(--third)";
    case Ink::Hairline:
        return "var(--line)";
    case Ink::Border:
    case Ink::Muted:
        return "var(--muted)";
    case Ink::Text:
        return "var(--text)";
    case Ink::Second:
        return "var(--second)";
    case Ink::Accent:
        return "var(--accent)";
    case Ink::Warn:
        return "var(--warn)";
    case Ink::Error:
        return "var(--error)";
    case Ink::None:
        break;
    }
    return "none";
}

struct PartWriter {
    std::string& out;

    void stroke(Ink ink, double width, bool dashed) const
    {
        out += "\" stroke=\"" + std::string(nameOf(ink)) + '"';
        if (ink != Ink::None) {
            out += " stroke-width=\"" + number(width) + '"' + (dashed ? " stroke-dasharray=\"4 3\"" : "");
        }
    }
    void operator()(const DrawnBox& box) const
    {
        out += "<rect x=\"" + number(box.x) + "\" y=\"" + number(box.y) + "\" width=\"" + number(box.width)
            + "\" height=\"" + number(box.height) + "\" rx=\"" + number(box.radius) + "\" fill=\""
            + std::string(nameOf(box.fill));
        stroke(box.line, 1, box.dashed);
        out += "/>\n";
    }
    void operator()(const DrawnLine& line) const
    {
        out += line.closed ? "<polygon points=\"" : "<polyline points=\"";
        for (const DrawnPoint& point : line.points) {
            out += (&point == line.points.data() ? "" : " ") + number(point.x) + ',' + number(point.y);
        }
        out += "\" fill=\"" + std::string(nameOf(line.closed ? line.ink : Ink::None));
        stroke(line.closed ? Ink::None : line.ink, line.width, line.dashed);
        out += "/>\n";
    }
    void operator()(const DrawnText& text) const
    {
        const auto columns = static_cast<std::size_t>(std::max(1.0, text.width / (text.size * letterWidth)));
        const double x = text.centred ? text.x + text.width / 2 : text.x;
        out += "<text x=\"" + number(x) + "\" y=\"" + number(text.y + text.size) + "\" font-size=\"" + number(text.size)
            + "\" fill=\"" + std::string(nameOf(text.ink)) + '"' + (text.strong ? " font-weight=\"600\"" : "")
            + (text.centred ? " text-anchor=\"middle\"" : "") + '>' + escapeHtml(shortened(text.text, columns))
            + "</text>\n";
    }
    void operator()(const DrawnSign& sign) const
    {
        out += "<use href=\"#s" + std::to_string(sign.severity) + "\" x=\"" + number(sign.x) + "\" y=\""
            + number(sign.y) + "\" width=\"" + number(sign.size) + "\" height=\"" + number(sign.size) + "\"/>\n";
    }
};

} // namespace

std::string writeDrawing(const Drawing& drawing)
{
    std::string out = "<figure>\n<svg class=\"drawing\" role=\"img\" aria-label=\"" + escapeHtml(drawing.title)
        + "\" viewBox=\"0 0 " + number(drawing.width) + ' ' + number(drawing.height)
        + "\" style=\"max-width:" + number(drawing.width * 1.6) + "px\">\n";
    if (!drawing.told.empty()) {
        out += "<desc>";
        for (const std::string& line : drawing.told) {
            out += escapeHtml(line) + '\n';
        }
        out += "</desc>\n";
    }
    for (const DrawnPart& part : drawing.parts) {
        std::visit(PartWriter{out}, part);
    }
    return out + "</svg>\n<figcaption class=\"small muted\">" + escapeHtml(drawing.title)
        + "</figcaption>\n</figure>\n";
}

} // namespace cupel::report
