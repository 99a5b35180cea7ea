// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue: described whole, one by one, or only counted; and the sink, of which the worst must not fall out.
#include "analyzers/rules/rule_set.h"
#include "analyzers/rules/sink.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <thread>

using namespace cupel;

CUPEL_TEST(rules_are_counted_without_being_built)
{
    CHECK(rules::catalogueSize() > 900);
    CHECK_EQ(rules::catalogueSize(), rules::catalogue().size());
}

CUPEL_TEST(one_rule_is_what_the_catalogue_says)
{
    for (const auto& rule : rules::catalogue()) {
        const auto* found = rules::findRule(rule.id);
        REQUIRE(found);
        CHECK_EQ(found->id, rule.id);
        CHECK_EQ(found->title, rule.title);
        CHECK_EQ(found->cls, rule.cls);
        CHECK_EQ(found->whatHappens, rule.whatHappens);
        CHECK(found->family == rule.family && found->severity == rule.severity && found->checks == rule.checks);
        CHECK(found->references.url == rule.references.url && found->references.cwe == rule.references.cwe);
    }
    CHECK(!rules::findRule("CUP-NO-SUCH-RULE"));
    CHECK(!rules::findRule(""));
}

CUPEL_TEST(threads_find_the_same_rule)
{
    const RuleInfo* found[4] = {};
    {
        std::vector<std::jthread> threads;
        for (auto& one : found) {
            threads.emplace_back([&one] { one = rules::findRule("CUP-PKL-PROCESS"); });
        }
    }
    CHECK(
        found[0] && std::all_of(std::begin(found), std::end(found), [&](const auto* one) { return one == found[0]; }));
}

CUPEL_TEST(many_harmless_hits_push_out_none_that_matters)
{
    Analysis analysis;
    analysis.artifact.path = "a.bin";
    analysis.artifact.bytes = std::make_shared<const std::string>(4'000, 'x');
    Limits limits;
    limits.findingsPerRule = 10;
    rules::FindingSink sink(analysis.artifact, analysis.facts, limits);
    const auto add = [&sink](std::uint64_t at, Severity severity, bool allowed = false) {
        rules::Hit hit;
        hit.rule = "CUP-PKL-CONTRACT";
        hit.bytes = {at, at + 1};
        hit.severity = severity;
        hit.allowed = allowed;
        sink.add(std::move(hit));
    };
    for (std::uint64_t i = 0; i < 100; ++i) {
        add(i, i % 2 == 0 ? Severity::Medium : Severity::Critical, i % 2 == 1);
    }
    add(2'000, Severity::Low);
    add(2'001, Severity::Critical);
    add(2'002, Severity::High);
    add(2'003, Severity::Medium);
    std::move(sink).finish(analysis);
    CHECK_EQ(analysis.findings.size() + analysis.allowed.size(), 10U);
    CHECK_EQ(analysis.droppedFindings, 94U);
    const auto count = [&analysis](Severity severity) {
        return std::count_if(analysis.findings.begin(), analysis.findings.end(),
            [severity](const Finding& finding) { return finding.severity == severity; });
    };
    CHECK_EQ(count(Severity::Critical), 1);
    CHECK_EQ(count(Severity::High), 1);
    CHECK_EQ(count(Severity::Medium), 8);
    CHECK_EQ(count(Severity::Low), 0);
    CHECK(analysis.allowed.empty());
}

// What a rule says of its consequence fits its class: nobody acts "at Any", and a number of a list names nobody alone.
CUPEL_TEST(consequencesFitTheirClass)
{
    for (const auto& rule : rules::catalogue()) {
        CHECK(rule.whatHappens.find("at Any ") == std::string::npos);
    }
    const auto* assignment = rules::findRule("CUP-PII-CROWD-ASSIGNMENT-ID");
    const auto* mail = rules::findRule("CUP-PII-EMAIL");
    REQUIRE(assignment != nullptr && mail != nullptr);
    CHECK(assignment->whatHappens.find("pass oneself off") == std::string::npos);
    CHECK(mail->whatHappens.find("pass oneself off") != std::string::npos);
}
