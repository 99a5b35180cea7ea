// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/image/image_metadata.h"

#include "analyzers/base/image_magic.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cupel::formats {

namespace {

using Kind = ImageNote::Kind;
constexpr std::uint32_t mostChunks = 50'000;
constexpr std::uint64_t longestBlock = 256 << 10; // of metadata that is looked into

std::uint32_t bigEndian(ByteView bytes, std::size_t at, std::size_t size)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i) {
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

std::uint32_t littleEndian(ByteView bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) {
        value = value << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    return value;
}

// Padding of zeros and line breaks behind an image is common and harmless.
void addTrailing(ByteWindow& image, std::uint64_t end, ImageMetadata& out)
{
    constexpr std::uint64_t sample = 64 << 10;
    if (end >= image.size()) {
        return;
    }
    const auto tail = image.read(end, sample);
    const auto first = tail.find_first_not_of(std::string_view("\0\n\r ", 4));
    if (first != ByteView::npos) {
        addNote(out, Kind::Trailing, "bytes behind the end", {end + first, image.size()});
    }
}

std::string lower(ByteView text)
{
    std::string out(text);
    std::transform(
        out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool isNameCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == '.'
        || c == '-' || c == '_' || c == ':';
}

// "Matplotlib version3.4.3" of what it writes about itself, without the address behind the comma.
std::string programName(ByteView value)
{
    constexpr std::size_t longest = 40;
    std::string name(value.substr(0, std::min({value.size(), longest, value.find(','), value.find('\0')})));
    std::erase_if(name, [](char c) { return !isNameCharacter(c); });
    return name;
}

void readPngText(ByteView data, std::string_view type, std::uint64_t base, ImageMetadata& out)
{
    const auto key = lower(data.substr(0, std::min<std::size_t>(data.find('\0'), 79)));
    const auto value = data.substr(std::min(data.size(), key.size() + 1));
    const ByteRange place{base, base + data.size()};
    const auto tag = "PNG " + std::string(type) + ' ';
    if (key == "xml:com.adobe.xmp") {
        readXmp(data, base, out);
    } else if (key == "author" || key == "copyright" || key == "artist") {
        addNote(out, Kind::Author, tag + key, place);
    } else if (key == "software") {
        const bool plot = lower(value.substr(0, 10)).starts_with("matplotlib"); // says nothing about anybody
        addNote(out, Kind::Software, plot ? tag + key + " = " + programName(value) : tag + key, place, plot);
    } else if (key == "comment" && lower(value.substr(0, 12)).starts_with("created with")) {
        addNote(out, Kind::Software, tag + key, place);
    } else if (key == "comment" || key == "description" || key == "title" || key == "source" || key == "disclaimer") {
        addNote(out, Kind::Text, tag + key, place);
    } else if (key.starts_with("raw profile type exif") || key.starts_with("raw profile type iptc")) {
        addNote(out, Kind::Text, tag + "raw profile", place);
    } else if (key == "creation time" || key.starts_with("date:")) {
        addNote(out, Kind::Time, tag + key, place);
    } else if (!key.empty() && std::all_of(key.begin(), key.end(), isNameCharacter)) {
        addNote(out, Kind::Text, tag + key, place, true);
    }
}

void readPng(ByteWindow& image, ImageMetadata& out)
{
    std::uint64_t at = 8;
    for (std::uint32_t i = 0; i < mostChunks; ++i) {
        const std::string head(image.read(at, 8));
        if (head.size() < 8) {
            return;
        }
        const std::uint64_t length = bigEndian(head, 0, 4);
        const auto type = std::string_view(head).substr(4);
        const auto data = at + 8;
        if (type == "IEND") {
            return addTrailing(image, data + length + 4, out);
        }
        if (type == "tEXt" || type == "zTXt" || type == "iTXt") {
            readPngText(image.read(data, std::min(length, longestBlock)), type, data, out);
        } else if (type == "eXIf") {
            readExif(image.read(data, std::min(length, longestBlock)), data, out);
        } else if (type == "tIME" && length == 7) {
            addNote(out, Kind::Time, "PNG tIME", {data, data + length});
        }
        at = data + length + 4;
    }
}

void readSegment(ByteView data, unsigned marker, std::uint64_t base, ImageMetadata& out)
{
    constexpr std::string_view exif("Exif\0\0", 6);
    constexpr std::string_view xmp("http://ns.adobe.com/xap/1.0/\0", 29);
    if (marker == 0xE1 && data.starts_with(exif)) {
        readExif(data.substr(exif.size()), base + exif.size(), out);
    } else if (marker == 0xE1 && data.starts_with(xmp)) {
        readXmp(data.substr(xmp.size()), base + xmp.size(), out);
    } else if (marker == 0xED && data.starts_with("Photoshop 3.0")) {
        readIptc(data, base, out);
    } else if (marker == 0xFE && data.size() > 1) {
        const auto text = lower(data.substr(0, 40));
        const bool encoder = text.starts_with("created with") || text.starts_with("lead tech")
            || text.starts_with("creator:") || text.starts_with("lavc") || text.starts_with("file written by")
            || text.starts_with("cs:") || text.starts_with("compressed by");
        addNote(out, encoder ? Kind::Software : Kind::Text, "JPEG comment", {base, base + data.size()});
    }
}

// Behind the start of scan only the next marker that is no part of the picture ends it.
std::uint64_t endOfScan(ByteWindow& image, std::uint64_t at)
{
    constexpr std::uint64_t step = 192 << 10;
    std::uint64_t position = at;
    while (position + 1 < image.size()) {
        const auto bytes = image.read(position, step);
        if (bytes.size() < 2) {
            return image.size();
        }
        for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
            if (static_cast<unsigned char>(bytes[i]) == 0xFF && static_cast<unsigned char>(bytes[i + 1]) == 0xD9) {
                return position + i + 2;
            }
        }
        position += bytes.size() - 1;
    }
    return image.size();
}

void readJpeg(ByteWindow& image, ImageMetadata& out)
{
    std::uint64_t at = 2;
    bool many = false; // several pictures in one file: what lies behind the first is no secret
    for (std::uint32_t i = 0; i < mostChunks; ++i) {
        const std::string head(image.read(at, 4));
        if (head.size() < 4 || static_cast<unsigned char>(head[0]) != 0xFF) {
            return;
        }
        const auto marker = static_cast<unsigned char>(head[1]);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        const std::uint64_t length = bigEndian(head, 2, 2);
        if (marker == 0xDA) {
            break;
        }
        if (length < 2) {
            return;
        }
        const auto data = image.read(at + 4, length - 2);
        many = many || (marker == 0xE2 && data.starts_with("MPF"));
        readSegment(data, marker, at + 4, out);
        at += 2 + length;
    }
    // Nearly always the picture ends where the bytes end, and nothing of it need be read.
    const auto tail = image.read(image.size() < 2 ? 0 : image.size() - 2, 2);
    if (!many && (tail.size() < 2 || tail != "\xFF\xD9")) {
        addTrailing(image, endOfScan(image, at), out);
    }
}

void readGif(ByteWindow& image, ImageMetadata& out)
{
    const std::string head(image.read(0, 13));
    if (head.size() < 13) {
        return;
    }
    const auto tableOf = [](char flags) -> std::uint64_t {
        return (flags & 0x80) != 0 ? 3ULL << ((flags & 7) + 1) : 0;
    };
    std::uint64_t at = 13 + tableOf(head[10]);
    const auto skipBlocks = [&image](std::uint64_t from) {
        for (std::uint32_t i = 0; i < mostChunks; ++i) {
            const auto size = image.read(from, 1);
            if (size.empty() || size[0] == 0) {
                return from + 1;
            }
            from += 1 + static_cast<unsigned char>(size[0]);
        }
        return image.size();
    };
    for (std::uint32_t i = 0; i < mostChunks; ++i) {
        const std::string block(image.read(at, 10));
        if (block.empty()) {
            return;
        }
        if (block[0] == ';') {
            return addTrailing(image, at + 1, out);
        }
        if (block[0] == '!' && block.size() >= 2) {
            const auto end = skipBlocks(at + 2);
            if (static_cast<unsigned char>(block[1]) == 0xFE) {
                addNote(out, Kind::Text, "GIF comment", {at + 2, end});
            }
            at = end;
        } else if (block[0] == ',' && block.size() == 10) {
            at = skipBlocks(at + 10 + tableOf(block[9]) + 1);
        } else {
            return;
        }
    }
}

void readWebp(ByteWindow& image, ImageMetadata& out)
{
    const std::string head(image.read(0, 12));
    const auto end = std::min<std::uint64_t>(image.size(), 8ULL + littleEndian(head, 4));
    std::uint64_t at = 12;
    for (std::uint32_t i = 0; i < mostChunks && at + 8 <= end; ++i) {
        const std::string chunk(image.read(at, 8));
        if (chunk.size() < 8) {
            return;
        }
        const std::uint64_t length = littleEndian(chunk, 4);
        if (chunk.starts_with("EXIF")) {
            const auto data = image.read(at + 8, std::min(length, longestBlock));
            const std::size_t skip = data.starts_with("Exif") ? 6 : 0;
            readExif(data.substr(std::min(skip, data.size())), at + 8 + skip, out);
        } else if (chunk.starts_with("XMP ")) {
            readXmp(image.read(at + 8, std::min(length, longestBlock)), at + 8, out);
        }
        at += 8 + length + (length & 1);
    }
    addTrailing(image, end, out);
}

} // namespace

ImageMetadata readImageMetadata(ByteWindow& image)
{
    ImageMetadata out;
    out.format = mediaByMagic(image.read(0, 32));
    if (out.format == "png") {
        readPng(image, out);
    } else if (out.format == "jpeg") {
        readJpeg(image, out);
    } else if (out.format == "gif") {
        readGif(image, out);
    } else if (out.format == "webp") {
        readWebp(image, out);
    } else if (out.format == "tiff") {
        readExif(image.read(0, longestBlock), 0, out);
    }
    for (auto& note : out.notes) { // offsets that the file made up
        note.place.end = std::min(note.place.end, image.size());
        note.place.start = std::min(note.place.start, note.place.end);
    }
    std::erase_if(out.notes, [](const ImageNote& note) { return note.place.empty(); });
    return out;
}

} // namespace cupel::formats
