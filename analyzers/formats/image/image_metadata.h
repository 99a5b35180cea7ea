// SPDX-License-Identifier: GPL-3.0-or-later
// What an image says about where, when, with what and by whom it was made: EXIF, XMP, IPTC, the text chunks of PNG,
// comments of GIF and JPEG, and bytes behind the end of the picture. Values are named and placed, never kept.
#pragma once

#include "analyzers/formats/image/byte_window.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats {

struct ImageNote {
    enum class Kind : std::uint8_t {
        Location, // a position on Earth
        Author, // who made it or owns the rights
        Device, // a serial number
        Software, // what wrote it
        Text, // a comment or a description
        Time, // when it was made or changed
        Trailing, // bytes that no viewer shows
    };
    Kind kind = Kind::Text;
    std::string tag; // "EXIF GPS", "PNG tEXt Author"; never a value but the name of a common program
    ByteRange place; // in the image
    bool ordinary = false; // says nothing about anybody: shown to whoever looks, no finding
};

struct ImageMetadata {
    std::string_view format; // "png", "jpeg", "gif", "webp", empty: another one
    std::vector<ImageNote> notes;
};

[[nodiscard]] ImageMetadata readImageMetadata(ByteWindow& image);

// Parts of it. `base`: where `tiff` starts in the image.
void readExif(ByteView tiff, std::uint64_t base, ImageMetadata& out);
void readXmp(ByteView packet, std::uint64_t base, ImageMetadata& out);
void readIptc(ByteView block, std::uint64_t base, ImageMetadata& out);
void addNote(ImageMetadata& out, ImageNote::Kind kind, std::string tag, ByteRange place, bool ordinary = false);

} // namespace cupel::formats
