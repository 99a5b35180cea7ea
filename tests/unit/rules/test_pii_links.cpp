// SPDX-License-Identifier: GPL-3.0-or-later
// Links to people and addresses of lists: each by its line of tests/golden/rules/pii, where links weigh more, and what
// a fix makes of them.
#include "analyzers/fixes/plan.h"
#include "analyzers/fixes/pseudonyms.h"
#include "analyzers/rules/pii/contact.h"
#include "analyzers/rules/pii/profile_link.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <fstream>

using namespace cupel;

namespace {

std::vector<std::pair<std::string, std::string>> linesOf(const std::string& name)
{
    std::ifstream table(std::string(CUPEL_SOURCE_DIR) + "/tests/golden/rules/pii/" + name);
    std::vector<std::pair<std::string, std::string>> lines;
    for (std::string line; std::getline(table, line);) {
        const auto tab = line.find('\t');
        if (!line.empty() && line[0] != '#' && tab != std::string::npos) {
            lines.emplace_back(line.substr(0, tab), line.substr(tab + 1));
        }
    }
    return lines;
}

Analysis textOf(const std::string& text)
{
    Artifact artifact;
    artifact.path = "t.txt";
    artifact.bytes = std::make_shared<const std::string>(text);
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    return engine::analyze(std::move(artifact), options, budget);
}

const Finding* linkIn(const Analysis& analysis)
{
    const auto at = std::find_if(analysis.findings.begin(), analysis.findings.end(),
        [](const Finding& finding) { return finding.rule == "CUP-PII-PROFILE-LINK"; });
    return at == analysis.findings.end() ? nullptr : &*at;
}

} // namespace

CUPEL_TEST(linksToPeopleAreTold)
{
    const auto lines = linesOf("profile_links.tsv");
    REQUIRE(lines.size() > 30);
    for (const auto& [text, who] : lines) {
        const auto analysis = textOf("a line\n" + text + "\nanother\n");
        const auto* finding = linkIn(analysis);
        const auto found = finding ? slice(analysis.artifact.view(), finding->location.bytes) : ByteView();
        if (found != who) {
            test::report(false, __FILE__, __LINE__, text + " gives '" + std::string(found) + "'");
        }
    }
}

CUPEL_TEST(anAddressOfAListIsNobodys)
{
    const auto lines = linesOf("list_mail.tsv");
    REQUIRE(lines.size() > 10);
    for (const auto& [mail, somebody] : lines) {
        CHECK_EQ(rules::pii::emailAround(mail, mail.find('@')).has_value(), somebody == "yes");
    }
}

CUPEL_TEST(aCellThatIsALinkIsOne)
{
    CHECK(rules::pii::profileLink("https://www.linkedin.com/in/ann-example-1a2b").has_value());
    CHECK(!rules::pii::profileLink("see https://www.linkedin.com/in/ann-example-1a2b").has_value());
    CHECK(!rules::pii::profileLink("https://www.example.com/in/ann-example-1a2b").has_value());
    const auto table =
        test::analyzed("rider,link\na,https://www.strava.com/athletes/4711023\n"
                       "b,https://www.strava.com/athletes/4711024\nc,https://www.strava.com/athletes/4711025\n",
            "t.csv");
    const auto* finding = linkIn(table);
    REQUIRE(finding != nullptr);
}

// Authors write their own link; whom an output shows is somebody else.
CUPEL_TEST(linksWeighMoreInOutputs)
{
    const std::string link = "https://www.strava.com/athletes/4711023";
    const auto prose = test::analyzed(test::notebookOf(test::jsonString("# by " + link + "\n")), "a.ipynb");
    REQUIRE(linkIn(prose) != nullptr);
    CHECK(linkIn(prose)->severity == Severity::Low);
    const auto output = test::analyzed(
        R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "x", "outputs": [)"
        R"({"output_type": "stream", "name": "stdout", "text": "ride of )"
            + link + R"("}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})",
        "a.ipynb");
    const auto* finding = linkIn(output);
    REQUIRE(finding != nullptr);
    CHECK(finding->severity == Severity::Medium);
    for (const auto& evidence : finding->evidence) {
        CHECK(evidence.excerpt.find("4711023") == std::string::npos);
    }
}

CUPEL_TEST(aPersonKeepsOneNameInAllLinks)
{
    const auto analysis = std::make_shared<const Analysis>(
        textOf("by https://www.strava.com/athletes/4711023 and https://www.strava.com/athletes/4711024,\n"
               "then https://www.strava.com/athletes/4711023?hl=en\n"));
    fixes::Pseudonyms names;
    Budget budget;
    const auto plan = fixes::makePlan(analysis, names, budget);
    CHECK_EQ(fixes::applyEdits(analysis->artifact.view(), fixes::fileEdits(plan)),
        "by https://www.strava.com/athletes/<PROFILE_LINK_01> and https://www.strava.com/athletes/<PROFILE_LINK_02>,\n"
        "then https://www.strava.com/athletes/<PROFILE_LINK_01>?hl=en\n");
}
