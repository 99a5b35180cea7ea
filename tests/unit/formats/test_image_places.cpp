// SPDX-License-Identifier: GPL-3.0-or-later
// Where images stand in a file, and how large they say they are: bytes by hand, in every place a notebook has.
#include "analyzers/formats/image/image_places.h"
#include "analyzers/formats/image/image_size.h"
#include "analyzers/formats/region_text.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace cupel;
using namespace cupel::formats;
using namespace std::string_literals;

namespace {

std::string big(std::uint32_t value, int bytes)
{
    std::string out;
    for (int i = bytes; i-- > 0;) {
        out.push_back(static_cast<char>(value >> (8 * i)));
    }
    return out;
}

std::string png(std::uint32_t width, std::uint32_t height)
{
    return "\x89PNG\r\n\x1A\n" + big(13, 4) + "IHDR" + big(width, 4) + big(height, 4) + "\x08\x06\0\0\0"s + big(0, 4);
}

std::string sized(const std::string& bytes)
{
    ByteWindow window{ByteView(bytes)};
    const auto size = readImageSize(window);
    return size ? std::to_string(size->width) + "x" + std::to_string(size->height) : "none";
}

Analysis kept(std::string bytes, std::string path = "t.ipynb")
{
    Artifact artifact;
    artifact.path = std::move(path);
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    ScanOptions options;
    options.keepBytes = true;
    Budget budget(options.limits);
    return engine::analyze(std::move(artifact), options, budget);
}

std::string replaced(std::string text, const std::string& sign, const std::string& by)
{
    for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign, at + by.size())) {
        text.replace(at, sign.size(), by);
    }
    return text;
}

std::string described(const Analysis& analysis)
{
    std::string out;
    Budget budget;
    for (const auto& place : listImages(analysis.artifact, analysis.facts, budget)) {
        std::string keep;
        auto window = imageAt(analysis.artifact, analysis.facts, place, keep);
        const auto size = readImageSize(window);
        out += "foaed"[static_cast<std::size_t>(place.kind)];
        out += ' ' + std::to_string(place.cell) + ' ' + std::to_string(place.output) + ' '
            + (size ? std::to_string(size->width) : "-") + '\n';
    }
    return out;
}

struct Case {
    const char* what;
    std::string source; // JSON
    std::string output;
    std::uint64_t count;
};

std::string quoted(const std::string& text)
{
    return '"' + text + '"';
}

std::string output(const std::string& mime, const std::string& json)
{
    return R"({"output_type": "display_data", "metadata": {}, "data": {")" + mime + "\": " + json + "}}";
}

// An output whose HTML shows a picture.
std::string shown(const std::string& source)
{
    return output("text/html", quoted("<img src='" + source + "'>"));
}

void checkCounts(const std::vector<Case>& cases)
{
    for (const auto& one : cases) {
        const auto analysis =
            kept(R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": )" + one.source
                + ", \"outputs\": [" + one.output + R"(]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
        Budget budget;
        std::uint64_t listed = 0;
        for (const auto& place : listImages(analysis.artifact, analysis.facts, budget)) {
            CHECK_EQ(place.toBeSeen, isToBeSeen(analysis.artifact, analysis.facts, place));
            listed += place.toBeSeen ? 1U : 0U;
        }
        if (!CHECK_EQ(analysis.pictures, one.count) || !CHECK_EQ(listed, one.count)) {
            std::fprintf(stderr, "%s\n", one.what);
        }
    }
}

const std::string nothing = R"("p")"; // a source

} // namespace

CUPEL_TEST(sizesOfEveryFormat)
{
    CHECK_EQ(sized(png(640, 480)), "640x480");
    CHECK_EQ(sized(png(0xFFFFFFFF, 0x80000000)), "4294967295x2147483648"); // says it; nobody believes it
    CHECK_EQ(sized(png(0, 480)), "none");
    CHECK_EQ(sized(png(640, 480).substr(0, 20)), "none");
    const auto frame = "\xFF\xC2\0\x0B\x08"s + big(300, 2) + big(200, 2) + "\1\1\x11\0"s;
    const auto exif = "\xFF\xE1"s + big(2 + 60'000, 2) + std::string(60'000, 'e');
    CHECK_EQ(sized("\xFF\xD8"s + exif + exif + "\xFF\xFF\xDB\0\3q"s + frame), "200x300");
    CHECK_EQ(sized("\xFF\xD8"s + exif), "none");
    CHECK_EQ(sized("\xFF\xD8\xFF\xDA\0\2"s + frame), "none"); // pixels before their size
    CHECK_EQ(sized("GIF89a"s + "\x0A\0\x14\0"s + std::string(20, '\0')), "10x20");
    CHECK_EQ(sized("RIFF\x20\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x0F\0\0\x1F\0\0"s), "16x32");
    CHECK_EQ(sized("RIFF\x20\0\0\0WEBPVP8L\x0A\0\0\0\x2F\x0F\xC0\x07\0\0\0\0\0\0"s), "16x32");
    CHECK_EQ(sized("RIFF\x20\0\0\0WEBPVP8 \x0A\0\0\0\0\0\0\x9D\x01\x2A\x10\0\x20\0"s), "16x32");
    CHECK_EQ(
        sized("BM\x40\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x10\0\0\0\xE0\xFF\xFF\xFF\1\0"s), "16x32"); // top row first
    CHECK_EQ(sized("no image at all"), "none");
}

CUPEL_TEST(imagesOfANotebook)
{
    const auto coded = [](std::uint32_t width) { return test::toBase64(png(width, 9)); };
    auto lines = coded(5);
    lines.insert(16, "\\n");
    const std::string notebook = R"({"cells": [
        {"cell_type": "markdown", "metadata": {}, "attachments": {"a.png": {"image/png": ")"
        + coded(1) + R"("}},
         "source": ["text ![x](data:image/png;base64,)"
        + coded(2) + R"() and\n", "<img src='data:image/png;base64,)" + coded(3)
        + R"('> and data:image/svg+xml;base64,PHN2Zy8+ and data:image/png, not base64"]},
        {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "p", "outputs": [
          {"output_type": "stream", "name": "stdout", "text": "no image"},
          {"output_type": "display_data", "metadata": {}, "data": {"image/png": ")"
        + coded(4) + R"(\n", "text/plain": "f"}},
          {"output_type": "display_data", "metadata": {}, "data": {"image/png": ")"
        + lines + R"("}},
          {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": "<svg/>"}},
          {"output_type": "display_data", "metadata": {}, "data": {"image/png": [")"
        + coded(6) + R"("]}},
          {"output_type": "display_data", "metadata": {}, "data": {"image/jpeg": "broken"}},
          {"output_type": "display_data", "metadata": {}, "data": {"application/pdf": "JVBERi0xLjQK"}},
          {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<img src=\"data:image\/png;base64,)"
        + coded(7) + R"(\">"}}]}],
        "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    CHECK_EQ(described(kept(notebook)),
        "a 0 -1 1\ne 0 -1 2\ne 0 -1 3\nd 0 -1 -\no 1 1 4\no 1 2 5\nd 1 3 -\no 1 4 6\no 1 5 -\ne 1 7 7\n");
}

CUPEL_TEST(imagesOfOtherFiles)
{
    CHECK_EQ(described(kept(png(3, 3), "a.png")), "f -1 -1 3\n");
    CHECK_EQ(described(kept("<img src=\"data:image/png;base64," + test::toBase64(png(8, 8)) + "\">\n", "a.txt")),
        "e -1 -1 8\n");
    CHECK_EQ(described(kept("print('data:image')\n", "a.py")), "");
    Budget budget;
    const auto many = kept("data:image/png;base64,AAAA data:image/png;base64,BBBB data:image/png;base64,CC", "a.txt");
    CHECK_EQ(listImages(many.artifact, many.facts, budget, 2).size(), 2U);
}

// What only talks of pictures takes no room from those that somebody has to look at.
CUPEL_TEST(decoysHideNoPicture)
{
    std::string text;
    for (int i = 0; i < 2'000; ++i) {
        text += "data:image/png;base64,AAAA ";
    }
    for (std::uint32_t i = 1; i <= 3; ++i) {
        text += "data:image/png;base64," + test::toBase64(png(i, i)) + ' ';
    }
    const auto analysis = kept(text, "a.txt");
    Budget budget;
    const auto some = listImages(analysis.artifact, analysis.facts, budget, 2);
    CHECK_EQ(std::count_if(some.begin(), some.end(), [](const ImagePlace& place) { return place.toBeSeen; }), 2);
    const auto all = listImages(analysis.artifact, analysis.facts, budget);
    CHECK_EQ(std::count_if(all.begin(), all.end(), [](const ImagePlace& place) { return place.toBeSeen; }), 3);
    CHECK(all.size() < 400U && all.size() > 200U);
}

// Beginnings of addresses and blanks that lead nowhere are read once.
CUPEL_TEST(addressesAreReadOnce)
{
    const auto repeated = [](const std::string& words, int count) {
        std::string text;
        for (int i = 0; i < count; ++i) {
            text += words;
        }
        return text;
    };
    for (const std::string& words : {"\"data:image/png;base64,"s, "'data:image/png;base64, A\n"s,
             "(data:image/png;base64,%41 "s, "data:image/png;"s, "data:image;base64,  "s, "data:;base64,iVBORw0KGgo "s,
             "data:,%89PNG%0D%0A%1A%0A "s, "&#100;ata:"s, "d&#97;t\n"s, "data:x&"s, "data&colon;;base64&comma;"s,
             "d\n"s, "\\64 ata:\\"s, "data:;base64,%69 &#105;"s}) {
        const auto text = repeated(words, 200'000);
        const auto start = std::clock();
        std::size_t count = 0;
        for (auto next = nextEmbedded(text, 0); next; next = nextEmbedded(text, next->base64.end)) {
            ++count;
        }
        CHECK(count <= 200'000U);
        CHECK(std::clock() - start < 4 * CLOCKS_PER_SEC); // a second time for each would be hours
    }
}

// What is counted and what can be marked are the same pictures, wherever they stand and whatever hides them.
CUPEL_TEST(whatIsCountedIsWhatIsListed)
{
    const auto picture = test::toBase64(png(5, 5));
    const auto address = "data:image/png;base64," + picture;
    const auto sound = test::toBase64("ID3\3" + std::string(60, '\0'));
    checkCounts({
        {"a picture", nothing, output("image/png", quoted(picture)), 1},
        {"a decoy in the code", R"("x = 'data:image/png;base64,AAAA'")", output("image/png", quoted(picture)), 1},
        {"an empty one", nothing, output("image/png", R"([""])"), 0},
        {"what is no base64", nothing, output("image/png", R"(["\"><script>alert('a longer text')</script>"])"), 0},
        {"three bytes", nothing, output("image/png", quoted("abcd")), 0},
        {"behind an empty string", nothing, output("image/png", "[\"\", \"" + picture + "\"]"), 1},
        {"in many strings", nothing,
            output("image/png",
                "[\"" + picture.substr(0, 20) + "\", \"" + picture.substr(20) + std::string(6000, 'A') + "\"]"),
            1},
        {"a drawing with a picture", nothing,
            output("image/svg+xml", quoted("<svg><image href='" + address + "'/></svg>")), 2},
        {"an escaped address", quoted("![](\\u0064ata:image/png;base64," + picture + ")"),
            output("text/plain", R"("")"), 1},
        {"an address in two strings", "[\"![](data:im\", \"" + address.substr(7) + ")\"]",
            output("text/plain", R"("")"), 1},
        {"a sound", nothing, output("audio/mpeg", quoted(sound)), 1},
    });
    const auto film = kept("\0\0\0\x18"
                           "ftypmp42"s
            + std::string(60, '\0'),
        "a.mp4");
    Budget budget;
    CHECK_EQ(film.pictures, listImages(film.artifact, film.facts, budget).size());
}

CUPEL_TEST(howAPictureIsWrittenHidesNone)
{
    const auto picture = test::toBase64(png(5, 5));
    const auto slashes = test::toBase64(png(5, 5) + std::string(30, '\xFF'));
    checkCounts({
        {"escaped slashes", nothing, output("image/png", quoted(replaced(slashes, "/", "\\/"))), 1},
        {"an escaped letter", nothing, output("image/png", quoted("\\u0069" + picture.substr(1))), 1},
        {"lines that are not even", nothing,
            output("image/png",
                quoted(picture.substr(0, 9) + "\\n" + picture.substr(9, 30) + "\\n\\n" + picture.substr(39))),
            1},
        {"an array that is no list of strings", nothing, output("image/png", "[\"" + picture + "\", 5]"), 1},
    });
}

CUPEL_TEST(addressesAreReadAsBrowsersDo)
{
    const auto picture = test::toBase64(png(5, 5));
    const auto address = "data:image/png;base64," + picture;
    checkCounts({
        {"a blank in front", nothing, shown("data:image/png;base64, " + picture), 1},
        {"a line break in front", nothing, shown("data:image/png;base64,\\n" + picture), 1},
        {"a line break in the type", nothing, shown("data: image/png;\\nbase64 ,\\n" + picture), 1},
        {"percent code", nothing, shown("data:image/png;base64,%69" + picture.substr(1)), 1},
        {"capital letters", nothing, shown("DATA:Image/PNG;Base64," + picture), 1},
        {"a long type", nothing, shown("data:image/png;name=" + std::string(90, 'n') + ";base64," + picture), 1},
        {"one behind the beginning of another", nothing, shown("data:image/png;base64," + address), 1},
        {"two in a text", quoted(address + ' ' + address), output("text/plain", R"("")"), 2},
    });
}

// Markup, styles and Markdown write signs in their own ways; each of them is shown as a picture.
CUPEL_TEST(signsOfAnAddressAreReadAsBrowsersDo)
{
    const auto picture = test::toBase64(png(5, 5));
    const auto rest = "ta:image/png;base64," + picture;
    std::string references;
    for (const char c : "data:image/png;base64," + picture) {
        references += "&#" + std::to_string(static_cast<int>(c)) + ';';
    }
    checkCounts({
        {"a reference in the scheme", nothing, shown("&#100;a" + rest), 1},
        {"a reference in sixteens", nothing, shown("d&#x00061;" + rest), 1},
        {"names of references", nothing, shown("data&colon;image&sol;png&semi;base64&comma;" + picture), 1},
        {"nothing but references", nothing, shown(references), 1},
        {"references in the base64", nothing,
            shown("data:image/png;base64,&#105;" + replaced(picture.substr(1), "A", "&#65;")), 1},
        {"a tab in the scheme", nothing, shown("d\\ta" + rest), 1},
        {"line breaks everywhere", nothing, shown("d\\na\\nta:im\\nage/png;bas\\ne64," + picture), 1},
        {"a reference to a tab", nothing, shown("d&Tab;a" + rest), 1},
        {"a page in a frame", nothing,
            output("text/html", quoted("<iframe srcdoc='<img src=&quot;&amp;#100;a" + rest + "&quot;>'>")), 1},
        {"an escape of a style", nothing, output("text/html", quoted("<style>a{b:url(\\\\64 a" + rest + ")}</style>")),
            1},
        {"a long escape of a style", nothing,
            output("text/html", quoted("<style>a{b:url('d\\\\000061" + rest + "')}</style>")), 1},
        {"a string of a style that goes on", nothing,
            output("text/html",
                quoted("<style>a{b:url('da" + rest.substr(0, 40) + "\\\\\\n" + rest.substr(40) + "')}</style>")),
            1},
        {"an escape of Markdown", quoted("![a](data\\\\:image/png;base64," + picture + ")"),
            output("text/plain", R"("")"), 1},
        {"for two kinds of screens", nothing,
            output("text/html", quoted("<img srcset='da" + rest + " 1x, da" + rest + " 2x'>")), 2},
        {"in a drawing", nothing,
            output("image/svg+xml", quoted("<svg><image xlink:href='&#x64;a" + rest + "'/></svg>")), 2},
    });
}

// Browsers look at the bytes.
CUPEL_TEST(whateverTheTypeBytesOfAPictureAreOne)
{
    const auto picture = test::toBase64(png(5, 5));
    const auto sound = test::toBase64("ID3\3" + std::string(60, '\0'));
    std::string codes;
    for (const char c : png(5, 5)) {
        constexpr const char* digits = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        codes += std::string("%") + digits[byte / 16] + digits[byte % 16];
    }
    checkCounts({
        {"no type", nothing, shown("data:;base64," + picture), 1},
        {"no type and a parameter", nothing, shown("data:;charset=utf-8;base64," + picture), 1},
        {"any bytes", nothing, shown("data:application/octet-stream;base64," + picture), 1},
        {"words", nothing, shown("data:text/plain;base64," + picture), 1},
        {"a type that is none", nothing, shown("data:x;base64," + picture), 1},
        {"without base64", nothing, shown("data:image/png," + codes), 1},
        {"without base64 and type", nothing, shown("data:," + codes), 1},
        {"without base64, letters as they are", nothing,
            shown("data:," + replaced(replaced(codes, "%49", "I"), "%50", "P")), 1},
        {"a sound", nothing, shown("data:audio/mpeg;base64," + sound), 0},
        {"a sound of no type", nothing, shown("data:;base64," + sound), 0},
        {"words in percent code", nothing, shown("data:text/plain,%00%ffwords and more words than a picture has"), 0},
        {"a page", nothing,
            shown("data:text/html;base64," + test::toBase64("<p>Words, and many more of them than a picture.")), 0},
    });
}

// Whatever an output calls a picture.
CUPEL_TEST(formsThatAreNotKnownAreToBeSeen)
{
    const auto address = "data:image/png;base64," + test::toBase64(png(5, 5));
    const auto bitmap =
        "BM\x40\0\0\0\7\0\7\0\x36\0\0\0\x28\0\0\0\x10\0\0\0\x20\0\0\0\1\0\x18\0"s + std::string(40, '\1');
    checkCounts({
        {"a bitmap with words in it", nothing, output("image/bmp", quoted(test::toBase64(bitmap))), 1},
        {"a form that is not known", nothing, output("image/x-new", quoted(test::toBase64(std::string(30, 'n')))), 1},
        {"too small for a picture", nothing, output("image/x-new", quoted(test::toBase64(std::string(25, 'n')))), 0},
        {"words", nothing, output("image/x-new", quoted("No picture came back: the server said 404 (gone).")), 0},
        {"an address in what is said to be a picture", nothing, output("image/x-new", quoted("see <" + address + ">!")),
            1},
    });
}

CUPEL_TEST(addressesAcrossPiecesAreCountedOnce)
{
    const auto address = "data:image/png;base64," + test::toBase64(png(5, 5));
    // One that begins so many bytes before the end of a piece.
    const auto across = [&](std::size_t bytes) {
        const std::string large = bytes > 1'000 ? std::string(12'000, 'A') : std::string();
        const auto words = std::string(RegionReader::pieceSize - bytes - 10, 'x') + "<img src='";
        return quoted(words + address + large + "'>" + std::string(20'000, 'y'));
    };
    checkCounts({
        {"across the end of a piece", nothing, output("text/html", across(60)), 1},
        {"across the end of a piece, by its type", nothing, output("text/html", across(12)), 1},
        {"begun long before the end of a piece", nothing, output("text/html", across(9'000)), 1},
        {"ended before the end of a piece", nothing, output("text/html", across(500)), 1},
    });
}
