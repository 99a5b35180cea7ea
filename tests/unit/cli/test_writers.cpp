// SPDX-License-Identifier: GPL-3.0-or-later
// The writers on a workspace made by hand, with what real files rarely hold: hostile bytes everywhere, thousands of
// findings, findings with thousands of places.
#include "analyzers/report/writers/json.h"
#include "analyzers/report/writers/marked_value.h"
#include "analyzers/report/writers/sarif.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/report/writers/text_unicode.h"

#include "tests/unit/check.h"

#include <nlohmann/json.hpp>

using namespace cupel;
using namespace cupel::report;
using nlohmann::json;

namespace {

const std::string hostile = "a\xff\x1b[31m\n\"\\\u202e\xed\xa0\x80 b%";

Finding makeFinding(const std::string& artifact, std::uint64_t at, Severity severity = Severity::High)
{
    Finding finding;
    finding.rule = "CUP-TEST-NONE"; // not in the catalogue: writers must cope
    finding.family = Family::Secret;
    finding.cls = "secret.test";
    finding.title = "Title " + hostile;
    finding.message = "Message " + hostile;
    finding.severity = severity;
    finding.confidence = Confidence::Likely;
    finding.location.artifact = artifact;
    finding.location.bytes = {at, at + 8};
    finding.location.line = 3;
    finding.location.column = 5;
    finding.location.cell = 7;
    finding.location.codeCell = 5;
    finding.location.cellLine = 3;
    finding.location.part = Part::Source;
    finding.location.human = "cell 7, line 3";
    finding.evidence.push_back(
        {"match", finding.location, "key = \"abcd\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\""});
    finding.evidence.push_back({"check", {}, "checksum valid"});
    finding.fingerprint = "0123456789abcdef0123456789abcdef";
    return finding;
}

Workspace makeWorkspace(const std::string& path, std::vector<Finding> findings)
{
    auto analysis = std::make_shared<Analysis>();
    analysis->artifact.path = path;
    analysis->artifact.sha256.fill(0xab);
    analysis->size = 1'000;
    analysis->facts.format = "notebook";
    analysis->facts.status = ReadStatus::Partial;
    analysis->facts.coverage = {900, 1'000};
    analysis->facts.diagnostics.push_back({"json-truncated", "The file ends early " + hostile, 900, {}});
    analysis->findings = std::move(findings);
    Workspace workspace;
    workspace.analyses[path] = std::move(analysis);
    return workspace;
}

template <typename Write> std::string written(const Write& write)
{
    std::string out;
    write([&out](std::string_view piece) { out.append(piece); });
    return out;
}

const RunInfo run{"1.2.3", "2026.01", 1, 0, 0, std::nullopt, {}, {}, {}, {}, {}};

std::vector<std::string> lines(const std::string& text)
{
    std::vector<std::string> all;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = text.find('\n', start);
        all.push_back(text.substr(start, end - start + 1));
        start = end + 1;
    }
    return all;
}

} // namespace

CUPEL_TEST(jsonHasTheContractsFields)
{
    const auto workspace = makeWorkspace(hostile, {makeFinding(hostile, 10)});
    const std::string text = written([&](const TextSink& sink) { writeJson(workspace, run, sink); });
    const json document = json::parse(text, nullptr, false);
    REQUIRE(!document.is_discarded());
    CHECK_EQ(document["schema"].get<std::string>(), "cupel.scan/1");
    CHECK(document["incomplete"].get<bool>());
    CHECK_EQ(document["summary"]["high"].get<int>(), 1);
    const json& finding = document["findings"][0];
    CHECK_EQ(finding["class"].get<std::string>(), "secret.test");
    CHECK_EQ(finding["location"]["start"].get<int>(), 10);
    CHECK_EQ(finding["location"]["cell"].get<int>(), 7);
    CHECK_EQ(finding["location"]["part"].get<std::string>(), "source");
    CHECK(finding["evidence"][1]["location"].is_null());
    CHECK(finding["references"]["cwe"].is_array());
    CHECK(!finding.contains("fix"));
    CHECK_EQ(document["artifacts"][0]["path"].get<std::string>(), finding["artifact"].get<std::string>());
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find('\xff') == std::string::npos);
}

CUPEL_TEST(jsonlLinesStayShort)
{
    Finding wide = makeFinding("a.ipynb", 10);
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        Evidence more = wide.evidence.front();
        more.location.bytes = {i * 20, i * 20 + 8};
        wide.evidence.push_back(more);
    }
    const auto workspace = makeWorkspace("a.ipynb", {wide});
    const auto all = lines(written([&](const TextSink& sink) { writeJsonl(workspace, run, sink); }));
    REQUIRE(all.size() == 5);
    const char* types[] = {"run", "artifact", "finding", "diagnostic", "summary"};
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(all[i].size() <= jsonlLineLimit);
        CHECK_EQ(json::parse(all[i])["type"].get<std::string>(), types[i]);
    }
    const json finding = json::parse(all[2]);
    CHECK_EQ(finding["evidence"].size() + finding["evidenceOmitted"].get<std::size_t>(), wide.evidence.size());
}

CUPEL_TEST(sarifKeepsTheGravest)
{
    std::vector<Finding> findings;
    for (std::uint64_t i = 0; i < sarifMaxResults + 10; ++i) {
        findings.push_back(makeFinding("a b.ipynb", i, i < 20 ? Severity::Low : Severity::Critical));
    }
    const auto workspace = makeWorkspace("a b.ipynb", std::move(findings));
    const json log = json::parse(written([&](const TextSink& sink) { writeSarif(workspace, run, sink); }));
    const json& only = log["runs"][0];
    CHECK_EQ(only["results"].size(), sarifMaxResults);
    CHECK_EQ(only["results"][0]["level"].get<std::string>(), "note");
    CHECK_EQ(only["results"][10]["level"].get<std::string>(), "error");
    CHECK_EQ(
        only["invocations"][0]["toolExecutionNotifications"][0]["descriptor"]["id"].get<std::string>(), "results-cut");
    CHECK_EQ(only["artifacts"][0]["location"]["uri"].get<std::string>(), "a%20b.ipynb");
    CHECK_EQ(only["results"][0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].get<std::string>(),
        "/cells/7/source");
}

CUPEL_TEST(sarifUris)
{
    CHECK_EQ(sarifUri("./a/b.ipynb"), "a/b.ipynb");
    CHECK_EQ(sarifUri("/a b"), "file:///a%20b");
    CHECK_EQ(sarifUri("a:b#c?d%\xff.zip!x"), "a%3Ab%23c%3Fd%25%FF.zip!x");
    CHECK_EQ(sarifUri("./"), "");
}

CUPEL_TEST(textNeverSendsControls)
{
    const auto workspace = makeWorkspace(hostile, {makeFinding(hostile, 10)});
    for (const std::size_t width : {0U, 40U, 100U}) {
        TextStyle style;
        style.width = width;
        style.verbose = true;
        const std::string text = written([&](const TextSink& sink) { writeText(workspace, run, style, sink); });
        CHECK(text.find('\x1b') == std::string::npos);
        CHECK(text.find("\u202e") == std::string::npos);
        CHECK_EQ(validUtf8(text), text);
        CHECK(text.find("Nothing was run.") != std::string::npos);
        CHECK(text.find("checksum valid") != std::string::npos);
    }
    TextStyle style;
    const auto all = lines(written([&](const TextSink& sink) { writeText(workspace, run, style, sink); }));
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i].find('^') != std::string::npos) { // carets stand under the value, from its first character on
            CHECK_EQ(all[i], "      │        ^^^^^^^^^^^^\n");
        }
    }
}

CUPEL_TEST(utf8)
{
    CHECK_EQ(validUtf8("\xc0\xaf"), "\ufffd\ufffd"); // overlong
    CHECK_EQ(validUtf8("\xf4\x90\x80\x80"), "\ufffd\ufffd\ufffd\ufffd"); // above U+10FFFF
    CHECK_EQ(validUtf8("\xe2\x82"), "\ufffd"); // cut
    CHECK_EQ(displayWidth("漢字e\u0301"), 5);
    CHECK_EQ(shortened("漢字漢字", 5), "漢字…");
    CHECK_EQ(prefixBytes("aé", 2), "a");
    CHECK_EQ(wrapped("one two three", 7).size(), 2);
    CHECK_EQ(firstSentence("Use e.g. a vault. Then revoke."), "Use e.g. a vault.");
}

// Several masked values in a line: the mark stands under the one that is told.
CUPEL_TEST(marksStandUnderTheirValue)
{
    const std::string dots = "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022";
    const auto marked = [](const std::string& line, ByteRange value, const std::vector<ByteRange>& sensitive,
                            const std::string& sample = {}) {
        Finding finding;
        finding.location.bytes = value;
        if (!sample.empty()) {
            finding.arguments["sample"] = sample;
        }
        const auto at = maskedIn(line, finding, sensitive);
        return at.start == std::string::npos ? std::string("none")
                                             : std::to_string(at.start) + '+' + std::to_string(at.end - at.start);
    };
    // "x <•>" before it; then "Author: • <•>", of a longer name and a shorter address than their masks.
    const std::vector<ByteRange> sensitive{{20, 30}, {100, 117}, {119, 124}, {300, 310}};
    const auto author = "Author: " + dots + " <" + dots + ">";
    CHECK_EQ(marked(author, {100, 117}, sensitive), "8+24");
    CHECK_EQ(marked(author, {119, 124}, sensitive), "34+24");
    CHECK_EQ(marked(author, {400, 410}, sensitive), "8+24"); // nothing is known of it
    const std::vector<ByteRange> list{{10, 13}, {15, 18}, {20, 23}, {90, 93}};
    const auto three = dots + ", " + dots + ", " + dots;
    CHECK_EQ(marked(three, {10, 13}, list), "0+24");
    CHECK_EQ(marked(three, {15, 18}, list), "26+24");
    CHECK_EQ(marked(three, {20, 23}, list), "52+24");
    // Masked by its shape, or by the mask of something wider.
    CHECK_EQ(marked("Mr. " + dots + " is", {4, 9}, {}, dots.substr(0, 15)), "4+24");
    CHECK_EQ(marked("Mr. " + dots.substr(0, 15) + " is", {4, 9}, {}, dots.substr(0, 15)), "4+15");
    CHECK_EQ(marked("Mr. " + dots.substr(0, 15) + " is", {4, 9}, {}), "none"); // a name beside it
    CHECK_EQ(marked("k = \"ab_" + dots + "\"", {5, 20}, {}), "5+27");
}
