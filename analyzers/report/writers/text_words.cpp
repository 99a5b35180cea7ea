// SPDX-License-Identifier: GPL-3.0-or-later
// Words, shapes and colours of the text output.
#include "analyzers/report/writers/text.h"

#include <cstdio>

namespace cupel::report {

std::string_view shape(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return "⬢";
    case Severity::High:
        return "▲";
    case Severity::Medium:
        return "◆";
    case Severity::Low:
        return "●";
    case Severity::Info:
        return "○";
    }
    return "○";
}

std::string Paint::code(std::string_view sequence, std::string_view text) const
{
    if (!m_colour) {
        return std::string(text);
    }
    return "\x1b[" + std::string(sequence) + "m" + std::string(text) + "\x1b[0m";
}

std::string Paint::tinted(Severity severity, std::string_view text) const
{
    switch (severity) {
    case Severity::Critical:
        return code("1;35", text);
    case Severity::High:
        return code("1;31", text);
    case Severity::Medium:
        return code("33", text);
    case Severity::Low:
        return code("34", text);
    case Severity::Info:
        return code("36", text);
    }
    return std::string(text);
}

std::string Paint::severity(Severity severity) const
{
    return tinted(severity, std::string(shape(severity)) + " " + std::string(toString(severity)));
}

std::string counted(std::uint64_t count, std::string_view noun)
{
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string firstSentence(std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool end = text[at] == '\n'
            || (text[at] == '.' && at + 1 < text.size() && text[at + 1] == ' '
                && (at + 2 >= text.size() || text[at + 2] < 'a' || text[at + 2] > 'z'));
        if (end) {
            return std::string(text.substr(0, text[at] == '\n' ? at : at + 1));
        }
    }
    return std::string(text);
}

} // namespace cupel::report
