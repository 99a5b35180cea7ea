// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/place_writer.h"

#include "analyzers/base/json_outline.h"
#include "analyzers/base/json_text.h"
#include "analyzers/code/magics.h"
#include "analyzers/code/python_tokens.h"
#include "analyzers/fixes/bare_number.h"
#include "analyzers/fixes/markdown_code.h"
#include "analyzers/formats/base64_signs.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/formats/script_ranges.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace cupel::fixes {

namespace {

bool isJson(const Region* region)
{
    return region
        && (region->form == TextForm::JsonString || region->form == TextForm::JsonStringList
            || region->form == TextForm::JsonValue);
}

// Bare placeholders would be read as tags there, and vanish.
bool readsTags(const Region* region)
{
    return region
        && (region->form == TextForm::Markup || region->kind == RegionKind::Html || region->kind == RegionKind::Svg
            || region->kind == RegionKind::Markdown);
}

// The escape that `at` lies in the middle of, within [low, at); its own range, or an empty one.
ByteRange escapeAround(ByteView text, std::uint64_t low, std::uint64_t at)
{
    constexpr std::uint64_t longestEscape = 6; // backslash, u, four digits
    const auto from = at > low + longestEscape ? at - longestEscape : low;
    for (auto i = at; i > from; --i) {
        if (text[i - 1] != '\\') {
            continue;
        }
        std::uint64_t slashes = 1;
        while (i - 1 > low + slashes - 1 && text[i - 1 - slashes] == '\\') {
            ++slashes;
        }
        const auto start = i - 1;
        const auto length = start + 1 < text.size() && text[start + 1] == 'u' ? longestEscape : 2;
        // An even run ends with an escaped backslash, which starts nothing.
        return slashes % 2 == 1 && at < start + length ? ByteRange{start, start + length} : ByteRange{};
    }
    return {};
}

// Whole escapes and whole characters: half of one is no text.
ByteRange snapped(ByteView text, ByteRange inside, ByteRange piece, bool escapes)
{
    const auto continues = [&](std::uint64_t at) {
        return at < inside.end && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    };
    while (piece.start > inside.start && continues(piece.start)) {
        --piece.start;
    }
    while (piece.end < inside.end && continues(piece.end)) {
        ++piece.end;
    }
    if (escapes) {
        if (const auto escape = escapeAround(text, inside.start, piece.start); !escape.empty()) {
            piece.start = escape.start;
        }
        if (const auto escape = escapeAround(text, inside.start, piece.end); !escape.empty()) {
            piece.end = std::min(escape.end, inside.end);
        }
    }
    return piece;
}

// The number or literal that `place` lies in: all of it gives way. Empty: there is structure at the place.
ByteRange bareToken(ByteView text, ByteRange region, ByteRange place)
{
    constexpr std::string_view ends = " \t\r\n,:[]{}\"";
    const auto isPart = [&](std::uint64_t at) { return ends.find(text[at]) == std::string_view::npos; };
    const auto high = std::min<std::uint64_t>(region.end, text.size());
    ByteRange token{place.start, place.start};
    while (token.start > region.start && isPart(token.start - 1)) {
        --token.start;
    }
    while (token.end < high && isPart(token.end)) {
        ++token.end;
    }
    return place.end <= token.end ? token : ByteRange{};
}

std::string asEntities(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        c == '<' ? out += "&lt;" : c == '>' ? out += "&gt;" : out += c;
    }
    return out;
}

} // namespace

std::string jsonEscaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                char escaped[8];
                std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
                out += escaped;
            } else {
                out += c;
            }
        }
    }
    return out;
}

PlaceWriter::PlaceWriter(ByteView artifactText, const Facts& facts)
    : m_text(artifactText)
    , m_facts(facts)
{
    m_regions.reserve(facts.regions.size());
    for (const auto& region : facts.regions) {
        m_regions.push_back(&region);
    }
    std::sort(m_regions.begin(), m_regions.end(), [](const Region* a, const Region* b) {
        return a->bytes.start != b->bytes.start ? a->bytes.start < b->bytes.start : a->bytes.end > b->bytes.end;
    });
}

const Region* PlaceWriter::regionAt(ByteRange place) const
{
    // Regions nest a few levels at most: the last one that begins before the place is nearly always it.
    constexpr int furthest = 64;
    auto at = std::upper_bound(m_regions.begin(), m_regions.end(), place.start,
        [](std::uint64_t offset, const Region* region) { return offset < region->bytes.start; });
    for (int i = 0; i < furthest && at != m_regions.begin(); ++i) {
        --at;
        if (place.end <= (*at)->bytes.end) {
            return *at;
        }
    }
    return nullptr;
}

void PlaceWriter::readStrings(const Region& region, Known& known) const
{
    const auto end = std::min<std::uint64_t>(region.bytes.end, m_text.size());
    if (region.form == TextForm::JsonString) {
        known.strings.push_back({region.bytes.start, end});
        return;
    }
    // A region that begins with a member's name begins inside the quotes of that name.
    auto at = region.bytes.start;
    bool inside = at > 0 && at < end && m_text[at - 1] == '"';
    while (inside || (at = m_text.find('"', at)) < end) {
        const auto start = inside ? at : ++at;
        inside = false;
        while ((at = findStringStop(m_text, at)) < end && m_text[at] != '"') {
            at += m_text[at] == '\\' ? 2 : 1;
        }
        at = std::min(at, end);
        known.strings.push_back({start, at});
        ++at;
    }
}

void PlaceWriter::readCode(const Region& region, Known& known) const
{
    const auto piece = formats::readRegion(m_text, region);
    const auto plain = code::withoutMagics(piece.text);
    code::PythonTokens tokens(plain);
    using Kind = code::PythonToken::Kind;
    for (auto token = tokens.next(); token.kind != Kind::End; token = tokens.next()) {
        // A magic line became blanks and one `0`: what stands there is no Python.
        const bool written = slice(plain, token.bytes) == slice(piece.text, token.bytes);
        if ((token.kind == Kind::Name || token.kind == Kind::Number) && written) {
            known.bare.push_back(piece.map.toRaw(token.bytes));
        }
        if (token.kind == Kind::String && written) {
            known.literals.push_back({piece.map.toRaw(token.bytes), piece.map.toRaw(token.content)});
        }
    }
}

const PlaceWriter::Known& PlaceWriter::know(const Region& region)
{
    auto& known = m_known[&region];
    if (!known.read) {
        known.read = true;
        if (isJson(&region)) {
            readStrings(region, known);
        }
        if (region.kind == RegionKind::Code) {
            readCode(region, known);
        } else if (region.kind == RegionKind::Html) {
            known.scripts = formats::scriptRanges(m_text, region.bytes, isJson(&region));
        } else if (region.kind == RegionKind::Markdown) {
            known.codeSpans = markdownCode(m_text, region);
        }
    }
    return known;
}

bool PlaceWriter::widenToLiterals(const Known& known, ByteRange& place)
{
    const auto around = [&known](std::uint64_t offset) {
        const auto hit = std::partition_point(known.literals.begin(), known.literals.end(),
            [offset](const Known::Literal& literal) { return literal.whole.end <= offset; });
        return hit != known.literals.end() && hit->whole.start <= offset ? &*hit : nullptr;
    };
    const auto* first = around(place.start);
    const auto* last = around(place.empty() ? place.start : place.end - 1);
    const auto inside = [](const Known::Literal* literal, std::uint64_t offset) {
        return literal && literal->content.start <= offset && offset <= literal->content.end;
    };
    if (first == last && (!first || (inside(first, place.start) && inside(first, place.end)))) {
        return false; // in one literal, or in none
    }
    place.start = first ? std::min(place.start, first->whole.start) : place.start;
    place.end = last ? std::max(place.end, last->whole.end) : place.end;
    return true;
}

// The parts of `place` that hold text. `bareValue`: what stands there is a value without quotes.
std::vector<ByteRange> PlaceWriter::pieces(ByteRange place, const Region* region, bool& bareValue)
{
    bareValue = false;
    if (!region) {
        return {place};
    }
    const auto& known = know(*region);
    const auto first = [](const std::vector<ByteRange>& ranges, std::uint64_t offset) {
        return std::partition_point(
            ranges.begin(), ranges.end(), [offset](const ByteRange& range) { return range.end <= offset; });
    };
    const auto bare = first(known.bare, place.start);
    bareValue = bare != known.bare.end() && bare->start <= place.start;
    if (region->kind == RegionKind::Code) {
        bareValue = widenToLiterals(known, place) || bareValue;
    }
    if (!isJson(region)) {
        return {place};
    }
    std::vector<ByteRange> list;
    if (place.empty()) { // what is put in may stand at the end of a string
        const auto at = std::partition_point(known.strings.begin(), known.strings.end(),
            [place](const ByteRange& range) { return range.end < place.start; });
        if (at != known.strings.end() && at->start <= place.start) {
            list.push_back(snapped(m_text, *at, place, true));
        }
        return list;
    }
    for (auto at = first(known.strings, place.start); at != known.strings.end() && at->start < place.end; ++at) {
        list.push_back(snapped(m_text, *at, {std::max(at->start, place.start), std::min(at->end, place.end)}, true));
    }
    if (list.empty() && region->form == TextForm::JsonValue) {
        if (const auto token = bareToken(m_text, region->bytes, place); !token.empty()) {
            bareValue = true;
            list.push_back(token);
        }
    }
    return list;
}

namespace {

// Whole groups of base64 around a place, and the bytes of them that are not meant.
struct Groups {
    ByteRange bytes;
    std::string before;
    std::string value;
    std::string after;
};

Groups groupsAround(ByteView text, ByteRange region, ByteRange place)
{
    Groups groups;
    for (auto at = region.start; at < place.end;) {
        const auto group = formats::readBase64Group(text, at, region.end);
        at = group.end;
        if (group.size == 0) {
            break;
        }
        if (group.end <= place.start) {
            continue;
        }
        groups.bytes.start = groups.bytes.empty() ? group.start : groups.bytes.start;
        groups.bytes.end = group.end;
        for (std::size_t i = 0; i < group.size; ++i) {
            auto& part = group.at[i] < place.start ? groups.before
                : group.at[i] < place.end          ? groups.value
                                                   : groups.after;
            part += group.bytes[i];
        }
    }
    return groups;
}

// Written in whole groups, so that all behind it stays as it is: blanks fill the last one. Markup does not mind them.
std::vector<RawEdit> putBase64(ByteView text, const Region& region, ByteRange place, std::string_view decoded)
{
    const auto groups = groupsAround(text, region.bytes, place);
    if (groups.bytes.empty()) {
        return {};
    }
    auto written = groups.before + std::string(decoded);
    while ((written.size() + groups.after.size()) % 3 != 0) {
        written += ' ';
    }
    return {{groups.bytes, formats::toBase64(written + groups.after)}};
}

} // namespace

std::string PlaceWriter::valueAt(ByteRange place)
{
    bool bare = false;
    const auto* region = regionAt(place);
    if (region && formats::isBase64Drawing(m_text, *region)) {
        return groupsAround(m_text, region->bytes, place).value;
    }
    std::string out;
    OffsetMap map;
    for (const auto& piece : pieces(place, region, bare)) {
        if (isJson(region)) {
            unescapeJson(m_text, piece.start, piece.end, false, out, map, std::size_t{1} << 20);
        } else {
            out.append(slice(m_text, piece));
        }
    }
    return out;
}

namespace {

// Brackets that stand around the place already: "<jane@...>" becomes "<EMAIL_01>", not "<<EMAIL_01>>".
ByteRange withBrackets(ByteView text, ByteRange place, ByteRange within)
{
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"<", ">"}, {"&lt;", "&gt;"},
             {"\\u003c", "\\u003e"}, {"\\u003C", "\\u003E"}}) {
        const bool around = place.start >= within.start + open.size() && place.end + close.size() <= within.end
            && text.substr(place.start - open.size(), open.size()) == open
            && text.substr(place.end, close.size()) == close;
        if (around) {
            return {place.start - open.size(), place.end + close.size()};
        }
    }
    return place;
}

} // namespace

bool PlaceWriter::inScript(ByteRange place, const Region& region)
{
    if (region.kind != RegionKind::Html) {
        return region.kind == RegionKind::JavaScript;
    }
    const auto& scripts = know(region).scripts;
    const auto script = std::partition_point(
        scripts.begin(), scripts.end(), [&place](const ByteRange& range) { return range.end <= place.start; });
    return script != scripts.end() && script->start <= place.start;
}

bool PlaceWriter::inCodeSpan(ByteRange place, const Region& region)
{
    const auto& spans = know(region).codeSpans;
    const auto span = std::partition_point(
        spans.begin(), spans.end(), [&place](const ByteRange& range) { return range.end < place.start; });
    return span != spans.end() && span->start <= place.start;
}

std::vector<RawEdit> PlaceWriter::put(ByteRange place, std::string_view decoded, bool name)
{
    bool bare = false;
    const auto* region = regionAt(place);
    if (region && formats::isBase64Drawing(m_text, *region)) {
        return putBase64(m_text, *region, place, name ? asEntities(decoded) : std::string(decoded));
    }
    if (name && decoded.starts_with('<') && decoded.ends_with('>')) {
        place = withBrackets(m_text, place, region ? region->bytes : ByteRange{0, m_text.size()});
    }
    const auto list = pieces(place, region, bare);
    std::string text(decoded);
    const bool script = name && region && inScript(place, *region);
    if (name && readsTags(region) && !script && !(region->kind == RegionKind::Markdown && inCodeSpan(place, *region))) {
        text = asEntities(text);
    }
    if (name && ((bare && region->kind == RegionKind::Code) || (script && isBareNumber(m_text, place)))) {
        text = '"' + text + '"';
    }
    if (name && region && isBareInShell(place, *region)) {
        text = asShellWord(text);
    }
    if (region && region->form == TextForm::Commented && text.find('\n') != std::string::npos) {
        const auto prefix = commentPrefix(place, *region);
        for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
            text.insert(at + 1, prefix);
        }
    }
    if (isJson(region)) {
        text = jsonEscaped(text);
        if (bare && region->kind != RegionKind::Code) {
            if (!name) {
                return {}; // a number gives way to a name only: JSON has nothing else to put there
            }
            text = '"' + text + '"';
        }
    }
    std::vector<RawEdit> edits;
    for (const auto& piece : list) {
        edits.push_back({piece, edits.empty() ? text : std::string()});
    }
    return edits;
}

std::vector<RawEdit> PlaceWriter::putName(ByteRange place, std::string_view name)
{
    return put(place, name, true);
}

std::vector<RawEdit> PlaceWriter::putText(ByteRange place, std::string_view decoded)
{
    return put(place, decoded, false);
}

std::vector<RawEdit> PlaceWriter::putAcross(ByteRange place, std::string_view decoded)
{
    bool bare = false;
    const auto* region = regionAt(place);
    const auto list = isJson(region) ? pieces(place, region, bare) : std::vector<ByteRange>();
    if (list.empty() || bare) {
        return {};
    }
    return {{{list.front().start, list.back().end}, jsonEscaped(decoded)}};
}

} // namespace cupel::fixes
