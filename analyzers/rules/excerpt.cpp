// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/excerpt.h"

#include "analyzers/base/json_text.h"
#include "analyzers/base/redact.h"
#include "analyzers/base/utf8.h"
#include "analyzers/rules/rendered_text.h"

#include <algorithm>

namespace cupel::rules {

namespace {

constexpr std::uint64_t around = 90; // bytes of context on each side
constexpr std::size_t longest = 240;
constexpr std::string_view cutSign = "\u2026";

bool isEscapedAt(ByteView text, std::uint64_t at)
{
    std::uint64_t slashes = 0;
    while (at > slashes && text[at - 1 - slashes] == '\\') {
        ++slashes;
    }
    return slashes % 2 == 1;
}

constexpr std::uint64_t unicodeEscape = 6; // bytes of \u00e9

// Whether the second half of a character that JSON writes as two escapes starts here, behind its first half.
bool isSecondHalf(ByteView text, std::uint64_t at)
{
    const auto isEscape = [text](std::uint64_t start, std::string_view third) {
        return start + unicodeEscape <= text.size() && text[start] == '\\' && text[start + 1] == 'u'
            && (text[start + 2] | 0x20) == 'd' && third.find(text[start + 3]) != std::string_view::npos;
    };
    return at >= unicodeEscape && isEscape(at, "cdefCDEF") && isEscape(at - unicodeEscape, "89abAB")
        && !isEscapedAt(text, at - unicodeEscape);
}

// No character and no escape of JSON is cut in two: forwards to the next whole one.
std::uint64_t wholeFrom(ByteView text, std::uint64_t at, bool plain)
{
    for (std::uint64_t back = 1; !plain && back < unicodeEscape && back <= at; ++back) {
        const auto start = at - back;
        if (text[start] == '\\' && !isEscapedAt(text, start)) {
            const auto length = start + 1 < text.size() && text[start + 1] == 'u' ? unicodeEscape : 2;
            at = std::min<std::uint64_t>(std::max(at, start + length), text.size());
            break;
        }
    }
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) {
        ++at;
    }
    return !plain && isSecondHalf(text, at) ? at + unicodeEscape : at;
}

// Backwards to the end of the last whole one.
std::uint64_t wholeTo(ByteView text, std::uint64_t at, bool plain)
{
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) {
        --at;
    }
    const auto next = wholeFrom(text, at, plain);
    for (auto start = at; next != at && start > 0 && at - start < 6; --start) {
        if (text[start - 1] == '\\' && !isEscapedAt(text, start - 1)) {
            return isSecondHalf(text, start - 1) ? start - 1 - unicodeEscape : start - 1;
        }
    }
    return at;
}

// Where the line of `at` starts: a line break, in JSON also an escaped one or the opening quote.
std::uint64_t lineStart(ByteView text, std::uint64_t at, bool plain)
{
    const auto lowest = at > around ? at - around : 0;
    for (auto i = at; i > lowest; --i) {
        const char c = text[i - 1];
        if (c == '\n' || (!plain && c == '"' && !isEscapedAt(text, i - 1))) {
            return i;
        }
        if (!plain && c == 'n' && isEscapedAt(text, i - 1)) {
            return i;
        }
    }
    return std::min(wholeFrom(text, lowest, plain), at);
}

std::uint64_t lineEnd(ByteView text, std::uint64_t at, bool plain)
{
    const auto highest = std::min<std::uint64_t>(at + around, text.size());
    for (auto i = at; i < highest; ++i) {
        const char c = text[i];
        if (c == '\n' || (!plain && c == '"' && !isEscapedAt(text, i))) {
            return i;
        }
        if (!plain && c == '\\' && i + 1 < text.size() && text[i + 1] == 'n' && !isEscapedAt(text, i)) {
            return i;
        }
    }
    return std::max(wholeTo(text, highest, plain), at);
}

// Whether a colon follows the string whose inside starts here.
bool isKey(ByteView text, std::uint64_t start)
{
    constexpr std::uint64_t longestKey = 200;
    const auto highest = std::min<std::uint64_t>(text.size(), start + longestKey);
    for (auto i = start; i < highest; ++i) {
        if (text[i] == '"' && !isEscapedAt(text, i)) {
            const auto next = text.substr(0, highest).find_first_not_of(" \t\r\n", i + 1);
            return next != ByteView::npos && text[next] == ':';
        }
    }
    return false;
}

// Behind the seam of two strings of a list, if the closing quote of the first, which ends its line, stands at `at`:
// "x = 1\n", "y = 2" are two lines. Nothing else: `at`.
std::uint64_t behindSeam(ByteView text, std::uint64_t at)
{
    constexpr std::uint64_t longestSeam = 200;
    if (at == 0 || text[at] != '"' || text[at - 1] != 'n' || !isEscapedAt(text, at - 1)) {
        return at;
    }
    const auto highest = std::min<std::uint64_t>(text.size(), at + longestSeam);
    bool comma = false;
    for (auto i = at + 1; i < highest; ++i) {
        if (text[i] == '"') {
            return comma && !isKey(text, i + 1) ? i + 1 : at;
        }
        if (text[i] == ',' && !comma) {
            comma = true;
        } else if (text[i] != ' ' && text[i] != '\n' && text[i] != '\r' && text[i] != '\t') {
            break;
        }
    }
    return at;
}

} // namespace

void tidyMasks(std::vector<Masked>& masks)
{
    std::sort(masks.begin(), masks.end(), [](const Masked& a, const Masked& b) {
        return a.bytes.start != b.bytes.start ? a.bytes.start < b.bytes.start : a.bytes.end > b.bytes.end;
    });
    std::vector<Masked> merged;
    for (auto& item : masks) {
        if (!merged.empty() && item.bytes.start < merged.back().bytes.end) {
            merged.back().bytes.end = std::max(merged.back().bytes.end, item.bytes.end);
        } else {
            merged.push_back(std::move(item));
        }
    }
    masks = std::move(merged);
}

std::string maskedText(ByteView text, ByteRange bytes, bool plain, const std::vector<Masked>& masks)
{
    const auto to = std::min<std::uint64_t>(bytes.end, text.size());
    const auto from = std::min(bytes.start, to);
    std::string out;
    OffsetMap unused;
    const auto appendClear = [&](std::uint64_t start, std::uint64_t end) {
        if (plain) {
            out.append(text.substr(start, end - start));
            return;
        }
        const auto inside = text.substr(0, end);
        for (auto quote = inside.find('"', start); quote != ByteView::npos; quote = inside.find('"', quote + 1)) {
            if (const auto behind = behindSeam(text, quote); behind != quote) {
                unescapeJson(text, start, quote, false, out, unused, out.size() + (quote - start));
                start = std::min(behind, end);
                quote = start > 0 ? start - 1 : 0;
            }
        }
        unescapeJson(text, start, end, false, out, unused, out.size() + (end - start));
    };
    auto next = std::lower_bound(
        masks.begin(), masks.end(), from, [](const Masked& m, std::uint64_t offset) { return m.bytes.end <= offset; });
    for (auto at = from; at < to;) {
        const auto stop = next == masks.end() ? to : std::min(to, std::max(at, next->bytes.start));
        appendClear(at, stop);
        if (next == masks.end() || next->bytes.start >= to) {
            break;
        }
        out.append(next->shown.empty() ? std::string(maskDots) : next->shown);
        at = next->bytes.end;
        ++next;
    }
    return out;
}

std::string maskedLineBefore(ByteView text, std::uint64_t at, bool plain, const std::vector<Masked>& masks)
{
    at = std::min<std::uint64_t>(at, text.size());
    return maskedText(text, {lineStart(text, at, plain), at}, plain, masks);
}

std::string redactedExcerpt(
    ByteView text, ByteRange bytes, bool plain, const std::vector<Masked>& masks, ByteRange within)
{
    bytes.end = std::min<std::uint64_t>(bytes.end, text.size());
    bytes.start = std::min(bytes.start, bytes.end);
    const auto from = std::max(lineStart(text, bytes.start, plain), std::min(bytes.start, within.start));
    const auto to = std::min(lineEnd(text, bytes.end, plain), std::max(bytes.end, within.end));
    const auto out = withoutControls(maskedText(text, {from, to}, plain, masks));
    const auto first = out.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) {
        return {};
    }
    // The line goes on there: a word that is cut off must not look whole.
    const bool cutFront = from > within.start && from < bytes.start && lineStart(text, from, plain) < from;
    const bool cutBack =
        to < std::min<std::uint64_t>(text.size(), within.end) && to > bytes.end && lineEnd(text, to, plain) > to;
    const std::string_view front = cutFront ? cutSign : std::string_view();
    const std::string_view back = cutBack ? cutSign : std::string_view();
    auto shown = toDisplay(ByteView(out).substr(first), longest - front.size() - back.size());
    return shown.insert(0, front).append(back);
}

bool isOnlyMask(std::string_view text)
{
    constexpr std::string_view dot = "\u2022";
    bool any = false;
    while (!text.empty()) {
        any = any || text.starts_with(dot);
        const bool fits = text.starts_with(dot) || text.front() == ' ';
        if (!fits) {
            return false;
        }
        text.remove_prefix(text.front() == ' ' ? 1 : dot.size());
    }
    return any;
}

} // namespace cupel::rules
