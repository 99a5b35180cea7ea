// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/equal_values.h"
#include "tests/unit/check.h"

#include <chrono>

using namespace cupel;
using rules::isUnmistakable;
using rules::placesOfValues;

CUPEL_TEST(wordsAreNotLookedFor)
{
    for (const auto* word : {"secret", "Password", "password", "12345678", "aaaaaaaaaaaaaaaaaa", "a1b2"}) {
        CHECK(!isUnmistakable(word));
    }
    for (const auto* value : {"Xk29!mmQp4", "hunter2", "correct horse battery staple", "aBcDeFgH"}) {
        CHECK(isUnmistakable(value));
    }
}

CUPEL_TEST(theLongestValueWins)
{
    const std::vector<ByteView> values{"hunter2", "hunter2hunter3"};
    const auto places = placesOfValues("hunter2 hunter2hunter3 hunter", values);
    REQUIRE(CHECK_EQ(places.size(), 2));
    CHECK_EQ(places[0].value, 0);
    CHECK_EQ(places[1].value, 1);
    CHECK_EQ(places[1].bytes.start, 8);
    CHECK_EQ(places[1].bytes.end, 22);
}

// Values and a text made of one beginning: each place costs the same.
CUPEL_TEST(equalBeginningsCostNothing)
{
    std::vector<std::string> made;
    for (int i = 0; i < 2'000; ++i) {
        made.push_back(std::string(400, 'a') + std::to_string(i));
    }
    const std::vector<ByteView> values(made.begin(), made.end());
    const std::string text(2 << 20, 'a');
    const auto begin = std::chrono::steady_clock::now();
    CHECK(placesOfValues(text, values).empty());
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)); // sanitizers run this, too
}
