// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures inside flowing text: what the page carries itself is drawn, for the others a line says where they would come
// from. Nothing is loaded.
#pragma once

#include "analyzers/formats/image/image_places.h"
#include "widgets/notebook/cell_builder.h"

#include <optional>
#include <string_view>
#include <vector>

namespace cupel::widgets {

class PagePictures {
public:
    // `source`: the region as it is shown, masked; tags are offsets in it.
    PagePictures(const CellRequest& request, int region, const RegionText& source);
    [[nodiscard]] std::unique_ptr<Block> make(std::size_t tag, const QString& name);
    [[nodiscard]] ByteRange tagAt(std::size_t tag) const;
    [[nodiscard]] std::vector<std::size_t> inTables() const; // tags that have no block of their own
    [[nodiscard]] QString nameAt(std::size_t tag) const;

private:
    [[nodiscard]] std::string_view attribute(std::size_t tag, std::string_view name) const;
    [[nodiscard]] std::unique_ptr<Block> drawn(std::size_t tag, const QString& name);
    const CellRequest& m_request;
    int m_region;
    const RegionText& m_source;
    std::optional<std::vector<formats::ImagePlace>> m_carried; // when somebody asked
    std::vector<std::uint64_t> m_starts; // of them, in the artifact's text
    int m_drawn = 0;
};

} // namespace cupel::widgets
