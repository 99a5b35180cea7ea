// SPDX-License-Identifier: GPL-3.0-or-later
// Taking out of images what is not picture, whatever a file claims about itself.
#include "analyzers/base/encodings.h"
#include "analyzers/formats/image/image_strip.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

using namespace cupel;

namespace {

std::string bigEndian(std::uint32_t value, std::size_t size)
{
    std::string out;
    for (std::size_t i = 0; i < size; ++i) {
        out += static_cast<char>(value >> (8 * (size - 1 - i)) & 0xFFU);
    }
    return out;
}

std::string chunk(const std::string& type, const std::string& data)
{
    return bigEndian(static_cast<std::uint32_t>(data.size()), 4) + type + data + bigEndian(crc32(type + data), 4);
}

std::string segment(char marker, const std::string& data)
{
    return std::string("\xFF") + marker + bigEndian(static_cast<std::uint32_t>(data.size() + 2), 2) + data;
}

const std::string pngHead("\x89PNG\r\n\x1A\n", 8);

std::string pngOf(const std::string& middle)
{
    return pngHead + chunk("IHDR", std::string(13, '\1')) + chunk("gAMA", "1234") + middle + chunk("IDAT", "picture")
        + chunk("IEND", "");
}

std::string exif(char orientation)
{
    std::string out("Exif\0\0II*\0\x08\0\0\0\x02\0", 16);
    out += std::string("\x12\x01\x03\0\x01\0\0\0", 8) + orientation + std::string(3, '\0');
    out += std::string("\x25\x88\x04\0\x01\0\0\0\x1A\0\0\0", 12); // a GPS directory
    return out + std::string(4, '\0') + "place of somebody";
}

std::string jpegOf(const std::string& middle)
{
    return std::string("\xFF\xD8\xFF\xE0\0\x07JFIF\0", 11) + middle + segment('\xE2', std::string("ICC_PROFILE\0x", 13))
        + segment('\xDB', "table") + segment('\xDA', "scan") + std::string("pic\xFF\0ture\xFF\xD1more", 14)
        + segment('\xC4', "huff") + segment('\xDA', "scan") + "rest\xFF\xD9";
}

} // namespace

CUPEL_TEST(png_keeps_its_picture_and_nothing_else)
{
    const auto texts = chunk("tEXt", std::string("Author\0Somebody", 15)) + chunk("eXIf", "MM")
        + chunk("tIME", "1234567") + chunk("iTXt", "x") + chunk("zTXt", "y");
    CHECK(formats::withoutMetadata(pngOf(texts)) == pngOf({}));
    CHECK(formats::withoutMetadata(pngOf({}) + "hidden behind the end") == pngOf({}));
    CHECK(!formats::withoutMetadata(pngOf({}))); // nothing to take out
}

CUPEL_TEST(png_that_lies_is_left_alone)
{
    const auto whole = pngOf(chunk("tEXt", "Comment"));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK(!formats::withoutMetadata(std::string_view(whole).substr(0, size)));
    }
    CHECK(!formats::withoutMetadata(pngHead + "\xFF\xFF\xFF\xFFtEXt" + std::string(40, 'x')));
}

CUPEL_TEST(jpeg_keeps_its_picture_profile_and_which_side_is_up)
{
    const auto rest = segment('\xE1', std::string("http://ns.adobe.com/xap/1.0/\0<x/>", 33))
        + segment('\xED', "Photoshop 3.0") + segment('\xFE', "a comment");
    CHECK(formats::withoutMetadata(jpegOf(segment('\xE1', exif(1)) + rest) + "trailing") == jpegOf({}));
    const auto turned = formats::withoutMetadata(jpegOf(segment('\xE1', exif(6)) + rest));
    CHECK(turned.has_value() && turned->find("somebody") == std::string::npos);
    CHECK(turned.has_value() && turned->size() == jpegOf({}).size() + 36);
    CHECK(turned.has_value() && !formats::withoutMetadata(turned->substr(0, turned->size() - 1)));
    // The picture that is left has nothing more to take out but what says its side: that stays the same.
    CHECK(turned.has_value() && !formats::withoutMetadata(*turned));
    const auto whole = jpegOf(segment('\xE1', exif(1)));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK(!formats::withoutMetadata(std::string_view(whole).substr(0, size)));
    }
}

CUPEL_TEST(base64_keeps_its_lines)
{
    const auto before = test::toBase64(pngOf(chunk("tEXt", std::string(200, 'x'))));
    const auto after = test::toBase64(pngOf({}));
    CHECK(formats::withoutMetadataBase64(before) == after);
    for (const std::string& wrap : {std::string("\n"), std::string("\\n")}) {
        const auto wrapped = [&wrap](const std::string& text) {
            std::string out;
            for (std::size_t at = 0; at < text.size(); at += 76) {
                out += text.substr(at, 76) + wrap;
            }
            return out;
        };
        CHECK(formats::withoutMetadataBase64(wrapped(before)) == wrapped(after));
    }
    // Lines of other lengths become one, what is behind them stays.
    CHECK(formats::withoutMetadataBase64(before.substr(0, 2) + "\", \"" + before.substr(2) + "\\n") == after + "\\n");
    CHECK(formats::withoutMetadataBase64("\\u0069" + before.substr(1)) == after);
    const auto far =
        formats::withoutMetadataBase64(before.substr(0, 4) + std::string(100'000, '\n') + before.substr(4));
    CHECK(far && far->size() < before.size());
    CHECK(!formats::withoutMetadataBase64("not base64 at all!"));
    CHECK(!formats::withoutMetadataBase64(before.substr(0, before.size() / 2)));
}
