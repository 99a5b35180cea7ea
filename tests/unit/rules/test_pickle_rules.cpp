// SPDX-License-Identifier: GPL-3.0-or-later
// The cases of tests/golden/rules/pickle/cases.txt: what each pickle gives, and nothing else; every rule has a case.
#include "analyzers/engine/analyze.h"
#include "analyzers/rules/pickle/doings.h"
#include "analyzers/rules/pickle/loaders.h"
#include "analyzers/rules/rule_set.h"
#include "tests/unit/check.h"
#include "tests/unit/pickle_assembler.h"

#include <algorithm>
#include <cstdio>
#include <set>

using namespace cupel;

namespace {

struct GoldenCase {
    std::string name;
    std::string source;
    std::vector<std::string> expected; // "RULE severity", sorted
};

std::vector<GoldenCase> readCases()
{
    std::vector<GoldenCase> cases;
    std::istringstream lines(test::readFile(CUPEL_SOURCE_DIR "/tests/golden/rules/pickle/cases.txt").value_or(""));
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("case ")) {
            cases.push_back({line.substr(5), {}, {}});
        } else if (!cases.empty() && line.starts_with("= ")) {
            cases.back().expected.push_back(line.substr(2));
        } else if (!cases.empty()) {
            cases.back().source += line + '\n';
        }
    }
    for (auto& one : cases) {
        std::sort(one.expected.begin(), one.expected.end());
    }
    return cases;
}

Analysis analyse(std::string bytes, std::vector<Artifact>* children = nullptr)
{
    Artifact artifact;
    artifact.path = "case.pkl";
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    Budget budget;
    return engine::analyze(std::move(artifact), {}, budget, children);
}

// A call of module.name, in each way a stream can write it.
std::vector<std::string> waysToCall(const std::string& module, const std::string& name)
{
    const auto text = [](const std::string& value) { return "SHORT_BINUNICODE '" + value + "'\n"; };
    const std::string call = text("x") + "TUPLE1\nREDUCE\n";
    std::string escaped;
    for (const char c : module) {
        char digits[8];
        std::snprintf(digits, sizeof digits, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        escaped += digits;
    }
    return {
        "PROTO 4\n" + text(module) + text(name) + "STACK_GLOBAL\n" + call + "STOP\n",
        "PROTO 4\nMARK\nGLOBAL " + module + ' ' + name + '\n' + text("x") + "OBJ\nPOP\nNONE\nSTOP\n",
        "PROTO 4\nMARK\n" + text("x") + "INST " + module + ' ' + name + "\nSTOP\n",
        // Through the memo, with something else on the stack in between.
        "PROTO 4\n" + text(name) + "MEMOIZE\nPOP\n" + text(module)
            + "MEMOIZE\nPOP\nNONE\nPOP\nBINGET 1\nBINGET 0\nSTACK_GLOBAL\n" + call + "STOP\n",
        "PROTO 4\nUNICODE " + escaped + "\nBINUNICODE '" + name + "'\nSTACK_GLOBAL\n" + call + "STOP\n",
        // What comes before a stream breaks has happened.
        "PROTO 4\n" + text(module) + text(name) + "STACK_GLOBAL\n" + call + "POP\nPOP\nPOP\n",
    };
}

} // namespace

CUPEL_TEST(every_case_gives_its_findings)
{
    const auto cases = readCases();
    REQUIRE(cases.size() > 40);
    for (const auto& one : cases) {
        std::string problem;
        const auto bytes = test::Assembler().assemble(one.source, problem);
        if (!CHECK_EQ(problem, "")) {
            std::printf("  in case: %s\n", one.name.c_str());
            continue;
        }
        const auto analysis = analyse(bytes);
        std::vector<std::string> found;
        for (const auto& finding : analysis.findings) {
            found.push_back(finding.rule + ' ' + std::string(toString(finding.severity)));
        }
        std::sort(found.begin(), found.end());
        std::string left;
        std::string right;
        for (const auto& text : found) {
            left += text + "; ";
        }
        for (const auto& text : one.expected) {
            right += text + "; ";
        }
        if (!CHECK_EQ(left, right)) {
            std::printf("  in case: %s\n", one.name.c_str());
        }
        CHECK_EQ(std::string(analysis.facts.format), "pickle");
    }
}

CUPEL_TEST(published_names_are_alarms)
{
    std::istringstream lines(test::readFile(CUPEL_SOURCE_DIR "/tests/golden/rules/pickle/published.tsv").value_or(""));
    int rows = 0;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream columns(line);
        std::string module;
        std::string name;
        std::string least;
        if (line.starts_with("#") || !(columns >> module >> name >> least)) {
            continue;
        }
        ++rows;
        for (const auto& source : waysToCall(module, name)) {
            std::string problem;
            const auto bytes = test::Assembler().assemble(source, problem);
            CHECK_EQ(problem, "");
            auto worst = Severity::Info;
            for (const auto& finding : analyse(bytes).findings) {
                worst = std::max(worst, finding.severity);
            }
            if (!CHECK_EQ(worst >= (least == "high" ? Severity::High : Severity::Medium), true)) {
                std::printf("  in: %s\n%s", line.c_str(), source.c_str());
            }
        }
    }
    CHECK_EQ(rows > 90, true);
}

CUPEL_TEST(names_that_are_too_many_are_no_other_name)
{
    std::string source = "PROTO 4\n";
    for (int i = 0; i < 20'000; ++i) {
        source += "GLOBAL collections OrderedDict" + (i == 0 ? std::string() : ".a" + std::to_string(i)) + "\nPOP\n";
    }
    std::string problem;
    const auto bytes =
        test::Assembler().assemble(source + "GLOBAL os system\nSHORT_BINUNICODE 'x'\nTUPLE1\nREDUCE\nSTOP\n", problem);
    REQUIRE(problem.empty());
    auto worst = Severity::Info;
    for (const auto& finding : analyse(bytes).findings) {
        worst = std::max(worst, finding.severity);
    }
    CHECK_EQ(worst >= Severity::High, true);
}

CUPEL_TEST(a_name_that_is_too_long_is_an_alarm)
{
    std::string name = "functional";
    for (int i = 0; i < 30; ++i) {
        name += ".torch.functional";
    }
    std::string problem;
    const auto bytes = test::Assembler().assemble(
        "PROTO 4\nGLOBAL torch " + name + ".os.system\nSHORT_BINUNICODE 'x'\nTUPLE1\nREDUCE\nSTOP\n", problem);
    REQUIRE(problem.empty());
    auto worst = Severity::Info;
    for (const auto& finding : analyse(bytes).findings) {
        worst = std::max(worst, finding.severity);
    }
    CHECK_EQ(worst >= Severity::High, true);
}

CUPEL_TEST(every_rule_has_a_case)
{
    std::set<std::string> told;
    for (const auto& one : readCases()) {
        for (const auto& line : one.expected) {
            told.insert(line.substr(0, line.find(' ')));
        }
    }
    for (const auto& rule : rules::catalogue()) {
        if (rule.id.starts_with("CUP-PKL-")) {
            CHECK_EQ(told.contains(rule.id) ? "" : rule.id, "");
        }
    }
}

CUPEL_TEST(a_secret_in_an_argument_is_masked)
{
    // Put together here, so that no file of the tree holds a token.
    const std::string token = std::string("ghp_") + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
    const auto command = "curl -H 'Authorization: token " + token + "' https://example.org";
    std::string problem;
    auto bytes =
        std::string("cos\nsystem\n(X") + static_cast<char>(command.size()) + std::string(3, '\0') + command + "tR.";
    const auto analysis = analyse(bytes);
    bool told = false;
    for (const auto& finding : analysis.findings) {
        CHECK(finding.message.find(token.substr(6)) == std::string::npos);
        for (const auto& [key, value] : finding.arguments) {
            CHECK(value.find(token.substr(6)) == std::string::npos);
        }
        for (const auto& evidence : finding.evidence) {
            CHECK(evidence.excerpt.find(token.substr(6)) == std::string::npos);
        }
        told = told || finding.rule == "CUP-PKL-PROCESS";
    }
    CHECK(told);
    CHECK(!analysis.sensitive.empty());
}

CUPEL_TEST(nested_pickles_are_members)
{
    std::string problem;
    const auto bytes = test::Assembler().assemble("PROTO 4\n"
                                                  "SHORT_BINUNICODE 'gARYAgAAAG9zWAYAAABzeXN0ZW2TWAEAAAB4hVIu'\nSTOP\n",
        problem);
    std::vector<Artifact> children;
    const auto analysis = analyse(bytes, &children);
    REQUIRE(children.size() == 1);
    Budget budget;
    const auto inner = engine::analyze(children[0], {}, budget);
    CHECK(std::any_of(inner.findings.begin(), inner.findings.end(),
        [](const Finding& finding) { return finding.rule == "CUP-PKL-PROCESS"; }));
}

namespace {

// "runs reads refuses refuses", and why one of them does. `front` stands in front of the program.
std::pair<std::string, std::string> loaders(
    const std::string& source, std::size_t which = 1, const std::string& front = {})
{
    std::string problem;
    const auto bytes = front + test::Assembler().assemble(source, problem);
    const auto analysis = analyse(bytes);
    CHECK_EQ(problem, "");
    const auto* facts = formats::pickleFacts(analysis.facts);
    if (!CHECK(facts != nullptr)) {
        return {};
    }
    std::string kinds;
    const auto answers = rules::pickle::loaderAnswers(bytes, *facts);
    for (const auto& answer : answers) {
        kinds += (kinds.empty() ? "" : " ") + std::string(toString(answer.kind));
    }
    return {kinds, answers[which].why};
}

} // namespace

CUPEL_TEST(loaders_keep_their_promises)
{
    const std::string tensor = "GLOBAL torch._utils _rebuild_tensor_v2\nMARK\nMARK\nBINUNICODE 'storage'\n"
                               "GLOBAL torch FloatStorage\nBINUNICODE '0'\nBINUNICODE 'cpu'\nBININT1 4\nTUPLE\n"
                               "BINPERSID\nBININT1 0\nBININT1 4\nTUPLE1\nBININT1 1\nTUPLE1\nNEWFALSE\n"
                               "GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nTUPLE\nREDUCE\nSTOP\n";
    CHECK_EQ(loaders("PROTO 2\n" + tensor).first, "reads reads refuses refuses");
    CHECK_EQ(loaders("PROTO 4\nEMPTY_DICT\nMEMOIZE\nSTOP\n").second, "it does not know the opcode MEMOIZE");
    const auto bad = loaders("PROTO 2\nGLOBAL os system\nMARK\nBINUNICODE 'id'\nTUPLE\nREDUCE\nSTOP\n");
    CHECK_EQ(bad.first, "runs refuses refuses refuses");
    CHECK_EQ(bad.second, "os.system is not on its list");
    CHECK_EQ(loaders("PROTO 2\nEMPTY_DICT\nSTOP\n").first, "reads reads refuses reads");
    CHECK_EQ(loaders("PROTO 2\nEMPTY_DICT\nTUPLE2\n").second, "the stream cannot be read to its end");
}

// One finding for each package that nobody knows, and one for a crowd of them.
CUPEL_TEST(a_crowd_of_packages_is_one_finding)
{
    for (const int count : {10, 11, 200}) {
        std::string source = "PROTO 2\n";
        for (int i = 0; i < count; ++i) {
            source += "GLOBAL package" + std::to_string(i) + " Thing\nPOP\n";
        }
        std::string problem;
        const auto analysis = analyse(test::Assembler().assemble(source + "NONE\nSTOP\n", problem));
        CHECK_EQ(problem, "");
        CHECK_EQ(analysis.findings.size(), count == 10 ? 10U : 1U);
        CHECK_EQ(analysis.findings.at(0).rule, "CUP-PKL-UNKNOWN-NAME");
        const bool counted =
            analysis.findings.at(0).message.find(std::to_string(count - 8) + " more") != std::string::npos;
        CHECK_EQ(counted, count != 10);
    }
}

// What loaders are said to do is what the findings are made of.
CUPEL_TEST(loaders_and_findings_say_the_same)
{
    const std::string call = "GLOBAL os system\nMARK\nBINUNICODE 'id'\nTUPLE\nREDUCE\nSTOP\n";
    const auto why = [](const std::string& source) { return loaders(source, 0).second; };
    // A name behind a stream that fails is asked for by nobody who begins at the beginning; it is not kept quiet.
    CHECK_EQ(loaders(call, 3, "  \n").first, "refuses refuses refuses refuses");
    CHECK_EQ(loaders(call, 3, "  \n").second, "the stream cannot be read to its end");
    CHECK_EQ(loaders(call, 0, "  \n").second,
        "the stream cannot be read to its end; behind that, at byte 23, os.system waits for who begins there");
    // A second load goes on where the first one ended.
    CHECK_EQ(loaders("EMPTY_DICT\nSTOP\n" + call).first, "runs refuses refuses refuses");
    CHECK(why("EMPTY_DICT\nSTOP\n" + call).find("a further load asks for, at byte ") != std::string::npos);
    // What is called before it fails has run.
    CHECK_EQ(loaders("GLOBAL os system\nMARK\nBINUNICODE 'id'\nTUPLE\nREDUCE\nTUPLE2\n").first,
        "runs refuses refuses refuses");
    // A name that nobody knows and nothing calls runs nothing; called, it may.
    const std::string unknown = "GLOBAL some.package Thing\n";
    CHECK_EQ(loaders(unknown + "STOP\n").first, "reads refuses refuses refuses");
    CHECK(why(unknown + "STOP\n").find("imports what is not known: some.package.Thing") != std::string::npos);
    CHECK_EQ(loaders(unknown + "EMPTY_TUPLE\nREDUCE\nSTOP\n").first, "runs refuses refuses refuses");
    // A harmless name in a harmful use.
    CHECK_EQ(
        loaders(
            "GLOBAL builtins getattr\nGLOBAL collections OrderedDict\nBINUNICODE '__init__'\nTUPLE2\nREDUCE\nSTOP\n")
            .first,
        "runs refuses refuses refuses");
}

// getattr of a known class is plain data, getattr of os.system is not.
CUPEL_TEST(names_are_judged_by_what_they_are_called_with)
{
    using rules::pickle::Verdict;
    const auto verdictOf = [](const std::string& source) {
        std::string problem;
        const auto one = analyse(test::Assembler().assemble("PROTO 2\n" + source + "STOP\n", problem));
        CHECK_EQ(problem, "");
        const auto* facts = formats::pickleFacts(one.facts);
        const auto verdicts = rules::pickle::verdictsAsUsed(*facts);
        CHECK_EQ(verdicts.size(), facts->globals.size());
        for (std::size_t i = 0; i < verdicts.size(); ++i) {
            if (facts->globals[i].path() == "builtins.getattr") {
                return verdicts[i];
            }
        }
        return Verdict{};
    };
    const auto bad =
        verdictOf("GLOBAL builtins getattr\nMARK\nGLOBAL builtins __import__\nSHORT_BINUNICODE 'os'\nTUPLE1\n"
                  "REDUCE\nSHORT_BINUNICODE 'system'\nTUPLE\nREDUCE\n");
    CHECK(bad.kind == Verdict::Kind::Danger && bad.byUse && bad.severity == Severity::Critical);
    const auto good = verdictOf("GLOBAL builtins getattr\nMARK\nGLOBAL ultralytics.nn.modules.head Detect\n"
                                "SHORT_BINUNICODE 'forward'\nTUPLE\nREDUCE\n");
    CHECK(good.kind == Verdict::Kind::Benign && !good.byUse);
}

CUPEL_TEST(fixes_of_attacks_do_not_say_how_to_load)
{
    for (const auto& rule : rules::catalogue()) {
        if (rule.family == Family::Pickle && rule.howToFix.starts_with("Do not load it.")) {
            CHECK_EQ(rule.rightExample, "");
        }
    }
}
