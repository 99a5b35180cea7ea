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

std::shared_ptr<const Analysis> analysisOf(const std::string& text, const std::string& path)
{
    Artifact artifact;
    artifact.path = path;
    artifact.bytes = std::make_shared<const std::string>(text);
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
}

Analysis textOf(const std::string& text)
{
    return *analysisOf(text, "t.txt");
}

std::string ridersOf(const std::string& last)
{
    return "rider,link\na,https://www.strava.com/athletes/4711023\nb,https://www.strava.com/athletes/4711024\n"
           "c,https://www.strava.com/athletes/"
        + last + '\n';
}

// Five rides, each by another athlete, shown as a table, as text that tells of them, or both: some with "https://".
std::string ridesOf(bool html, bool plain)
{
    std::string table = "<table class=\"dataframe\"><thead><tr><th></th><th>ride</th><th>link</th></tr></thead><tbody>";
    std::string text;
    for (int i = 0; i < 5; ++i) {
        const auto site = std::string(i % 2 == 0 ? "https://" : "") + "www.strava.com/athletes/471102" + char('0' + i);
        table += "<tr><th>" + std::to_string(i) + "</th><td>a</td><td>" + site + "</td></tr>";
        text += "ride " + std::to_string(i) + " by https://www.strava.com/athletes/471102" + char('4' - i) + "\n";
    }
    const auto first = "\"text/html\": " + test::jsonString(table + "</tbody></table>");
    const auto second = "\"text/plain\": " + test::jsonString(text);
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "df", "outputs": [)"
           R"({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {)"
        + (html ? first : "") + (html && plain ? ", " : "") + (plain ? second : "")
        + R"(}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

const Finding* linkIn(const Analysis& analysis)
{
    const auto at = std::find_if(analysis.findings.begin(), analysis.findings.end(),
        [](const Finding& finding) { return finding.rule == "CUP-PII-PROFILE-LINK"; });
    return at == analysis.findings.end() ? nullptr : &*at;
}

std::string valuesOfLink(const std::string& link)
{
    const auto analysis = test::analyzed("by https://www." + link + "\n", "t.md");
    const auto* finding = linkIn(analysis);
    return finding ? finding->values : std::string("none");
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
    CHECK(rules::pii::profileLink("https://www.google.com/url?q=https://www.strava.com/athletes/4711023").has_value());
    CHECK(rules::pii::profileLink("https:\\/\\/www.strava.com\\/athletes\\/4711023").has_value());
    CHECK(rules::pii::profileLink("https://www.google.com/url?q=https://www.strava.com/athletes/4711023&sa=D")
            .has_value());
    CHECK(rules::pii::profileLink("https://www.linkedin.com/in/ann-example-1a2b/?trk=x,y").has_value());
    const auto table = test::analyzed(ridersOf("4711025"), "t.csv");
    const auto* finding = linkIn(table);
    REQUIRE(finding != nullptr);
    CHECK_EQ(finding->arguments.count("rows"), 1U); // as a column
}

// Of these the part that is told would be one name for several people.
CUPEL_TEST(aCellWithMoreThanALinkIsNone)
{
    const std::string link = "https://www.linkedin.com/in/ann-example-1a2b";
    for (const std::string& cell :
        {link + ";(x)", link + "," + link, link + "/;" + link, link + "|b", "(" + link + ")", "1," + link}) {
        CHECK(!rules::pii::profileLink(cell).has_value());
    }
}

CUPEL_TEST(peopleOfAColumnAreSeveral)
{
    std::string table = "rider,link\n";
    for (const std::string name : {"王", "李", "张", "刘", "陈", "杨"}) {
        table += "a,https://www.linkedin.com/in/ann-" + name + "-1a2b0\n";
    }
    const auto analysis = analysisOf(table, "t.csv");
    fixes::Pseudonyms names;
    Budget budget;
    const auto plan = fixes::makePlan(analysis, names, budget);
    const auto fixed = fixes::applyEdits(analysis->artifact.view(), fixes::fileEdits(plan));
    CHECK(fixed.find("1a2b0") == std::string::npos);
    CHECK(fixed.find("PROFILE_LINK_06") != std::string::npos);
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

// The same rides as two forms of one output.
CUPEL_TEST(linksOfAColumnWeighAsMuch)
{
    for (const auto& analysis : {test::analyzed(ridesOf(false, true)), test::analyzed(ridesOf(true, false))}) {
        const auto* finding = linkIn(analysis);
        REQUIRE(finding != nullptr);
        CHECK(finding->severity == Severity::Medium);
    }
    const auto file = test::analyzed(ridersOf("4711025"), "t.csv");
    REQUIRE(linkIn(file) != nullptr);
    CHECK(linkIn(file)->severity == Severity::Low);
}

// An accepted link says nothing of another one, however either is written.
CUPEL_TEST(aDecisionIsAboutOnePerson)
{
    const auto valuesOf = [](const std::string& text, const std::string& path = "t.md") {
        const auto analysis = test::analyzed(text, path);
        const auto* finding = linkIn(analysis);
        return finding ? finding->values : std::string("none");
    };
    const auto one = valuesOf("by https://www.strava.com/athletes/4711023\n");
    CHECK(one != "-" && one != "none");
    CHECK_EQ(valuesOf("by strava.com/athletes/4711023?hl=en\n"), one);
    CHECK(valuesOf("by https://www.strava.com/athletes/9911999\n") != one);
    CHECK(valuesOf("by https://www.komoot.com/user/4711023\n") != one);
    // So few have three digits that the digest would tell them.
    CHECK_EQ(valuesOf("by https://www.strava.com/athletes/471\n"), "-");
    const auto column = [&](const std::string& last) { return valuesOf(ridersOf(last), "t.csv"); };
    CHECK(column("4711025") != "-" && column("4711025") != column("9911999"));
    const auto many = [&](const std::string& last) {
        std::string text;
        for (const std::string id : {"4711023", "4711024", "4711026", "4711027"}) {
            text += "by https://www.strava.com/athletes/" + id + "\n\n";
        }
        return valuesOf(text + "and https://www.strava.com/athletes/" + last + '\n');
    };
    CHECK(many("4711025") != "-" && many("4711025") != many("9911999"));
    // A short one among them is somebody, too.
    CHECK(many("12345") != many("54821"));
    CHECK(many("471") != many("4711023"));
}

// Of short numbers a digest tells as much as leaves hundreds of them that fit.
CUPEL_TEST(aShortAccountIsTold)
{
    CHECK(valuesOfLink("strava.com/athletes/12345") != valuesOfLink("strava.com/athletes/54821"));
    CHECK(valuesOfLink("instagram.com/annab") != valuesOfLink("instagram.com/bertc"));
    CHECK_EQ(valuesOfLink("instagram.com/ann"), "-");
    const auto one = valuesOfLink("strava.com/athletes/12345");
    int alike = 0;
    for (int number = 20'000; number < 22'000; ++number) {
        alike += valuesOfLink("strava.com/athletes/" + std::to_string(number)) == one ? 1 : 0;
    }
    CHECK(alike >= 3); // with a whole digest it would be none or one
}

CUPEL_TEST(aPersonHasOneNameInTablesAndTexts)
{
    const auto analysis = analysisOf(ridesOf(true, true), "a.ipynb");
    fixes::Pseudonyms names;
    Budget budget;
    const auto plan = fixes::makePlan(analysis, names, budget);
    const auto fixed = fixes::applyEdits(analysis->artifact.view(), fixes::fileEdits(plan));
    CHECK(fixed.find("471102") == std::string::npos);
    CHECK(fixed.find("PROFILE_LINK_05") != std::string::npos);
    CHECK(fixed.find("PROFILE_LINK_06") == std::string::npos);
}

CUPEL_TEST(aPersonKeepsOneNameInAllLinks)
{
    const auto analysis = std::make_shared<const Analysis>(
        textOf("by https://www.strava.com/athletes/4711023 and https://www.strava.com/athletes/4711024,\n"
               "then https://www.strava.com/athletes/4711023?hl=en, not https://www.komoot.com/user/4711023\n"));
    fixes::Pseudonyms names;
    Budget budget;
    const auto plan = fixes::makePlan(analysis, names, budget);
    CHECK_EQ(fixes::applyEdits(analysis->artifact.view(), fixes::fileEdits(plan)),
        "by https://www.strava.com/athletes/<PROFILE_LINK_01> and https://www.strava.com/athletes/<PROFILE_LINK_02>,\n"
        "then https://www.strava.com/athletes/<PROFILE_LINK_01>?hl=en, not "
        "https://www.komoot.com/user/<PROFILE_LINK_03>\n");
}

// Neither in the copy nor in what is shown of the file.
CUPEL_TEST(noPartOfANameStays)
{
    const auto endless = "ann–" + std::string(420, 'q') + "lee";
    for (const std::string& name :
        {std::string("ann-m\\u00fcller-1a2b34"), std::string("Ann-王-1234567"), std::string("ann–lee-77"),
            std::string("ann+lee-77"), std::string("ann🚀lee"), std::string("o'neil-77"), endless}) {
        const auto analysis =
            std::make_shared<const Analysis>(textOf("by https://www.linkedin.com/in/" + name + " today\n"));
        fixes::Pseudonyms names;
        Budget budget;
        const auto plan = fixes::makePlan(analysis, names, budget);
        CHECK_EQ(fixes::applyEdits(analysis->artifact.view(), fixes::fileEdits(plan)),
            "by https://www.linkedin.com/in/<PROFILE_LINK_01> today\n");
        REQUIRE(linkIn(*analysis) != nullptr);
        CHECK(linkIn(*analysis)->evidence.front().excerpt.find(name.substr(name.size() - 3)) == std::string::npos);
    }
}

CUPEL_TEST(aLinkIsOnePersonsHoweverItIsWritten)
{
    const std::string site = "https://www.linkedin.com/in/";
    const auto analysis = std::make_shared<const Analysis>(textOf(site + "ann-müller " + site + "Ann-M%C3%BCller "
        + site + "ann-m\\u00fcller " + site + "ann-M\\u00DCller " + site + "ann–lee " + site + "ann+lee\n"));
    fixes::Pseudonyms names;
    Budget budget;
    const auto plan = fixes::makePlan(analysis, names, budget);
    const auto one = site + "<PROFILE_LINK_01> ";
    CHECK_EQ(fixes::applyEdits(analysis->artifact.view(), fixes::fileEdits(plan)),
        one + one + one + one + site + "<PROFILE_LINK_02> " + site + "<PROFILE_LINK_03>\n");
}

// However the file escapes what stands in front of it: the site tells two people of one name apart.
CUPEL_TEST(aNameIsOnePersonOnEachSite)
{
    const std::string head = R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "x", )"
                             R"("outputs": [{"output_type": "stream", "name": "stdout", "text": ")";
    const std::string tail = R"("}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto shown = [&](const std::vector<std::string>& names) {
        const std::array<std::string, 6> links{"https://www.linkedin.com/in/", "https://www.linkedin.com/in/",
            R"(https:\/\/www.xing.com\/profile\/)", "https://www.linkedin.com/in/",
            R"(https:\u002f\u002fwww.strava.com\u002fathletes\u002f)",
            R"(https:\u002f\u002fwww.komoot.com\u002fuser\u002f)"};
        std::string out = head;
        for (std::size_t i = 0; i < links.size(); ++i) {
            out += links[i] + names[i] + " and ";
        }
        return out + tail;
    };
    const auto analysis = analysisOf(
        shown({"ann-müller", R"(ann-m\u00fcller)", R"(ann-m\u00FCller)", "ann-m&uuml;ller", "4711023", "4711023"}),
        "a.ipynb");
    fixes::Pseudonyms names;
    Budget budget;
    const auto plan = fixes::makePlan(analysis, names, budget);
    const auto name = [](int number) { return "<PROFILE_LINK_0" + std::to_string(number) + ">"; };
    CHECK_EQ(fixes::applyEdits(analysis->artifact.view(), fixes::fileEdits(plan)),
        shown({name(1), name(1), name(2), name(1), name(3), name(4)}));
}
