// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/region_text.h"

#include "analyzers/base/json_text.h"

#include <algorithm>

namespace cupel::formats {

RegionReader::RegionReader(ByteView artifactText, const Region& region, const PieceSizes& sizes)
    : m_text(artifactText)
    , m_sizes(sizes)
    , m_form(region.form)
    , m_at(std::min<std::uint64_t>(region.bytes.start, artifactText.size()))
    , m_end(std::min<std::uint64_t>(region.bytes.end, artifactText.size()))
    , m_elementEnd(m_form == TextForm::JsonStringList ? m_at : m_end)
{
    m_done = m_at >= m_end;
}

// Moves to the inside of the next string of the list; false when there is none.
bool RegionReader::nextListElement()
{
    while (m_at < m_end && m_text[m_at] != '"') {
        ++m_at;
    }
    if (m_at >= m_end) {
        return false;
    }
    ++m_at;
    m_elementEnd = m_end;
    return true;
}

// Appends up to `wanted` bytes of text. False at the end of the region.
bool RegionReader::decodeMore(TextPiece& piece, std::size_t wanted)
{
    const auto target = piece.text.size() + wanted;
    while (piece.text.size() < target) {
        if (m_form == TextForm::JsonStringList) {
            if (m_at >= m_elementEnd && !nextListElement()) {
                return false;
            }
            const auto got = unescapeJson(m_text, m_at, m_elementEnd, true, piece.text, piece.map, target);
            m_at = got.end;
            if (got.stoppedAtQuote) {
                ++m_at;
                m_elementEnd = m_at;
            } else if (m_at >= m_end) {
                return false;
            }
            continue;
        }
        if (m_at >= m_end) {
            return false;
        }
        if (m_form == TextForm::Plain) {
            const auto count = std::min<std::uint64_t>(m_end - m_at, target - piece.text.size());
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
    const bool more = decodeMore(piece, wanted);
    if (m_hasOverlap) {
        piece.overlap = piece.map.toText(resume, piece.text.size());
    }
    piece.last = !more || m_at >= m_end;
    m_done = piece.last;
    const auto newLines =
        std::count(piece.text.begin() + static_cast<std::ptrdiff_t>(piece.overlap), piece.text.end(), '\n');
    m_line += static_cast<std::uint64_t>(newLines);
    if (!m_done) {
        // The overlap starts after a line break if there is one in the last bytes to repeat, else at a character.
        const auto from = piece.text.size() - std::min(m_sizes.overlap, piece.text.size());
        auto cut = piece.text.find('\n', from);
        cut = cut == std::string::npos || cut + 1 >= piece.text.size() ? from : cut + 1;
        while (cut < piece.text.size() && (static_cast<unsigned char>(piece.text[cut]) & 0xC0) == 0x80) {
            ++cut;
        }
        piece.repeated = piece.text.size() - cut;
        m_overlapRaw = piece.map.toRaw(cut);
        m_overlapLine = m_line
            - static_cast<std::uint64_t>(
                std::count(piece.text.begin() + static_cast<std::ptrdiff_t>(cut), piece.text.end(), '\n'));
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
