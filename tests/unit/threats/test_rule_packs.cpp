// SPDX-License-Identifier: GPL-3.0-or-later
// Rules that users add are asked like the built-in ones; what is wrong with one is said with its line, whatever the
// file holds.
#include "analyzers/threats/assess.h"
#include "analyzers/threats/knowledge/rule_packs.h"
#include "tests/unit/check.h"

#include <algorithm>

using namespace cupel;
using namespace cupel::threats;

namespace {

const std::string head = "id\tkind\tscope\tcondition\ttitle\tlikelihood\timpact\n";

std::string troublesOf(const std::string& text)
{
    RuleSet set = builtInSet();
    addPack(set, "own.tsv", text);
    std::string out;
    for (const auto& trouble : set.troubles) {
        out += toString(trouble) + '\n';
    }
    return out;
}

ThreatModel drawn()
{
    ThreatModel model;
    for (const char* id : {"a", "b"}) {
        Element element;
        element.id = element.name = id;
        element.kind = "dataset";
        model.elements.push_back(element);
    }
    setAttribute(model.elements[0], "pii", "true", Origin::Scanned);
    return model;
}

} // namespace

CUPEL_TEST(anOwnRuleFires)
{
    RuleSet set = builtInSet();
    const auto builtIn = set.rules.size();
    CHECK_EQ(
        addPack(set, "own.tsv", "# ours\n" + head + "own-people\tdataset\telement\tpii\tPeople in data\t4\t5\n"), 1U);
    CHECK(set.troubles.empty());
    CHECK_EQ(set.rules.size(), builtIn + 1);
    CHECK_EQ(set.packOf.at("own-people"), "own.tsv");
    auto model = drawn();
    assess(model, {}, set.rules, builtInEvidence(), {1'000});
    const auto is = [](const Threat& one) { return one.rule == "own-people"; };
    CHECK_EQ(std::count_if(model.threats.begin(), model.threats.end(), is), 1);
    const auto found = std::find_if(model.threats.begin(), model.threats.end(), is);
    REQUIRE(found != model.threats.end());
    CHECK_EQ(found->target, "a");
    CHECK_EQ(found->impact, 5);
    REQUIRE(!found->why.empty());
    CHECK_EQ(found->why.front().key, "pii");
}

CUPEL_TEST(whatIsWrongIsSaidWithItsLine)
{
    CHECK_EQ(troublesOf(head + "x-1\tdataset\telement\tpii and\tT\t4\t5\n").substr(0, 10), "own.tsv:2:");
    CHECK(troublesOf(head + "\n\nx 1\tdataset\telement\tpii\tT\t4\t5\n").starts_with("own.tsv:4: an id is"));
    CHECK(troublesOf(head + "x@a\tdataset\telement\tpii\tT\t4\t5\n").starts_with("own.tsv:2: an id is"));
    CHECK(troublesOf(head + "x\trocket\telement\tpii\tT\t4\t5\n").starts_with("own.tsv:2: no element is of"));
    CHECK(troublesOf(head + "x\tdataset\tsideways\tpii\tT\t4\t5\n").starts_with("own.tsv:2: a rule needs"));
    CHECK(troublesOf(head + "x\tdataset\telement\tpii\tT\t9\t5\n").starts_with("own.tsv:2: likelihood is"));
    CHECK(
        troublesOf(head + "x\tdataset\telement\tpii\tT\t4\t5\tmore\n").starts_with("own.tsv:2: there are more cells"));
    CHECK(
        troublesOf(head + "nb-hardcoded-secret\tnotebook\telement\tpii\tT\t4\t5\n").starts_with("own.tsv:2: another"));
    CHECK(troublesOf("id\tkind\n").starts_with("own.tsv: there is no rule"));
    CHECK(troublesOf("id\tkind\nx\tdataset\n").starts_with("own.tsv:1: the first line names no column"));
    CHECK(troublesOf(head + "x\tdataset\telement\tpii\tT\x01\t4\t5\n").starts_with("own.tsv:2: a cell holds"));
    CHECK(troublesOf(std::string(2 << 20, 'a')).starts_with("own.tsv: it is too large"));
    CHECK(
        troublesOf(head + "x\tdataset\telement\t" + std::string(3'000, '(') + "\tT\t4\t5\n").starts_with("own.tsv:2:"));
    CHECK(!troublesOf(std::string(4'000, '\t') + "\n\xFF\xFE\n").empty());
    // A sound one beside it counts all the same.
    RuleSet set = builtInSet();
    CHECK_EQ(
        addPack(set, "own.tsv", head + "x\tdataset\telement\t(\tT\t1\t1\ny\tdataset\telement\tpii\tT\t1\t1\n"), 1U);
    CHECK_EQ(set.troubles.size(), 1U);
    std::string many = head;
    for (int i = 0; i < 400; ++i) {
        many += "r" + std::to_string(i) + "\tdataset\telement\tpii\tT\t1\t1\n";
    }
    RuleSet bounded = builtInSet();
    CHECK_EQ(addPack(bounded, "many.tsv", many), 300U);
    CHECK_EQ(bounded.troubles.size(), 1U);
}

CUPEL_TEST(whatIsDraftedReadsBack)
{
    RuleDraft draft;
    draft.kind = "dataset";
    draft.condition = "pii and not encrypted_at_rest";
    draft.title = "People,\tnot encrypted\n";
    RuleSet set = builtInSet();
    draft.id = freshId(set, draft.title);
    CHECK_EQ(draft.id, "own-people-not-encrypted");
    CHECK(ruleOf(draft).ok());
    CHECK_EQ(addPack(set, "own.tsv", std::string(packHead()) + packLine(draft)), 1U);
    CHECK_EQ(set.rules.back().title, "People, not encrypted ");
    CHECK_EQ(freshId(set, draft.title), "own-people-not-encrypted-2");
    draft.condition = "pii and";
    CHECK(!ruleOf(draft).ok());
}
