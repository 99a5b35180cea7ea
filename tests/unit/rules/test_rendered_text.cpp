// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens that only rendering joins: colours, tags and entities inside them.
#include "analyzers/engine/analyze.h"
#include "analyzers/rules/rendered_text.h"
#include "tests/unit/check.h"

#include <memory>
#include <string>

using namespace cupel;
using namespace cupel::rules;

namespace {

std::string shown(ByteView text, bool html)
{
    Budget budget;
    return renderText(text, html, budget).text;
}

Analysis analyzeOutput(const std::string& mime, const std::string& jsonText)
{
    Artifact artifact;
    artifact.path = "a.ipynb";
    artifact.bytes = std::make_shared<const std::string>(
        R"({"cells": [{"cell_type": "code", "metadata": {}, "source": "x", "outputs": [{"output_type": "display_data", "metadata": {}, "data": {")"
        + mime + "\": \"" + jsonText + R"("}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    Budget budget;
    ScanOptions options;
    options.keepBytes = true;
    options.onlyFamilies = {"secret"};
    return engine::analyze(std::move(artifact), options, budget);
}

// The password is found whole, its raw bytes are masked, and no excerpt shows a part of it.
void isFound(const std::string& mime, const std::string& password)
{
    const auto analysis = analyzeOutput(mime, "postgresql://svc:" + password + "@db.corp.net:5432/x");
    CHECK_EQ(analysis.findings.size(), 1);
    if (analysis.findings.empty()) {
        return;
    }
    const auto at = analysis.artifact.view().find(password);
    const auto& place = analysis.findings[0].location.bytes;
    CHECK(place.start <= at && place.end >= at + password.size());
    CHECK(!analysis.sensitive.empty() && analysis.sensitive[0].start <= at
        && analysis.sensitive[0].end >= at + password.size());
    for (const auto& evidence : analysis.findings[0].evidence) {
        CHECK(evidence.excerpt.find("T2vLw9") == std::string::npos);
    }
}

} // namespace

CUPEL_TEST(coloursTagsAndEntitiesGo)
{
    CHECK_EQ(shown("ab\x1b[31mcd\x1b[0;1mef", false), "abcdef");
    CHECK_EQ(shown("ab\x1b]8;;x\x1b\\cd\x1b", false), "abcd");
    CHECK_EQ(shown("a<b>c</b>d<td>e<!-- x -->f", true), "acd\nef");
    CHECK_EQ(shown("a&amp;b&#95;c&#x5F;d&unknown;e&", true), "a&b_c_d&unknown;e&");
    CHECK_EQ(shown("ab\x1b(Bcd\x1b[\x1b[1mef", false), "abcdef");
    CHECK_EQ(shown("a&#;b&#x;c<b>d", true), "a&#;b&#x;cd");
    CHECK_EQ(shown("1 < 2 & 3", true), "");
    CHECK_EQ(shown("plain", true), "");
}

CUPEL_TEST(charactersWithoutWidthGo)
{
    CHECK_EQ(shown("ab\u200bcd\u2060e\ufefff\u00adg", false), "abcdefg");
    CHECK_EQ(shown("ab&#8203;c&ZeroWidthSpace;d&shy;e&#x200D;f", true), "abcdef");
    CHECK_EQ(shown("&#104;&#102;&#95;", true), "hf_");
    CHECK_EQ(shown("\x1b[32mab", false), "ab"); // the letter of the colour is none of the word
    CHECK_EQ(shown("\x1b[32m/ab", false), "/ab");
    CHECK_EQ(shown("caf\u00e9 na\u00efve \u4f60\u597d", false), "");
    CHECK_EQ(shown("\u4f60\u200b\u597d", false), ""); // no word of a token
    CHECK_EQ(shown("ab\xe2\x80", false), "");
}

CUPEL_TEST(everyCharacterLeadsBack)
{
    const std::string text = "x<b>y</b>&#95;z\x1b[1mw";
    Budget budget;
    const auto rendered = renderText(text, true, budget);
    CHECK_EQ(rendered.text, "xy_zw");
    CHECK_EQ(rendered.map.toRaw(1), 4);
    CHECK(rendered.map.toRaw(ByteRange{2, 3}) == (ByteRange{9, 14}));
    CHECK_EQ(text[rendered.map.toRaw(4)], 'w');
}

CUPEL_TEST(secretsWithMarkupInsideAreFoundAndMasked)
{
    isFound("text/plain", "Zq8r\\u001b[31mT2vLw9xB");
    isFound("text/html", "Zq8r<b>T2vLw9</b>xB");
    isFound("text/html", "Zq8r&#84;2vLw9xBq");
    isFound("text/plain", "Zq8rT2vLw9xB");
    isFound("text/plain", "Zq8r\u200bT2vLw9xB");
    isFound("text/plain", "Zq8r\\u200bT2vLw9xB");
    isFound("text/html", "Zq8r&ZeroWidthSpace;T2vLw9xB");
}

CUPEL_TEST(longMarkupInsideAWord)
{
    const std::string filler(20'000, 'x');
    CHECK_EQ(shown("pass<b title='" + filler + "'>wo</b>rd", true), "password");
    CHECK_EQ(shown("pass<!--" + filler + "-->word", true), "password");
    CHECK_EQ(shown("pass\x1b[" + std::string(500, ';') + "mword", false), "password");
    // A comparison is no tag, however far the next one is.
    CHECK(shown("x <b and " + filler + " and y> 2, p<i>q</i>r", true).find("x <b and") == 0);
    std::string many;
    for (int i = 0; i < 200'000; ++i) {
        many += "x<b";
    }
    CHECK(shown(many, true).empty());
    CHECK(shown(many + ">y", true).size() < many.size());
}
