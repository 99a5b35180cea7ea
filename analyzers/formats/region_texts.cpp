// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/region_texts.h"

#include <utility>

namespace cupel::formats {

RegionTexts::RegionTexts(ByteView artifactText, const std::vector<Region>& regions)
    : m_text(artifactText)
    , m_regions(regions)
    , m_kept(regions.size())
{
}

const RegionTexts::Kept* RegionTexts::kept(std::size_t region)
{
    auto& place = m_kept[region];
    if (place) {
        return place.get();
    }
    const auto size = m_regions[region].bytes.size();
    if (size > mostOfOne || size > mostOfAll - m_size) {
        return nullptr;
    }
    auto one = std::make_unique<Kept>();
    one->empty = !RegionReader(m_text, m_regions[region]).next(one->piece);
    m_size += size;
    place = std::move(one);
    return place.get();
}

const TextPiece& RegionTexts::whole(std::size_t region, TextPiece& own)
{
    if (const auto* known = kept(region)) {
        return known->piece;
    }
    own = readRegion(m_text, m_regions[region]);
    return own;
}

PieceReader::PieceReader(RegionTexts& texts, std::size_t region)
{
    if (const auto* kept = texts.kept(region)) {
        m_kept = kept->empty ? nullptr : &kept->piece;
    } else {
        m_reader.emplace(texts.m_text, texts.m_regions[region]);
    }
}

const TextPiece* PieceReader::next(TextPiece& own)
{
    if (m_reader) {
        return m_reader->next(own) ? &own : nullptr;
    }
    return std::exchange(m_kept, nullptr);
}

} // namespace cupel::formats
