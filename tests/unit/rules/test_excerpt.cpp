// SPDX-License-Identifier: GPL-3.0-or-later
// Long lines are cut around the place: never inside a character of UTF-8 or an escape of JSON, wherever the cut falls.
#include "analyzers/base/utf8.h"
#include "analyzers/rules/excerpt.h"
#include "tests/unit/check.h"

#include <string>

using namespace cupel;

namespace {

// `unit` again and again, a word, and `unit` again; `shift` moves every cut by a byte.
std::string lineOf(const std::string& unit, std::size_t shift)
{
    std::string half;
    while (half.size() < 700) {
        half += unit;
    }
    return std::string(shift, 'a') + half + "FOUND" + half;
}

// What is left of an excerpt without the signs of a cut, the padding and the word.
std::string rest(std::string text)
{
    for (const std::string part : {"\u2026", "FOUND", "a", " "}) {
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part)) {
            text.erase(at, part.size());
        }
    }
    return text;
}

bool isRepeated(const std::string& text, const std::string& unit)
{
    for (std::size_t at = 0; at < text.size(); at += unit.size()) {
        if (text.compare(at, unit.size(), unit) != 0) {
            return false;
        }
    }
    return true;
}

void check(const std::string& unit, const std::string& shown, bool plain)
{
    for (std::size_t shift = 0; shift < 2 * unit.size() + 8; ++shift) {
        const auto line = lineOf(unit, shift);
        const auto at = line.find("FOUND");
        const auto excerpt = rules::redactedExcerpt(line, {at, at + 5}, plain, {});
        CHECK(excerpt.size() <= 240);
        CHECK(isUtf8(excerpt));
        CHECK(excerpt.find("FOUND") != std::string::npos);
        const auto left = rest(excerpt);
        CHECK(left.size() > 20);
        CHECK_EQ(isRepeated(left, shown) ? std::string() : left, std::string());
    }
}

} // namespace

CUPEL_TEST(aCutLeavesCharactersWhole)
{
    check("\u00e9", "\u00e9", true);
    check("\u20ac", "\u20ac", true);
    check("\U0001F600", "\U0001F600", true);
}

CUPEL_TEST(aCutLeavesEscapesWhole)
{
    check("\\u00e9", "\u00e9", false);
    check("\\u20ac", "\u20ac", false);
    check("\\ud83d\\ude00", "\U0001F600", false); // a pair is one character
    check("\\\"", "\"", false);
    check("\\\\", "\\", false);
    check("\\/", "/", false);
}

CUPEL_TEST(whatIsMaskedStaysSoAtACut)
{
    const std::string value(300, 'Q');
    for (std::size_t shift = 0; shift < 12; ++shift) {
        const auto line = std::string(shift, 'a') + std::string(150, 'b') + value + "FOUND" + value;
        const auto at = line.find("FOUND");
        const std::vector<rules::Masked> masks{
            {{at - value.size(), at}, "\u2022\u2022"}, {{at + 5, line.size()}, "\u2022\u2022"}};
        const auto excerpt = rules::redactedExcerpt(line, {at, at + 5}, true, masks);
        CHECK(excerpt.find('Q') == std::string::npos);
        CHECK(excerpt.find("FOUND") != std::string::npos);
    }
}

CUPEL_TEST(linesOfAListAreLines)
{
    const std::string text = R"(["deploy(\n", "    ws,\n",
    "    \"name\\n\", 7)\n", "end", "more"])";
    const auto from = text.find("deploy");
    const auto to = text.find("7)") + 2;
    CHECK_EQ(rules::maskedText(text, {from, to}, false, {}), "deploy(\n    ws,\n    \"name\\n\", 7)");
    // A place in two lines with a mask across their seam.
    const std::vector<rules::Masked> masks{{{text.find("ws"), text.find("name")}, "\u2022"}};
    CHECK_EQ(rules::maskedText(text, {from, to}, false, masks), "deploy(\n    \u2022name\\n\", 7)");
    // Other quotes of JSON stay: a record is shown as it is written.
    const std::string record = R"({"a": "b\n", "c": ["d", "e"]})";
    CHECK_EQ(rules::maskedText(record, {0, record.size()}, false, {}), "{\"a\": \"b\n\", \"c\": [\"d\", \"e\"]}");
}

CUPEL_TEST(coloursOfATerminalAreNoText)
{
    const std::string text = "\x1b[1mDownloading\x1b[0m to FOUND\x1b[0m here";
    const auto at = text.find("FOUND");
    CHECK_EQ(rules::redactedExcerpt(text, {at, at + 5}, true, {}), std::string("Downloading to FOUND here"));
    CHECK_EQ(rules::redactedExcerpt("FOUND \x1b[", {0, 5}, true, {}), std::string("FOUND "));
}
