// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/image/image_strip.h"

#include "analyzers/base/encodings.h"
#include "analyzers/formats/image/base64_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cupel::formats {

namespace {

constexpr std::size_t largest = 256 << 20;

std::uint8_t byteAt(ByteView bytes, std::size_t at)
{
    return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : 0;
}

std::uint64_t number(ByteView bytes, std::size_t at, std::size_t size, bool little = false)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        value = value << 8U | byteAt(bytes, little ? at + size - 1 - i : at + i);
    }
    return value;
}

std::optional<std::string> strippedPng(ByteView image)
{
    constexpr std::array<std::string_view, 5> dropped{"tEXt", "zTXt", "iTXt", "eXIf", "tIME"};
    std::string out(image.substr(0, 8));
    for (std::size_t at = 8; at + 12 <= image.size();) {
        const auto length = number(image, at, 4);
        const auto type = image.substr(at + 4, 4);
        if (length > image.size() - at - 12) {
            return std::nullopt;
        }
        const auto chunk = image.substr(at, static_cast<std::size_t>(length) + 12);
        if (std::find(dropped.begin(), dropped.end(), type) == dropped.end()) {
            out += chunk;
        }
        if (type == "IEND") {
            return out;
        }
        at += chunk.size();
    }
    return std::nullopt;
}

// Which side of a photo is up (EXIF 0x0112), 1 when nothing says otherwise.
std::uint64_t orientationOf(ByteView exif)
{
    constexpr std::size_t mostEntries = 1'000;
    const bool little = exif.starts_with("II");
    if (!little && !exif.starts_with("MM")) {
        return 1;
    }
    const auto start = number(exif, 4, 4, little);
    if (start > exif.size()) {
        return 1;
    }
    const auto count = std::min<std::size_t>(number(exif, start, 2, little), mostEntries);
    for (std::size_t i = 0; i < count; ++i) {
        const auto entry = static_cast<std::size_t>(start) + 2 + 12 * i;
        if (entry + 12 <= exif.size() && number(exif, entry, 2, little) == 0x0112) {
            const auto value = number(exif, entry + 8, 2, little);
            return value >= 1 && value <= 8 ? value : 1;
        }
    }
    return 1;
}

// A segment that says nothing but the orientation.
std::string orientationSegment(std::uint64_t value)
{
    std::string out("\xFF\xE1\x00\x22"
                    "Exif\0\0"
                    "MM\0\x2A\0\0\0\x08"
                    "\0\x01"
                    "\x01\x12\0\x03\0\0\0\x01\0",
        29);
    out += static_cast<char>(value);
    out.append(6, '\0'); // the rest of the value, and no further directory
    return out;
}

bool isDroppedSegment(unsigned marker, ByteView data)
{
    if (marker == 0xFE) {
        return true; // a comment
    }
    if (marker < 0xE1 || marker > 0xEF) {
        return false;
    }
    const bool profile = marker == 0xE2 && data.starts_with("ICC_PROFILE");
    const bool colours = marker == 0xEE && data.starts_with("Adobe");
    return !profile && !colours;
}

// Behind a start of scan: where the next marker that is no part of its data begins.
std::size_t behindScan(ByteView image, std::size_t at)
{
    for (at = image.find('\xFF', at); at < image.size(); at = image.find('\xFF', at + 1)) {
        const auto next = byteAt(image, at + 1);
        if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
            return at;
        }
    }
    return image.size();
}

std::optional<std::string> strippedJpeg(ByteView image)
{
    constexpr std::string_view exif("Exif\0\0", 6);
    std::string out(image.substr(0, 2));
    bool turned = false;
    for (std::size_t at = 2; at + 2 <= image.size();) {
        const auto marker = byteAt(image, at + 1);
        if (byteAt(image, at) != 0xFF) {
            return std::nullopt;
        }
        if (marker == 0xFF) {
            ++at; // padding
            continue;
        }
        if (marker == 0xD9) {
            out += image.substr(at, 2);
            return out;
        }
        const auto length = number(image, at + 2, 2);
        if (length < 2 || length > image.size() - at - 2) {
            return std::nullopt;
        }
        const auto data = image.substr(at + 4, static_cast<std::size_t>(length) - 2);
        if (!isDroppedSegment(marker, data)) {
            out += image.substr(at, static_cast<std::size_t>(length) + 2);
        } else if (marker == 0xE1 && data.starts_with(exif) && !turned) {
            const auto value = orientationOf(data.substr(exif.size()));
            turned = value != 1;
            out += turned ? orientationSegment(value) : std::string();
        }
        at += static_cast<std::size_t>(length) + 2;
        if (marker == 0xDA) {
            const auto end = behindScan(image, at);
            out += image.substr(at, end - at);
            at = end;
        }
    }
    return std::nullopt;
}

std::string base64Of(ByteView bytes)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve(bytes.size() / 3 * 4 + 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto group = static_cast<std::uint32_t>(number(bytes, i, 3)); // behind the end: zeros
        for (unsigned k = 0; k < 4; ++k) {
            out += i + k <= bytes.size() ? alphabet[group >> (18U - 6U * k) & 63U] : '=';
        }
    }
    return out;
}

} // namespace

std::optional<std::string> withoutMetadata(ByteView image)
{
    constexpr std::string_view png("\x89PNG\r\n\x1A\n", 8);
    if (image.size() > largest) {
        return std::nullopt;
    }
    auto out = image.starts_with(png)       ? strippedPng(image)
        : image.starts_with("\xFF\xD8\xFF") ? strippedJpeg(image)
                                            : std::nullopt;
    return out && *out != image ? std::move(out) : std::nullopt;
}

std::optional<std::string> withoutMetadataBase64(ByteView text)
{
    if (text.size() > largest) {
        return std::nullopt;
    }
    std::string joined;
    std::string_view separator; // as it was written the first time
    std::string_view last; // behind the last letter
    std::size_t width = 0; // letters of a line, 0: there is one
    std::size_t line = 0; // where the current one begins
    bool even = true; // any other lines are not written anew
    for (std::uint64_t at = 0; at < text.size();) {
        const auto next = nextBase64Sign(text, at);
        if (next.at == text.size()) {
            last = text.substr(at);
            break;
        }
        if (next.at > at) {
            const auto between = text.substr(at, next.at - at);
            separator = width == 0 ? between : separator;
            width = width == 0 ? joined.size() : width;
            even = even && width > 0 && joined.size() - line == width && between == separator;
            line = joined.size();
        }
        joined += next.sign;
        at = next.end;
    }
    const auto image = decodeBase64(joined);
    const auto stripped = image ? withoutMetadata(*image) : std::nullopt;
    if (!stripped) {
        return std::nullopt;
    }
    const auto letters = base64Of(*stripped);
    if (width == 0 || !even || joined.size() - line > width) {
        return letters + std::string(last);
    }
    std::string out;
    for (std::size_t at = 0; at < letters.size(); at += width) {
        out += at == 0 ? std::string_view() : separator;
        out += std::string_view(letters).substr(at, width);
    }
    return out += last;
}

} // namespace cupel::formats
