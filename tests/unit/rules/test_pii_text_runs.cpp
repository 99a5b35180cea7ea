// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of letters and digits that 64 bytes at a time find, against one byte at a time: none that may lead to a value is
// passed over, and each that is told is whole.
#include "analyzers/rules/pii/pii_row.h"
#include "analyzers/rules/pii/shape_index.h"
#include "analyzers/rules/pii/text_runs.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <string_view>

using namespace cupel;
using namespace cupel::rules::pii;

namespace {

struct Expected {
    TextRun run;
    bool wanted = false; // it may lead to a value, so it has to be told
};
using ByStart = std::map<std::size_t, Expected>;

bool isDigitAt(std::string_view text, std::size_t i)
{
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
}
bool isLetterAt(std::string_view text, std::size_t i)
{
    return i < text.size() && (text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z';
}

bool mayLead(std::string_view text, const TextRun& run)
{
    const bool cut = run.start > 0 && isLetterAt(text, run.start - 1);
    const char next = run.end < text.size() ? text[run.end] : '\0';
    const bool title = std::string_view("DFHMPS").find(text[run.start]) != std::string_view::npos;
    const bool isAt = run.size() == 2 && (text[run.start] | 0x20) == 'a' && (text[run.start + 1] | 0x20) == 't';
    bool digitSoon = false;
    for (std::size_t i = 0; i < 8; ++i) {
        digitSoon = digitSoon || isDigitAt(text, run.end + i);
    }
    return run.digits
        || (!cut
            && (isAt || next == '.' || next == ':' || next == '-'
                || (next == ' ' && (title || (run.size() <= 4 && digitSoon)))));
}

// One byte after the other, from `at` on.
ByStart runsByHand(std::string_view text, std::size_t at)
{
    ByStart all;
    while (at < text.size()) {
        TextRun run{at, at};
        for (; isDigitAt(text, run.end) || isLetterAt(text, run.end); ++run.end) {
            run.digits = run.digits || isDigitAt(text, run.end);
            run.letters = run.letters || isLetterAt(text, run.end);
        }
        const bool sign = text[at] == '@' || ((text[at] == '+' || text[at] == '(') && isDigitAt(text, at + 1))
            || (text[at] == ':' && at + 1 < text.size() && text[at + 1] == ':');
        if (run.size() > 0 || sign) {
            all[at] = {run, sign || mayLead(text, run)};
        }
        at = std::max(run.end, at + 1);
    }
    return all;
}

void checkRuns(std::string_view text, std::size_t skip)
{
    auto expected = runsByHand(text, std::min(skip, text.size()));
    TextRuns runs(text);
    runs.skipTo(skip);
    for (TextRun run; runs.next(run);) {
        const auto found = expected.find(run.start);
        CHECK(found != expected.end());
        if (found != expected.end()) {
            CHECK_EQ(run.end, found->second.run.end);
            CHECK_EQ(run.digits, found->second.run.digits);
            CHECK_EQ(run.letters, found->second.run.letters);
            expected.erase(found);
        }
    }
    for (const auto& [start, left] : expected) {
        CHECK(!left.wanted);
    }
}

std::size_t toldOf(std::string_view text)
{
    std::size_t count = 0;
    TextRuns runs(text);
    for (TextRun run; runs.next(run);) {
        ++count;
    }
    return count;
}

} // namespace

CUPEL_TEST(runsAreTheSameOverTheEdgesOfBlocks)
{
    const std::string text = "ab12 @x ::1 +4 (9 +x \xC3\xA9z[`{/:@" + std::string(150, 'k') + "7 "
        + std::string(64, '5') + std::string(1, '\0') + "w" + std::string(30, '-') + "a:b Miss idle word, at";
    for (std::size_t before = 0; before < 70; ++before) {
        const auto all = std::string(before, ' ') + text;
        for (const std::size_t size : {all.size(), all.size() - 1, std::size_t(64), std::size_t(65), before}) {
            for (const std::size_t skip : {std::size_t(0), before + 2, before + 100, size, size + 200}) {
                checkRuns(std::string_view(all).substr(0, size), skip);
            }
        }
    }
}

CUPEL_TEST(noRunThatMayLeadIsPassedOver)
{
    std::mt19937 random(11);
    const std::string_view signs = "aDuM7 3.:-,@\n(+t";
    for (int round = 0; round < 4'000; ++round) {
        std::string text;
        for (auto count = random() % 60; count > 0; --count) {
            text += std::string(1 + (random() % 9 == 0 ? random() % 90 : random() % 7), signs[random() % signs.size()]);
        }
        checkRuns(text, random() % 2 == 0 ? 0 : random() % 200);
    }
}

CUPEL_TEST(wordsThatLeadNowhereArePassedOver)
{
    CHECK_EQ(toldOf("<td>alpha</td>, bravo walked away\nand charlie, delta; of echoes\n"), 0U);
    CHECK_EQ(toldOf("bob at acme dot com, AT, it is in no way\n"), 2U);
    CHECK_EQ(toldOf("alpha bravo charlie delta, foxtrot (golf) hotel\n"), 0U);
    CHECK_EQ(toldOf("Miss golf in 1 alpha-beta\n"), 5U); // all but the last
}

// What the scanner passes over without a look at any shape: "0.12345" is a number.
CUPEL_TEST(noShapeIsALongFraction)
{
    std::size_t shapes = 0;
    for (std::size_t row = 0; row < rows().size(); ++row) {
        for (const auto index : ShapeIndex::shared().ofRow(row)) {
            ++shapes;
            const auto& shape = ShapeIndex::shared().shape(index).shape;
            for (const char first : {'0', '1', '7', '9'}) {
                for (std::size_t digits = 4; digits < 20; ++digits) {
                    for (const std::string behind : {"", ".", "-", "/", " ", ".123", "-12", "/12", "A"}) {
                        const auto end = matchShape(shape, first + ("." + std::string(digits, first)) + behind, 0);
                        CHECK(end == std::string_view::npos || end <= 2);
                    }
                }
            }
        }
    }
    CHECK(shapes > 300);
}
