// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/mermaid_text.h"

#include "analyzers/report/writers/text_unicode.h"

#include <cstdint>

namespace cupel::report {

namespace {

bool isPlain(std::uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80
        || std::string_view(" .,_/+=").find(static_cast<char>(c)) != std::string_view::npos;
}

} // namespace

std::string mermaidLabel(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decodeUtf8(text, at);
        isPlain(point.value) ? appendUtf8(out, point.value)
                             : static_cast<void>(out.append("#" + std::to_string(point.value) + ";"));
        at += point.length;
    }
    return out;
}

} // namespace cupel::report
