// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles: the four that come with Cupel, own ones, and what a gate lets pass.
#include "analyzers/model/notes.h"
#include "analyzers/review/profile.h"
#include "analyzers/rules/rule_set.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <cstdio>

using namespace cupel;

namespace {

Finding finding(std::string rule, Family family, Severity severity, Confidence confidence)
{
    Finding out;
    out.rule = std::move(rule);
    out.family = family;
    out.severity = severity;
    out.confidence = confidence;
    return out;
}

Workspace workspaceOf(std::vector<Finding> findings, ReadStatus status = ReadStatus::Complete)
{
    auto analysis = std::make_shared<Analysis>();
    analysis->artifact.path = "a.ipynb";
    analysis->facts.status = status;
    analysis->findings = std::move(findings);
    Workspace workspace;
    workspace.analyses["a.ipynb"] = std::move(analysis);
    return workspace;
}

} // namespace

CUPEL_TEST(theProfilesThatComeWithCupelAreRead)
{
    for (const char* name : {"public", "customer", "regulator", "internal"}) {
        const auto* profile = review::builtInProfile(name);
        REQUIRE(profile != nullptr);
        CHECK(!profile->gates.empty() && !profile->audience.empty());
        CHECK(review::judge(*profile, workspaceOf({})).meets());
    }
    CHECK(review::builtInProfile("nobody") == nullptr);
}

CUPEL_TEST(aGateNamesWhatStopsIt)
{
    const auto& profile = *review::builtInProfile("public");
    const auto workspace = workspaceOf({finding("CUP-SEC-X", Family::Secret, Severity::Low, Confidence::Possible),
        finding("CUP-OUT-LEAK-HOME", Family::Output, Severity::Low, Confidence::Likely)});
    const auto verdict = review::judge(profile, workspace);
    CHECK(!verdict.meets());
    for (const auto& result : verdict.gates) {
        const bool stopped = result.gate.id == "secrets" || result.gate.id == "local-names";
        CHECK_EQ(result.blocking.size(), stopped ? 1U : 0U);
    }
    CHECK(review::judge(profile, workspace, [](const Finding&) { return true; }).meets());
}

CUPEL_TEST(whatSomebodyAcceptedIsNoneOfNone)
{
    const auto& profile = *review::builtInProfile("public");
    const auto workspace = workspaceOf({finding("CUP-SEC-X", Family::Secret, Severity::High, Confidence::Certain)});
    const auto verdict = review::judge(profile, workspace, [](const Finding&) { return true; });
    CHECK(verdict.meets());
    CHECK_EQ(verdict.accepted().size(), 1U);
    for (const auto& result : verdict.gates) {
        CHECK_EQ(result.clean(), result.gate.id != "secrets"); // open, and yet no check mark
        CHECK_EQ(result.accepted.size(), result.gate.id == "secrets" ? 1U : 0U);
    }
    auto allowed = std::make_shared<Analysis>(*workspace.analyses.begin()->second);
    allowed->allowed = std::move(allowed->findings);
    allowed->findings.clear();
    Workspace commented;
    commented.analyses["a.ipynb"] = std::move(allowed);
    CHECK(review::judge(profile, commented).meets());
    CHECK(!review::judge(profile, commented).gates.front().clean());
}

CUPEL_TEST(codeThatNobodyJudgesIsNotClean)
{
    auto analysis = std::make_shared<Analysis>();
    analysis->facts.diagnostics.push_back(
        {std::string(codeNotJudged), "Code in Julia is not judged", 0, DiagnosticLevel::Note});
    Workspace workspace;
    workspace.analyses["a.ipynb"] = std::move(analysis);
    bool told = false;
    const auto verdict = review::judge(*review::builtInProfile("public"), workspace);
    for (const auto& result : verdict.gates) {
        told = told || (!result.clean() && result.passed() && result.notJudged.size() == 1);
    }
    CHECK(verdict.meets());
    CHECK(told);
}

// What nobody looked at is said, and what a person has looked at too; neither stops a file.
CUPEL_TEST(picturesAndOrderThatNobodyKnowsAreSaid)
{
    auto analysis = std::make_shared<Analysis>();
    analysis->pictures = 3;
    analysis->facts.diagnostics.push_back(
        {std::string(codeNoRunNumbers), "No cell has a run number", 0, DiagnosticLevel::Note});
    Workspace workspace;
    workspace.analyses["a.ipynb"] = std::move(analysis);
    const auto& profile = *review::builtInProfile("regulator");
    const auto gateOf = [](const review::Verdict& verdict, std::string_view id) {
        return *std::find_if(
            verdict.gates.begin(), verdict.gates.end(), [id](const auto& g) { return g.gate.id == id; });
    };
    const auto unseen = review::judge(profile, workspace);
    CHECK(unseen.meets());
    CHECK(!gateOf(unseen, "personal-data").clean() && gateOf(unseen, "personal-data").picturesSeen == 0);
    CHECK(!gateOf(unseen, "order").clean());
    CHECK(gateOf(unseen, "secrets").clean());
    const auto seen = review::judge(profile, workspace, {}, {{"a.ipynb", 3}});
    CHECK(gateOf(seen, "personal-data").clean() && gateOf(seen, "personal-data").picturesSeen == 3);
    const auto some = gateOf(review::judge(profile, workspace, {}, {{"a.ipynb", 2}}), "personal-data");
    REQUIRE(CHECK_EQ(some.notJudged.size(), 1));
    CHECK_EQ(some.notJudged[0], std::string("What 1 of 3 pictures shows is not read: a person has to look at it"));
    CHECK_EQ(some.picturesSeen, 2);
}

CUPEL_TEST(whatWasNotReadIsAReason)
{
    const auto verdict = review::judge(*review::builtInProfile("internal"), workspaceOf({}, ReadStatus::Partial));
    CHECK(!verdict.meets());
    CHECK_EQ(verdict.gates.back().unread.size(), 1U);
}

CUPEL_TEST(ownProfilesAreCheckedWordByWord)
{
    const auto good = review::readProfile(
        R"(// ours
{"name": "ours", "gates": [{"id": "a", "title": "A", "families": ["secret"], "atLeast": "high", "confidence": "likely"}]})");
    REQUIRE(good.ok());
    CHECK_EQ(good.value().title, "ours");
    CHECK(!review::blocks(
        good.value().gates[0], finding("CUP-SEC-X", Family::Secret, Severity::Medium, Confidence::Certain)));
    CHECK(review::blocks(
        good.value().gates[0], finding("CUP-SEC-X", Family::Secret, Severity::High, Confidence::Likely)));
    for (const char* bad :
        {"", "[]", "{", R"({"name": "x"})", R"({"name": "x", "gates": [{"id": "a", "title": "A"}]})",
            R"({"name": "x", "gates": [{"id": "a", "title": "A", "families": ["sekret"]}]})",
            R"({"name": "x", "gates": [{"id": "a", "title": "A", "complete": true, "atLeast": "hihg"}]})",
            R"({"name": "x", "gates": [{"id": "a", "title": "A", "complete": true, "colour": 1}]})",
            R"({"name": 7, "gates": []})", R"({"name": "x", "gates": []})",
            R"({"name": "x", "gates": [{"id": "a", "title": "A", "rules": ["CUP-NOPE"]}]})",
            R"({"name": "x", "gates": [{"id": "a", "title": "A", "families": ["pii"], "except": ["CUP-PII-NOPE-*"]}]})"}) {
        CHECK(!review::readProfile(bad).ok());
    }
}

CUPEL_TEST(whatStaysBelowAGateIsSaid)
{
    const auto possible = workspaceOf({finding("CUP-PII-EMAIL", Family::Pii, Severity::Medium, Confidence::Possible)});
    const auto gateOf = [](const review::Verdict& verdict, std::string_view id) {
        for (const auto& result : verdict.gates) {
            if (result.gate.id == id) {
                return result;
            }
        }
        return review::GateResult();
    };
    // For everybody: also what is only possible, when it is grave.
    CHECK(!review::judge(*review::builtInProfile("public"), possible).meets());
    const auto customer = review::judge(*review::builtInProfile("customer"), possible);
    CHECK(customer.meets());
    const auto gate = gateOf(customer, "personal-data");
    CHECK(gate.passed() && !gate.clean());
    CHECK_EQ(gate.unsure, 1U);
    CHECK_EQ(review::belowWords(gate), "1 finding stays: 1 medium, only possible: not sure enough for this gate");
    const auto mild = workspaceOf({finding("CUP-OUT-SCRIPT", Family::Output, Severity::Low, Confidence::Certain)});
    const auto outputs = gateOf(review::judge(*review::builtInProfile("public"), mild), "outputs");
    CHECK(outputs.passed() && !outputs.clean());
    CHECK_EQ(review::belowWords(outputs), "1 finding stays: 1 low, milder than what this gate stops");
    // In which order cells ran is no danger.
    const auto order = workspaceOf({finding("CUP-ORD-NEVER-RUN", Family::Code, Severity::Low, Confidence::Certain)});
    CHECK(gateOf(review::judge(*review::builtInProfile("public"), order), "code").clean());
    CHECK(!review::readProfile(R"({"name": "x", "gates": [{"id": "a", "title": "A", "families": ["pii"], )"
                               R"("possibleAtLeast": "much"}]})")
            .ok());
}

// What only an address tells goes when the address goes: no scan would find it afterwards.
CUPEL_TEST(whatAnAddressTellsGoesWithIt)
{
    auto name = finding("CUP-PII-PERSON-NAME", Family::Pii, Severity::Low, Confidence::Likely);
    const auto mail = finding("CUP-PII-EMAIL", Family::Pii, Severity::Medium, Confidence::Likely);
    const auto& customer = *review::builtInProfile("customer");
    const auto stops = [&customer](const std::vector<Finding>& findings) {
        const auto workspace = workspaceOf(findings);
        const auto& analysis = *workspace.analyses.begin()->second;
        return review::stops(customer, analysis, analysis.findings.front());
    };
    CHECK(!stops({name, mail})); // told by itself
    name.arguments["told by"] = mail.rule;
    CHECK(stops({name, mail}));
    CHECK(!stops({name})); // nothing of the kind goes
    // Authors in the metadata are names, not something that acts.
    const auto authors = finding("CUP-OUT-META-AUTHORS", Family::Output, Severity::Low, Confidence::Certain);
    const auto verdict = review::judge(*review::builtInProfile("public"), workspaceOf({authors}));
    for (const auto& result : verdict.gates) {
        CHECK_EQ(result.blocking.empty(), result.gate.id != "local-names");
    }
}

// Whoever unpacks it loses files, whomever it comes from.
CUPEL_TEST(anArchiveThatLeavesItsFolderStopsEveryProfile)
{
    for (const char* rule : {"CUP-ZIP-SLIP", "CUP-TAR-SLIP", "CUP-TAR-LINK", "CUP-SEVENZIP-SLIP"}) {
        const auto* info = rules::findRule(rule);
        REQUIRE(info != nullptr);
        const auto workspace = workspaceOf({finding(rule, info->family, info->severity, info->confidence)});
        for (const char* name : {"public", "customer", "regulator", "internal"}) {
            const auto verdict = review::judge(*review::builtInProfile(name), workspace);
            CHECK_EQ(verdict.meets() ? std::string(rule) + " passes " + name : "", "");
        }
    }
    // Oddities of the form stop nobody among colleagues.
    const auto odd = workspaceOf({finding("CUP-ZIP-OUTSIDE", Family::Archive, Severity::Medium, Confidence::Certain)});
    CHECK(review::judge(*review::builtInProfile("internal"), odd).meets());
}

// The same of a file as it is: what members are called is read, whatever the archive.
CUPEL_TEST(aTarThatLeavesItsFolderIsStopped)
{
    const auto tarOf = [](std::string name) {
        std::string header(512, '\0');
        const auto put = [&header](std::size_t at, const std::string& text) { header.replace(at, text.size(), text); };
        put(0, name);
        put(100, "0000644");
        put(108, "0000000");
        put(116, "0000000");
        put(124, "00000000003");
        put(136, "00000000000");
        put(148, "        ");
        put(156, "0");
        put(257, std::string("ustar\00000", 8));
        unsigned sum = 0;
        for (const char c : header) {
            sum += static_cast<unsigned char>(c);
        }
        char digits[8];
        std::snprintf(digits, sizeof digits, "%06o", sum);
        put(148, std::string(digits, 7) + " ");
        return header + "hi\n" + std::string(509 + 1'024, '\0');
    };
    for (const bool leaves : {true, false}) {
        Workspace workspace;
        workspace.analyses["a.tar"] =
            std::make_shared<const Analysis>(test::analyzed(tarOf(leaves ? "../../x.sh" : "sub/x.txt"), "a.tar"));
        for (const char* name : {"public", "customer", "regulator", "internal"}) {
            CHECK_EQ(review::judge(*review::builtInProfile(name), workspace).meets(), !leaves);
        }
    }
}
