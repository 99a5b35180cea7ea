// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/script_ranges.h"

#include "analyzers/formats/html/html_tokens.h"

#include <algorithm>

namespace cupel::fixes {

namespace {

constexpr std::string_view tag = "script";

bool isTag(ByteView html, std::size_t at)
{
    return formats::sameName(html.substr(std::min(at, html.size()), tag.size()), tag);
}

// The "<" of the tag that ends the script: "</script", as JSON may write it "<\\/script".
std::size_t endOfScript(ByteView html, std::size_t at)
{
    for (at = html.find('<', at); at != ByteView::npos; at = html.find('<', at + 1)) {
        const auto slash = html.substr(at + 1, 1) == "\\" ? at + 2 : at + 1;
        if (html.substr(slash, 1) == "/" && isTag(html, slash + 1)) {
            return at;
        }
    }
    return html.size();
}

} // namespace

std::vector<ByteRange> scriptRanges(ByteView text, ByteRange within)
{
    std::vector<ByteRange> ranges;
    const auto html = text.substr(0, within.end);
    for (auto at = html.find('<', within.start); at != ByteView::npos; at = html.find('<', at + 1)) {
        const auto start = isTag(html, at + 1) ? html.find('>', at) : ByteView::npos;
        if (start != ByteView::npos) {
            at = endOfScript(html, start);
            ranges.push_back({start + 1, at});
        }
    }
    return ranges;
}

bool isBareNumber(ByteView text, ByteRange place)
{
    constexpr std::string_view before = "[,:";
    constexpr std::string_view after = "],}";
    if (place.start == 0 || slice(text, place).find_first_not_of("0123456789.-+eE") != ByteView::npos) {
        return false;
    }
    const auto left = text.find_last_not_of(' ', place.start - 1);
    const auto right = text.find_first_not_of(' ', place.end);
    return left != ByteView::npos && before.find(text[left]) != std::string_view::npos && right != ByteView::npos
        && after.find(text[right]) != std::string_view::npos;
}

} // namespace cupel::fixes
