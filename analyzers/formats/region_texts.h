// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of an artifact's regions, decoded once however many rules read them. Keeps what is short, which nearly
// every cell and output is; the rest is decoded again for each reader, in bounded memory.
#pragma once

#include "analyzers/formats/region_text.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace cupel::formats {

class RegionTexts {
public:
    static constexpr std::uint64_t mostOfOne = 64 << 10; // bytes of a region as it is written
    static constexpr std::uint64_t mostOfAll = 8 << 20;

    // Both stay for as long as this does.
    RegionTexts(ByteView artifactText, const std::vector<Region>& regions);
    // The text of a region in one piece, up to what readRegion reads of one: what is kept, or `own`, filled anew.
    [[nodiscard]] const TextPiece& whole(std::size_t region, TextPiece& own);

private:
    friend class PieceReader;
    struct Kept {
        TextPiece piece; // the whole text
        bool empty = false; // there is no piece at all
    };
    [[nodiscard]] const Kept* kept(std::size_t region);

    ByteView m_text;
    const std::vector<Region>& m_regions;
    std::vector<std::unique_ptr<const Kept>> m_kept; // by region; null: not read yet, or too long
    std::uint64_t m_size = 0; // bytes of the regions that are kept
};

// Reads one region front to back, piece by piece as a RegionReader does, from what is kept if it is. One thread at a
// time for all readers of the same texts.
class PieceReader {
public:
    PieceReader(RegionTexts& texts, std::size_t region);
    // The next piece, which may be `own`, filled anew, or one that stays as long as the texts; null at the end.
    [[nodiscard]] const TextPiece* next(TextPiece& own);

private:
    const TextPiece* m_kept = nullptr; // null: by the reader, or given back already
    std::optional<RegionReader> m_reader;
};

} // namespace cupel::formats
