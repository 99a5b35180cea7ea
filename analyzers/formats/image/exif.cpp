// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/image/image_metadata.h"

#include <array>

namespace cupel::formats {

namespace {

constexpr std::size_t mostNotes = 64;
constexpr std::uint32_t mostEntries = 200; // of one directory

// Numbers of a TIFF block in its byte order; zero beyond the end.
class Tiff {
public:
    explicit Tiff(ByteView bytes)
        : m_bytes(bytes)
        , m_little(bytes.starts_with("II"))
    {
    }
    [[nodiscard]] std::uint32_t number(std::uint64_t at, std::uint32_t size) const
    {
        if (at > m_bytes.size() || m_bytes.size() - at < size) {
            return 0;
        }
        std::uint32_t value = 0;
        for (std::uint32_t i = 0; i < size; ++i) {
            const auto byte = static_cast<unsigned char>(m_bytes[at + (m_little ? size - 1 - i : i)]);
            value = value << 8 | byte;
        }
        return value;
    }

private:
    ByteView m_bytes;
    bool m_little;
};

struct Tag {
    std::uint32_t id;
    ImageNote::Kind kind;
    std::string_view name;
};
constexpr std::array tags{Tag{0x010E, ImageNote::Kind::Text, "EXIF ImageDescription"},
    Tag{0x0131, ImageNote::Kind::Software, "EXIF Software"}, Tag{0x013B, ImageNote::Kind::Author, "EXIF Artist"},
    Tag{0x0132, ImageNote::Kind::Time, "EXIF DateTime"}, Tag{0x9003, ImageNote::Kind::Time, "EXIF DateTimeOriginal"},
    Tag{0x9004, ImageNote::Kind::Time, "EXIF DateTimeDigitized"},
    Tag{0x8298, ImageNote::Kind::Author, "EXIF Copyright"}, Tag{0x9286, ImageNote::Kind::Text, "EXIF UserComment"},
    Tag{0x013C, ImageNote::Kind::Device, "EXIF HostComputer"}, Tag{0x9C9B, ImageNote::Kind::Text, "EXIF XPTitle"},
    Tag{0x9C9C, ImageNote::Kind::Text, "EXIF XPComment"}, Tag{0x9C9D, ImageNote::Kind::Author, "EXIF XPAuthor"},
    Tag{0x9C9E, ImageNote::Kind::Text, "EXIF XPKeywords"}, Tag{0x9C9F, ImageNote::Kind::Text, "EXIF XPSubject"},
    Tag{0xC62F, ImageNote::Kind::Device, "EXIF CameraSerialNumber"},
    Tag{0xA430, ImageNote::Kind::Author, "EXIF CameraOwnerName"},
    Tag{0xA431, ImageNote::Kind::Device, "EXIF BodySerialNumber"},
    Tag{0xA435, ImageNote::Kind::Device, "EXIF LensSerialNumber"}};

// Bytes of one value, by its type.
std::uint64_t widthOf(std::uint32_t type)
{
    static constexpr std::array<std::uint8_t, 13> widths{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    return type < widths.size() ? widths[type] : 0;
}

struct Pointers {
    std::uint32_t exif = 0;
    std::uint32_t gps = 0;
};

// An empty value of blanks and zeros says nothing.
bool isBlank(ByteView value)
{
    return value.find_first_not_of(std::string_view("\0 \n\r\t", 5)) == ByteView::npos;
}

void readDirectory(ByteView bytes, const Tiff& tiff, std::uint64_t at, std::uint64_t base, bool gps, ImageMetadata& out,
    Pointers* pointers)
{
    const auto count = std::min(tiff.number(at, 2), mostEntries);
    bool latitude = false;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto entry = at + 2 + 12ULL * i;
        if (entry + 12 > bytes.size()) {
            return;
        }
        const auto id = tiff.number(entry, 2);
        const auto length = widthOf(tiff.number(entry + 2, 2)) * tiff.number(entry + 4, 4);
        const auto place = length <= 4 ? entry + 8 : tiff.number(entry + 8, 4);
        const ByteRange value{place, place + length};
        if (gps) {
            latitude = latitude || id == 2;
            if (id == 4 && latitude && !isBlank(slice(bytes, value))) {
                addNote(out, ImageNote::Kind::Location, "EXIF GPS", {base + value.start, base + value.end});
            }
            continue;
        }
        if (pointers && id == 0x8769) {
            pointers->exif = tiff.number(entry + 8, 4);
        } else if (pointers && id == 0x8825) {
            pointers->gps = tiff.number(entry + 8, 4);
        }
        for (const auto& tag : tags) {
            if (tag.id == id && !isBlank(slice(bytes, value))) {
                addNote(out, tag.kind, std::string(tag.name), {base + value.start, base + value.end});
            }
        }
    }
}

} // namespace

void addNote(ImageMetadata& out, ImageNote::Kind kind, std::string tag, ByteRange place, bool ordinary)
{
    if (out.notes.size() < mostNotes && !place.empty()) {
        out.notes.push_back({kind, std::move(tag), place, ordinary});
    }
}

void readExif(ByteView bytes, std::uint64_t base, ImageMetadata& out)
{
    if (bytes.size() < 8 || (!bytes.starts_with("II") && !bytes.starts_with("MM"))) {
        return;
    }
    const Tiff tiff(bytes);
    Pointers pointers;
    readDirectory(bytes, tiff, tiff.number(4, 4), base, false, out, &pointers);
    if (pointers.exif != 0) {
        readDirectory(bytes, tiff, pointers.exif, base, false, out, nullptr);
    }
    if (pointers.gps != 0) {
        readDirectory(bytes, tiff, pointers.gps, base, true, out, nullptr);
    }
}

void readXmp(ByteView packet, std::uint64_t base, ImageMetadata& out)
{
    struct Property {
        std::string_view name;
        ImageNote::Kind kind;
        bool ordinary = false;
    };
    static constexpr std::array properties{Property{"exif:GPSLatitude", ImageNote::Kind::Location},
        Property{"dc:creator", ImageNote::Kind::Author}, Property{"dc:rights", ImageNote::Kind::Author},
        Property{"tiff:Artist", ImageNote::Kind::Author}, Property{"photoshop:Credit", ImageNote::Kind::Author},
        Property{"aux:SerialNumber", ImageNote::Kind::Device},
        Property{"exifEX:BodySerialNumber", ImageNote::Kind::Device},
        Property{"aux:OwnerName", ImageNote::Kind::Author},
        Property{"Iptc4xmpCore:CiEmailWork", ImageNote::Kind::Author},
        Property{"xmp:CreateDate", ImageNote::Kind::Time}, Property{"xmp:ModifyDate", ImageNote::Kind::Time},
        Property{"photoshop:DateCreated", ImageNote::Kind::Time},
        Property{"exif:DateTimeOriginal", ImageNote::Kind::Time},
        Property{"xmp:CreatorTool", ImageNote::Kind::Software, true}};
    for (const auto& property : properties) {
        const auto at = packet.find(property.name);
        if (at != ByteView::npos) {
            const auto end = std::min(packet.size(), packet.find('\n', at));
            addNote(out, property.kind, "XMP " + std::string(property.name),
                {base + at, base + std::min(end, at + 400)}, property.ordinary);
        }
    }
}

void readIptc(ByteView block, std::uint64_t base, ImageMetadata& out)
{
    // Data sets of record 2: 0x1C, 2, number, length in two bytes.
    for (std::size_t at = 0; at + 5 <= block.size();) {
        if (block[at] != 0x1C || block[at + 1] != 2) {
            ++at;
            continue;
        }
        const auto id = static_cast<unsigned char>(block[at + 2]);
        const auto length = static_cast<std::size_t>(static_cast<unsigned char>(block[at + 3])) << 8
            | static_cast<unsigned char>(block[at + 4]);
        if (length > block.size() - at - 5) {
            return;
        }
        const ByteRange value{base + at + 5, base + at + 5 + length};
        if (id == 80 || id == 85 || id == 110 || id == 116 || id == 118) {
            addNote(out, ImageNote::Kind::Author, "IPTC by-line or copyright", value);
        } else if (id == 90 || id == 92) {
            addNote(out, ImageNote::Kind::Location, "IPTC place", value);
        }
        at += 5 + length;
    }
}

} // namespace cupel::formats
