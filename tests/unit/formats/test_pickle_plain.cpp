// SPDX-License-Identifier: GPL-3.0-or-later
// Plain data in bulk: the quick way through it gives what the careful one gives, and what a call gave back outlives
// hundreds of thousands of containers in heap and memo.
#include "analyzers/base/budget.h"
#include "analyzers/formats/pickle/heap.h"
#include "analyzers/formats/pickle/memo.h"
#include "analyzers/formats/pickle/value_stack.h"
#include "analyzers/formats/registry.h"
#include "tests/unit/check.h"

#include "analyzers/formats/pickle/pickle_facts.h"

#include <algorithm>
#include <array>
#include <span>

using namespace cupel;
using namespace cupel::formats::pickle;
using namespace std::string_view_literals;

namespace {

struct Read {
    Facts facts;
    const formats::PickleFacts* own = nullptr;

    explicit Read(std::string bytes)
    {
        Artifact artifact;
        artifact.path = "a.pkl";
        artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
        Budget budget;
        formats::findFormat("pickle")->parse(artifact, budget, facts);
        own = formats::pickleFacts(facts);
    }
    // Of the first stream: how it ends, what it does, what it makes.
    [[nodiscard]] std::string told() const
    {
        const auto& stream = own->streams.front();
        std::string out = std::to_string(stream.opcodes) + ' ' + std::string(stream.problem) + ' '
            + std::to_string(stream.problemAt) + '\n';
        for (const auto& row : own->tree) {
            out += std::string(row.depth, ' ') + row.text.text + '@' + std::to_string(row.at) + '\n';
        }
        for (const auto& line : own->program) {
            out += line.text.text + '\n';
        }
        return out;
    }
};

void collect(Heap& heap, Memo& memo, std::span<Value> roots)
{
    Heap::Collector collector(heap);
    for (auto& root : roots) {
        collector.root(root);
    }
    collector.young();
    if (collector.hasObjects()) {
        memo.eachNode([&collector](Value& value) { collector.rememberedObject(value); });
    }
    memo.eachNode([&collector](Value& value) { collector.remembered(value); });
    collector.finish();
}

void bothWays(std::span<const std::string_view> streams)
{
    for (const auto stream : streams) {
        const std::string bytes(stream);
        CHECK_EQ(Read(bytes + std::string(64, '\0')).told(), Read(bytes).told());
    }
}

} // namespace

// Near the end of the bytes the quick way is not taken: what follows STOP decides which way reads the same stream.
CUPEL_TEST(both_ways_agree)
{
    const std::array streams{"\x80\x04N\x88\x89\x87."sv, "\x80\x04K\x05M\x01\x02J\xff\xff\xff\xff\x87."sv,
        "\x80\x04]\x94(K\x01h\x00q\x07h\x07j\x07\x00\x00\x00r\x09\x00\x00\x00"
        "e."sv,
        "\x80\x04}\x94(\x8c\x01"
        "aG?\xf0\x00\x00\x00\x00\x00\x00X\x01\x00\x00\x00"
        "bC\x02xyu."sv,
        "\x80\x04\x8f\x94)\x85\x86."sv, "\x80\x04(K\x01K\x02t\x85."sv,
        "\x80\x04]K\x01"
        "a}K\x01K\x02s\x86."sv,
        // What fails: nothing to add to, no mark, no pairs, nothing there, a memo without an entry, no such opcode.
        "\x80\x04(K\x01"
        "e."sv,
        "\x80\x04]e."sv, "\x80\x04}(K\x01u."sv, "\x80\x04K\x01\x86."sv, "\x80\x04h\x05."sv, "\x80\x04\x94."sv,
        "\x80\x04K\x01(K\x02\x86."sv,
        "\x80\x04K\x01(K\x02"
        "e."sv,
        "\x80\x04]K\x01\xff."sv,
        // Adding in nested ways, to what nothing can be added to, and across a mark.
        "\x80\x04](](K\x01K\x02"
        "e}(K\x01K\x02u(K\x03t"
        "e."sv,
        "\x80\x04](K\x01](K\x02(te(K\x03K\x04te."sv,
        "\x80\x04)(K\x01"
        "e."sv,
        "\x80\x04K\x01(K\x02K\x03u."sv, "\x80\x04](K\x01K\x02u."sv,
        "\x80\x04}(K\x01"
        "e."sv,
        "\x80\x04]((K\x01"
        "e."sv,
        "\x80\x04](K\x01"
        "a."sv,
        "\x80\x04}(K\x01K\x02s."sv, "\x80\x04t."sv, "\x80\x04u."sv, "\x80\x04(((K\x01t."sv,
        "\x80\x04"
        "cfoo\nbar\n(K\x01"
        "e."sv,
        "\x80\x04"
        "cfoo\nbar\n(K\x01K\x02u."sv,
        // A special key, a name, a call behind plain data.
        "\x80\x04"
        "cfoo\nBar\n)\x81}(\x8c\x09__class__K\x01ub."sv,
        "\x80\x04]\x94(K\x01K\x02"
        "ecos\nsystem\n\x8c\x02id\x85R."sv};
    bothWays(streams);
}

CUPEL_TEST(both_ways_agree_about_the_stack_and_old_numbers)
{
    // A mark is popped first. Then what fails.
    const std::array streams{"\x80\x04K\x01"
                             "2\x86."sv,
        "\x80\x04K\x01K\x02"
        "0\x85."sv,
        "\x80\x04K\x01(0\x85."sv, "\x80\x04(I5\nI01\nL7L\nF2.5\n\x8a\x01\x05p7\ng7\nt."sv, "\x80\x04]p0\n0g0\n2\x86."sv,
        "\x80\x04K\x01K\x02"
        "0\x94h\x00\x86."sv,
        "\x80\x04(I12345678901234567890\nt."sv, "0."sv, "\x80\x04(2."sv, "\x80\x04K\x01(2."sv,
        "\x80\x04K\x01"
        "0\x94."sv,
        "\x80\x04I5x\n."sv, "\x80\x04g5\n."sv, "\x80\x04p5\n."sv,
        "\x80\x04"
        "F1.x\n."sv,
        "\x80\x04\x8a\x00\x8a\x09"
        "123456789\x86."sv};
    bothWays(streams);
}

// A pickle in base64, in Latin-1 or in hex is found wherever it stands among other texts, and nothing else is.
CUPEL_TEST(nested_ones_are_found_among_many_texts)
{
    const std::string inner = "\x80\x04\x8c\x02id\x8c\x02ok\x8c\x01zcfoo\nbar\n)R.";
    const auto unicode = [](const std::string& text) {
        std::string out = "X";
        for (unsigned i = 0; i < 4; ++i) {
            out += static_cast<char>(text.size() >> (8 * i));
        }
        return out + text;
    };
    std::string hex;
    for (const char c : inner) {
        hex += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
        hex += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
    }
    const std::string base64 = "gASMAmlkjAJva4wBemNmb28KYmFyCilSLg==";
    const std::string latin = "\xC2" + inner; // 0x80 is two bytes in UTF-8
    for (std::size_t shift = 0; shift < 40; ++shift) {
        std::string bytes = "\x80\x04](";
        for (int i = 0; i < 2'000; ++i) { // more than is searched at once
            bytes += unicode("a text of some length, no more than that, and big A behind g A " + std::to_string(i));
        }
        bytes += unicode(std::string(shift + 8, 'g'));
        for (const auto& text : {base64, latin, hex, "b'" + base64 + "'", "'" + hex + "'"}) {
            bytes += unicode(text) + unicode("another text behind it");
        }
        const Read pickle(bytes + "e.");
        const auto nested = std::find_if(pickle.own->oddities.begin(), pickle.own->oddities.end(),
            [](const formats::PickleOddity& oddity) { return oddity.code == "nested"; });
        REQUIRE(CHECK(nested != pickle.own->oddities.end()));
        CHECK_EQ(pickle.facts.children.size(), 5U);
    }
}

// The same of bytes: as they are, with and without a PROTO, and encoded.
CUPEL_TEST(nested_ones_are_found_in_bytes)
{
    const std::string named = "cfoo\nbar\n(I1\ntR.";
    const std::string stacked = "\x8c\x03"
                                "foo\x8c\x03"
                                "bar\x93)R.";
    const auto proto = std::string("\x80\x04") + stacked;
    for (const auto& inner : {named, stacked, proto, std::string("gASMA2Zvb4wDYmFykylSLg=="),
             std::string("80048c03666f6f8c036261729329522e"), "some bytes before" + proto}) {
        std::string bytes = "\x80\x04](";
        for (int i = 0; i < 50; ++i) {
            bytes += "C\x0cjust \x01 bytes";
        }
        bytes += std::string("C") + static_cast<char>(inner.size()) + inner + "e.";
        CHECK_EQ(Read(bytes).facts.children.size(), 1U);
    }
}

CUPEL_TEST(an_object_outlives_plain_data)
{
    std::string bytes = "\x80\x04"
                        "cfoo\nBar\n)R\x94"
                        "0]\x94";
    for (int i = 0; i < 400'000; ++i) {
        bytes += i % 1'000 == 0 ? "(}\x94(K\x01K\x02u" : "}\x94(K\x01K\x02u";
        bytes += i % 1'000 == 999 ? "e" : "";
    }
    bytes += "0h\x00}(\x8c\x05stateK\x01ub."sv;
    const Read pickle(std::move(bytes));
    CHECK(pickle.own->streams.front().stopped);
    CHECK_EQ(pickle.own->program.back().text.text, "result = _0");
    CHECK(std::any_of(pickle.own->program.begin(), pickle.own->program.end(),
        [](const auto& line) { return line.text.text == "_0.__setstate__({'state': 1})"; }));
}

CUPEL_TEST(the_heap_keeps_what_is_reached_and_what_is_new)
{
    Heap heap;
    Memo memo;
    std::array<Value, 1> roots{heap.make(NodeKind::List, 7)};
    const std::array<Value, 2> own{heap.makeText("kept", false, 8), Value::integer(5)};
    heap.append(roots[0], own);
    memo.put(0, heap.makeText("remembered", true, 9));
    memo.put(1, heap.make(NodeKind::Dict, 10));
    const std::array<Value, 1> item{Value::integer(3)};
    for (std::uint64_t i = 0; i < 500'000; ++i) {
        if (heap.isFull()) {
            collect(heap, memo, roots);
        }
        const auto made = heap.make(NodeKind::Tuple, 100 + i);
        CHECK(made.isNode());
        heap.append(made, item);
        memo.put(2 + i, made);
    }
    collect(heap, memo, roots);
    const auto* list = heap.node(roots[0]);
    CHECK(list && list->at == 7 && list->total == 2);
    const auto* text = list ? heap.node(heap.items(*list)[0]) : nullptr;
    CHECK(text && heap.text(*text) == "kept" && heap.items(*list)[1].number() == 5);
    const auto* remembered = heap.node(memo.get(0).value_or(Value()));
    CHECK(remembered && heap.text(*remembered) == "remembered");
    CHECK(memo.get(1) == Value::spilled(NodeKind::Dict, 10));
    CHECK(memo.get(2) == Value::spilled(NodeKind::Tuple, 100));
    for (std::uint64_t i = 500'000 - 30'000; i < 500'000; ++i) {
        const auto* node = heap.node(memo.get(2 + i).value_or(Value()));
        CHECK(node && node->at == 100 + i && heap.items(*node).size() == 1 && heap.items(*node)[0].number() == 3);
    }
}

// A container that grows for long has its elements in both halves.
CUPEL_TEST(the_heap_follows_old_containers_to_new_elements)
{
    Heap heap;
    Memo memo;
    std::array<Value, 1> roots{heap.make(NodeKind::List, 1)};
    for (std::uint64_t i = 0; i < 200; ++i) {
        const std::array<Value, 1> item{heap.make(NodeKind::Dict, 1'000 + i)};
        heap.append(roots[0], item);
        for (int k = 0; k < 1'000; ++k) {
            if (heap.isFull()) {
                collect(heap, memo, roots);
            }
            (void)heap.make(NodeKind::Tuple, 5);
        }
    }
    const auto* list = heap.node(roots[0]);
    REQUIRE(list && list->kept == 200);
    for (std::uint64_t i = 0; i < 200; ++i) {
        const auto* item = heap.node(heap.items(*list)[i]);
        CHECK(item && item->kind == NodeKind::Dict && item->at == 1'000 + i);
    }
}

// What only a younger container holds of older ones is kept with it.
CUPEL_TEST(the_heap_follows_new_containers_to_old_elements)
{
    Heap heap;
    Memo memo;
    std::array<Value, 2> roots{heap.make(NodeKind::Dict, 77), heap.make(NodeKind::List, 78)};
    const auto fill = [&] {
        while (!heap.isFull()) {
            (void)heap.make(NodeKind::Tuple, 5);
        }
        collect(heap, memo, roots);
    };
    fill();
    const std::array<Value, 1> one{roots[0]};
    const std::vector<Value> many(40, roots[1]);
    roots = {heap.make(NodeKind::Tuple, 79), heap.make(NodeKind::List, 80)};
    heap.append(roots[0], one);
    heap.append(roots[1], many);
    const auto atOf = [&](Value container, std::size_t index) {
        const auto* node = heap.node(container);
        const auto* item = node && node->kept > index ? heap.node(heap.items(*node)[index]) : nullptr;
        return item ? item->at : 0;
    };
    for (int round = 0; round < 4; ++round) {
        fill();
        CHECK_EQ(atOf(roots[0], 0), 77U);
        CHECK_EQ(atOf(roots[1], 0), 78U);
        CHECK_EQ(atOf(roots[1], 39), 78U);
    }
}

// Bytes that are no text are not searched for words: a few numbers have no sign of it by chance.
CUPEL_TEST(short_bytes_that_are_numbers_are_no_text)
{
    const auto regions = [](std::string_view content) {
        return Read("\x80\4C" + std::string(1, static_cast<char>(content.size())) + std::string(content) + ".")
            .facts.regions.size();
    };
    CHECK_EQ(regions("\xd9\xa3"
                     "A\xf1\xb7\xe2"
                     "b\x84\x91"),
        0U);
    CHECK_EQ(regions("\1\2\3 words"), 0U);
    CHECK_EQ(regions("just words"), 1U);
    CHECK_EQ(regions("gr\xc3\xb6\xc3\x9f\xc3\xa9\xc3\xa4"), 1U); // UTF-8
    CHECK_EQ(regions("Gr\xfc\xdf"
                     "e und"),
        1U); // Latin-1
    CHECK_EQ(regions("pw=hunter2" + std::string(8, '\xff')), 1U); // a word is not there by chance
    CHECK_EQ(regions(std::string(20, '\xd0') + "password = letmein"), 1U); // longer ones may be of any encoding
}

CUPEL_TEST(the_memo_counts_as_python_does)
{
    Memo memo;
    memo.put(5, Tag::None);
    CHECK_EQ(memo.count(), 1U);
    CHECK(!memo.get(0));
    memo.put(0, Tag::True);
    memo.put(0, Tag::False);
    CHECK_EQ(memo.count(), 2U);
    CHECK(memo.get(0) == Value(Tag::False));
    memo.put(4'000'000'000, Value::integer(1)); // far out
    CHECK_EQ(memo.count(), 3U);
    CHECK(memo.get(4'000'000'000) == Value::integer(1));
    CHECK(!memo.get(3'999'999'999));
    for (std::uint64_t i = 0; i < 5'000; ++i) {
        memo.put(memo.count() + 10, Value::integer(static_cast<std::int64_t>(i)));
    }
    CHECK_EQ(memo.count(), 5'003U);
    CHECK(memo.get(5'012) == Value::integer(4'999));
}

// MEMOIZE goes by the number of entries, which is lower than the last index where there are gaps.
CUPEL_TEST(what_is_remembered_behind_a_gap_takes_nothing_away)
{
    for (const std::uint64_t gap : {1U, 5U, 1'023U, 1'024U, 3'000U, 100'000U}) {
        Memo quick;
        Memo careful;
        for (auto* memo : {&quick, &careful}) {
            memo->put(gap, Tag::None);
        }
        for (std::uint64_t i = 0; i < 5'000; ++i) {
            quick.remember(Value::integer(static_cast<std::int64_t>(i)));
            careful.put(careful.count(), Value::integer(static_cast<std::int64_t>(i)));
            CHECK(quick.get(gap) == careful.get(gap));
            CHECK_EQ(quick.count(), careful.count());
        }
        for (std::uint64_t i = 0; i < 6'000; ++i) {
            CHECK(quick.get(i) == careful.get(i));
        }
    }
    const Read read("\x80\4Nq\5N\x94h\1h\5" + std::string(20, 'N') + ".");
    REQUIRE(read.own && read.own->streams.size() == 1);
    CHECK(read.own->streams[0].stopped);
}

// A collection passes over stretches without nodes: none may be missed, however the stack shrank and grew meanwhile.
CUPEL_TEST(collections_see_every_node_of_a_stack)
{
    ValueStack stack;
    std::vector<Value> same;
    const auto push = [&](Value value) {
        stack.push(value);
        same.push_back(value);
    };
    const auto cut = [&](std::size_t size) {
        stack.cut(size);
        same.resize(size);
    };
    std::uint64_t state = 1;
    const auto draw = [&state](std::uint64_t below) {
        state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return (state >> 33) % below;
    };
    for (unsigned round = 0; round < 200; ++round) {
        if (draw(3) == 0) {
            cut(draw(same.size() + 1));
        } else if (draw(20) == 0) {
            const auto gone = draw(same.size() + 1);
            stack.forget(gone);
            same.erase(same.begin(), same.begin() + static_cast<std::ptrdiff_t>(gone));
        } else {
            for (auto left = std::min<std::size_t>(draw(2'000), same.size()); left > 0; --left) {
                stack.pop();
                same.pop_back();
            }
        }
        const bool sparse = draw(2) == 0;
        for (auto left = draw(3'000); left > 0; --left) {
            push(draw(sparse ? 5'000 : 3) == 0 ? Value(Tag::Node, draw(100)) : Value::integer(7));
        }
        // As a collection does: some become another node, some none.
        std::vector<Value> seen;
        const auto change = [](Value value) {
            return value.payload() % 3 == 0 ? Value::spilled(NodeKind::List, 1) : Value(Tag::Node, value.payload() + 1);
        };
        stack.eachNode([&](Value& value) {
            seen.push_back(value);
            value = change(value);
        });
        std::vector<Value> wanted;
        for (auto value = same.rbegin(); value != same.rend(); ++value) {
            if (value->isNode()) {
                wanted.push_back(*value);
                *value = change(*value);
            }
        }
        CHECK(seen == wanted);
        CHECK(std::ranges::equal(stack.all(), same));
    }
}
