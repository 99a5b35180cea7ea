// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/frames/json_frames.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/json_outline.h"
#include "analyzers/formats/html/html_tokens.h"

#include <algorithm>
#include <utility>

namespace cupel::formats {

namespace {

constexpr std::string_view tag = "script";
constexpr std::size_t fewestBytes = 24; // of a table: shorter is a setting

std::size_t nextBracket(std::string_view script, std::size_t at)
{
    return nextByte(script, at, [](ByteBlock block) { return isOneOf<'[', '{'>(block); });
}

// What matters on the way to the end of a value; the last three are code.
std::size_t nextSign(std::string_view script, std::size_t at)
{
    return nextByte(
        script, at, [](ByteBlock block) { return isOneOf<'"', '[', '{', ']', '}', ';', '(', '\''>(block); });
}

// The end of the value in brackets that begins at `at`, strings aside; npos: it never ends.
std::size_t endOfValue(std::string_view script, std::size_t at)
{
    std::size_t depth = 0;
    for (at = nextSign(script, at); at < script.size(); at = nextSign(script, at + 1)) {
        const char c = script[at];
        if (c == '"') {
            ++at;
            while ((at = findStringStop(script, at)) < script.size() && script[at] != '"') {
                if (script[at] != '\\') {
                    return std::string_view::npos; // a line break: no JSON
                }
                at += 2;
            }
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            if (--depth == 0) {
                return at + 1;
            }
        } else {
            return std::string_view::npos; // code
        }
    }
    return std::string_view::npos;
}

std::size_t endOfScript(std::string_view html, std::size_t at)
{
    for (at = html.find("</", at); at != std::string_view::npos; at = html.find("</", at + 2)) {
        if (sameName(html.substr(at + 2, tag.size()), tag)) {
            return at;
        }
    }
    return html.size();
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
            const auto end = endOfValue(inside, at);
            const auto size = std::min(end, inside.size()) - at;
            if (size > room || !budget.spend(size)) {
                return;
            }
            room -= size;
            if (end != std::string_view::npos && size >= fewestBytes) {
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
                next = end;
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
    for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const auto start = sameName(text.substr(at + 1, tag.size()), tag) ? text.find('>', at) : std::string_view::npos;
        if (start != std::string_view::npos) {
            at = endOfScript(text, start);
            readScript(text, {start + 1, at}, budget, limits, frames);
        }
    }
    return frames;
}

} // namespace cupel::formats
