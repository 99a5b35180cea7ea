// SPDX-License-Identifier: GPL-3.0-or-later
// Characters that nobody sees, or that turn the order of what is seen (Trojan source, CVE-2021-42574): in everything
// but code, which has its own rules.
#include "analyzers/base/byte_scan.h"
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

// What all of them begin with, also where a sloppy reader takes too many bytes or bits for one; the last is a flag.
constexpr auto mayBeOne = [](ByteBlock block) {
    return isOneOf<'\xE1', '\xE2', '\xE3', '\xEF', '\xF3', '\xFB', '\xF8', '\xF0'>(block);
};

constexpr std::size_t mostKept = 2'000; // places of one kind in one text

// One kind of character: how many, and where.
struct Kind {
    std::uint64_t count = 0;
    std::vector<ByteRange> places;

    void note(std::size_t at, std::size_t size)
    {
        ++count;
        if (places.size() < mostKept) {
            places.push_back({at, at + size});
        }
    }
};
struct Counts {
    Kind turns;
    Kind zero;
    Kind tags;
    Kind runs; // of selectors or joiners
};

Counts count(std::string_view text)
{
    Counts counts;
    int selectors = 0;
    int joiners = 0;
    bool flag = false; // a flag emoji spells its region in tag characters
    for (std::size_t at = 0; at < text.size();) {
        if (const auto next = nextByte(text, at, mayBeOne); next > at) {
            selectors = joiners = 0;
            flag = false;
            at = next;
            continue;
        }
        const auto point = pointAt(text, at);
        const auto c = point.value;
        if (turnsOrder(c)) {
            counts.turns.note(at, point.size);
        } else if (unseen(c) && !(c == 0xFEFF && at == 0)) {
            counts.zero.note(at, point.size);
        } else if (tag(c) && !flag) {
            counts.tags.note(at, point.size);
        }
        flag = c == 0x1F3F4 || (flag && tag(c));
        selectors = selector(c) ? selectors + 1 : 0;
        joiners = c == 0x200C || c == 0x200D || c == 0x200E || c == 0x200F ? joiners + 1 : 0;
        if (selectors == 4 || joiners == 4) {
            counts.runs.note(at, point.size);
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
    const auto say = [&](const Kind& kind, std::string_view rule, Severity severity, std::string what, bool cut) {
        if (kind.count == 0) {
            return;
        }
        Seen seen;
        seen.rule = rule;
        seen.severity = severity;
        seen.what = std::move(what);
        text.place(seen, kind.places.front());
        if (cut && kind.count <= kind.places.size()) {
            seen.fix = "reveal-hidden";
            for (const auto& place : kind.places) {
                seen.cut.push_back(text.piece.map.toRaw(place));
            }
        }
        out.add(std::move(seen));
    };
    const auto many = [](const Kind& kind, const char* one, const char* more) {
        return std::to_string(kind.count) + (kind.count == 1 ? one : more);
    };
    say(counts.turns, "CUP-OUT-BIDI", Severity::Medium, many(counts.turns, " control", " controls"), true);
    say(counts.tags, "CUP-OUT-INVISIBLE-TEXT", Severity::High, "tag characters", true);
    say(counts.runs, "CUP-OUT-INVISIBLE-TEXT", Severity::Medium, "runs of joiners or selectors", false);
    // Texts copied from the web have single ones; many together may spell something.
    if (counts.zero.count >= 3) {
        say(counts.zero, "CUP-OUT-ZERO-WIDTH", counts.zero.count >= 16 && !output ? Severity::Medium : Severity::Info,
            many(counts.zero, " character", " characters"), true);
    }
}

} // namespace cupel::rules::outputs
