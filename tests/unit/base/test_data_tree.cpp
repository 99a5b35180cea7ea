// SPDX-License-Identifier: GPL-3.0-or-later
// YAML and JSON as one flat tree: places, aliases, merges, and files that mean harm.
#include "analyzers/base/data_tree.h"
#include "tests/unit/check.h"

using namespace cupel;

namespace {

std::string shown(const DataTree& tree, std::uint32_t node)
{
    std::string out;
    if (tree.is(node, DataKind::Scalar)) {
        return tree.nodes()[node].text;
    }
    const bool map = tree.is(node, DataKind::Map);
    tree.each(node, [&](std::uint32_t child) {
        out += out.empty() ? "" : " ";
        out += map ? tree.nodes()[child].key + "=" : "";
        out += shown(tree, child);
    });
    return (map ? "{" : "[") + out + (map ? "}" : "]");
}

std::string yaml(std::string_view text)
{
    Budget budget;
    const auto tree = DataTree::fromYaml(text, budget);
    return (tree.empty() ? "" : shown(tree, 0)) + (tree.partial() ? "!" : "");
}

} // namespace

CUPEL_TEST(yamlBecomesATree)
{
    CHECK_EQ(yaml("a: 1\nb:\n  - x\n  - {c: 'd: e', f: [1, 2]}\ng: |\n  two\n  lines\n"),
        "{a=1 b=[x {c=d: e f=[1 2]}] g=two\nlines\n}");
    CHECK_EQ(yaml("a: &x {b: 1}\nc: *x\nd: &y text\ne: *y\n*y : key\n"), "{a={b=1} c={b=1} d=text e=text text=key}");
    CHECK_EQ(yaml("? [1, {a: b}]\n: value\nc: d\n"), "{=value c=d}");
    CHECK_EQ(yaml("a: 1\n---\nb: 2\n"), "{a=1}");
    CHECK_EQ(yaml("\xEF\xBB\xBF"
                  "a: 1"),
        "{a=1}");
    CHECK_EQ(yaml("a: 1\nb: {{ x }}\n: ] c"), "{a=1 b={=}}!");
    CHECK_EQ(yaml("a: &x [*x]"), "{a=[]}");
    CHECK_EQ(yaml("a: *nobody"), "{a=}");
    CHECK_EQ(yaml(""), "");
    CHECK_EQ(yaml("just text"), "just text");
}

CUPEL_TEST(placesAreBytes)
{
    Budget budget;
    const std::string_view text = "\xEF\xBB\xBF# \xC3\xA4\xE2\x82\xAC\nk\xC3\xB6y: {a: \"\xC3\xA4 b\"}\nlast: end\n";
    const auto tree = DataTree::fromYaml(text, budget);
    const auto a = tree.member(tree.member(0, "k\xC3\xB6y"), "a");
    REQUIRE(a != DataTree::none);
    CHECK_EQ(slice(text, tree.nodes()[a].bytes), "\"\xC3\xA4 b\"");
    CHECK_EQ(slice(text, tree.nodes()[tree.member(0, "last")].bytes), "end");
    CHECK_EQ(slice(text, tree.nodes()[tree.member(0, "k\xC3\xB6y")].bytes), "{a: \"\xC3\xA4 b\"}");
}

CUPEL_TEST(mergedMembersAreFound)
{
    Budget budget;
    const auto tree =
        DataTree::fromYaml("a: &a {x: 1, y: 2}\nb: &b {z: 3, <<: *a}\nc: {<<: [*b, {w: 4}], y: 5}\n", budget);
    const auto c = tree.member(0, "c");
    CHECK_EQ(tree.text(c, "x"), "1");
    CHECK_EQ(tree.text(c, "y"), "5");
    CHECK_EQ(tree.text(c, "z"), "3");
    CHECK_EQ(tree.text(c, "w"), "4");
    CHECK(tree.member(c, "v") == DataTree::none);
    CHECK(tree.member(tree.member(0, "no"), "a") == DataTree::none);
    CHECK(tree.texts(DataTree::none).empty());
}

CUPEL_TEST(jsonBecomesATree)
{
    Budget budget;
    const auto tree = DataTree::fromJson(R"({"a": [1, {"b": "c\u0064"}], "list": ["x", "y"], "t": true})", budget);
    REQUIRE(!tree.empty());
    CHECK_EQ(shown(tree, 0), "{a=[1 {b=cd}] list=[x y] t=true}");
    CHECK_EQ(tree.text(0, "t"), "true");
}

CUPEL_TEST(hostileYamlEnds)
{
    Budget budget;
    const auto times = [](std::string_view part, int count, std::string_view first = {}) {
        std::string out(first);
        for (int i = 0; i < count; ++i) {
            out += part;
        }
        return out;
    };
    for (const auto& text : {times("[", 100'000), times("{a: ", 100'000), times("- ", 100'000), times("? ", 100'000),
             times("%TAG !a! b\n", 50'000), times("[\n", 100'000), times("a: &a b\n", 50'000), times("!!", 100'000),
             times("- *a\n", 300'000, "- &a x\n"), times("'", 100'000), times("\"\\", 100'000),
             times("--- |\n", 50'000)}) {
        const auto tree = DataTree::fromYaml(text, budget);
        CHECK(tree.nodes().size() <= DataLimits{}.nodes);
    }
    CHECK(DataTree::fromYaml(times("[", 100), budget).partial());
    std::string laughs = "a: &a0 [x, x]\n";
    for (int i = 1; i < 60; ++i) {
        const auto before = "*a" + std::to_string(i - 1);
        laughs += "k" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before + ", " + before + "]\n";
    }
    const auto tree = DataTree::fromYaml(laughs, budget);
    CHECK(tree.nodes().size() < 300 && !tree.partial());
}
