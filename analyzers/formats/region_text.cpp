// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/region_text.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/json_text.h"
#include "analyzers/formats/base64_signs.h"
#include "analyzers/formats/code_language.h"
#include "analyzers/formats/html/html_tokens.h"
#include "analyzers/formats/jupytext_script.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace cupel::formats {

namespace {

// Sixty-four bytes at a time, each with a count of its own that is added up before it could overflow.
std::uint64_t lineBreaks(ByteView text)
{
    constexpr std::size_t mostSteps = 255;
    constexpr std::size_t blocks = 4;
    constexpr std::size_t step = blocks * sizeof(ByteBlock);
    std::uint64_t count = 0;
    std::size_t at = 0;
    while (text.size() - at >= step) {
        std::array<ByteBlock, blocks> counts{};
        for (std::size_t i = 0; i < mostSteps && text.size() - at >= step; ++i, at += step) {
            for (std::size_t k = 0; k < blocks; ++k) {
                ByteBlock block;
                std::memcpy(&block, text.data() + at + k * sizeof block, sizeof block);
                counts[k] -= reinterpret_cast<ByteBlock>(block == '\n'); // a mask is -1
            }
        }
        for (const auto& one : counts) {
            for (std::size_t i = 0; i < sizeof one; ++i) {
                count += one[i];
            }
        }
    }
    return count
        + static_cast<std::uint64_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), '\n'));
}

// Bytes of the sign at a line's start: "# ", "#", "# MAGIC ", "-- MAGIC ", "// MAGIC ", "#' ".
std::uint64_t commentSign(ByteView line)
{
    std::uint64_t sign = 0;
    if (line.starts_with('#')) {
        sign = line.starts_with("#'") ? 2 : 1;
    } else if (line.starts_with("--") || line.starts_with("//")) {
        sign = 2;
    } else {
        return 0;
    }
    const auto rest = line.substr(sign);
    if (rest.starts_with(" MAGIC") && (rest.size() == 6 || rest[6] == ' ' || rest[6] == '\n' || rest[6] == '\r')) {
        sign += 6;
    }
    return sign + (line.substr(sign).starts_with(' ') ? 1 : 0);
}

} // namespace

RegionReader::RegionReader(ByteView artifactText, const Region& region, const PieceSizes& sizes)
    : m_text(artifactText)
    , m_sizes(sizes)
    , m_form(region.form)
    , m_at(std::min<std::uint64_t>(region.bytes.start, artifactText.size()))
    , m_end(std::min<std::uint64_t>(region.bytes.end, artifactText.size()))
    , m_elementEnd(m_form == TextForm::JsonStringList ? m_at : m_end)
{
    m_done = m_at >= m_end;
    m_base64 = isBase64Drawing(m_text, region);
    m_lines = (region.kind == RegionKind::Error && region.name == "traceback")
        || (region.kind == RegionKind::Code && region.name == commentedMagics);
}

// Moves to the inside of the next string of the list; false when there is none.
bool RegionReader::nextListElement()
{
    m_at = std::min<std::uint64_t>(m_text.substr(0, m_end).find('"', m_at), m_end);
    if (m_at >= m_end) {
        return false;
    }
    ++m_at;
    m_elementEnd = m_end;
    return true;
}

// The strings of a list, until the piece has `target` bytes. False at the end of the region.
bool RegionReader::decodeList(TextPiece& piece, std::size_t target)
{
    JsonUnescaper unescaper(m_text, true, piece.text, piece.map);
    bool more = true;
    while (more && unescaper.written() < target) {
        if (m_at >= m_elementEnd && !nextListElement()) {
            more = false;
            break;
        }
        const auto got = unescaper.read(m_at, m_elementEnd, target);
        m_at = got.end;
        if (got.stoppedAtQuote) {
            const bool another = m_lines && m_text.substr(0, m_end).find('"', m_at + 1) != ByteView::npos;
            if (another && !unescaper.endsWith('\n')) {
                unescaper.addByte('\n', m_at, 1);
            }
            ++m_at;
            m_elementEnd = m_at;
        } else {
            more = m_at < m_end;
        }
    }
    unescaper.finish();
    return more;
}

// Appends up to `wanted` bytes of text. False at the end of the region.
bool RegionReader::decodeMore(TextPiece& piece, std::size_t wanted)
{
    const auto target = piece.text.size() + wanted;
    while (piece.text.size() < target) {
        if (m_base64) {
            if (!addBase64(piece)) {
                return false;
            }
            continue;
        }
        if (m_form == TextForm::JsonStringList) {
            return decodeList(piece, target);
        }
        if (m_at >= m_end) {
            return false;
        }
        if (m_form == TextForm::Commented) {
            addCommentedLine(piece);
        } else if (m_form == TextForm::Markup) {
            addMarkup(piece, target);
        } else if (m_form == TextForm::Plain) {
            const bool fresh = m_at == 0 || m_text[m_at - 1] == '\n';
            if (const auto sign = m_lines && fresh ? magicSignAt(m_text.substr(0, m_end), m_at) : MagicSign();
                sign.size > 0) { // a magic without its comment sign
                piece.map.addLinear(piece.text.size(), m_at);
                piece.text.append(m_text.substr(m_at, sign.indent));
                m_at += sign.indent + sign.size;
            }
            const auto stop = m_lines ? std::min<std::uint64_t>(m_text.find('\n', m_at), m_end - 1) + 1 : m_end;
            const auto room = std::max<std::size_t>(1, target - std::min(target, piece.text.size()));
            const auto count = std::min<std::uint64_t>(stop - std::min(m_at, stop), room);
            piece.map.addLinear(piece.text.size(), m_at);
            piece.text.append(m_text.substr(m_at, count));
            m_at += count;
        } else {
            m_at = unescapeJson(m_text, m_at, m_end, m_form == TextForm::JsonString, piece.text, piece.map, target).end;
            if (m_form == TextForm::JsonString && m_at < m_end && m_text[m_at] == '"') {
                m_at = m_end;
            }
        }
    }
    return true;
}

// One line without its comment sign. A line that has none is taken as it stands.
void RegionReader::addCommentedLine(TextPiece& piece)
{
    const bool fresh = m_at == 0 || m_text[m_at - 1] == '\n';
    m_at += fresh ? commentSign(m_text.substr(m_at, m_end - m_at)) : 0;
    const auto stop = std::min<std::uint64_t>(m_text.find('\n', m_at), m_end - 1) + 1;
    const auto count = std::min<std::uint64_t>(stop - std::min(stop, m_at), m_sizes.piece);
    if (count > 0) {
        piece.map.addLinear(piece.text.size(), m_at);
        piece.text.append(m_text.substr(m_at, count));
        m_at += count;
    }
}

// A tag, an entity, or text up to the next of them.
void RegionReader::addMarkup(TextPiece& piece, std::size_t target)
{
    const auto all = m_text.substr(0, m_end);
    if (all[m_at] == '<' && m_at + 1 < m_end
        && std::string_view(" =<0123456789").find(all[m_at + 1]) == ByteView::npos) {
        m_at = std::min<std::uint64_t>(all.find('>', m_at), m_end - 1) + 1;
        return;
    }
    if (all[m_at] == '&') {
        if (const auto entity = readEntity(all, m_at); entity.length > 0) {
            piece.map.addBlock(piece.text.size(), m_at, entity.length);
            appendUtf8(piece.text, entity.point);
            m_at += entity.length;
            return;
        }
    }
    const auto stop = std::min<std::uint64_t>(all.find_first_of("<&", m_at + 1), m_end);
    const auto count =
        std::min<std::uint64_t>(stop - m_at, std::max<std::size_t>(1, target - std::min(target, piece.text.size())));
    piece.map.addLinear(piece.text.size(), m_at);
    piece.text.append(all.substr(m_at, count));
    m_at += count;
}

// One group of base64: up to three bytes, each of which stands where its first sign does.
bool RegionReader::addBase64(TextPiece& piece)
{
    const auto group = readBase64Group(m_text, m_at, m_end);
    m_at = group.end;
    for (std::size_t i = 0; i < group.size; ++i) {
        if (i == 0 || group.at[i] != group.at[i - 1] + 1) {
            piece.map.addLinear(piece.text.size(), group.at[i]);
        }
        piece.text += group.bytes[i];
    }
    return group.size == 3;
}

bool RegionReader::next(TextPiece& piece)
{
    piece.text.clear();
    piece.map.clear();
    piece.overlap = 0;
    piece.repeated = 0;
    piece.last = false;
    if (m_done) {
        return false;
    }
    piece.firstLine = m_line;
    const auto resume = m_at;
    std::size_t wanted = m_sizes.piece;
    if (m_hasOverlap) {
        // The tail of the piece before is decoded again rather than kept: its map has to be right too.
        piece.firstLine = m_overlapLine;
        m_at = m_overlapRaw;
        m_elementEnd = m_end;
        wanted += m_sizes.overlap;
    }
    piece.text.reserve(std::min<std::uint64_t>(wanted, m_end - std::min(m_at, m_end)));
    const bool more = decodeMore(piece, wanted);
    if (m_hasOverlap) {
        piece.overlap = piece.map.toText(resume, piece.text.size());
    }
    piece.last = !more || m_at >= m_end;
    m_done = piece.last;
    if (!m_done) {
        m_line += lineBreaks(ByteView(piece.text).substr(piece.overlap));
        // The overlap starts after a line break if there is one in the last bytes to repeat, else at a character.
        const auto from = piece.text.size() - std::min(m_sizes.overlap, piece.text.size());
        auto cut = piece.text.find('\n', from);
        cut = cut == std::string::npos || cut + 1 >= piece.text.size() ? from : cut + 1;
        while (cut < piece.text.size() && (static_cast<unsigned char>(piece.text[cut]) & 0xC0) == 0x80) {
            ++cut;
        }
        if (m_base64) { // groups of three bytes begin again there
            cut -= cut % 3; // pieces start with a whole group
        }
        piece.repeated = piece.text.size() - cut;
        m_overlapRaw = piece.map.toRaw(cut);
        m_overlapLine = m_line - lineBreaks(ByteView(piece.text).substr(cut));
        m_hasOverlap = true;
    }
    return true;
}

TextPiece readRegion(ByteView artifactText, const Region& region, std::size_t maxBytes)
{
    TextPiece whole;
    RegionReader reader(artifactText, region);
    TextPiece piece;
    // One piece is all there is for nearly every cell; longer ones are joined without their overlaps.
    if (!reader.next(whole) || whole.last || whole.text.size() >= maxBytes) {
        return whole;
    }
    while (whole.text.size() < maxBytes && reader.next(piece)) {
        const auto base = whole.text.size() - piece.overlap;
        whole.map.append(piece.map, piece.overlap, base);
        whole.text.append(piece.text, piece.overlap);
        whole.last = piece.last;
        if (piece.last) {
            break;
        }
    }
    return whole;
}

} // namespace cupel::formats
