// SPDX-License-Identifier: GPL-3.0-or-later
// Characters that nobody sees, or that turn the order of what is seen (Trojan source, CVE-2021-42574): in everything
// but code, which has its own rules.
#include "analyzers/rules/outputs/region_scan.h"

#include <algorithm>
#include <cstdint>

namespace cupel::rules::outputs {

namespace {

struct Point {
    char32_t value = 0;
    std::size_t size = 1;
};

// The three- or four-byte character at `at`; size 1 for anything broken.
Point pointAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const std::size_t size = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : byte(0) >= 0xC0 ? 2 : 1;
    if (size == 1 || at + size > text.size()) {
        return {};
    }
    char32_t value = byte(0) & (size == 4 ? 0x07U : size == 3 ? 0x0FU : 0x1FU);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) {
            return {};
        }
        value = value << 6 | (byte(i) & 0x3FU);
    }
    return {value, size};
}

bool turnsOrder(char32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}
// Joiners and marks have their place in emoji and in several scripts; these have none beside a look.
bool unseen(char32_t c)
{
    return c == 0x200B || c == 0x2060 || (c >= 0x2061 && c <= 0x2064) || c == 0x180E || c == 0xFEFF || c == 0x115F
        || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
}
bool tag(char32_t c)
{
    return c >= 0xE0020 && c <= 0xE007F;
}
bool selector(char32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

// What one pass counts, with the first place of each.
struct Counts {
    std::uint64_t turns = 0;
    std::uint64_t zero = 0;
    std::uint64_t tags = 0;
    std::uint64_t selectorRuns = 0;
    std::uint64_t joinerRuns = 0;
    ByteRange firstTurn;
    ByteRange firstZero;
    ByteRange firstTag;
    ByteRange firstSelector;
};

void note(std::uint64_t& count, ByteRange& first, std::size_t at, std::size_t size)
{
    if (count++ == 0) {
        first = {at, at + size};
    }
}

Counts count(std::string_view text)
{
    Counts counts;
    int selectors = 0;
    int joiners = 0;
    bool flag = false; // a flag emoji spells its region in tag characters
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0xC0) {
            selectors = joiners = 0;
            flag = false;
            ++at;
            continue;
        }
        const auto point = pointAt(text, at);
        const auto c = point.value;
        if (turnsOrder(c)) {
            note(counts.turns, counts.firstTurn, at, point.size);
        } else if (unseen(c) && !(c == 0xFEFF && at == 0)) {
            note(counts.zero, counts.firstZero, at, point.size);
        } else if (tag(c) && !flag) {
            note(counts.tags, counts.firstTag, at, point.size);
        }
        flag = c == 0x1F3F4 || (flag && tag(c));
        selectors = selector(c) ? selectors + 1 : 0;
        joiners = c == 0x200C || c == 0x200D || c == 0x200E || c == 0x200F ? joiners + 1 : 0;
        if (selectors == 4 || joiners == 4) {
            note(counts.selectorRuns, counts.firstSelector, at, point.size);
        }
        at += point.size;
    }
    return counts;
}

} // namespace

void scanCharacters(const DecodedText& text, Findings& out)
{
    const auto counts = count(text.text());
    const bool output = text.region.part == Part::Output;
    const auto say = [&](std::uint64_t many, ByteRange first, std::string_view rule, Severity severity,
                         std::string what) {
        if (many > 0) {
            Seen seen;
            seen.rule = rule;
            seen.severity = severity;
            seen.what = std::move(what);
            text.place(seen, first);
            out.add(std::move(seen));
        }
    };
    say(counts.turns, counts.firstTurn, "CUP-OUT-BIDI", Severity::Medium,
        std::to_string(counts.turns) + (counts.turns == 1 ? " control" : " controls"));
    say(counts.tags, counts.firstTag, "CUP-OUT-INVISIBLE-TEXT", Severity::High, "tag characters");
    say(counts.selectorRuns, counts.firstSelector, "CUP-OUT-INVISIBLE-TEXT", Severity::Medium,
        "runs of joiners or selectors");
    // Texts copied from the web have single ones; many together may spell something.
    say(counts.zero >= 3 ? counts.zero : 0, counts.firstZero, "CUP-OUT-ZERO-WIDTH",
        counts.zero >= 16 && !output ? Severity::Medium : Severity::Info,
        std::to_string(counts.zero) + (counts.zero == 1 ? " character" : " characters"));
}

} // namespace cupel::rules::outputs
