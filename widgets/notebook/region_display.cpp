// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/region_display.h"

#include "analyzers/base/json_text.h"
#include "analyzers/base/redact.h"
#include "analyzers/formats/json_display.h"
#include "analyzers/model/masks.h"
#include "widgets/models/shown_text.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr std::size_t stride = 128; // bytes between two check points
constexpr std::size_t maxTraceback = 2 << 20;

// Credentials and home paths keep what the engine's excerpts keep, too.
void mask(std::string& text, ByteRange range, bool keepsBeginning)
{
    const auto value = slice(text, range);
    const auto kept = keepsBeginning ? keptBeginning(value) : homeBeginning(value);
    for (auto at = range.start + kept; at < range.end && at < text.size(); ++at) {
        if (text[at] != '\n') {
            text[at] = maskByte;
        }
    }
}

struct Decoded {
    char32_t point;
    std::size_t length;
};

constexpr Decoded broken{0xFFFD, 1};

Decoded decodeOne(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const auto first = byte(at);
    if (first < 0x80) {
        return {first, 1};
    }
    const std::size_t length = first >= 0xF0 && first < 0xF5 ? 4
        : first >= 0xE0 && first < 0xF0                      ? 3
        : first >= 0xC2 && first < 0xE0                      ? 2
                                                             : 0;
    if (length == 0 || at + length > text.size()) {
        return broken;
    }
    char32_t point = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) {
            return broken;
        }
        point = (point << 6) | (byte(at + i) & 0x3FU);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < smallest[length] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
        return broken;
    }
    return {point, length};
}

// Characters that would change how their neighbours are read, or not show at all.
bool hides(char32_t point)
{
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0x200E
        || point == 0x200F || point == 0x200B || point == 0x2060 || point == 0x2028 || point == 0x2029
        || point == 0xFEFF || (point >= 0xE0000 && point <= 0xE01EF);
}

char32_t visible(char32_t point)
{
    if (point == static_cast<char32_t>(maskByte)) {
        return 0x2022;
    }
    if (point < 0x20 && point != '\n' && point != '\t' && point != '\r') {
        return 0x2400 + point; // the picture of the control character
    }
    if (point == 0x7F) {
        return 0x2421;
    }
    return hides(point) || (point >= 0x80 && point < 0xA0) ? 0xFFFD : point;
}

// Marks above and below the letter before them. Many of them on one letter hide its neighbours and take a font seconds.
bool joinsLetter(char32_t point)
{
    return point >= 0x300 && point < 0x10000 && QChar::category(point) == QChar::Mark_NonSpacing;
}

bool isPlain(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x7F && (byte >= 0x20 || byte == '\n' || byte == '\t' || byte == '\r');
    });
}

} // namespace

ByteRange RegionText::fromFile(const Analysis& analysis, ByteRange file) const
{
    const auto inText = analysis.facts.fromFile(file);
    const auto size = utf8.size();
    const ByteRange range{map.toText(inText.start, size), map.toText(inText.end, size)};
    if (range.empty() && !file.empty() && range.start < size) {
        return {range.start, range.start + 1}; // inside one escape: it is one character here
    }
    return range;
}

RegionText readMasked(
    const Analysis& analysis, const Region& region, std::size_t maxBytes, const std::vector<ByteRange>& revealed)
{
    auto piece = formats::readForDisplay(analysis.facts.text(analysis.artifact), region, maxBytes);
    RegionText result{std::move(piece.text), std::move(piece.map), piece.last, region.bytes};
    std::replace(result.utf8.begin(), result.utf8.end(), maskByte, ' ');
    const auto whole = analysis.facts.toFile(region.bytes);
    const auto& sensitive = analysis.sensitive;
    std::optional<std::vector<std::uint64_t>> secrets; // most regions need none
    auto it = std::lower_bound(
        sensitive.begin(), sensitive.end(), whole.start, [](const ByteRange& r, auto start) { return r.end <= start; });
    for (; it != sensitive.end() && it->start < whole.end; ++it) {
        const auto open = std::partition_point(
            revealed.begin(), revealed.end(), [it](const ByteRange& range) { return range.end <= it->start; });
        if (open != revealed.end() && it->overlaps(*open)) {
            continue;
        }
        // A secret that begins before this region has its recognisable part there: nothing of it is kept here.
        const auto range = result.fromFile(analysis, {std::max(it->start, whole.start), std::min(it->end, whole.end)});
        secrets = secrets ? std::move(secrets) : secretStarts(analysis);
        mask(result.utf8, range, it->start >= whole.start && keepsItsBeginning(*secrets, *it));
    }
    return result;
}

QString shownName(const Analysis& analysis, std::string_view name)
{
    std::string out(name);
    const ByteView text = analysis.facts.text(analysis.artifact);
    for (const ByteRange file : analysis.sensitive) {
        const ByteView raw = slice(text, analysis.facts.fromFile(file));
        maskValue(out, raw);
        if (raw.find('\\') != ByteView::npos) {
            std::string decoded;
            OffsetMap map;
            unescapeJson(raw, 0, raw.size(), false, decoded, map, raw.size());
            maskValue(out, decoded);
        }
    }
    return shownText(out);
}

RegionText readLines(const Analysis& analysis, const Region& region, const std::vector<ByteRange>& revealed)
{
    if (region.form != TextForm::JsonStringList) {
        return readMasked(analysis, region, maxTraceback, revealed);
    }
    const auto all = analysis.facts.text(analysis.artifact);
    const auto end = std::min<std::uint64_t>(region.bytes.end, all.size());
    RegionText result;
    result.raw = region.bytes;
    for (auto at = region.bytes.start; at < end;) {
        const auto open = all.find('"', at);
        if (open == ByteView::npos || open >= end) {
            break;
        }
        auto close = open + 1;
        while (close < end && all[close] != '"') {
            close += all[close] == '\\' ? 2 : 1;
        }
        Region element = region;
        element.form = TextForm::JsonString;
        element.bytes = {open + 1, std::min<std::uint64_t>(close, end)};
        const auto text = readMasked(analysis, element, maxTraceback, revealed);
        const auto base = result.utf8.size();
        result.map.append(text.map, 0, base);
        result.utf8 += text.utf8;
        if (!result.utf8.ends_with('\n')) {
            result.map.addBlock(result.utf8.size(), element.bytes.end, 1);
            result.utf8.push_back('\n');
        }
        at = close + 1;
        if (result.utf8.size() > maxTraceback) {
            result.complete = false;
            break;
        }
    }
    if (result.utf8.ends_with('\n')) {
        result.utf8.pop_back();
    }
    return result;
}

ShownText::ShownText(std::string_view utf8)
{
    if (isPlain(utf8)) {
        m_string = QString::fromLatin1(utf8.data(), static_cast<qsizetype>(utf8.size()));
        return;
    }
    m_utf8 = utf8;
    m_string.reserve(static_cast<qsizetype>(utf8.size()));
    m_points.reserve(utf8.size() / stride + 1);
    constexpr int mostMarks = 6;
    int marks = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        if (m_points.empty() || at >= m_points.back().byte + stride) {
            m_points.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(m_string.size())});
        }
        const auto [point, length] = decodeOne(utf8, at);
        marks = joinsLetter(point) ? marks + 1 : 0;
        const auto shown = marks > mostMarks ? 0xFFFD : visible(point); // as long either way
        if (QChar::requiresSurrogates(shown)) {
            m_string.append(QChar(QChar::highSurrogate(shown))).append(QChar(QChar::lowSurrogate(shown)));
        } else {
            m_string.append(QChar(static_cast<char16_t>(shown)));
        }
        at += length;
    }
}

int ShownText::unit(std::uint64_t byte) const
{
    if (m_utf8.empty()) {
        return static_cast<int>(std::min<std::uint64_t>(byte, static_cast<std::uint64_t>(m_string.size())));
    }
    if (byte >= m_utf8.size()) {
        return static_cast<int>(m_string.size());
    }
    const auto after = std::upper_bound(
        m_points.begin(), m_points.end(), byte, [](auto b, const CheckPoint& p) { return b < p.byte; });
    auto unit = static_cast<int>(std::prev(after)->unit);
    std::size_t at = std::prev(after)->byte;
    while (at < byte) {
        const auto [character, length] = decodeOne(m_utf8, at);
        if (at + length > byte) {
            break;
        }
        unit += QChar::requiresSurrogates(visible(character)) ? 2 : 1;
        at += length;
    }
    return unit;
}

} // namespace cupel::widgets
