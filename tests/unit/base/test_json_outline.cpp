// SPDX-License-Identifier: GPL-3.0-or-later
// The tolerant JSON reader: positions, repairs, and that nothing of a broken file is lost.
#include "analyzers/base/json_outline.h"
#include "analyzers/base/json_text.h"
#include "tests/unit/check.h"

#include <string>

using namespace cupel;

namespace {

JsonOutline parse(ByteView text)
{
    Budget budget;
    return JsonOutline::parse(text, budget);
}

bool has(const JsonOutline& json, JsonTrouble::Kind kind)
{
    for (const auto& trouble : json.troubles()) {
        if (trouble.kind == kind) {
            return true;
        }
    }
    return false;
}

} // namespace

CUPEL_TEST(positionsOfMembers)
{
    const std::string text = R"({"a": "x\"y", "b": [1, {"c": null}]})";
    const auto json = parse(text);
    CHECK(json.valid());
    const auto a = json.member(text, 0, "a");
    CHECK(a.has_value());
    CHECK_EQ(slice(text, json.nodes()[*a].value), R"("x\"y")");
    CHECK_EQ(json.string(text, *a), "x\"y");
    const auto b = json.member(text, 0, "b");
    CHECK_EQ(slice(text, json.nodes()[*b].value), R"([1, {"c": null}])");
    CHECK_EQ(json.understood(), text.size());
}

CUPEL_TEST(listsOfStringsAreOneNode)
{
    const std::string text = R"({"source": ["a\n", "b"], "mixed": ["a", 1]})";
    const auto json = parse(text);
    CHECK(json.nodes()[*json.member(text, 0, "source")].stringList);
    CHECK(!json.nodes()[*json.member(text, 0, "mixed")].stringList);
    CHECK_EQ(json.nodes().size(), 3);
}

CUPEL_TEST(lastOfEqualKeysWins)
{
    const std::string text = R"({"k": 1, "k": 2})";
    const auto json = parse(text);
    CHECK_EQ(*json.integer(text, *json.member(text, 0, "k")), 2);
}

CUPEL_TEST(repairsAreCounted)
{
    using Kind = JsonTrouble::Kind;
    CHECK(has(parse(""), Kind::Empty));
    CHECK(has(parse("{\"a\": 1"), Kind::Truncated));
    CHECK(has(parse("{\"a\": \"unclosed"), Kind::Truncated));
    CHECK(has(parse("{\"a\": 1,}"), Kind::TrailingComma));
    CHECK(has(parse("{\"a\" 1}"), Kind::MissingSeparator));
    CHECK(has(parse("{\"a\": NaN}"), Kind::NotANumber));
    CHECK(has(parse("{\"a\": [1}"), Kind::MismatchedBracket));
    CHECK(has(parse("{} {}"), Kind::TrailingText));
    CHECK(has(parse("{\"a\": \"x\ny\"}"), Kind::UnterminatedString));
    CHECK(has(parse("{\"a\": \"\\q\"}"), Kind::BadEscape));
    CHECK(has(parse("{\n<<<<<<< HEAD\n\"a\": 1}"), Kind::UnexpectedText));
    CHECK(parse("{\"a\": [true, false, null, -1.5e3, \"x\"]}").valid());
}

CUPEL_TEST(cellsAroundAnUnquotedLineAreKept)
{
    const std::string text =
        "{\"cells\": [{\"source\": [\"one\",\n inserted line without quotes\n \"two\"]}, {\"source\": \"three\"}]}";
    const auto json = parse(text);
    CHECK(!json.valid());
    const auto cells = json.member(text, 0, "cells");
    CHECK(cells.has_value());
    const auto first = json.nodes()[*cells].firstChild;
    const auto second = json.nodes()[first].nextSibling;
    CHECK(second != 0);
    CHECK_EQ(json.string(text, *json.member(text, second, "source")), "three");
    CHECK_EQ(json.strayText().size(), 1);
}

CUPEL_TEST(depthIsCountedNotRecursed)
{
    const std::string text = std::string(200'000, '[') + std::string(200'000, ']');
    const auto json = parse(text);
    CHECK(has(json, JsonTrouble::Kind::TooDeep));
    CHECK(!has(json, JsonTrouble::Kind::Truncated));
    CHECK(parse(std::string(1'000'000, '{')).nodes().size() < 100);
}

CUPEL_TEST(escapesMapBackToTheirBytes)
{
    const std::string raw = R"(a\u0041\n\ud83d\ude00z)";
    std::string text;
    OffsetMap map;
    unescapeJson(raw, 0, raw.size(), false, text, map, 1'000);
    CHECK_EQ(text, "aA\n\xF0\x9F\x98\x80z");
    CHECK(map.toRaw(ByteRange{0, 1}) == (ByteRange{0, 1}));
    CHECK(map.toRaw(ByteRange{1, 2}) == (ByteRange{1, 7}));
    CHECK(map.toRaw(ByteRange{3, 7}) == (ByteRange{9, 21}));
    CHECK(map.toRaw(ByteRange{7, 8}) == (ByteRange{21, 22}));
    CHECK_EQ(map.toText(21, text.size()), 7);
}

CUPEL_TEST(loneSurrogatesAndBadEscapesDoNotFail)
{
    std::string text;
    OffsetMap map;
    const std::string raw = R"(\ud800x\u12\)";
    unescapeJson(raw, 0, raw.size(), false, text, map, 1'000);
    CHECK_EQ(text, "\xEF\xBF\xBDx\\u12\\");
}
