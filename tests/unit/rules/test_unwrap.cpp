// SPDX-License-Identifier: GPL-3.0-or-later
// Wrapped values: each encoding, layers to the fourth and no further, and what has to be left alone.
#include "analyzers/rules/secrets/unwrap.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <zlib.h>

using namespace cupel;
using rules::secrets::unwrap;

namespace {

std::string percentOf(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        char code[4];
        std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned char>(c));
        out += code;
    }
    return out;
}

std::string deflated(const std::string& text)
{
    std::string out(compressBound(static_cast<uLong>(text.size())), '\0');
    auto size = static_cast<uLongf>(out.size());
    compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
        static_cast<uLong>(text.size()));
    out.resize(size);
    return out;
}

void undoes(const std::string& encoded, const std::string& text, std::string_view how)
{
    Budget budget;
    const auto line = "value = \"" + encoded + "\"\n";
    const auto pieces = unwrap(line, budget);
    REQUIRE(CHECK_EQ(pieces.size(), 1));
    CHECK_EQ(pieces[0].text, text);
    CHECK_EQ(pieces[0].how, how);
    CHECK_EQ(line.substr(pieces[0].source.start, pieces[0].source.size()), encoded);
}

// Layers of base64, the innermost line holding the token.
std::string nested(const std::string& token, int layers)
{
    std::string text = "service = " + token;
    for (int i = 0; i < layers; ++i) {
        text = "layer = " + test::toBase64(text);
    }
    return test::notebookOf(test::jsonString("x = '" + text + "'"));
}

std::size_t secretsIn(const Analysis& analysis)
{
    return static_cast<std::size_t>(std::count_if(analysis.findings.begin(), analysis.findings.end(),
        [](const Finding& finding) { return finding.cls == "secret.github-personal-token"; }));
}

} // namespace

CUPEL_TEST(encodings)
{
    const std::string text = "some words that people can read, and more";
    undoes(test::toBase64(text), text, "base64");
    undoes(test::toBase64Url(text), text, "base64");
    undoes(test::hexOf(text), text, "hex");
    undoes(percentOf(text), text, "percent");
    undoes(test::toBase64(deflated(text)), text, "zlib");
}

CUPEL_TEST(linesOfOneRunBelongTogether)
{
    const std::string text(300, 'w');
    const auto run = test::toBase64("words " + text);
    std::string lines;
    for (std::size_t at = 0; at < run.size(); at += 76) {
        lines += run.substr(at, 76) + "\n";
    }
    Budget budget;
    const auto pieces = unwrap(lines, budget);
    REQUIRE(pieces.size() == 1);
    CHECK_EQ(pieces[0].text, "words " + text);
}

// The shortest run that is read is found at every place, and so is one that begins with the end of a line, when that is
// looked at.
CUPEL_TEST(shortRunsAtEveryPlace)
{
    const std::string text = "words to see!!!"; // 20 letters of base64
    const auto run = test::toBase64(text);
    CHECK_EQ(run.size(), 20U);
    for (std::size_t before = 0; before < 40; ++before) {
        for (const std::string behind : {" ", "", "\n", ".a"}) {
            Budget budget;
            std::string line(before, '.');
            line.append(run).append(behind);
            const auto pieces = unwrap(line, budget);
            REQUIRE(CHECK_EQ(pieces.size(), 1U));
            CHECK_EQ(pieces[0].text, text);
        }
        const auto longer = test::toBase64("words " + std::string(120, 'w'));
        const auto tail = 1 + before % 8;
        constexpr std::size_t step = 16; // every 16th character is looked at
        if ((before + 65) / step == (before + 65 - tail) / step) {
            continue;
        }
        const auto lines = std::string(64 - tail, '.') + longer.substr(0, tail) + '\n' + longer.substr(tail);
        Budget budget;
        const auto joined = unwrap(std::string(before, '.') + '\n' + lines, budget);
        REQUIRE(CHECK_EQ(joined.size(), 1U));
        CHECK_EQ(joined[0].text, "words " + std::string(120, 'w'));
    }
}

CUPEL_TEST(leftAlone)
{
    test::Letters letters;
    Budget budget;
    // Digests, random bytes, pictures
    CHECK(unwrap(letters.of(test::hexDigits, 64), budget).empty());
    const std::string noise = letters.of(std::string_view("\x80\x91\xA2\xB3\xC4\xD5\xE6\xF7", 8), 200);
    CHECK(unwrap(test::toBase64(noise), budget).empty());
    CHECK(unwrap(test::toBase64("\x89PNG\r\n\x1a\n" + std::string(100, 'a')), budget).empty());
    CHECK(unwrap("an ordinary sentence with LongIdentifiersInIt and 100% of nothing", budget).empty());
    CHECK(unwrap("", budget).empty());
}

CUPEL_TEST(fourLayersAndNoMore)
{
    test::Letters letters;
    const auto token = test::githubToken(letters);
    for (int layers = 0; layers <= 4; ++layers) {
        const auto analysis = test::analyzed(nested(token, layers));
        CHECK_EQ(secretsIn(analysis), 1);
        CHECK_EQ(analysis.facts.status, ReadStatus::Complete);
    }
    const auto file = nested(token, 5);
    const auto analysis = test::analyzed(file);
    CHECK_EQ(secretsIn(analysis), 0);
    CHECK_EQ(test::gapAt(analysis, "unwrap-limit").value_or(0), file.find("layer = ") + 8);
}

CUPEL_TEST(runsAcrossPieces)
{
    // A piece is a megabyte: a run that begins in one and ends in the next can still be read at any of its characters.
    constexpr std::size_t piece = 1 << 20;
    test::Letters letters;
    const auto token = test::githubToken(letters);
    for (const std::size_t shift : {0U, 1U, 2U, 3U, 4'000U}) {
        std::string words(30'000, 'w');
        words.replace(26'000, token.size() + 2, " " + token + " ");
        for (const auto& run : {test::toBase64(words), test::hexOf(words)}) {
            const auto text = std::string(piece - 12'000 + shift, '-') + ' ' + run + '\n';
            const auto analysis = test::analyzed(text, "a.txt");
            CHECK_EQ(secretsIn(analysis), 1);
            CHECK_EQ(analysis.facts.status, ReadStatus::Complete);
        }
    }
    // Of a compressed stream the rest cannot be undone: that is told.
    std::string noise = letters.of(test::base62, 40'000) + ' ' + token;
    const auto text = std::string(piece - 12'000, '-') + ' ' + test::toBase64(deflated(noise)) + '\n';
    CHECK_EQ(test::gapAt(test::analyzed(text, "a.txt"), "unwrap-limit").value_or(0), piece - 12'000 + 1);
}

CUPEL_TEST(manyEncodedWords)
{
    test::Letters letters;
    std::string text;
    for (int i = 0; i < 12'000; ++i) {
        text += "q=a%20b%20c%20d" + std::to_string(i) + "\n";
    }
    const auto analysis = test::analyzed(text + "t=" + percentOf(test::githubToken(letters)) + "\n", "a.txt");
    CHECK_EQ(secretsIn(analysis), 1);
    CHECK_EQ(analysis.facts.status, ReadStatus::Complete);
}

CUPEL_TEST(theEncodingBytesAreTheFinding)
{
    test::Letters letters;
    const auto run = test::toBase64("service = " + test::githubToken(letters));
    const auto file = test::notebookOf(test::jsonString("x = '" + run + "'"));
    const auto analysis = test::analyzed(file);
    REQUIRE(secretsIn(analysis) == 1);
    const auto bytes = analysis.findings[0].location.bytes;
    CHECK_EQ(file.substr(bytes.start, bytes.size()), run);
    CHECK(std::any_of(analysis.sensitive.begin(), analysis.sensitive.end(),
        [&](ByteRange range) { return range.start <= bytes.start && range.end >= bytes.end; }));
}

CUPEL_TEST(bombsAreCapped)
{
    Budget budget;
    const auto pieces = unwrap(test::toBase64(deflated(std::string(64 << 20, 'a'))), budget);
    for (const auto& piece : pieces) {
        CHECK(piece.text.size() <= (4U << 20));
    }
    const auto bomb = "a " + test::toBase64(deflated(std::string(64 << 20, 'a')));
    CHECK_EQ(test::gapAt(test::analyzed(bomb, "a.txt"), "unwrap-limit").value_or(0), 2);
}
