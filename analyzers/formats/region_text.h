// SPDX-License-Identifier: GPL-3.0-or-later
// Decodes the text of a region piece by piece: bounded memory for a 1 GB line, exact way back to the file's bytes.
#pragma once

#include "analyzers/base/offset_map.h"
#include "analyzers/model/facts.h"

#include <cstddef>
#include <string>

namespace cupel::formats {

struct TextPiece {
    std::string text; // decoded UTF-8 (or the file's bytes when they are not UTF-8)
    OffsetMap map; // text offset -> offset in the artifact's text (Facts::text)
    std::uint64_t firstLine = 1; // 1-based line number in the region of the piece's first byte
    std::uint64_t overlap = 0; // leading bytes that the piece before held too
    std::uint64_t repeated = 0; // bytes at its end that the piece after it will hold too
    bool last = false;
};

// How much text a piece holds and how much of it the next one repeats. Other sizes than these are for tests.
struct PieceSizes {
    std::size_t piece = 1 << 20;
    std::size_t overlap = 8 << 10;
};

// Reads one region front to back. Pieces are cut after a line where possible and share `overlap` bytes so that a match
// across a cut is seen whole in one of them.
class RegionReader {
public:
    static constexpr std::size_t pieceSize = PieceSizes{}.piece;
    static constexpr std::size_t overlapSize = PieceSizes{}.overlap;

    RegionReader(ByteView artifactText, const Region& region, const PieceSizes& sizes = {});
    // Fills `piece` (reusing its memory). False at the end.
    bool next(TextPiece& piece);

private:
    bool decodeList(TextPiece& piece, std::size_t target);
    bool decodeMore(TextPiece& piece, std::size_t wanted);
    void addCommentedLine(TextPiece& piece);
    void addMarkup(TextPiece& piece, std::size_t target);
    bool addBase64(TextPiece& piece);
    bool nextListElement();
    ByteView m_text;
    PieceSizes m_sizes;
    TextForm m_form;
    bool m_base64 = false; // a drawing behind base64
    bool m_lines = false; // read line by line: a traceback, of which each string is one, or code with commented magics
    std::uint64_t m_at = 0; // next undecoded byte
    std::uint64_t m_end = 0; // of the region
    std::uint64_t m_elementEnd = 0; // of the string being decoded
    std::uint64_t m_line = 1; // line number at m_at
    bool m_done = false;
    // The tail of the piece before, to be repeated.
    std::uint64_t m_overlapRaw = 0;
    std::uint64_t m_overlapLine = 1;
    bool m_hasOverlap = false;
};

// The whole text at once, at most `maxBytes` of it; for cells on screen, never for scanning.
[[nodiscard]] TextPiece readRegion(ByteView artifactText, const Region& region, std::size_t maxBytes = 4 << 20);

} // namespace cupel::formats
