// SPDX-License-Identifier: GPL-3.0-or-later
// Decisions and baselines: written and read back, re-opened, and those of other tools.
#include "analyzers/base/hash.h"
#include "analyzers/review/answers.h"
#include "analyzers/review/baseline.h"
#include "analyzers/review/decision_set.h"
#include "analyzers/review/decisions.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <memory>

using namespace cupel;
using review::Decision;
using review::Decisions;
using review::DecisionState;
using test::Letters;

namespace {

Decision decision(std::string fingerprint)
{
    return {std::move(fingerprint), "c1", "CUP-SEC-X", "a.ipynb", "cell 1, line 2", review::Reason::TestData,
        "made up, \"quoted\"\nsecond line", "Ada", "2026-11-01", {}, Severity::High};
}

Finding finding(std::string fingerprint, std::string context)
{
    Finding out;
    out.fingerprint = std::move(fingerprint);
    out.context = std::move(context);
    return out;
}

} // namespace

CUPEL_TEST(decisionsComeBackAsTheyWereWritten)
{
    Decisions decisions;
    decisions.set(decision("ff"));
    decisions.set(decision("aa"));
    const auto text = decisions.write();
    std::vector<std::string> troubles;
    const auto again = Decisions::read(text, troubles);
    CHECK(troubles.empty());
    CHECK_EQ(again.write(), text);
    REQUIRE(again.find(finding("ff", "c1")) != nullptr);
    CHECK_EQ(again.find(finding("ff", "c1"))->note, decision("ff").note);
    CHECK(text.find("\"aa\"") < text.find("\"ff\""));
}

CUPEL_TEST(linesNobodyUnderstandsAreKept)
{
    std::vector<std::string> troubles;
    const std::string text = "{\"kind\": \"of a later version\"}\nnot json\n";
    const auto decisions = Decisions::read(text, troubles);
    CHECK_EQ(troubles.size(), 2U);
    CHECK(decisions.empty());
    CHECK_EQ(decisions.write(), text);
}

// A word that is no day sorts behind all days: the decision would hold for ever.
CUPEL_TEST(whatEndsOnNoDayDoesNotCount)
{
    for (const char* day : {"tomorrow", "2026-13-01", "2026-02-31", "31.12.2026", "2026-1-1", "20261231", "never"}) {
        auto made = decision("aa");
        made.expires = day;
        Decisions written;
        written.set(made);
        std::vector<std::string> troubles;
        const auto read = Decisions::read(written.write(), troubles);
        CHECK(read.empty());
        CHECK_EQ(troubles.size(), 1U);
        CHECK_EQ(read.write(), written.write());
    }
    auto made = decision("aa");
    made.expires = "2028-02-29";
    Decisions written;
    written.set(made);
    std::vector<std::string> troubles;
    CHECK(!Decisions::read(written.write(), troubles).empty());
    CHECK(troubles.empty());
}

CUPEL_TEST(membersNobodyUnderstandsAreKept)
{
    const std::string known =
        R"({"artifact":"a.ipynb","place":"cell 1","rule":"CUP-X","reason":"test-data","note":"made up",)"
        R"("author":"Ada","decided":"2026-11-01","fingerprint":"aa","context":"c1")";
    const std::string more =
        R"("ticket": {"id": 1.0, "tags" : ["x","}"]},"caf\u00e9":"\u00e9","big":12345678901234567890123)";
    const std::string text = known + ',' + more + "}\n";
    std::vector<std::string> troubles;
    auto decisions = Decisions::read(text, troubles);
    CHECK(troubles.empty());
    CHECK_EQ(decisions.write(), text);
    // Decided anew, what another program wrote beside it stays.
    auto again = *decisions.find(finding("aa", "c1"));
    again.more.clear();
    again.note = "still made up";
    decisions.set(again);
    CHECK(decisions.write().find(more) != std::string::npos);
    CHECK(decisions.write().find("still made up") != std::string::npos);
    // In front, in the middle, with a key that only reads like a known one.
    const std::string odd = "{\"x\": [], " + known.substr(1) + ",\"n\\u006fte\": \"made up\"}\n";
    const auto rest = Decisions::read(odd, troubles);
    CHECK_EQ(rest.find(finding("aa", "c1"))->more, "\"x\": []");
    CHECK_EQ(rest.write(), known + ",\"x\": []}\n");
    // A known member of another kind: the line is of a later version.
    const std::string later = "{\"note\": {\"en\": \"x\"}, \"fingerprint\": \"bb\", \"reason\": \"test-data\"}\n";
    CHECK_EQ(Decisions::read(later, troubles).write(), later);
    CHECK_EQ(troubles.size(), 1U);
}

CUPEL_TEST(aDecisionEndsWithItsDayAndWithItsLine)
{
    Decisions decisions;
    auto made = decision("ff");
    made.expires = "2026-12-31";
    decisions.set(made);
    CHECK(decisions.stateOf(finding("ff", "c1"), "2026-12-31") == DecisionState::Active);
    CHECK(decisions.stateOf(finding("ff", "c1"), "2027-01-01") == DecisionState::Expired);
    CHECK(decisions.stateOf(finding("ff", "c2"), "2026-12-31") == DecisionState::Reopened);
    CHECK(decisions.stateOf(finding("00", "c1"), "2026-12-31") == DecisionState::None);
    CHECK(decisions.remove({"ff", "a.ipynb"}) && decisions.empty());
}

CUPEL_TEST(aDecisionEndsWhereItIsGraver)
{
    Decision decided = decision("f1");
    decided.severity = Severity::Medium;
    auto seen = finding("f1", "c1");
    seen.severity = Severity::Medium;
    CHECK(stateOf(decided, seen, "2026-11-02") == DecisionState::Active);
    seen.severity = Severity::Critical;
    CHECK(stateOf(decided, seen, "2026-11-02") == DecisionState::Reopened);
    decided.severity.reset(); // written before severities were
    CHECK(stateOf(decided, seen, "2026-11-02") == DecisionState::Active);
}

// Equal headers of two tables are one fingerprint: what was said about the people of one is nothing about the others'.
CUPEL_TEST(aDecisionIsAboutItsValues)
{
    Decisions decisions;
    auto first = decision("f1");
    first.values = "1a2b3";
    decisions.set(first);
    auto seen = finding("f1", "c1");
    seen.location.artifact = "work/a.ipynb";
    seen.values = "1a2b3";
    CHECK(decisions.stateOf(seen, "2026-11-02") == DecisionState::Active);
    seen.values = "00000"; // run again, with others
    CHECK(decisions.stateOf(seen, "2026-11-02") == DecisionState::Reopened);
    seen.location.artifact = "work/b.ipynb";
    CHECK(decisions.stateOf(seen, "2026-11-02") == DecisionState::None);
    seen.values = "1a2b3"; // a copy
    CHECK(decisions.stateOf(seen, "2026-11-02") == DecisionState::Active);
    // Each file keeps what was decided for it.
    auto second = decision("f1");
    second.artifact = "b.ipynb";
    second.values = "00000";
    second.note = "others";
    decisions.set(second);
    CHECK_EQ(decisions.all().size(), 2);
    std::vector<std::string> troubles;
    const auto again = Decisions::read(decisions.write(), troubles);
    CHECK_EQ(again.write(), decisions.write());
    seen.values = "00000";
    CHECK_EQ(again.find(seen)->note, second.note);
    seen.location.artifact = "work/a.ipynb";
    seen.values = first.values;
    CHECK_EQ(again.find(seen)->note, first.note);
}

// Where values are not told, what was decided is about its own file.
CUPEL_TEST(valuesThatAreNotToldStayInTheirFile)
{
    Decisions decisions;
    auto made = decision("f1");
    made.values = "-";
    decisions.set(made);
    auto seen = finding("f1", "c1");
    seen.location.artifact = "work/a.ipynb";
    seen.values = "-";
    CHECK(decisions.stateOf(seen, "2026-11-02") == DecisionState::Active);
    seen.values = "3f2"; // long enough to be told now
    CHECK(decisions.stateOf(seen, "2026-11-02") == DecisionState::Reopened);
    seen.values = "-";
    seen.location.artifact = "work/b.ipynb";
    CHECK(decisions.stateOf(seen, "2026-11-02") == DecisionState::None);
    // A line of before values were told holds on in its file, and says nothing about another.
    Decisions before;
    before.set(decision("f1"));
    seen.values = "3f2";
    CHECK(before.stateOf(seen, "2026-11-02") == DecisionState::None);
    seen.location.artifact = "work/a.ipynb";
    CHECK(before.stateOf(seen, "2026-11-02") == DecisionState::Active);
}

CUPEL_TEST(valuesThatChangePlacesKeepTheirDecisions)
{
    Decisions decisions;
    auto first = decision("f1");
    first.values = "111";
    auto second = decision("f2");
    second.values = "222";
    second.rule = first.rule;
    decisions.set(first);
    decisions.set(second);
    auto seen = finding("f1", "c1");
    seen.rule = first.rule;
    seen.location.artifact = "work/a.ipynb";
    seen.values = "222";
    REQUIRE(decisions.find(seen) != nullptr);
    CHECK_EQ(decisions.find(seen)->fingerprint, std::string("f2"));
    CHECK(decisions.stateOf(seen, "2026-11-02") == DecisionState::Active);
    CHECK(decisions.remove({"f2", "a.ipynb"}));
    CHECK(decisions.stateOf(seen, "2026-11-02") == DecisionState::Reopened);
}

CUPEL_TEST(theBestOfSeveralDecisionsCounts)
{
    Decisions decisions;
    const auto add = [&decisions](const char* artifact, const char* values, const char* expires) {
        auto made = decision("f1");
        made.artifact = artifact;
        made.values = values;
        made.expires = expires;
        decisions.set(made);
    };
    add("z/a.ipynb", "000", ""); // of the same name, elsewhere
    add("c.ipynb", "3f2", "2026-10-01"); // a copy, expired
    add("d.ipynb", "3f2", "2027-10-01"); // a copy that holds
    auto seen = finding("f1", "c1");
    seen.values = "3f2";
    seen.location.artifact = "a.ipynb";
    REQUIRE(decisions.find(seen) != nullptr);
    CHECK_EQ(decisions.find(seen)->artifact, std::string("d.ipynb"));
    add("sub/a.ipynb", "3f2", "");
    CHECK_EQ(decisions.find(seen)->artifact, std::string("sub/a.ipynb")); // the review began below
    add("a.ipynb", "3f2", "2026-12-01");
    seen.location.artifact = "/home/x/a.ipynb";
    CHECK_EQ(decisions.find(seen)->artifact, std::string("a.ipynb"));
}

// Roots beside each other: each keeps its own, in a report too.
CUPEL_TEST(foldersBesideEachOtherStayApart)
{
    review::DecisionSet set;
    set.today = "2026-11-02";
    for (const char* folder : {"/p/one", "/p/two"}) {
        Decisions decisions;
        auto made = decision("ff");
        made.note = folder;
        decisions.set(made);
        auto nameless = decision("aa");
        nameless.artifact.clear();
        decisions.set(nameless);
        set.folders.push_back({folder, decisions});
    }
    const auto all = set.flat();
    for (const char* folder : {"/p/one", "/p/two"}) {
        auto seen = finding("ff", "c1");
        seen.location.artifact = std::string(folder) + "/a.ipynb";
        REQUIRE(all.find(seen) != nullptr);
        CHECK_EQ(all.find(seen)->note, std::string(folder));
        seen.fingerprint = "aa";
        CHECK(all.find(seen) != nullptr);
    }
}

CUPEL_TEST(aDecisionKnowsItsFile)
{
    auto seen = finding("f1", "c1");
    for (const char* path : {"a.ipynb", "work/a.ipynb", "/home/x/work/a.ipynb"}) {
        seen.location.artifact = path;
        CHECK(!isForAnotherFile(decision("f1"), seen));
    }
    for (const char* path : {"b.ipynb", "ba.ipynb", "work/b.ipynb"}) {
        seen.location.artifact = path;
        CHECK(isForAnotherFile(decision("f1"), seen));
    }
}

CUPEL_TEST(baselinesOfOtherToolsCoverTheirSecrets)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto other = test::githubToken(letters);
    Artifact artifact;
    artifact.path = "sub/t.ipynb";
    artifact.bytes = std::make_shared<const std::string>(
        test::notebookOf(test::jsonString("a = '" + token + "'\nb = '" + other + "'\n")));
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    const auto analysis = engine::analyze(std::move(artifact), options, budget);
    REQUIRE(analysis.findings.size() == 2);

    const auto covered = [&](const std::string& text) {
        const auto baseline = review::Baseline::read(text);
        std::size_t count = 0;
        for (const auto& finding : analysis.findings) {
            count += baseline.ok() && baseline.value().covers(analysis, finding) ? 1 : 0;
        }
        return count;
    };
    const auto entry = R"({"type": "x", "line_number": 1, "hashed_secret": ")" + sha1Hex(token) + "\"";
    CHECK_EQ(covered(R"({"version": "1.5.0", "results": {"t.ipynb": [)" + entry + "}]}}"), 1U);
    CHECK_EQ(covered(R"({"version": "1.5.0", "results": {"t.ipynb": [)" + entry + R"(, "is_secret": true}]}})"), 0U);
    CHECK_EQ(covered(R"({"version": "1.5.0", "results": {"other.ipynb": [)" + entry + "}]}}"), 0U);
    CHECK_EQ(covered(R"([{"RuleID": "r", "File": "sub/t.ipynb", "StartLine": 99, "Secret": ")" + other + "\"}]"), 1U);
    CHECK_EQ(covered(R"([{"RuleID": "r", "File": "sub/t.ipynb", "StartLine": 1, "Secret": "REDACTED"}])"), 2U);
    CHECK_EQ(covered(R"({"schema": "cupel.scan/1", "findings": [{"fingerprint": ")" + analysis.findings[1].fingerprint
                 + "\"}]}"),
        1U);
    for (const char* bad : {"", "{}", "[1]", "{\"results\": 3}", "[[[["}) {
        CHECK(!review::Baseline::read(bad).ok());
    }
}

CUPEL_TEST(decisionsCountOnlyBelowTheirFolder)
{
    review::DecisionSet set;
    set.today = "2026-11-28";
    Decisions decisions;
    decisions.set(decision("ff"));
    set.folders.push_back({"/project/a", decisions});
    auto found = finding("ff", "c1");
    found.location.artifact = "/project/a/x.ipynb";
    CHECK(set.settles(found));
    found.location.artifact = "/project/a/z.zip!x.ipynb";
    CHECK(set.settles(found));
    found.location.artifact = "/project/ab/x.ipynb";
    CHECK(!set.settles(found));
    CHECK(set.find(found) == nullptr);

    // The innermost folder that knows it.
    auto inner = decision("ff");
    inner.reason = review::Reason::Mitigated;
    Decisions below;
    below.set(inner);
    set.folders.push_back({"/project/a/sub", below});
    found.location.artifact = "/project/a/sub/x.ipynb";
    REQUIRE(set.find(found) != nullptr);
    CHECK(set.find(found)->reason == review::Reason::Mitigated);
}

// Copies share what was decided: whatever becomes of one, the other stays as it was.
CUPEL_TEST(copiesStandForThemselves)
{
    auto first = std::make_unique<Decisions>();
    first->set(decision("bb"));
    first->set(decision("aa"));
    Decisions copy = *first;
    auto changed = decision("aa");
    changed.note = "another";
    copy.set(changed);
    CHECK(copy.remove({"bb", "a.ipynb"}));
    CHECK_EQ(first->all().size(), 2);
    CHECK_EQ(first->find(finding("aa", "c1"))->note, decision("aa").note);
    first.reset();
    REQUIRE(copy.find(finding("aa", "c1")) != nullptr);
    CHECK_EQ(copy.find(finding("aa", "c1"))->note, std::string("another"));
    CHECK_EQ(copy.all().begin()->first.first, std::string_view("aa"));
    CHECK_EQ(copy.all().size(), 1);
}

// A report has one list: where two folders decide about one finding, the inner one counts.
CUPEL_TEST(foldersBecomeOneList)
{
    review::DecisionSet set;
    Decisions outer;
    auto ofOuter = decision("ff");
    ofOuter.artifact = "sub/a.ipynb";
    outer.set(ofOuter);
    outer.set(decision("aa"));
    auto changed = decision("ff");
    changed.reason = review::Reason::Mitigated;
    Decisions inner;
    inner.set(changed);
    set.folders.push_back({"/project/a/sub", inner});
    set.folders.push_back({"/project/a", outer});
    const auto all = set.flat();
    CHECK_EQ(all.all().size(), 2);
    auto found = finding("ff", "c1");
    found.location.artifact = "/project/a/sub/a.ipynb";
    CHECK(all.find(found)->reason == review::Reason::Mitigated);
}

CUPEL_TEST(anAcceptedFindingSaysByWhomAndUntilWhen)
{
    review::Decision decision;
    decision.author = "Ada";
    CHECK_EQ(review::acceptedWords(decision), std::string("accepted by Ada"));
    decision.expires = "2027-01-31";
    CHECK_EQ(review::acceptedWords(decision), std::string("accepted by Ada until 2027-01-31"));
    decision.reason = review::Reason::FalsePositive;
    CHECK_EQ(review::acceptedWords(decision), std::string("called a false positive by Ada until 2027-01-31"));
}

// Whichever report says it, and whether the decision is at hand or only what was written down of it.
CUPEL_TEST(whoHasAnsweredIsSaidInOneWay)
{
    Decisions decisions;
    auto made = decision("aa");
    made.author = "Ada";
    made.reason = review::Reason::TestData;
    decisions.set(made);
    auto found = finding("aa", "c1");
    CHECK(review::holding(decisions, "2026-06-01", found) != nullptr);
    CHECK_EQ(review::answerOf(decisions, "2026-06-01", found), std::string("called test data by Ada"));
    found = finding("bb", "c1");
    CHECK(review::holding(decisions, "2026-06-01", found) == nullptr);
    found.settled = "test-data";
    CHECK_EQ(review::answerOf(decisions, "2026-06-01", found), std::string("called test data"));
    found.settledNote = "Ada: made up";
    CHECK_EQ(review::answerOf(decisions, "2026-06-01", found), std::string("called test data by Ada: made up"));
    found.settled = "baseline";
    CHECK_EQ(review::answerOf(decisions, "2026-06-01", found), std::string("known from a baseline"));
}
