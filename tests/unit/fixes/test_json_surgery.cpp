// SPDX-License-Identifier: GPL-3.0-or-later
// Values taken out of JSON with their commas: every subset of every list leaves valid JSON with exactly the rest.
#include "analyzers/fixes/json_surgery.h"
#include "tests/unit/check.h"

#include <nlohmann/json.hpp>

using namespace cupel;
using fixes::JsonSurgery;
using nlohmann::json;

namespace {

fixes::NodeIndex nodeOf(const JsonSurgery& surgery, const std::string& text, const std::string& mark)
{
    const auto at = text.find(mark);
    return surgery.elementAround({at, at + mark.size()}, "outputs").value_or(0);
}

} // namespace

CUPEL_TEST(everySubsetOfAListLeavesTheRest)
{
    const std::string text = "{\"outputs\": [\n  {\"v\": \"aa\"},\n  {\"v\": \"bb\"}, {\"v\": \"cc\"}\n]}";
    const std::vector<std::string> marks{"\"aa\"", "\"bb\"", "\"cc\""};
    Budget budget;
    const JsonSurgery surgery(text, budget);
    REQUIRE(surgery.usable());
    for (unsigned subset = 1; subset < 8; ++subset) {
        std::set<fixes::NodeIndex> nodes;
        json expected = json::array();
        for (unsigned i = 0; i < 3; ++i) {
            if (subset >> i & 1U) {
                nodes.insert(nodeOf(surgery, text, marks[i]));
            } else {
                expected.push_back({{"v", marks[i].substr(1, 2)}});
            }
        }
        const auto after = fixes::applyEdits(text, surgery.removal(nodes));
        const auto parsed = json::parse(after, nullptr, false);
        CHECK(!parsed.is_discarded() && parsed["outputs"] == expected);
    }
}

CUPEL_TEST(membersGoWithTheirCommaAndSchemaStays)
{
    const std::string text =
        R"({"metadata": {"a": 1, "kernelspec": {"name": "x", "display_name": "y", "path": "/home/z"}}})";
    Budget budget;
    const JsonSurgery surgery(text, budget);
    const auto path = text.find("/home");
    const auto node = surgery.removableMember({path, path + 5});
    REQUIRE(node.has_value());
    CHECK_EQ(surgery.keyOf(*node), "path");
    CHECK_EQ(fixes::applyEdits(text, surgery.removal({*node})),
        R"({"metadata": {"a": 1, "kernelspec": {"name": "x", "display_name": "y"}}})");
    const auto name = text.find("\"x\"");
    CHECK(!surgery.removableMember({name, name + 3}).has_value());
}

CUPEL_TEST(brokenJsonIsNotOperatedOn)
{
    Budget budget;
    CHECK(!JsonSurgery("{\"outputs\": [{\"a\": 1}", budget).usable());
    CHECK(!JsonSurgery("", budget).usable());
}

CUPEL_TEST(whatActsGoesWithoutWhatStandsBesideIt)
{
    const std::string text =
        R"({"outputs": [{"data": {"image/png": "aa", "text/html": ["bb", "cc"], "text/plain": "dd"}},)"
        R"( {"data": {"text/html": {"data": "ee"}}}, {"name": "stdout", "text": ["ff"]}]})";
    Budget budget;
    const JsonSurgery surgery(text, budget);
    REQUIRE(surgery.usable());
    const auto without = [&](const std::string& mark) {
        const auto at = text.find(mark);
        const auto node = surgery.formAround({at, at + mark.size()});
        return node ? json::parse(fixes::applyEdits(text, surgery.removal({*node})))["outputs"].dump() : std::string();
    };
    const std::string second = R"({"data":{"text/html":{"data":"ee"}}})";
    const std::string third = R"({"name":"stdout","text":["ff"]})";
    CHECK_EQ(without("cc"), R"([{"data":{"image/png":"aa","text/plain":"dd"}},)" + second + "," + third + "]");
    CHECK_EQ(without("ee"), R"([{"data":{"image/png":"aa","text/html":["bb","cc"],"text/plain":"dd"}},)" + third + "]");
    CHECK_EQ(
        without("ff"), R"([{"data":{"image/png":"aa","text/html":["bb","cc"],"text/plain":"dd"}},)" + second + "]");
}
