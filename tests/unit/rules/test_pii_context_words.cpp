// SPDX-License-Identifier: GPL-3.0-or-later
// Words that give context, found 64 bytes at a time, against every word asked at every place.
#include "analyzers/rules/pii/context_words.h"
#include "analyzers/rules/pii/pii_row.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

using namespace cupel;
using namespace cupel::rules::pii;

namespace {

using Places = std::set<std::tuple<std::size_t, std::size_t, std::uint32_t>>; // start, end, word

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
}
bool isLetter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}
bool isBeyondAscii(char c)
{
    return static_cast<unsigned char>(c) >= 0x80;
}
bool isCamel(char before, char behind)
{
    return before >= 'a' && before <= 'z' && behind >= 'A' && behind <= 'Z';
}

bool isWhole(std::string_view text, std::size_t start, std::size_t end)
{
    if (isBeyondAscii(text[start])) {
        return true;
    }
    if (start > 0 && !isCamel(text[start - 1], text[start])
        && (isLetter(text[start - 1]) || isBeyondAscii(text[start - 1]))) {
        return false;
    }
    if (end == text.size() || !isLetter(text[end]) || isCamel(text[end - 1], text[end])) {
        return true;
    }
    return text[end] == 's' && end - start > 3 && (end + 1 == text.size() || !isLetter(text[end + 1]));
}

Places byHand(std::string_view text)
{
    Places all;
    for (std::uint32_t index = 0; index < contextWords().size(); ++index) {
        const auto word = contextWords()[index].text.view();
        const auto same = [](char a, char b) { return lower(a) == b; };
        for (auto at = text.begin(); (at = std::search(at, text.end(), word.begin(), word.end(), same)) != text.end();
            ++at) {
            const auto start = static_cast<std::size_t>(at - text.begin());
            if (isWhole(text, start, start + word.size())) {
                all.emplace(start, start + word.size(), index);
            }
        }
    }
    return all;
}

Places found(std::string_view text)
{
    std::vector<WordPlace> places;
    CHECK(ContextWordFinder::shared().find(text, places, text.size() * 4));
    Places all;
    for (const auto& place : places) {
        all.emplace(place.start, place.end, place.word);
    }
    return all;
}

std::string inSomeCase(std::string word, std::mt19937& random)
{
    const auto how = random() % 4; // as it is, all, the first letter, each by chance
    for (std::size_t i = 0; i < word.size(); ++i) {
        const bool raise = how == 1 || (how == 2 && i == 0) || (how == 3 && random() % 2 == 0);
        if (raise && word[i] >= 'a' && word[i] <= 'z') {
            word[i] = static_cast<char>(word[i] - 0x20);
        }
    }
    return word;
}

} // namespace

CUPEL_TEST(contextWordsAreThoseThatAreFoundByHand)
{
    constexpr std::string_view between[] = {"", " ", "", "_", ": ", "s ", "x", "Id", "7", "2", "\n", "-", "\xC3\xA9",
        "\xE2\x82\xAC ", "S", "0.25, 17, ", "the value of a long line of words that say nothing at all "};
    std::mt19937 random(20'261'130);
    std::size_t words = 0;
    for (int turn = 0; turn < 300; ++turn) {
        std::string text;
        const auto size = 40 + random() % 400;
        while (text.size() < size) {
            text += between[random() % std::size(between)];
            const auto word = std::string(contextWords()[random() % contextWords().size()].text.view());
            text += inSomeCase(word.substr(0, random() % 5 == 0 ? random() % word.size() : word.size()), random);
        }
        text.resize(text.size() - random() % 3); // not always behind a word
        const auto expected = byHand(text);
        CHECK(found(text) == expected);
        words += expected.size();
    }
    CHECK(words > 2'000);
}

CUPEL_TEST(everyContextWordIsFoundAlone)
{
    for (std::uint32_t index = 0; index < contextWords().size(); ++index) {
        const auto word = contextWords()[index].text.view();
        for (const std::size_t at : {0, 61, 63, 64}) {
            const auto text = std::string(at, ' ') + std::string(word);
            CHECK(found(text).contains({at, at + word.size(), index}));
        }
    }
}

CUPEL_TEST(moreContextWordsThanAskedForAreTold)
{
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += "passport ";
    }
    std::vector<WordPlace> places;
    CHECK(!ContextWordFinder::shared().find(text, places, 20));
    CHECK(places.size() < 40);
}
