// SPDX-License-Identifier: GPL-3.0-or-later
// The writers byte for byte, and what every report must keep to whatever it is made from.
#include "analyzers/engine/scan.h"
#include "analyzers/report/build.h"
#include "analyzers/report/text.h"
#include "analyzers/report/writers/html.h"
#include "analyzers/report/writers/markdown.h"
#include "tests/golden/report/made_report.h"
#include "tests/unit/check.h"

#include <cstdlib>
#include <fstream>
#include <set>

using namespace cupel;

namespace {

void compare(const std::string& actual, const std::string& name)
{
    const std::string path = std::string(CUPEL_SOURCE_DIR "/tests/golden/report/") + name;
    if (std::getenv("CUPEL_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(path, std::ios::binary) << actual;
        return;
    }
    const auto expected = test::readFile(path);
    REQUIRE(expected.has_value());
    CHECK(actual == *expected);
}

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, std::string_view part)
{
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
        ++found;
    }
    return found;
}

void checkAnchors(const std::string& html)
{
    std::set<std::string> ids;
    for (std::size_t at = html.find(" id=\""); at != std::string::npos; at = html.find(" id=\"", at + 1)) {
        CHECK(ids.insert(html.substr(at + 5, html.find('"', at + 5) - at - 5)).second);
    }
    for (std::size_t at = html.find("href=\"#"); at != std::string::npos; at = html.find("href=\"#", at + 1)) {
        CHECK(ids.count(html.substr(at + 7, html.find('"', at + 7) - at - 7)) == 1);
    }
}

} // namespace

CUPEL_TEST(html_is_as_recorded)
{
    compare(report::writeHtml(test::madeReport()), "report.html");
}
CUPEL_TEST(markdown_is_as_recorded)
{
    compare(report::writeMarkdown(test::madeReport()), "report.md");
}

CUPEL_TEST(review_is_as_recorded)
{
    const report::Document document = report::build(test::madeReview(), test::madeReviewOptions());
    compare(report::writeMarkdown(document), "review.md");
    const std::string html = report::writeHtml(document);
    CHECK(html == report::writeHtml(report::build(test::madeReview(), test::madeReviewOptions())));
    CHECK(!has(html, test::canary) && !has(html, "/data/zoe") && !has(html, "<script"));
}

// A folder of models as a scan leaves it: a checkpoint with members, a pickle that acts, a clean one and a broken one.
CUPEL_TEST(models_are_as_recorded)
{
    ScanOptions scan;
    scan.keepBytes = true;
    const std::string data = CUPEL_SOURCE_DIR "/tests/data/formats/";
    report::Options options;
    options.subject = "Models";
    options.sections = {"models"};
    const Workspace workspace = engine::scanAll(
        {data + "zip/torch.pt", data + "pickle/calls.pkl", data + "gguf/whole.gguf",
            data + "safetensors/carried.safetensors", CUPEL_SOURCE_DIR "/resources/samples/churn/models"},
        scan);
    const report::Document document = report::build(workspace, options);
    compare(report::writeMarkdown(document), "models.md");
    const std::string html = report::writeHtml(document);
    CHECK(!has(html, "<script") && !has(html, CUPEL_SOURCE_DIR));
    checkAnchors(report::writeHtml(report::build(workspace, {})));
}

CUPEL_TEST(what_is_decided_counts_no_longer)
{
    const Workspace workspace = test::madeReview();
    report::Options options = test::madeReviewOptions();
    options.profile.reset();
    const auto high = [](const report::Document& document) {
        return std::get<report::Counts>(document.sections.at(0).blocks.at(1)).bySeverity[3];
    };
    CHECK_EQ(high(report::build(workspace, options)), 2U);
    CHECK_EQ(high(report::build(workspace, {})), 4U);
    options.today = "2026-06-02"; // one day later the decision has expired
    CHECK_EQ(high(report::build(workspace, options)), 4U);
    const Workspace settled = report::withDecisions(workspace, test::madeReviewOptions());
    CHECK_EQ(summarize(settled).settled, 3U); // both places of the decision, and the one of the baseline
    CHECK_EQ(summarize(workspace).settled, 1U);
}

CUPEL_TEST(sections_with_nothing_to_say_are_left_out)
{
    const report::Document document = report::build(test::madeWorkspace(), {});
    for (const report::Section& section : document.sections) {
        CHECK(!section.blocks.empty());
        CHECK(section.id != "profile" && section.id != "decisions" && section.id != "viewers");
    }
}

CUPEL_TEST(html_holds_no_script_and_no_outside_reference)
{
    const std::string html = report::writeHtml(test::madeReport());
    CHECK(!has(html, "<script"));
    CHECK(!has(html, "http:") && !has(html, "https:") && !has(html, "//"));
    CHECK(!has(html, "src=") && !has(html, "url(") && !has(html, "@import"));
    CHECK(has(html, "<html lang=\"en\">"));
    CHECK(has(html, "default-src 'none'"));
    CHECK_EQ(count(html, "<h1"), 1U);
}

CUPEL_TEST(html_anchors_are_unique_and_links_lead_somewhere)
{
    checkAnchors(report::writeHtml(test::madeReport()));
}

CUPEL_TEST(no_secret_and_no_user_path_in_any_report)
{
    const report::Document document = report::build(test::madeWorkspace(), {});
    const std::string html = report::writeHtml(document);
    const std::string markdown = report::writeMarkdown(document);
    for (const std::string* text : {&html, &markdown}) {
        CHECK(!has(*text, test::canary));
        CHECK(!has(*text, "/data/zoe"));
        CHECK(has(*text, "a.ipynb") && has(*text, "sub/b.py"));
        CHECK(has(*text, "checksum valid"));
        CHECK(!has(*text, "\xE2\x80\xAE")); // the direction override was made visible
        CHECK(has(*text, "U+202E"));
    }
}

CUPEL_TEST(verdict_never_says_safe_and_names_the_gaps)
{
    const report::Document document = report::build(test::madeWorkspace(), {});
    const auto* verdict = std::get_if<report::Verdict>(&document.sections.at(0).blocks.at(0));
    REQUIRE(verdict != nullptr);
    CHECK_EQ(verdict->title, "Not fit to share as it is");
    CHECK(verdict->incomplete);
    CHECK(has(verdict->text, "1 of 2 files was not read to the end"));
    Workspace clean = test::madeWorkspace();
    clean.analyses.erase("/data/zoe/churn/a.ipynb");
    const report::Document second = report::build(clean, {});
    const auto* empty = std::get_if<report::Verdict>(&second.sections.at(0).blocks.at(0));
    REQUIRE(empty != nullptr);
    CHECK_EQ(empty->title, "No findings");
    CHECK(!has(empty->text, "safe"));
    CHECK_EQ(empty->severity, -1);
}

CUPEL_TEST(digest_depends_on_contents_only)
{
    const report::Document one = report::build(test::madeWorkspace(), {});
    Workspace moved;
    moved.roots = {"elsewhere"};
    for (const auto& [path, analysis] : test::madeWorkspace().analyses) {
        auto copy = std::make_shared<Analysis>(*analysis);
        copy->artifact.path = "elsewhere" + path.substr(std::string_view("/data/zoe/churn").size());
        moved.analyses["elsewhere" + path.substr(std::string_view("/data/zoe/churn").size())] = copy;
    }
    CHECK_EQ(report::build(moved, {}).digest, one.digest);
    CHECK_EQ(one.subject, "churn");
    CHECK_EQ(one.scope, "1 notebook, 1 script");
}

CUPEL_TEST(only_chosen_sections)
{
    report::Options options;
    options.sections = {"method", "summary"};
    const report::Document document = report::build(test::madeWorkspace(), options);
    REQUIRE(document.sections.size() == 2U);
    CHECK_EQ(document.sections[0].id, "summary");
    CHECK_EQ(document.sections[1].id, "method");
}

CUPEL_TEST(short_paths)
{
    CHECK_EQ(report::shortPath({"/a/b"}, "/a/b/c/d.py"), "c/d.py");
    CHECK_EQ(report::shortPath({"/a/b/"}, "/a/b/d.py"), "d.py");
    CHECK_EQ(report::shortPath({"/a/b.ipynb"}, "/a/b.ipynb"), "b.ipynb");
    CHECK_EQ(report::shortPath({"/a/b", "/c/d"}, "/c/d/e.py"), "d/e.py");
    CHECK_EQ(report::shortPath({"/a/z.zip"}, "/a/z.zip!m/x.py"), "z.zip!m/x.py");
    CHECK_EQ(report::shortPath({"/a/b"}, "/a/bc/d.py"), "/a/bc/d.py");
    CHECK_EQ(report::shortPath({}, "x"), "x");
}
