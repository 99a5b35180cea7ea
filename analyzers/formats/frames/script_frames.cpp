// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/frames/json_frames.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/json_outline.h"
#include "analyzers/formats/script_ranges.h"

#include <algorithm>
#include <utility>

namespace cupel::formats {

namespace {

constexpr std::size_t fewestBytes = 24; // of a table: shorter is a setting

std::size_t nextBracket(std::string_view script, std::size_t at)
{
    return nextByte(script, at, [](ByteBlock block) { return isOneOf<'{'>(block | 0x20); }); // '[' is 0x20 less
}

// What matters on the way to the end of a value; the last three are code.
std::size_t nextSign(std::string_view script, std::size_t at)
{
    return nextByte(script, at, [](ByteBlock block) {
        return isOneOf<'{', '}'>(block | 0x20) | isOneOf<'"', ';', '(', '\''>(block); // '[' and ']' are 0x20 less
    });
}

struct Value {
    bool whole = false; // it is JSON as far as brackets and strings tell
    std::size_t end = 0; // behind its last bracket, or where that was seen not to be
};

// The value in brackets that begins at `at`.
Value readValue(std::string_view script, std::size_t at)
{
    std::size_t depth = 0;
    for (at = nextSign(script, at); at < script.size(); at = nextSign(script, at + 1)) {
        const char c = script[at];
        if (c == '"') {
            ++at;
            while ((at = findStringStop(script, at)) < script.size() && script[at] != '"') {
                if (script[at] != '\\') {
                    return {false, at}; // a line break: no JSON
                }
                at += 2;
            }
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            if (--depth == 0) {
                return {true, at + 1};
            }
        } else {
            return {false, at}; // code
        }
    }
    return {false, script.size()};
}

// Whether what follows a bracket may be the inside of JSON.
bool mayBegin(std::string_view script, std::size_t at)
{
    const auto next = script.find_first_not_of(" \t\r\n", at + 1);
    return next != std::string_view::npos && (script[next] == '"' || script[next] == '{' || script[next] == '[');
}

void readScript(
    std::string_view text, ByteRange script, Budget& budget, const FrameLimits& limits, std::vector<Frame>& out)
{
    // Brackets inside of what turned out to be code are tried again, so it is bounded how much is read of all.
    std::size_t room = 4 * script.size();
    const auto inside = text.substr(0, script.end);
    for (auto at = nextBracket(inside, script.start); at < inside.size() && out.size() < limits.frames;) {
        auto next = at + 1;
        if (mayBegin(inside, at)) {
            const auto value = readValue(inside, at);
            const auto size = value.end - at;
            if (size > room || !budget.spend(size)) {
                return;
            }
            room -= size;
            if (value.whole && size >= fewestBytes) {
                for (auto& frame : readJsonFrames(inside.substr(at, size), budget, limits)) {
                    const auto move = [at](ByteRange& range) { range = {range.start + at, range.end + at}; };
                    move(frame.source);
                    for (auto& column : frame.columns) {
                        move(column.source);
                        std::for_each(
                            column.cells.begin(), column.cells.end(), [&](FrameCell& cell) { move(cell.source); });
                    }
                    out.push_back(std::move(frame));
                }
                next = value.end;
            }
        }
        at = nextBracket(inside, next);
    }
}

} // namespace

std::vector<Frame> readScriptFrames(std::string_view text, bool script, Budget& budget, const FrameLimits& limits)
{
    std::vector<Frame> frames;
    if (script) {
        readScript(text, {0, text.size()}, budget, limits, frames);
        return frames;
    }
    for (const auto& range : scriptRanges(text, {0, text.size()}, false)) {
        readScript(text, range, budget, limits, frames);
    }
    return frames;
}

} // namespace cupel::formats
