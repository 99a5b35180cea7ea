// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/image/image_size.h"

#include "analyzers/base/image_magic.h"

#include <cstddef>
#include <string>

namespace cupel::formats {

namespace {

std::uint32_t byteAt(ByteView bytes, std::size_t at)
{
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

std::uint32_t big16(ByteView bytes, std::size_t at)
{
    return byteAt(bytes, at) << 8 | byteAt(bytes, at + 1);
}

std::uint32_t big32(ByteView bytes, std::size_t at)
{
    return big16(bytes, at) << 16 | big16(bytes, at + 2);
}

std::uint32_t little16(ByteView bytes, std::size_t at)
{
    return byteAt(bytes, at) | byteAt(bytes, at + 1) << 8;
}

std::uint32_t little32(ByteView bytes, std::size_t at)
{
    return little16(bytes, at) | little16(bytes, at + 2) << 16;
}

std::optional<ImageSize> sizeOf(std::uint32_t width, std::uint32_t height)
{
    return width == 0 || height == 0 ? std::nullopt : std::optional(ImageSize{width, height});
}

// ITU T.81, B.2.2: the first start of frame says it.
std::optional<ImageSize> jpegSize(ByteWindow& image)
{
    constexpr std::uint32_t mostSegments = 5'000;
    std::uint64_t at = 2;
    for (std::uint32_t i = 0; i < mostSegments; ++i) {
        const std::string head(image.read(at, 9));
        if (head.size() < 4 || byteAt(head, 0) != 0xFF) {
            return {};
        }
        const auto marker = byteAt(head, 1);
        if (marker == 0xFF) { // fill bytes
            ++at;
            continue;
        }
        const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) {
            return head.size() < 9 ? std::nullopt : sizeOf(big16(head, 7), big16(head, 5));
        }
        const auto length = big16(head, 2);
        if (marker == 0xDA || marker == 0xD9 || length < 2) {
            return {};
        }
        at += 2 + length;
    }
    return {};
}

// RFC 9649, 2.6 and 2.7; the lossy bitstream of RFC 6386, 9.1.
std::optional<ImageSize> webpSize(ByteView head)
{
    const auto chunk = head.size() < 30 ? ByteView() : head.substr(12, 4);
    if (chunk == "VP8X") {
        const auto side = [&head](std::size_t at) { return (little16(head, at) | byteAt(head, at + 2) << 16) + 1; };
        return sizeOf(side(24), side(27));
    }
    if (chunk == "VP8L") {
        const auto bits = little32(head, 21);
        return byteAt(head, 20) == 0x2F ? sizeOf((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1) : std::nullopt;
    }
    return chunk == "VP8 " ? sizeOf(little16(head, 26) & 0x3FFF, little16(head, 28) & 0x3FFF) : std::nullopt;
}

std::optional<ImageSize> bmpSize(ByteView head)
{
    if (head.size() < 26) {
        return {};
    }
    if (little32(head, 14) == 12) { // the old header has 16 bits
        return sizeOf(little16(head, 18), little16(head, 20));
    }
    const auto height = static_cast<std::int32_t>(little32(head, 22)); // negative: top row first
    const auto rows = height < 0 ? 0U - static_cast<std::uint32_t>(height) : static_cast<std::uint32_t>(height);
    return static_cast<std::int32_t>(little32(head, 18)) < 0 ? std::nullopt : sizeOf(little32(head, 18), rows);
}

} // namespace

std::optional<ImageSize> readImageSize(ByteWindow& image)
{
    const std::string head(image.read(0, 32));
    const auto format = mediaByMagic(head);
    if (format == "png") {
        return head.size() >= 24 && ByteView(head).substr(12, 4) == "IHDR" ? sizeOf(big32(head, 16), big32(head, 20))
                                                                           : std::nullopt;
    }
    if (format == "jpeg") {
        return jpegSize(image);
    }
    if (format == "gif") {
        return head.size() >= 10 ? sizeOf(little16(head, 6), little16(head, 8)) : std::nullopt;
    }
    return format == "webp" ? webpSize(head) : format == "bmp" ? bmpSize(head) : std::nullopt;
}

} // namespace cupel::formats
