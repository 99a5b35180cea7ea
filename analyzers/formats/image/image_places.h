// SPDX-License-Identifier: GPL-3.0-or-later
// Where the images of an artifact stand: outputs and attachments of cells, data: addresses inside texts, or the file
// itself. Nothing is decoded here but what ByteWindow is asked for.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/image/byte_window.h"
#include "analyzers/model/facts.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats {

struct ImagePlace {
    enum class Kind : std::uint8_t { File, Output, Attachment, Embedded, Drawing }; // Drawing: SVG, which is a program
    Kind kind = Kind::File;
    std::int32_t region = -1; // index into Facts::regions; -1: the whole file
    std::int32_t cell = -1;
    std::int32_t output = -1;
    std::string name; // MIME type, or the attachment's name
    ByteRange text; // Embedded: the base64 in the region's decoded text
    bool toBeSeen = false; // as listImages found it
};

// Whether a person has to look at it, because nothing here reads what it shows: something that is known by its first
// bytes, or said to be a picture and large enough to be one; and every drawing. What is left over only talks of
// pictures. Whoever counts pictures, and whoever lists them, asks here.
[[nodiscard]] bool isToBeSeen(ByteWindow& image, std::string_view claimed);
[[nodiscard]] bool isToBeSeen(const Artifact& artifact, const Facts& facts, const ImagePlace& place);

// Of those that `mediaByMagic` knows.
[[nodiscard]] bool isPictureFormat(std::string_view format);

// data:image/png;base64,... inside a text, also of another type or of none when its bytes begin like a picture.
struct EmbeddedImage {
    std::size_t start = 0; // of the address
    std::string claimed; // "image/png", in lower case; what is written there
    ByteRange base64; // in the text; may be empty, or percent code (base64_text.h)
    std::size_t reach = 0; // the sign that ends it; the size of the text: it may go on behind that
};
// The first one that begins at `from` or behind it.
[[nodiscard]] std::optional<EmbeddedImage> nextEmbedded(ByteView text, std::size_t from);
[[nodiscard]] bool mayHoldEmbedded(ByteView text); // the beginning of one

// The base64 of a region that is a picture as it is written, from its first letter on.
[[nodiscard]] ByteRange base64In(ByteView text, const Region& region);

// In the order of the file, also some of those that only talk of pictures. `most`: of those that are to be seen, later
// ones are left out.
[[nodiscard]] std::vector<ImagePlace> listImages(
    const Artifact& artifact, const Facts& facts, Budget& budget, std::size_t most = 20'000);

// Those inside the text of one region. `starts`: where the base64 of each begins in the artifact's text.
[[nodiscard]] std::vector<ImagePlace> imagesInside(const Artifact& artifact, const Facts& facts, std::size_t region,
    std::size_t most, std::vector<std::uint64_t>& starts);

// The image at a place. The window points into the artifact's bytes or into `keep`, which must live as long.
[[nodiscard]] ByteWindow imageAt(
    const Artifact& artifact, const Facts& facts, const ImagePlace& place, std::string& keep);

} // namespace cupel::formats
