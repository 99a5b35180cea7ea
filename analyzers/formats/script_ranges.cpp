// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/script_ranges.h"

#include "analyzers/formats/html/html_tokens.h"

#include <algorithm>

namespace cupel::formats {

namespace {

constexpr std::string_view tag = "script";

bool isTag(ByteView html, std::size_t at)
{
    return sameName(html.substr(std::min(at, html.size()), tag.size()), tag);
}

// The "<" of the tag that ends the script.
std::size_t endOfScript(ByteView html, std::size_t at, bool json)
{
    for (at = html.find('<', at); at != ByteView::npos; at = html.find('<', at + 1)) {
        const auto slash = json && html.substr(at + 1, 1) == "\\" ? at + 2 : at + 1;
        if (slash < html.size() && html[slash] == '/' && isTag(html, slash + 1)) {
            return at;
        }
    }
    return html.size();
}

} // namespace

std::vector<ByteRange> scriptRanges(ByteView text, ByteRange within, bool json)
{
    std::vector<ByteRange> ranges;
    const auto html = text.substr(0, within.end);
    for (auto at = html.find('<', within.start); at != ByteView::npos; at = html.find('<', at + 1)) {
        if (!isTag(html, at + 1)) {
            continue;
        }
        const auto start = html.find('>', at);
        if (start == ByteView::npos) { // nor does any other tag end
            break;
        }
        at = endOfScript(html, start, json);
        ranges.push_back({start + 1, at});
    }
    return ranges;
}

} // namespace cupel::formats
