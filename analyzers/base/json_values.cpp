// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/json_values.h"

#include "analyzers/base/json_text.h"

#include <algorithm>
#include <charconv>

namespace cupel {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

ByteView trimmed(ByteView text)
{
    while (!text.empty() && isSpace(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isSpace(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

} // namespace

std::string jsonText(ByteView text, ByteRange inside, std::size_t maxBytes)
{
    std::string out;
    OffsetMap map;
    unescapeJson(text, inside.start, inside.end, true, out, map, maxBytes);
    return out;
}

std::string jsonKey(ByteView text, const JsonNode& node, std::size_t maxBytes)
{
    return node.key.empty() ? std::string() : jsonText(text, node.key, maxBytes);
}

void eachJsonString(ByteView text, ByteRange range, const std::function<bool(ByteRange)>& take)
{
    const auto end = std::min<std::uint64_t>(range.end, text.size());
    const auto part = text.substr(0, end);
    auto at = part.find('"', range.start);
    while (at != ByteView::npos) {
        const auto start = at + 1;
        auto stop = start;
        while (stop < end && part[stop] != '"') {
            stop = part[stop] == '\\' ? stop + 2 : stop + 1;
            stop = stop < end ? findStringStop(part, stop) : end;
        }
        if (!take({start, stop})) {
            return;
        }
        at = stop + 1 < end ? part.find('"', stop + 1) : ByteView::npos;
    }
}

bool jsonCounts(ByteView text, ByteRange array, std::size_t most, std::vector<std::uint64_t>& out)
{
    auto rest = trimmed(slice(text, array));
    if (rest.size() < 2 || rest.front() != '[' || rest.back() != ']') {
        return false;
    }
    rest = trimmed(rest.substr(1, rest.size() - 2));
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        const auto digits = trimmed(rest.substr(0, comma));
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool whole = error == std::errc{} && end == digits.data() + digits.size();
        if (!whole || (digits.size() > 1 && digits.front() == '0') || out.size() >= most) {
            return false;
        }
        out.push_back(value);
        if (comma == ByteView::npos) {
            return true;
        }
        rest = rest.substr(comma + 1);
        if (trimmed(rest).empty()) {
            return false;
        }
    }
    return true;
}

} // namespace cupel
