// SPDX-License-Identifier: GPL-3.0-or-later
// What a report says of findings in notebooks: places that lead somewhere, each once and in order, and no claim about
// what computes nothing.
#include "analyzers/model/evidence.h"
#include "analyzers/report/build.h"
#include "analyzers/report/writers/markdown.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/rules/rule_set.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>

using namespace cupel;

namespace {

std::string cell(std::string_view kind, std::string_view source, std::string_view outputs = {})
{
    const bool code = kind == "code";
    return "{\"cell_type\": \"" + std::string(kind) + "\", \"metadata\": {}, "
        + (code ? "\"execution_count\": 1, \"outputs\": [" + std::string(outputs) + "], " : std::string())
        + "\"source\": " + test::jsonString(source) + "}";
}

std::string shown(std::string_view mime, std::string_view text)
{
    return "{\"output_type\": \"display_data\", \"metadata\": {}, \"data\": {\"" + std::string(mime)
        + "\": " + test::jsonString(text) + "}}";
}

std::string book(const std::vector<std::string>& cells, std::string_view language = "python")
{
    std::string all;
    for (const auto& one : cells) {
        all += (all.empty() ? "" : ", ") + one;
    }
    return "{\"cells\": [" + all + "], \"metadata\": {\"language_info\": {\"name\": \"" + std::string(language)
        + "\"}}, \"nbformat\": 4, \"nbformat_minor\": 4}";
}

Workspace workspaceOf(const std::string& bytes)
{
    Workspace workspace;
    workspace.roots = {"a.ipynb"};
    workspace.analyses["a.ipynb"] = std::make_shared<const Analysis>(test::analyzed(bytes, "a.ipynb"));
    return workspace;
}

std::string reportOf(const std::string& bytes)
{
    return report::writeMarkdown(report::build(workspaceOf(bytes), {}));
}

const Finding* of(const Workspace& workspace, std::string_view rule)
{
    const auto& findings = workspace.analyses.begin()->second->findings;
    const auto hit =
        std::find_if(findings.begin(), findings.end(), [rule](const Finding& one) { return one.rule == rule; });
    return hit == findings.end() ? nullptr : &*hit;
}

bool holds(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::string pngBy(const std::string& author)
{
    const auto chunk = [](const std::string& type, const std::string& data) {
        std::string out;
        for (const std::size_t shift : {24U, 16U, 8U, 0U}) {
            out += static_cast<char>(data.size() >> shift & 0xFFU);
        }
        return out + type + data + "crc!";
    };
    return std::string("\x89PNG\r\n\x1A\n", 8) + chunk("IHDR", std::string(13, '\1'))
        + chunk("tEXt", std::string("Author\0", 7) + author) + chunk("IDAT", std::string(100, 'p')) + chunk("IEND", "");
}

} // namespace

// Markdown computes nothing that an edit could change; code does.
CUPEL_TEST(editsOfProseChangeNoResult)
{
    const std::string line = "Questions go to Martha Lindqvist (martha.lindqvist@nordmail.se).";
    const auto prose = reportOf(book({cell("markdown", line)}));
    CHECK(holds(prose, "Fix offered: puts a typed name"));
    CHECK(!holds(prose, "something else"));
    const auto code = reportOf(book({cell("code", "to = 'Martha Lindqvist (martha.lindqvist@nordmail.se)'")}));
    CHECK(holds(code, "something else"));
}

// A name has no structure: what tells it is something beside it.
CUPEL_TEST(namesSayWhatTellsThem)
{
    const auto note = [](const std::string& line) {
        const auto workspace = workspaceOf(book({cell("markdown", line)}));
        const auto* finding = of(workspace, "CUP-PII-PERSON-NAME");
        return finding ? finding->message : std::string();
    };
    CHECK(holds(note("$ git config --global user.name 'Martha Lindqvist'"), "set as user.name"));
    CHECK(holds(note("Questions: Martha Lindqvist (martha.lindqvist@nordmail.se)"), "e-mail address stands beside it"));
    CHECK(holds(note("Author: Martha Lindqvist <martha.lindqvist@nordmail.se>"), "label"));
    CHECK(holds(note("We thank Dr. Martha Lindqvist for her patience."), "title"));
    for (const auto* line : {"$ git config --global user.name 'Martha Lindqvist'", "Dear Martha Lindqvist,"}) {
        CHECK(!holds(note(line), "structure"));
    }
}

CUPEL_TEST(picturesAreAFamilyOfTheirOwn)
{
    const auto text =
        reportOf(book({cell("code", "show()", shown("image/png", test::toBase64(pngBy("Martha Lindqvist"))))}));
    const auto rowOf = [&text](std::string_view name) {
        const auto at = text.find("| " + std::string(name));
        return at == std::string::npos ? std::string() : text.substr(at, text.find('\n', at) - at);
    };
    CHECK(rowOf("What pictures carry unseen").find_first_of("123456789") != std::string::npos);
    CHECK(rowOf("Personal data in texts").find_first_of("123456789") == std::string::npos);
}

// All places of one cell, and lines of several cells by cell, in the order in which they stand.
CUPEL_TEST(everyPlaceIsNamedOnceInOrder)
{
    const auto bytes = book(
        {cell("markdown", "![a](https://img.lindqvist-labs.se/1.png)\n\n![b](https://img.lindqvist-labs.se/2.png)"),
            cell("markdown", "text\n\n![c](https://img.lindqvist-labs.se/3.png)")});
    const auto workspace = workspaceOf(bytes);
    const auto* finding = of(workspace, "CUP-OUT-REMOTE-IMAGE");
    REQUIRE(finding != nullptr);
    CHECK(holds(finding->message, "(3 places)"));
    CHECK_EQ(std::count_if(finding->evidence.begin(), finding->evidence.end(),
                 [](const Evidence& one) { return one.role == "match" || one.role == "place"; }),
        3);
    const auto text = reportOf(bytes);
    const auto first = text.find("c0:1  ");
    const auto second = text.find("c0:3  ");
    const auto third = text.find("c1:3  ");
    CHECK(first != std::string::npos && second != std::string::npos && third != std::string::npos);
    CHECK(first < second && second < third);
}

CUPEL_TEST(theSameLineIsNotShownTwice)
{
    Finding finding;
    finding.location.artifact = "a.ipynb";
    finding.location.line = 9;
    finding.evidence.push_back(
        {"match", finding.location, "key = \u2022\u2022\u2022\u2022 and so on, further than that\u2026"});
    Evidence context{"context", finding.location, "key = \u2022\u2022\u2022\u2022 and so on, further than that\u2026"};
    CHECK(repeatsMatch(finding, context));
    context.excerpt = "\u2026and so on, further than that it goes";
    CHECK(repeatsMatch(finding, context));
    context.excerpt = "\u2026what stands at the far end of a very long line";
    CHECK(!repeatsMatch(finding, context));
    context.excerpt = finding.evidence.front().excerpt;
    context.location.line = 10;
    CHECK(!repeatsMatch(finding, context));
    context = finding.evidence.front();
    CHECK(!repeatsMatch(finding, context)); // the line itself
}

CUPEL_TEST(positionsNameTheirColumns)
{
    const auto table = std::string("<table><thead><tr><th>site</th><th>lat</th><th>lon</th></tr></thead><tbody>")
        + "<tr><td>a</td><td>57.70887</td><td>11.97456</td></tr><tr><td>b</td><td>57.68901</td><td>11.99120</td></tr>"
        + "<tr><td>c</td><td>57.71230</td><td>11.94512</td></tr></tbody></table>";
    const auto text = reportOf(book({cell("code", "df", shown("text/html", table))}));
    CHECK(holds(text, "lat, lon"));
    CHECK(!holds(text, "not named"));
}

// A place in metadata says whose; one of the notebook has its line in the file.
CUPEL_TEST(placesInMetadataSayWhose)
{
    const std::string bytes = R"({"cells": [{"cell_type": "code", "execution_count": 1, "outputs": [], "source": "x",
 "metadata": {"collapsed": "no", "scrolled": "no",
  "tags": "none"}}],
 "metadata": {"kernelspec": "python",
  "authors": "nobody"}, "nbformat": 4, "nbformat_minor": 5})";
    const auto workspace = workspaceOf(bytes);
    const auto* finding = of(workspace, "CUP-NB-METADATA-TYPE");
    REQUIRE(finding != nullptr);
    std::size_t cells = 0;
    std::size_t notebook = 0;
    for (const auto& one : finding->evidence) {
        cells += one.location.human == "cell 0, metadata" ? 1 : 0;
        notebook += one.location.human.starts_with("notebook metadata, line ") ? 1 : 0;
    }
    CHECK_EQ(cells, 3U);
    CHECK_EQ(notebook, 2U);
}

CUPEL_TEST(whatEndsByItselfStillHasSomethingToDo)
{
    const auto* rule = rules::findRule("CUP-SEC-MTURK-CONTINUATION-TOKEN");
    REQUIRE(rule != nullptr);
    CHECK(std::string_view(rule->howToFix).starts_with("Clear the output that showed it."));
}

// Read to its end is not judged to its end, and what pictures show was not read at all.
CUPEL_TEST(nothingIsCalledCheckedThatWasNot)
{
    CHECK(holds(reportOf(book({cell("code", "f(x) = 100x")}, "julia")), "complete, code not judged"));
    const auto workspace = workspaceOf(book({cell("code", "show()", shown("image/png", test::toBase64(pngBy("x"))))}));
    std::string text;
    report::writeText(workspace, {}, {}, [&text](std::string_view part) { text += part; });
    CHECK(holds(text, "but for what 1 picture shows"));
}

CUPEL_TEST(aDistributionIsOneRowAndAFolderIsNoPackage)
{
    Workspace workspace;
    const auto add = [&workspace](const std::string& path, const std::string& bytes) {
        workspace.roots.push_back(path);
        workspace.analyses[path] = std::make_shared<const Analysis>(test::analyzed(bytes, path));
    };
    add("a.ipynb",
        book({cell("code",
            "!pip install .[test-core] Scikit_Learn numpy\n!pip install -e './' ../libs/tool\n!conda install -y "
            "numpy\nimport numpy, sklearn")}));
    add("requirements.txt", "scikit-learn==1.3.2\nscikit.learn\n-e .\n./wheels/shap-0.44.0-py3-none-any.whl\n");
    const auto text = report::writeMarkdown(report::build(workspace, {}));
    const auto section = text.substr(text.find(" Dependencies\n"));
    std::vector<std::string> rows;
    for (auto at = section.find("\n| "); at != std::string::npos && at < section.find("\n## ");
        at = section.find("\n| ", at + 1)) {
        const auto line = section.substr(at + 3, section.find('\n', at + 1) - at - 3);
        line.starts_with("Name") || line.starts_with("---") ? void() : rows.push_back(line);
    }
    REQUIRE(CHECK_EQ(rows.size(), 5U));
    CHECK_EQ(rows[0],
        ". | local project | \u2013 | installed, listed | a.ipynb, cell 0, line 1; a.ipynb, cell 0, line 2; "
        "requirements.txt, line 3 |");
    CHECK_EQ(rows[1], "../libs/tool | local project | \u2013 | installed | a.ipynb, cell 0, line 2 |");
    CHECK_EQ(rows[2],
        "numpy | conda, pypi | not known | installed, imported | a.ipynb, cell 0, line 1; a.ipynb, cell 0, line 3; "
        "a.ipynb, cell 0, line 4 |");
    CHECK_EQ(rows[3],
        "Scikit\\_Learn | pypi | 1.3.2 (requirements.txt) | installed, listed, imported | a.ipynb, cell 0, line 1; "
        "a.ipynb, cell 0, line "
        "4; requirements.txt, line 1; requirements.txt, line 2 |");
    CHECK(rows[4].starts_with("shap | pypi | 0.44.0 |"));
    CHECK(section.find("3 packages and 2 local projects") != std::string::npos);
}

// A version is that of the files that name it, not of all that import the package.
CUPEL_TEST(aVersionSaysWhichFilesNameIt)
{
    Workspace workspace;
    const auto add = [&workspace](const std::string& path, const std::string& code) {
        workspace.roots.push_back(path);
        workspace.analyses[path] = std::make_shared<const Analysis>(test::analyzed(book({cell("code", code)}), path));
    };
    add("a.ipynb", "!pip install scikit-learn==1.5.1 numpy==2.0.1\nimport sklearn, numpy");
    add("b.ipynb", "import sklearn");
    add("c.ipynb", "!pip install scikit-learn==1.2.0\nimport sklearn");
    const auto text = report::writeMarkdown(report::build(workspace, {}));
    CHECK(holds(text, "| scikit-learn | pypi | 1.2.0 (c.ipynb); 1.5.1 (a.ipynb) | installed, imported |"));
    CHECK(holds(text, "| numpy | pypi | 2.0.1 | installed, imported |"));
}

namespace {

// One finding of each rule, under the profile for everybody or another one; empty: under none.
std::string underProfile(const std::vector<std::tuple<std::string, Family, Severity>>& findings,
    const std::vector<std::pair<std::string, review::Reason>>& decided, const std::string& settled = {},
    const std::string& expires = {}, std::string_view profile = "public")
{
    auto analysis = std::make_shared<Analysis>(test::analyzed(book({cell("code", "x = 1")}), "a.ipynb"));
    for (const auto& [rule, family, severity] : findings) {
        auto& one = analysis->findings.emplace_back();
        one.rule = one.fingerprint = one.title = rule;
        one.family = family;
        one.severity = severity;
        one.confidence = Confidence::Certain;
        one.location.artifact = "a.ipynb";
        one.settled = settled;
    }
    report::Options options;
    if (!profile.empty()) {
        options.profile = *review::builtInProfile(profile);
    }
    options.today = "2026-06-01";
    for (const auto& [rule, reason] : decided) {
        review::Decision decision;
        decision.fingerprint = decision.rule = rule;
        decision.reason = reason;
        decision.author = "Ada";
        decision.expires = expires;
        options.decisions.set(std::move(decision));
    }
    Workspace workspace;
    workspace.roots = {"a.ipynb"};
    workspace.analyses["a.ipynb"] = std::move(analysis);
    return report::writeMarkdown(report::build(workspace, options));
}

} // namespace

// One cell that is not valid is no file whose code nobody judged.
CUPEL_TEST(notAllCodeIsNotNoCode)
{
    Workspace workspace;
    workspace.roots = {"a.ipynb"};
    workspace.analyses["a.ipynb"] = std::make_shared<const Analysis>(
        test::analyzed(book({cell("code", "x = 1"), cell("code", "for in (")}), "a.ipynb"));
    const auto text = report::writeMarkdown(report::build(workspace, report::Options{}));
    CHECK(holds(text, "complete, not all code judged"));
    CHECK(holds(text, "One cell is not valid Python (cell 1)"));
}

// Of a column found by its name nobody counted what fits.
CUPEL_TEST(whatHasNoShareHasADash)
{
    auto analysis = std::make_shared<Analysis>(test::analyzed(book({cell("code", "x = 1")}), "a.ipynb"));
    for (const char* share : {"", "9 of 10"}) {
        auto& one = analysis->findings.emplace_back();
        one.family = Family::Pii;
        one.rule = one.title = "CUP-PII-X";
        one.fingerprint = share;
        one.evidence.push_back({"column", {}, "x"});
        one.arguments = {{"column", "born"}, {"type", "date"}, {"share", share}};
    }
    Workspace workspace;
    workspace.roots = {"a.ipynb"};
    workspace.analyses["a.ipynb"] = std::move(analysis);
    const auto text = report::writeMarkdown(report::build(workspace, report::Options{}));
    CHECK(holds(text, "| born | date | \u2013 | \u2013 |"));
    CHECK(holds(text, "| born | date | 9 of 10 | \u2013 |"));
}

// Findings that were put together count places that they do not list.
CUPEL_TEST(placesThatAreCountedAreTold)
{
    std::string log;
    for (int i = 0; i < 60; ++i) {
        log += "<img src=\"https://pictures.example.org/" + std::to_string(i) + ".png\">\n";
    }
    Workspace workspace;
    workspace.roots = {"a.ipynb"};
    workspace.analyses["a.ipynb"] =
        std::make_shared<const Analysis>(test::analyzed(book({cell("markdown", log)}), "a.ipynb"));
    const auto text = report::writeMarkdown(report::build(workspace, report::Options{}));
    CHECK(holds(text, "(60 places)"));
    CHECK(holds(text, "and at 59 more places"));
}

// Nobody accepted what somebody called test data, and a gate is not simply passed where somebody answered for it.
CUPEL_TEST(whatSomebodyAnsweredForIsSaidAsItWasAnswered)
{
    using review::Reason;
    const auto one = underProfile({{"CUP-SEC-X", Family::Secret, Severity::High}}, {{"CUP-SEC-X", Reason::TestData}});
    CHECK(holds(one, "No secrets (1 finding stays, called test data)"));
    CHECK(holds(one, "with 1 finding that stays, called test data."));
    CHECK(!holds(one, "accepted"));
    const auto mild =
        underProfile({{"CUP-CODE-X", Family::Code, Severity::Low}, {"CUP-FORM-X", Family::Malformed, Severity::Low}},
            {{"CUP-CODE-X", Reason::FalsePositive}, {"CUP-FORM-X", Reason::WontFix}});
    CHECK(holds(mild, "passed, but: 1 milder finding stays, called a false positive by Ada"));
    CHECK(holds(mild, "Nothing dangerous runs (1 milder finding stays, called a false positive)"));
    CHECK(holds(mild, "| What the profile does not ask about | nothing | 1 finding stays, left unfixed |"));
}

// What holds is told, not what held until last year.
CUPEL_TEST(anExpiredDecisionDoesNotSpeakForTheBaseline)
{
    const std::vector<std::tuple<std::string, Family, Severity>> findings = {
        {"CUP-SEC-X", Family::Secret, Severity::High}, {"CUP-CODE-X", Family::Code, Severity::Low}};
    const std::vector<std::pair<std::string, review::Reason>> decided = {
        {"CUP-SEC-X", review::Reason::TestData}, {"CUP-CODE-X", review::Reason::TestData}};
    const auto old = underProfile(findings, decided, "baseline", "2025-06-01");
    CHECK(holds(old, "No secrets (1 finding stays, known from a baseline)"));
    CHECK(holds(old, "passed, but: 1 milder finding stays, known from a baseline"));
    CHECK(holds(old, "with 1 finding that stays, known from a baseline."));
    CHECK(!holds(old, "called test data"));
    const auto still = underProfile(findings, decided, "baseline", "2026-06-01");
    CHECK(holds(still, "1 milder finding stays, called test data by Ada until 2026-06-01"));
    CHECK(!holds(still, "known from a baseline"));
}

CUPEL_TEST(closedGatesAreCountedInWords)
{
    const std::tuple secret("CUP-SEC-X", Family::Secret, Severity::High);
    const std::tuple person("CUP-PII-X", Family::Pii, Severity::High);
    CHECK(holds(underProfile({secret}, {}), "1 of 6 gates is closed."));
    CHECK(holds(underProfile({secret, person}, {}), "2 of 6 gates are closed."));
}

// Nothing here reads what a picture shows: while nobody has looked, no page may look clear.
CUPEL_TEST(picturesWaitForAPerson)
{
    auto workspace = workspaceOf(book({cell("code", "1 + 1")}));
    auto analysis = std::make_shared<Analysis>(*workspace.analyses.begin()->second);
    analysis->findings.clear();
    analysis->pictures = 3;
    workspace.analyses.begin()->second = analysis;
    report::Options options;
    const auto verdictOf = [&] {
        return std::get<report::Verdict>(report::build(workspace, options).sections.front().blocks.front());
    };
    const auto text = [&] { return report::writeMarkdown(report::build(workspace, options)); };
    CHECK_EQ(verdictOf().title, std::string("No findings, but 3 pictures wait for a person's eyes"));
    CHECK(verdictOf().incomplete && holds(verdictOf().text, "Images in the window, Ctrl+8"));
    CHECK(holds(verdictOf().text, "Nothing here reads what they show"));
    CHECK(!holds(verdictOf().text, "pictures wait")); // the title has said it
    CHECK(holds(text(), "Pictures looked at by a person: **0 of 3**"));
    options.profile = *review::builtInProfile("public");
    CHECK(verdictOf().incomplete && holds(verdictOf().text, "3 pictures wait for a person's eyes"));
    CHECK(holds(verdictOf().text, "a person has to look at them"));
    CHECK(!holds(verdictOf().text, "othing here reads what they show")); // said already
    options.lookedAt["a.ipynb"] = 2;
    CHECK(holds(verdictOf().text, "what 1 of 3 pictures shows is not read: a person has to look at it"));
    CHECK(holds(verdictOf().text, "1 picture waits for a person's eyes (Images in the window, Ctrl+8)."));
    options.profile.reset();
    CHECK(holds(verdictOf().text, "Nothing here reads what it shows"));
    options.lookedAt.clear();
    options.known = 1; // a report that tells of decisions
    CHECK(holds(text(), "No finding, but 3 pictures wait for a person's eyes."));
    CHECK(!holds(text(), "Nothing: there are no findings."));

    options.lookedAt["a.ipynb"] = 3;
    options.witnesses = {{"Ada", "2026-11-30", 2}};
    CHECK_EQ(verdictOf().title, std::string("No findings"));
    CHECK(!verdictOf().incomplete && !holds(text(), "wait for a person"));
    CHECK(holds(text(), "2 pictures: looked at by Ada on 2026-11-30"));
    CHECK(holds(text(), "1 picture: looked at, nobody wrote down by whom and when"));
    CHECK(holds(text(), "the command line still counts"));
}

// On the first page, whatever else stands there.
CUPEL_TEST(everyVerdictSaysWhatIsAnsweredFor)
{
    const std::tuple decided("CUP-CODE-X", Family::Code, Severity::Medium);
    for (const auto& [severity, title] : {std::pair(Severity::Low, "Only minor findings"),
             std::pair(Severity::Medium, "Look at these findings before you share it"),
             std::pair(Severity::High, "Not fit to share as it is")}) {
        const auto text = underProfile(
            {decided, {"CUP-OUT-X", Family::Output, severity}}, {{"CUP-CODE-X", review::Reason::TestData}}, {}, {}, {});
        CHECK(holds(text, title));
        CHECK(holds(text, "1 finding is answered for."));
    }
    const auto text = underProfile({decided}, {{"CUP-CODE-X", review::Reason::TestData}}, {}, {}, {});
    CHECK(holds(text, "Nothing is open"));
    const auto at = text.find("1 finding is answered for.");
    CHECK(at != std::string::npos && text.find("1 finding is answered for.", at + 1) == std::string::npos);
}

CUPEL_TEST(insideOfASentenceNothingBeginsWithACapital)
{
    auto analysis = std::make_shared<Analysis>(test::analyzed(book({cell("code", "x = 1")}), "a.ipynb"));
    analysis->pictures = 16;
    Workspace workspace;
    workspace.roots = {"a.ipynb"};
    workspace.analyses["a.ipynb"] = std::move(analysis);
    report::Options options;
    options.profile = *review::builtInProfile("public");
    const auto text = report::writeMarkdown(report::build(workspace, options));
    CHECK(holds(text, "No personal data (what 16 pictures show is not read"));
    CHECK(!holds(text, "(What 16 pictures"));
}

// A column that somebody decided about is in the file like the others.
CUPEL_TEST(columnsThatAreAnsweredForAreListed)
{
    const auto reported = [](bool decided) {
        auto analysis = std::make_shared<Analysis>(test::analyzed(book({cell("code", "x = 1")}), "a.ipynb"));
        for (const char* column : {"Name", "Sex"}) {
            auto& one = analysis->findings.emplace_back();
            one.rule = one.title = "CUP-PII-COLUMN";
            one.fingerprint = column;
            one.family = Family::Pii;
            one.severity = Severity::Medium;
            one.location.artifact = "a.ipynb";
            one.arguments = {{"column", column}, {"type", "about people"}, {"share", "5 of 5"}, {"rows", "5"}};
            one.evidence.emplace_back().role = "column";
        }
        report::Options options;
        if (decided) {
            review::Decision decision;
            decision.fingerprint = "Sex";
            decision.rule = "CUP-PII-COLUMN";
            decision.reason = review::Reason::TestData;
            decision.author = "Ada";
            options.decisions.set(std::move(decision));
        }
        Workspace workspace;
        workspace.roots = {"a.ipynb"};
        workspace.analyses["a.ipynb"] = std::move(analysis);
        return report::writeMarkdown(report::build(workspace, options));
    };
    CHECK(holds(reported(false), "| Sex | about people | 5 of 5 | 5 | a.ipynb |"));
    const auto text = reported(true);
    CHECK(holds(text, "| Name | about people | 5 of 5 | 5 | a.ipynb | \u2013 |"));
    CHECK(holds(text, "| Sex | about people | 5 of 5 | 5 | a.ipynb | called test data by Ada |"));
}
