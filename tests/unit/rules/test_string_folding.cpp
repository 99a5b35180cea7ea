// SPDX-License-Identifier: GPL-3.0-or-later
// Every form that puts a string constant together, and the way back to what wrote it.
#include "analyzers/code/string_folding.h"
#include "tests/unit/check.h"

using namespace cupel;

namespace {

std::string folded(std::string_view source)
{
    Budget budget;
    return code::foldStrings(source, budget).text;
}

bool folds(std::string_view source, std::string_view value)
{
    return folded(source).find('"' + std::string(value) + "\"\n") != std::string::npos;
}

} // namespace

CUPEL_TEST(literalsJoin)
{
    CHECK(folds("t = 'ab' 'cd'", "abcd"));
    CHECK(folds("t = ('ab'\n    'cd')", "abcd"));
    CHECK(folds("t = 'ab' + \"cd\" + '''ef'''", "abcdef"));
    CHECK(folds("t = b'ab' + b'cd'", "abcd"));
    CHECK(folds("t = \"\".join(['ab', 'cd'])", "abcd"));
    CHECK(folds("t = '-'.join(('ab', 'cd'))", "ab-cd"));
    CHECK(folds("t = 'dcba'[::-1]", "abcd"));
    CHECK_EQ(folded("name = 'ab' 'cd'"), "name = \"abcd\"\n");
}

CUPEL_TEST(escapesAreUndone)
{
    CHECK(folds(R"(t = 'a\x62c\144')", "abcd"));
    CHECK(folds(R"(t = 'ab\u0063\U00000064')", "abcd"));
    CHECK(folds(R"(t = "{\"k\": \"v\"}")", R"({"k": "v"})"));
    CHECK(folded(R"(t = r'a\x62')").empty());
    CHECK(folded("t = 'plain'").empty());
}

CUPEL_TEST(namesOfConstants)
{
    CHECK(folds("a = 'ab'\nb = 'cd'\nt = a + b", "abcd"));
    CHECK(folds("a = 'ab'\nt = a + 'cd'", "abcd"));
    CHECK(folds("a = 'ab'\nt = f'{a}cd'", "abcd"));
    CHECK(folds("a = 'ab'\na = 'xy'\nt = f'{a}cd'", "xycd"));
    CHECK(folded("t = f'{unknown}cd'").empty());
}

CUPEL_TEST(formats)
{
    CHECK(folds("t = '%scd' % 'ab'", "abcd"));
    CHECK(folds("t = '%s%s' % ('ab', 'cd')", "abcd"));
    CHECK(folds("a = 'ab'\nt = '%s%s' % (a, 'cd')", "abcd"));
    CHECK(folds("t = '{}{}'.format('ab', 'cd')", "abcd"));
    CHECK(folds("t = '{1}{0}'.format('cd', 'ab')", "abcd"));
    CHECK(folds("t = '{p!s}{q:>2}'.format(q='cd', p='ab')", "abcd"));
    CHECK(folds("t = '{}-{}'.format('ab', run())", "ab-{}"));
    CHECK(folds("t = '{{{}}}'.format('ab')", "{ab}"));
    CHECK(folded("t = '{}'.format(run(1, (2, 3)))").empty());
    CHECK(folded("t = 7 % 3").empty());
    // What follows is read on, whatever stood in the brackets.
    CHECK(folds("print('{}'.format(\nt = 'ab' 'cd'\n", "abcd") || folded("print('{}'.format(\n").empty());
}

CUPEL_TEST(characterNumbers)
{
    CHECK(folds("t = chr(97) + chr(0x62) + chr(0o143)", "abc"));
    CHECK(folds("t = bytes([97, 98, 99]).decode()", "abc"));
    CHECK(folds("t = bytearray((97, 98))", "ab"));
    CHECK(folds("t = ''.join(chr(c) for c in [97, 98, 99])", "abc"));
    CHECK(folds("t = ''.join(map(chr, [97, 98, 99]))", "abc"));
    CHECK(folded("t = bytes([970, 98])").empty());
    CHECK(folded("t = chr(99999999999)").empty());
    CHECK(folded("t = bytes(16)").find("_") == std::string::npos);
}

CUPEL_TEST(everyPartLeadsBack)
{
    const std::string source = "a = 'ab'\nt = a + 'cd'\n";
    Budget budget;
    const auto out = code::foldStrings(source, budget);
    REQUIRE(!out.text.empty());
    const auto at = out.text.find("abcd");
    const auto whole = out.map.toRaw(ByteRange{at, at + 4});
    CHECK_EQ(source.substr(whole.start, whole.size()), "a + 'cd'");
    REQUIRE(out.origins.size() == 1);
    CHECK_EQ(source.substr(out.origins[0].second.start, out.origins[0].second.size()), "'ab'");
}

CUPEL_TEST(hostileSourceStaysBounded)
{
    std::string deep;
    for (int i = 0; i < 5'000; ++i) {
        deep += "'%s'.format((";
    }
    CHECK(folded(deep).size() < 1'000'000);
    std::string doubling = "a0 = 'xxxxxxxxxxxxxxxx'\n";
    for (int i = 0; i < 60; ++i) {
        const auto last = "a" + std::to_string(i);
        doubling += "a" + std::to_string(i + 1) + " = " + last + " + " + last + "\n";
    }
    CHECK(folded(doubling).size() < (6U << 20));
    std::string percent = "a = '" + std::string(60'000, 'y') + "'\nt = '";
    for (int i = 0; i < 20'000; ++i) {
        percent += "{0}";
    }
    CHECK(folded(percent + "'.format(a)").size() < (1U << 20));
    Limits limits;
    std::stop_source stop;
    stop.request_stop();
    Budget stopped(limits, stop.get_token());
    CHECK(!stopped.spend(1 << 20));
    CHECK(code::foldStrings("t = 'ab' 'cd'", stopped).text.empty());
}

CUPEL_TEST(whatIsLeftOutIsTold)
{
    Budget budget;
    const auto cut = [&](const std::string& source) { return code::foldStrings(source, budget).cutAt; };
    CHECK(!cut("a = 'ab'\nt = f'{a}' + a + '-'.join([a, a]) + '%s' % a + '{}'.format(a)\nu = chr(97)\n"));
    // More than four megabytes put together
    std::string source = "a = '" + std::string(60'000, 'y') + "'\n";
    const auto start = source.size();
    for (int i = 0; i < 100; ++i) {
        source += "t = a + 'x'\n";
    }
    const auto at = cut(source);
    REQUIRE(at.has_value());
    CHECK(*at > start && *at < source.size());
    // A constant too large to be known by name: told where it is used, and only then
    const auto large = "a = '" + std::string(80'000, 'y') + "'\n";
    CHECK(!cut(large));
    CHECK_EQ(cut(large + "t = a + 'x'\n").value_or(0), large.size() + 4);
    CHECK(cut(large + "t = f'{a}'\n").has_value());
    CHECK(cut(large + "t = '-'.join(['b', a])\n").has_value());
    CHECK(cut(large + "t = '%s' % a\n").has_value());
    std::string arguments;
    for (int i = 0; i < 65; ++i) {
        arguments += "'a', ";
    }
    CHECK(cut("t = '{64}'.format(" + arguments + ")\n").has_value());
    CHECK(!cut("t = '{63}'.format(" + arguments.substr(5) + ")\n"));
    std::string many;
    for (int i = 0; i < 10'001; ++i) {
        many += "n" + std::to_string(i) + " = 'v'\n";
    }
    CHECK(!cut(many));
    CHECK(cut(many + "t = n10000 + 'x'\n").has_value());
}

CUPEL_TEST(longConstantsAreWhole)
{
    const std::string filler(70'000, 'y');
    CHECK(folded("t = '" + filler + "\\x61bc'").find("yabc\"") != std::string::npos);
    std::string source = "t = (";
    for (int i = 0; i < 900; ++i) {
        source += "'" + std::string(97, 'y') + "<" + std::to_string(i) + "'\n'>'\n";
    }
    const auto text = folded(source + ")");
    for (int i = 0; i < 900; ++i) {
        CHECK(text.find("<" + std::to_string(i) + ">") != std::string::npos);
    }
    std::string numbers;
    for (int i = 0; i < 20'000; ++i) {
        numbers += "97, ";
    }
    CHECK(folded("t = bytes([" + numbers + "98])").find("ab\"") != std::string::npos);
}

CUPEL_TEST(namesOfEarlierPieces)
{
    Budget budget;
    code::FoldedNames names;
    CHECK(!code::foldStrings("a = 'ab'\n", budget, &names).cutAt);
    CHECK(!code::foldStrings("b = 'ab'\nt = b + 'c'\n", budget, &names).cutAt);
    CHECK_EQ(code::foldStrings("t = 'x' + a\n", budget, &names).cutAt.value_or(0), 10);
}
