// SPDX-License-Identifier: GPL-3.0-or-later
// Metadata of images, made byte by byte: in files, in outputs of one line and of many, and in data: addresses.
#include "analyzers/formats/image/image_metadata.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <ctime>
#include <initializer_list>
#include <string>
#include <vector>

using namespace cupel;

namespace {

std::string big(std::uint32_t value, int bytes)
{
    std::string out;
    for (int i = bytes; i-- > 0;) {
        out.push_back(static_cast<char>(value >> (8 * i)));
    }
    return out;
}

std::string entry(std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::uint32_t value)
{
    return big(tag, 2) + big(type, 2) + big(count, 4) + big(value, 4);
}

// A TIFF block with an author, and a position of three fractions each.
std::string exif()
{
    std::string out = "MM" + big(42, 2) + big(8, 4);
    out += big(2, 2) + entry(0x013B, 2, 12, 100) + entry(0x8825, 4, 1, 40) + big(0, 4);
    out.resize(40, '\0');
    out += big(4, 2) + entry(1, 2, 2, 0x4E000000) + entry(2, 5, 3, 120) + entry(3, 2, 2, 0x45000000)
        + entry(4, 5, 3, 144) + big(0, 4);
    out.resize(100, '\0');
    out += "Jane Miller";
    out.resize(120, '\0');
    for (int i = 0; i < 6; ++i) {
        out += big(static_cast<std::uint32_t>(10 + i), 4) + big(1, 4);
    }
    return out;
}

std::string jpeg()
{
    const auto block = std::string("Exif\0\0", 6) + exif();
    return "\xFF\xD8\xFF\xE1" + big(static_cast<std::uint32_t>(block.size() + 2), 2) + block + "\xFF\xDA"
        + std::string("\0\2", 2) + "picture" + "\xFF\xD9";
}

std::string chunk(const std::string& type, const std::string& data)
{
    return big(static_cast<std::uint32_t>(data.size()), 4) + type + data + big(crc32(type + data), 4);
}

std::string png(const std::string& chunks, const std::string& behind = {})
{
    return "\x89PNG\r\n\x1A\n" + chunk("IHDR", std::string(13, '\1')) + chunks + chunk("IDAT", std::string(3'000, 'x'))
        + chunk("IEND", {}) + behind;
}

std::string notebook(const std::string& mime, const std::string& base64AsJson)
{
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "p", "outputs": [)"
           R"({"output_type": "display_data", "metadata": {}, "data": {")"
        + mime + "\": " + base64AsJson + R"(}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

bool has(const Analysis& analysis, std::string_view rule)
{
    return std::any_of(
        analysis.findings.begin(), analysis.findings.end(), [rule](const Finding& f) { return f.rule == rule; });
}

std::string streamOfWords()
{
    return "image/png is a kind of picture, and data:image/png;base64, begins one\n";
}

std::string inLines(const std::string& base64)
{
    std::string out;
    for (std::size_t i = 0; i < base64.size(); i += 76) {
        out += base64.substr(i, 76) + '\n';
    }
    return out;
}

} // namespace

CUPEL_TEST(positionAndAuthorOfAPhoto)
{
    for (const auto& analysis : {test::analyzed(jpeg(), "a.jpg"),
             test::analyzed(notebook("image/jpeg", test::jsonString(test::toBase64(jpeg())))),
             test::analyzed(notebook("image/jpeg", test::jsonString(inLines(test::toBase64(jpeg()))))),
             test::analyzed("<img src=\"data:image/jpeg;base64," + test::toBase64(jpeg()) + "\">\n", "a.txt")}) {
        CHECK(has(analysis, "CUP-PII-IMAGE-LOCATION"));
        CHECK(has(analysis, "CUP-PII-IMAGE-AUTHOR"));
        CHECK(!has(analysis, "CUP-PII-IMAGE-TRAILING"));
        CHECK(!analysis.sensitive.empty());
        CHECK_EQ(analysis.pictures, 1U);
    }
}

// What every viewer passes over hides no position: strings of a list, escapes, blanks, line breaks, percent code.
CUPEL_TEST(positionInAnyWriting)
{
    const auto base64 = test::toBase64(jpeg());
    const auto listed = [&base64](std::initializer_list<std::size_t> lengths, const std::string& behind) {
        std::string out = "[";
        std::size_t at = 0;
        for (const auto length : lengths) {
            out += test::jsonString(base64.substr(at, length) + behind) + ", ";
            at += length;
        }
        return out + test::jsonString(base64.substr(at)) + ']';
    };
    const auto escaped = [&base64](const std::string& sign, const std::string& by) {
        std::string out = base64;
        for (auto at = out.find(sign); at != std::string::npos; at = out.find(sign, at + by.size())) {
            out.replace(at, sign.size(), by);
        }
        return '"' + out + '"';
    };
    const std::vector<std::string> outputs{listed({4}, ""), listed({40}, "\n"), listed({2, 50, 1}, ""),
        listed({60, 60, 60}, "\n"), "[\"\\n\", " + test::jsonString(base64) + ", \"\"]", escaped("/", "\\/"),
        escaped("E", "\\u0045"), test::jsonString(base64.substr(0, 10) + "\n" + base64.substr(10))};
    for (const auto& output : outputs) {
        const auto analysis = test::analyzed(notebook("image/jpeg", output));
        CHECK(has(analysis, "CUP-PII-IMAGE-LOCATION"));
        CHECK(!has(analysis, "CUP-PII-IMAGE-TRAILING"));
        CHECK_EQ(analysis.pictures, 1U);
    }
    std::string codes;
    for (const char c : jpeg()) {
        constexpr const char* digits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        codes += std::string("%") + digits[byte / 16] + digits[byte % 16];
    }
    for (const auto& address : {"&#100;ata:image/jpeg;base64,&sol;" + base64.substr(1), "da\tta:;base64," + base64,
             "data:application/octet-stream;base64," + base64, "data:image/jpeg," + codes,
             "data:image/jpeg;base64," + inLines(base64), "data:image/jpeg;base64, " + base64,
             "data:image/jpeg;base64,%2F" + base64.substr(1), "DATA:image/jpeg;base64,\n" + base64}) {
        for (const auto& analysis : {test::analyzed("<img src=\"" + address + "\">\n", "a.txt"),
                 test::analyzed(notebook("text/html", test::jsonString("<img src=\"" + address + "\">")))}) {
            CHECK(has(analysis, "CUP-PII-IMAGE-LOCATION"));
            CHECK(!has(analysis, "CUP-PII-IMAGE-TRAILING"));
            CHECK_EQ(analysis.pictures, 1U);
        }
    }
}

CUPEL_TEST(textOfAPng)
{
    const auto author = png(chunk("tEXt", std::string("Author\0Jane Miller", 18)));
    CHECK(has(test::analyzed(author, "a.png"), "CUP-PII-IMAGE-AUTHOR"));
    CHECK(has(test::analyzed(png(chunk("eXIf", exif())), "a.png"), "CUP-PII-IMAGE-LOCATION"));
    const auto plot = png(chunk("tEXt", std::string("Software\0Matplotlib version3.8", 30)));
    CHECK(test::analyzed(notebook("image/png", test::jsonString(test::toBase64(plot)))).findings.empty());
    // ... but it is metadata all the same, for whoever looks at the picture.
    auto window = formats::ByteWindow(plot);
    const auto carried = formats::readImageMetadata(window).notes;
    REQUIRE(CHECK_EQ(carried.size(), 1));
    CHECK_EQ(carried[0].tag, std::string("PNG tEXt software = Matplotlib version3.8"));
    const auto tool = png(chunk("tEXt", std::string("Software\0ScreenTool", 19)));
    CHECK(has(test::analyzed(tool, "a.png"), "CUP-PII-IMAGE-SOFTWARE"));
    CHECK(test::analyzed(png(chunk("tIME", std::string("\7\xDE\14\14\26\42\32", 7))), "a.png").findings.empty());
    CHECK_EQ(test::analyzed(streamOfWords(), "a.txt").pictures, 0U);
}

CUPEL_TEST(bytesBehindTheEnd)
{
    CHECK(has(test::analyzed(png({}, "PK\3\4hidden"), "a.png"), "CUP-PII-IMAGE-TRAILING"));
    CHECK(has(test::analyzed(jpeg() + "more", "a.jpg"), "CUP-PII-IMAGE-TRAILING"));
    CHECK(!has(test::analyzed(png({}, std::string("\n\0\0", 3)), "a.png"), "CUP-PII-IMAGE-TRAILING"));
    CHECK(has(test::analyzed(notebook("image/png", test::jsonString(test::toBase64(png({}, "hidden"))))),
        "CUP-PII-IMAGE-TRAILING"));
    const std::string gif = std::string("GIF89a\1\0\1\0\0\0\0", 13) + std::string("!\xFE\5hello\0", 9) + ";";
    CHECK(has(test::analyzed(gif, "a.gif"), "CUP-PII-IMAGE-TEXT"));
    CHECK(has(test::analyzed(gif + "tail", "a.gif"), "CUP-PII-IMAGE-TRAILING"));
}

CUPEL_TEST(typeThatIsNotTheOneItSays)
{
    CHECK(has(test::analyzed(notebook("image/png", test::jsonString(test::toBase64(jpeg())))), "CUP-PII-IMAGE-TYPE"));
    CHECK(!has(test::analyzed(notebook("image/png", test::jsonString(test::toBase64(png({}))))), "CUP-PII-IMAGE-TYPE"));
}

CUPEL_TEST(windowsLeadBackToTheirText)
{
    const std::string bytes = jpeg();
    const auto base64 = test::toBase64(bytes);
    for (const auto& text : {base64, inLines(base64), base64.substr(0, 2) + "\", \"" + base64.substr(2),
             "\\u002f%39j\\/\t" + base64.substr(4) + "\\n", "&sol;&#57;j&#x2f;" + base64.substr(4) + "&equals;"}) {
        auto window = formats::ByteWindow::ofBase64(text);
        CHECK_EQ(window.size(), bytes.size());
        for (std::size_t at = 0; at < bytes.size(); at += 7) {
            CHECK_EQ(window.read(at, 20), std::string_view(bytes).substr(at, 20));
            const auto source = window.toSource({at, at + 3});
            CHECK(source.start < source.end && source.end <= text.size());
        }
    }
    auto broken = formats::ByteWindow::ofBase64("AB\\xCD");
    CHECK_EQ(broken.size(), 0U);
}

CUPEL_TEST(dotsOfAnEncodedPictureAreCalledAPicture)
{
    const auto analysis = test::analyzed(notebook("image/jpeg", test::jsonString(test::toBase64(jpeg()))));
    REQUIRE(has(analysis, "CUP-PII-IMAGE-AUTHOR"));
    std::size_t called = 0;
    for (const auto& finding : analysis.findings) {
        for (const auto& evidence : finding.evidence) {
            CHECK(evidence.excerpt.find_first_not_of("\u2022 ") != std::string::npos || evidence.excerpt.empty());
            called += evidence.excerpt == "picture" ? 1U : 0U;
        }
    }
    CHECK(called > 0);
}

CUPEL_TEST(drawingsArePicturesAsWell)
{
    const auto svg = test::jsonString("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>a</text></svg>");
    CHECK_EQ(test::analyzed(notebook("image/svg+xml", svg)).pictures, 1U);
}

CUPEL_TEST(evidenceOfAPictureIsWords)
{
    const auto author = png(chunk("tEXt", std::string("Author\0Jane Miller", 18)));
    const auto analysis = test::analyzed(notebook("image/png", test::jsonString(test::toBase64(author))));
    const auto finding = std::find_if(analysis.findings.begin(), analysis.findings.end(),
        [](const Finding& f) { return f.rule == "CUP-PII-IMAGE-AUTHOR"; });
    REQUIRE(finding != analysis.findings.end());
    bool said = false;
    for (const auto& evidence : finding->evidence) {
        CHECK(evidence.excerpt.size() <= 80);
        CHECK(evidence.excerpt.find("Jane") == std::string::npos);
        said = said || (evidence.excerpt.find("author = ") != std::string::npos);
    }
    CHECK(said);
    CHECK(finding->fix && finding->fix->kind == "strip-image-metadata");
}

// Times and the program in XMP are shown and are no finding; so is a text chunk with a name of its own.
CUPEL_TEST(ordinaryMetadataIsShownAndNoFinding)
{
    const std::string xmp = "<x:xmpmeta xmp:CreateDate=\"2020-01-02\" xmp:CreatorTool=\"Tool\"/>";
    const auto image = png(chunk("iTXt", std::string("XML:com.adobe.xmp\0\0\0\0\0", 22) + xmp)
        + chunk("tEXt", std::string("Run number\0007", 12)));
    auto window = formats::ByteWindow(image);
    std::string tags;
    for (const auto& note : formats::readImageMetadata(window).notes) {
        tags += note.tag + ';';
    }
    CHECK_EQ(tags, std::string("XMP xmp:CreateDate;XMP xmp:CreatorTool;PNG tEXt run number;"));
    CHECK(test::analyzed(image, "a.png").findings.empty());
}

// Beginnings of addresses that lead to nothing cost what other words do.
CUPEL_TEST(wordsThatBeginLikePicturesAreReadOnce)
{
    const auto costOf = [](const std::string& word) {
        std::string text;
        for (int i = 0; i < 100'000; ++i) {
            text += word;
        }
        const auto start = std::clock();
        CHECK(test::analyzed(text, "t.txt").findings.empty());
        return std::clock() - start;
    };
    const auto plain = std::max<std::clock_t>({costOf("data;image/ "), costOf("data;image/ "), CLOCKS_PER_SEC / 50});
    CHECK(costOf("data:image/ ") < 8 * plain); // it was fifty times as much
}
