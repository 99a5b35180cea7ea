// SPDX-License-Identifier: GPL-3.0-or-later
// The smallest parts: slices that never read outside, offset maps there and back, budgets that stop, digests against
// published vectors, a mailbox between threads.
#include "analyzers/base/budget.h"
#include "analyzers/base/byte_scan.h"
#include "analyzers/base/bytes.h"
#include "analyzers/base/checksums.h"
#include "analyzers/base/hash.h"
#include "analyzers/base/json_text.h"
#include "analyzers/base/mailbox.h"
#include "analyzers/base/natural_order.h"
#include "analyzers/base/offset_map.h"
#include "analyzers/base/redact.h"
#include "analyzers/base/result.h"
#include "analyzers/base/words.h"
#include "tests/unit/check.h"

#include <random>
#include <thread>

using namespace cupel;

CUPEL_TEST(sliceIsClipped)
{
    const ByteView bytes = "0123456789";
    CHECK_EQ(slice(bytes, {2, 5}), "234");
    CHECK_EQ(slice(bytes, {8, 5'000'000'000}), "89");
    CHECK_EQ(slice(bytes, {10, 12}), "");
    CHECK_EQ(slice(bytes, {5, 2}), "");
    CHECK_EQ(slice(bytes, {~0ULL, ~0ULL}), "");
}

CUPEL_TEST(rangesOverlapHalfOpen)
{
    constexpr ByteRange a{2, 5};
    CHECK(a.contains(2) && a.contains(4) && !a.contains(5));
    CHECK(a.overlaps({4, 9}) && !a.overlaps({5, 9}) && !a.overlaps({0, 2}));
    CHECK_EQ((ByteRange{5, 2}.size()), 0);
}

CUPEL_TEST(resultHoldsValueOrError)
{
    const Result<int> good(7);
    CHECK(good.ok());
    CHECK_EQ(good.value(), 7);
    const Result<int> bad(Error{ErrorCode::Truncated, 12, "the file ends early"});
    CHECK(!bad);
    CHECK_EQ(bad.error().offset, 12);
    CHECK_EQ(toString(bad.error().code), "truncated");
    CHECK(success().ok());
}

CUPEL_TEST(offsetMapIdentityWhenEmpty)
{
    const OffsetMap map;
    CHECK_EQ(map.toRaw(5), 5);
    CHECK((map.toRaw(ByteRange{2, 4}) == ByteRange{2, 4}));
    CHECK_EQ(map.toText(9, 4), 4);
}

// "a\u00e9b" as JSON at raw offset 10: text is a, é (2 bytes), b.
static OffsetMap escapedText()
{
    OffsetMap map;
    map.addLinear(0, 10);
    map.addBlock(1, 11, 6);
    map.addLinear(3, 17);
    return map;
}

CUPEL_TEST(offsetMapWidensToWholeEscapes)
{
    const auto map = escapedText();
    CHECK_EQ(map.toRaw(0), 10);
    CHECK_EQ(map.toRaw(2), 11);
    CHECK_EQ(map.toRaw(3), 17);
    CHECK((map.toRaw(ByteRange{0, 1}) == ByteRange{10, 11}));
    CHECK((map.toRaw(ByteRange{2, 3}) == ByteRange{11, 17}));
    CHECK((map.toRaw(ByteRange{0, 4}) == ByteRange{10, 18}));
}

CUPEL_TEST(offsetMapComesBack)
{
    const auto map = escapedText();
    CHECK_EQ(map.toText(10, 4), 0);
    CHECK_EQ(map.toText(13, 4), 1);
    CHECK_EQ(map.toText(17, 4), 3);
    CHECK_EQ(map.toText(18, 4), 4);
    CHECK_EQ(map.toText(5'000, 4), 4);
    CHECK_EQ(map.toText(0, 4), 0);
}

// What unescapeJson is to give, one byte at a time: its text, and the raw bytes of each byte of it.
struct SlowText {
    std::string text;
    std::vector<ByteRange> raw;
    void put(std::string_view more, std::size_t at, std::size_t length)
    {
        text += more;
        raw.insert(raw.end(), more.size(), ByteRange{at, at + length});
    }
};

static SlowText unescapedSlowly(std::string_view json)
{
    SlowText out;
    for (std::size_t at = 0; at < json.size() && json[at] != '"';) {
        const auto escape = json.substr(at, json[at] == '\\' ? 2 : 0);
        if (escape == "\\n" || escape == "\\\"") {
            out.put(escape == "\\n" ? "\n" : "\"", at, 2);
            at += 2;
        } else if (escape == "\\u") {
            out.put("\xC3\xA9", at, 6);
            at += 6;
        } else {
            out.put(json.substr(at, 1), at, 1);
            ++at;
        }
    }
    return out;
}

CUPEL_TEST(escapesAreUndoneAndTheirPlacesKept)
{
    std::mt19937 random(7);
    const std::vector<std::string_view> parts{
        "a", "\\n", "\\\"", "\\u00e9", "\t", "fourteen bytes", "0123456789abcdef", "\\q"};
    for (int round = 0; round < 3'000; ++round) {
        std::string json;
        for (auto count = random() % 40; count > 0; --count) {
            json +=
                random() % 40 == 0 ? std::string(random() % 3'000, 'x') : std::string(parts[random() % parts.size()]);
        }
        json += random() % 2 == 0 ? "\"behind" : "";
        const auto slow = unescapedSlowly(json);
        std::string text;
        OffsetMap map;
        std::uint64_t at = 0;
        bool quoted = false;
        while (at < json.size() && !quoted) { // in pieces, as long regions are read
            const auto got = unescapeJson(json, at, json.size(), true, text, map, text.size() + 1 + random() % 2'000);
            CHECK(got.end > at || got.stoppedAtQuote);
            at = got.end;
            quoted = got.stoppedAtQuote;
        }
        CHECK_EQ(text, slow.text);
        for (std::size_t i = 0; i < text.size() && i < slow.raw.size(); ++i) {
            CHECK_EQ(map.toRaw(i), slow.raw[i].start);
            CHECK((map.toRaw(ByteRange{i, i + 1}) == slow.raw[i]));
            CHECK_EQ(map.toText(slow.raw[i].start, text.size()), i - (i > 0 && slow.raw[i - 1] == slow.raw[i] ? 1 : 0));
        }
        const auto from = text.empty() ? 0 : random() % text.size();
        OffsetMap tail;
        tail.append(map, from, 5);
        for (auto i = from; i < text.size(); ++i) {
            CHECK((tail.toRaw(ByteRange{i + 5, i + 6}) == slow.raw[i]));
        }
    }
}

CUPEL_TEST(budgetStopsOnRequest)
{
    std::stop_source source;
    Budget budget(Limits{}, source.get_token());
    CHECK(budget.spend(1 << 20));
    source.request_stop();
    CHECK(!budget.spend(1 << 20));
    CHECK(budget.stopReason() == Budget::Stop::Cancelled);
    CHECK(!budget.spend(1));
}

CUPEL_TEST(budgetStopsAtDeadline)
{
    Budget budget(Limits{}, {}, Budget::Clock::now() - std::chrono::milliseconds(1));
    CHECK(budget.stopped());
    CHECK(budget.stopReason() == Budget::Stop::Deadline);
}

CUPEL_TEST(inflationIsSharedWithChildren)
{
    Limits limits;
    limits.inflatedBytes = 1'000;
    Budget parent(limits);
    Budget child = parent.child();
    CHECK(child.inflate(900));
    CHECK(!parent.inflate(200));
    CHECK(parent.stopReason() == Budget::Stop::Inflation);
}

CUPEL_TEST(sha256MatchesTheStandard)
{
    // FIPS 180-4 examples.
    CHECK_EQ(toHex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK_EQ(toHex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256Stream stream;
    stream.add("a");
    stream.add("bc");
    CHECK(stream.finish() == sha256("abc"));
    CHECK_EQ(toHex(ByteView("\x00\xff\x10", 3)), "00ff10");
}

CUPEL_TEST(mailboxKeepsOrderAcrossThreads)
{
    Mailbox<int> box;
    constexpr int count = 10'000;
    std::jthread writer([&] {
        for (int i = 0; i < count; ++i) {
            box.post(i);
        }
    });
    int expected = 0;
    for (int rounds = 0; expected < count && rounds < 10'000; ++rounds) {
        for (const int item : box.waitAndDrain(std::chrono::milliseconds(100))) {
            CHECK_EQ(item, expected);
            ++expected;
        }
    }
    CHECK_EQ(expected, count);
    CHECK(box.drain().empty());
}

CUPEL_TEST(mailboxWakesWhoeverWaits)
{
    Mailbox<int> box;
    box.wake();
    CHECK(box.waitAndDrain(std::chrono::hours(1)).empty()); // would wait for an item otherwise
    box.post(1);
    CHECK_EQ(box.waitAndDrain(std::chrono::hours(1)).size(), 1U);
}

// Every length around the blocks in which it is computed, against the definition.
CUPEL_TEST(crcIsTheDefinition)
{
    std::string bytes;
    std::uint32_t seed = 1;
    for (int i = 0; i < 700; ++i) {
        seed = seed * 1'664'525 + 1'013'904'223;
        bytes += static_cast<char>(seed >> 24);
    }
    std::uint32_t state = 0xFFFFFFFF;
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        CHECK_EQ(crc32(ByteView(bytes).substr(0, size)), ~state);
        CHECK_EQ(crc32(ByteView(bytes).substr(size / 3, size - size / 3), crc32(ByteView(bytes).substr(0, size / 3))),
            ~state);
        if (size < bytes.size()) {
            state ^= static_cast<unsigned char>(bytes[size]);
            for (int bit = 0; bit < 8; ++bit) {
                state = (state & 1) != 0 ? (state >> 1) ^ 0xEDB88320 : state >> 1;
            }
        }
    }
    CHECK_EQ(crc32("123456789"), 0xCBF43926U);
}

CUPEL_TEST(ofAHomePathOnlyTheUserIsTold)
{
    CHECK_EQ(homeBeginning("/home/ada"), 6U);
    CHECK_EQ(homeBeginning("/Users/ada"), 7U);
    CHECK_EQ(homeBeginning("C:/Users/ada"), 9U);
    CHECK_EQ(homeBeginning("C:\\Users\\ada"), 9U);
    CHECK_EQ(homeBeginning("C:\\\\Users\\\\ada"), 11U);
    CHECK_EQ(homeBeginning("/scratch/users/ada"), 15U);
    CHECK_EQ(homeBeginning("/Workspace/Users/ada@x.example"), 17U);
    CHECK_EQ(homeBeginning("/mnt/batch/tasks/shared/LS_root/mounts/clusters/ada1/code/Users/ada"), 48U);
    CHECK_EQ(homeBeginning("/mnt/adas-lab/users/ada"), 0U); // the folder tells her, too
    CHECK_EQ(homeBeginning("ada/home/"), 0U);
    CHECK_EQ(homeBeginning("/ho"), 0U);
    CHECK_EQ(homeBeginning(""), 0U);
}

CUPEL_TEST(valuesInNamesAreMaskedWholeAndCutOff)
{
    const std::string dots(maskDots);
    const auto masked = [](std::string text, ByteView value) {
        maskValue(text, value);
        return text;
    };
    CHECK_EQ(masked("a 0123456789 b 0123456789", "0123456789"), "a " + dots + " b " + dots);
    CHECK_EQ(masked("kernel 012345678\u2026", "0123456789"), "kernel " + dots + "\u2026"); // cut off
    CHECK_EQ(masked("kernel 01234567", "0123456789"), "kernel " + dots);
    CHECK_EQ(masked("0123456 0123456701234567", "0123456789"), "0123456 01234567" + dots);
    CHECK_EQ(masked("postgresql 13", "postgresql://db"), "postgresql 13"); // begins alike, goes on differently
    CHECK_EQ(masked("R and x", "R"), "R and x");
    CHECK_EQ(masked("", "0123456789"), "");
}

CUPEL_TEST(masksKeepTheMarkOfTheIssuerOnly)
{
    const std::string dots(maskDots);
    const std::string rest = "0123456789abcdefghij";
    for (const char* brand : {"ghp_", "hf_", "sk-", "AKIA", "eyJ", "npm_"}) {
        CHECK_EQ(mask(brand + rest), brand + dots);
    }
    CHECK_EQ(mask("xoxb-" + rest), "xoxb" + dots);
    for (const char* value : {"Tq4v8sd0Kl2mPz71Bq", "5vpE8WgZ2kqLm0dXy%2B", "hunter2hunter2hunter2",
             "a_b0123456789012345", "correct-horse-battery", "9-0_0123456789012345"}) {
        CHECK_EQ(mask(value), dots);
    }
    CHECK_EQ(mask("ghp_short"), dots);
}

CUPEL_TEST(aWantedByteIsFoundWhereverItStands)
{
    const auto sign = [](ByteBlock block) { return isOneOf<'/', '\xC2'>(block); };
    for (std::size_t size = 0; size < 50; ++size) {
        const std::string none(size, 'a');
        CHECK_EQ(nextByte(none, 0, sign), size);
        for (std::size_t at = 0; at < size; ++at) {
            auto text = none;
            text[at] = at % 2 == 0 ? '/' : '\xC2';
            CHECK_EQ(nextByte(text, 0, sign), at);
            CHECK_EQ(nextByte(text, at, sign), at);
            CHECK_EQ(nextByte(text, at + 1, sign), size);
        }
    }
}

CUPEL_TEST(sizesNameTheirUnit)
{
    CHECK_EQ(humanBytes(0), "0 B");
    CHECK_EQ(humanBytes(1'023), "1023 B");
    CHECK_EQ(humanBytes(1'024), "1.0 KiB");
    CHECK_EQ(humanBytes(29'198), "28.5 KiB");
    CHECK_EQ(humanBytes((1 << 20) - 1), "1.0 MiB"); // never "1024.0 KiB"
    CHECK_EQ(humanBytes(~std::uint64_t{0}), "16.0 EiB");
}

CUPEL_TEST(wordsAgreeWithTheirCount)
{
    CHECK_EQ(counted(1, "byte follows", "bytes follow"), "1 byte follows");
    CHECK_EQ(counted(0, "byte follows", "bytes follow"), "0 bytes follow");
    CHECK_EQ(agreeing("{n} {member is|members are} damaged{:|, first} {}.", true), "{n} member is damaged: {}.");
    CHECK_EQ(
        agreeing("{n} {member is|members are} damaged{:|, first} {}.", false), "{n} members are damaged, first {}.");
    for (const std::string_view plain : {"", "no {} choice", "a | b", "{a | b", "a | b}", "{n} a | b}"}) {
        CHECK_EQ(agreeing(plain, true), plain);
    }
}

CUPEL_TEST(wordsAreFoundWhereverTheyStand)
{
    for (const std::string_view words : {"x", "xy", "a word of nineteen.", "xx"}) {
        for (std::size_t size = 0; size < 60; ++size) {
            for (std::size_t at = 0; at < size; ++at) {
                auto text = std::string(at, 'x') + std::string(words);
                text.resize(size, words.back());
                for (std::size_t from = 0; from <= size; from += 7) {
                    CHECK_EQ(findText(text, words, from), text.find(words, from));
                }
                CHECK_EQ(holdsText(text, words), text.find(words) != std::string::npos);
            }
        }
    }
}

CUPEL_TEST(aMaskBecomesOneBitForEachByte)
{
    for (std::size_t at = 0; at < sizeof(ByteBlock); ++at) {
        std::string text(sizeof(ByteBlock), 'a');
        text[at] = '/';
        CHECK_EQ(bitsOf(blockAt(text, 0) == '/'), std::uint64_t(1) << at);
        CHECK_EQ(bitsOf(blockAt(text, at) == '/'), 1U); // zeros behind the end
    }
    CHECK_EQ(bitsOf(blockAt("a", 5) == 0), 0xFFFFU);
}

CUPEL_TEST(namesWithNumbersInTheirOrder)
{
    const std::vector<std::string_view> order{"", "a", "data/1", "data/2", "data/09", "data/9", "data/10", "data/10a",
        "data/100", "data/x", "e", "18446744073709551616", "28446744073709551616"};
    for (std::size_t i = 1; i + 2 < order.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            CHECK(naturallyBefore(order[k], order[i]));
            CHECK(!naturallyBefore(order[i], order[k]));
        }
    }
    CHECK(naturallyBefore(order[11], order[12])); // longer than any number of a machine
    CHECK(!naturallyBefore("a", "a"));
}
