// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/place_writer.h"

#include "analyzers/base/json_outline.h"
#include "analyzers/base/json_text.h"
#include "analyzers/code/magics.h"
#include "analyzers/code/python_tokens.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>
#include <cstdio>

namespace cupel::fixes {

namespace {

constexpr std::string_view bareEnds = " \t\r\n,:[]{}\"";

bool isJson(const Region* region)
{
    return region && region->form != TextForm::Plain;
}

// Bare placeholders would be read as tags there, and vanish.
bool readsTags(const Region* region)
{
    return region
        && (region->kind == RegionKind::Html || region->kind == RegionKind::Svg
            || region->kind == RegionKind::Markdown);
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
    auto at = region.bytes.start;
    while ((at = m_text.find('"', at)) < end) {
        const auto start = ++at;
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
    }
}

const PlaceWriter::Known& PlaceWriter::know(const Region& region)
{
    auto& known = m_known[&region];
    if (!known.read) {
        known.read = true;
        if (region.form != TextForm::Plain) {
            readStrings(region, known);
        }
        if (region.kind == RegionKind::Code) {
            readCode(region, known);
        }
    }
    return known;
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
    if (!isJson(region)) {
        return {place};
    }
    std::vector<ByteRange> list;
    for (auto at = first(known.strings, place.start); at != known.strings.end() && at->start < place.end; ++at) {
        list.push_back({std::max(at->start, place.start), std::min(at->end, place.end)});
    }
    if (list.empty() && region->form == TextForm::JsonValue) {
        // A number or literal: all of it gives way.
        bareValue = true;
        const auto end = m_text.find_first_of(bareEnds, place.end);
        const auto before = m_text.find_last_of(bareEnds, place.start);
        list.push_back({std::max(before == ByteView::npos ? 0 : before + 1, region->bytes.start),
            std::min<std::uint64_t>(end == ByteView::npos ? m_text.size() : end, region->bytes.end)});
    }
    return list;
}

std::string PlaceWriter::valueAt(ByteRange place)
{
    bool bare = false;
    const auto* region = regionAt(place);
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

// Markdown shows code spans and fences as they are written; rough, and right for what people write.
bool PlaceWriter::inCodeSpan(ByteRange place, const Region& region) const
{
    const auto before = slice(m_text, {region.bytes.start, place.start});
    std::size_t fences = 0;
    for (auto at = before.find("```"); at != ByteView::npos; at = before.find("```", at + 3)) {
        ++fences;
    }
    const auto line = before.substr(std::min(before.size(), before.rfind("\\n") + 1));
    return fences % 2 == 1 || std::count(line.begin(), line.end(), '`') % 2 == 1;
}

std::vector<RawEdit> PlaceWriter::put(ByteRange place, std::string_view decoded, bool name)
{
    bool bare = false;
    const auto* region = regionAt(place);
    const auto list = pieces(place, region, bare);
    std::string text(decoded);
    if (name && readsTags(region) && !(region->kind == RegionKind::Markdown && inCodeSpan(place, *region))) {
        text = asEntities(text);
    }
    if (name && bare && region->kind == RegionKind::Code) {
        text = '"' + text + '"';
    }
    if (isJson(region)) {
        text = jsonEscaped(text);
        if (name && bare && region->kind != RegionKind::Code) {
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

} // namespace cupel::fixes
