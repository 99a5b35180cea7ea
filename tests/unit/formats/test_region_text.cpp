// SPDX-License-Identifier: GPL-3.0-or-later
// Property: whatever the form of a region, every decoded character maps to the bytes that write it, also across pieces.
#include "analyzers/formats/json_display.h"
#include "analyzers/formats/region_texts.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace cupel;
using namespace cupel::formats;

namespace {

Region regionOf(TextForm form, ByteView text)
{
    Region region;
    region.form = form;
    region.bytes = {0, text.size()};
    return region;
}

// Writes random lines as a JSON list of strings with a random mix of escapes.
std::string randomList(std::mt19937& random, std::size_t lines, std::string& plain)
{
    std::string out = "[";
    for (std::size_t i = 0; i < lines; ++i) {
        out += i == 0 ? "\n  \"" : ",\n  \"";
        const auto length = random() % 60;
        for (std::size_t k = 0; k < length; ++k) {
            const char c = static_cast<char>('a' + random() % 26);
            if (random() % 7 == 0) {
                out += std::string("\\u00") + "0123456789abcdef"[c >> 4] + "0123456789abcdef"[c & 15];
            } else {
                out += c;
            }
            plain += c;
        }
        out += "\\n\"";
        plain += '\n';
    }
    return out + "]";
}

} // namespace

CUPEL_TEST(listsAreJoinedWithoutSeparator)
{
    const std::string text = R"(["ab", "c\"d" , "e"])";
    const auto piece = readRegion(text, regionOf(TextForm::JsonStringList, text));
    CHECK_EQ(piece.text, "abc\"de");
    CHECK(piece.map.toRaw(ByteRange{0, 1}) == (ByteRange{2, 3}));
    CHECK(piece.map.toRaw(ByteRange{3, 4}) == (ByteRange{9, 11}));
    CHECK(piece.map.toRaw(ByteRange{5, 6}) == (ByteRange{17, 18}));
}

// JSON that people see is the JSON of the file; only letters that need no escape have none.
CUPEL_TEST(jsonIsShownAsJson)
{
    const auto shown = [](const std::string& text) {
        return readForDisplay(text, regionOf(TextForm::JsonValue, text), std::size_t(1) << 20).text;
    };
    CHECK_EQ(shown(R"(["FOO\"><script>", "a\nb\\c"])"), R"(["FOO\"><script>", "a\nb\\c"])");
    CHECK_EQ(shown(R"(["\u00e9\ud83d\ude00\/", "\u0022\u005c\u0007"])"),
        "[\"\u00e9\U0001F600/\", \"\\u0022\\u005c\\u0007\"]");
    CHECK_EQ(shown(R"(["\ud800 \ufffd", "\x)"), R"(["\ud800 \ufffd", "\x)");
    const std::string text = R"({"a": "\u00e9\"b"})";
    const auto piece = readForDisplay(text, regionOf(TextForm::JsonValue, text), std::size_t(1) << 20);
    const auto quote = piece.text.find("\\\"");
    REQUIRE(quote != std::string::npos);
    CHECK(piece.map.toRaw(ByteRange{quote - 2, quote}) == (ByteRange{7, 13}));
    CHECK(piece.map.toRaw(ByteRange{quote, quote + 3}) == (ByteRange{13, 16}));
    CHECK(piece.last);
    // It ends where the text that rules read ends.
    std::string lines = "[";
    while (lines.size() < (std::size_t(3) << 20)) {
        lines += R"("\u00e9\n\"",)";
    }
    const auto read = readRegion(lines, regionOf(TextForm::JsonValue, lines), std::size_t(1) << 20);
    const auto cut = readForDisplay(lines, regionOf(TextForm::JsonValue, lines), std::size_t(1) << 20);
    CHECK(!cut.last);
    CHECK_EQ(cut.map.toRaw(ByteRange{0, cut.text.size()}).end, read.map.toRaw(ByteRange{0, read.text.size()}).end);
}

// nbformat: a traceback is a list of lines, with or without their breaks.
CUPEL_TEST(stringsOfATracebackAreLines)
{
    const std::string text = R"(["", "a\n", "b" , "c"])";
    auto region = regionOf(TextForm::JsonStringList, text);
    region.kind = RegionKind::Error;
    region.name = "traceback";
    const auto piece = readRegion(text, region);
    CHECK_EQ(piece.text, "\na\nb\nc");
    CHECK(piece.map.toRaw(ByteRange{3, 4}) == (ByteRange{13, 14}));
    CHECK(piece.map.toRaw(ByteRange{5, 6}) == (ByteRange{19, 20}));
}

CUPEL_TEST(valuesKeepTheirStructure)
{
    const std::string text = R"({"k": "a\/b"})";
    const auto piece = readRegion(text, regionOf(TextForm::JsonValue, text));
    CHECK_EQ(piece.text, R"({"k": "a/b"})");
}

CUPEL_TEST(everyCharacterMapsToItsBytes)
{
    std::mt19937 random(7);
    for (int round = 0; round < 30; ++round) {
        std::string plain;
        const auto text = randomList(random, 1 + random() % 40, plain);
        const auto piece = readRegion(text, regionOf(TextForm::JsonStringList, text));
        CHECK_EQ(piece.text, plain);
        for (std::size_t i = 0; i < plain.size(); ++i) {
            const auto raw = slice(text, piece.map.toRaw(ByteRange{i, i + 1}));
            const bool right = raw == std::string_view(&plain[i], 1) || raw.starts_with("\\u00") || raw == "\\n";
            if (!right || piece.map.toText(piece.map.toRaw(i), piece.text.size()) != i) {
                CHECK(right);
                return;
            }
        }
    }
}

CUPEL_TEST(linesOfATracebackAreCutAsWell)
{
    std::string text = "[";
    std::string plain;
    for (int i = 0; i < 200; ++i) {
        const auto line = std::string(static_cast<std::size_t>(i) % 9, 'x') + std::to_string(i);
        text += (i == 0 ? "\"" : ", \"") + line + '"';
        plain += (i == 0 ? "" : "\n") + line;
    }
    text += "]";
    auto region = regionOf(TextForm::JsonStringList, text);
    region.kind = RegionKind::Error;
    region.name = "traceback";
    for (std::size_t size = 16; size < 48; ++size) {
        RegionReader reader(text, region, {size, size / 4});
        TextPiece piece;
        std::string joined;
        while (reader.next(piece)) {
            joined += piece.text.substr(piece.overlap);
        }
        CHECK_EQ(joined, plain);
    }
}

CUPEL_TEST(longRegionsComeInOverlappingPieces)
{
    std::mt19937 random(11);
    std::string plain;
    const auto text = randomList(random, 120'000, plain);
    CHECK(plain.size() > 2 * RegionReader::pieceSize);
    RegionReader reader(text, regionOf(TextForm::JsonStringList, text));
    TextPiece piece;
    std::string joined;
    std::uint64_t lines = 1;
    while (reader.next(piece)) {
        CHECK_EQ(piece.text.substr(0, piece.overlap), joined.substr(joined.size() - piece.overlap));
        const auto before = joined.substr(0, joined.size() - piece.overlap);
        lines = 1 + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
        CHECK_EQ(piece.firstLine, lines);
        joined += piece.text.substr(piece.overlap);
    }
    CHECK(joined == plain);
    const auto whole = readRegion(text, regionOf(TextForm::JsonStringList, text), 64 << 20);
    CHECK(whole.text == plain);
    const auto at = plain.size() - 100;
    CHECK_EQ(whole.map.toText(whole.map.toRaw(at), plain.size()), at);
}

CUPEL_TEST(oneLineOfManyMegabytes)
{
    const std::string text = "\"" + std::string(5 << 20, 'x') + "\"";
    Region region = regionOf(TextForm::JsonString, text);
    region.bytes = {1, text.size() - 1};
    RegionReader reader(text, region);
    TextPiece piece;
    std::uint64_t total = 0;
    while (reader.next(piece)) {
        CHECK(piece.text.size() <= RegionReader::pieceSize + RegionReader::overlapSize);
        total += piece.text.size() - piece.overlap;
    }
    CHECK_EQ(total, 5 << 20);
}

CUPEL_TEST(textsThatAreKeptAreWhatIsRead)
{
    std::mt19937 random(17);
    std::string text;
    std::vector<Region> regions;
    // Short ones, one that is too long to keep, empty ones, and more than is kept of all.
    for (int i = 0; i < 260; ++i) {
        std::string plain;
        Region region;
        region.form = i % 9 == 0 ? TextForm::Plain : TextForm::JsonStringList;
        const auto bytes = i % 7 == 0 ? std::string() : randomList(random, i == 5 ? 60'000 : random() % 900, plain);
        region.bytes = {text.size(), text.size() + bytes.size()};
        text += bytes;
        regions.push_back(region);
    }
    CHECK(text.size() > RegionTexts::mostOfAll);
    RegionTexts texts(text, regions);
    bool right = true;
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 0; i < regions.size(); ++i) {
            RegionReader reader(text, regions[i]);
            PieceReader shared(texts, i);
            TextPiece expected;
            TextPiece own;
            while (reader.next(expected)) {
                const auto* piece = shared.next(own);
                right = right && piece && piece->text == expected.text && piece->overlap == expected.overlap
                    && piece->last == expected.last && piece->firstLine == expected.firstLine
                    && piece->map.toRaw(ByteRange{0, piece->text.size()})
                        == expected.map.toRaw(ByteRange{0, expected.text.size()});
            }
            right = right && !shared.next(own) && !shared.next(own);
        }
    }
    CHECK(right);
}
