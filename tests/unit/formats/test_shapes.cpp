// SPDX-License-Identifier: GPL-3.0-or-later
// Notebooks that are not Jupyter's JSON: cells, kinds, decoded sources, outputs and exact places.
#include "analyzers/engine/analyze.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/formats/region_text.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <memory>
#include <string>

using namespace cupel;

namespace {

Analysis analyzeText(std::string text, std::string name)
{
    Artifact artifact;
    artifact.path = std::move(name);
    artifact.bytes = std::make_shared<const std::string>(std::move(text));
    Budget budget;
    ScanOptions options;
    options.keepBytes = true;
    return engine::analyze(std::move(artifact), options, budget);
}

Analysis seed(const std::string& name)
{
    const auto text = test::readFile(std::string(CUPEL_SOURCE_DIR) + "/tests/data/formats/" + name);
    return analyzeText(text.value_or(""), name);
}

std::string sourceOf(const Analysis& analysis, std::size_t cell)
{
    const auto* own = formats::notebookFacts(analysis.facts);
    if (!own || cell >= own->cells.size() || own->cells[cell].source < 0) {
        return "(none)";
    }
    return formats::readRegion(analysis.facts.text(analysis.artifact),
        analysis.facts.regions[static_cast<std::size_t>(own->cells[cell].source)])
        .text;
}

// "mcc" for a Markdown and two code cells.
std::string kinds(const Analysis& analysis)
{
    std::string out;
    if (const auto* own = formats::notebookFacts(analysis.facts)) {
        for (const auto& cell : own->cells) {
            out += cell.kind == formats::CellKind::Code ? 'c' : cell.kind == formats::CellKind::Markdown ? 'm' : 'r';
        }
    }
    return out;
}

const Finding* find(const Analysis& analysis, std::string_view rule)
{
    const auto hit = std::find_if(
        analysis.findings.begin(), analysis.findings.end(), [rule](const auto& f) { return f.rule == rule; });
    return hit == analysis.findings.end() ? nullptr : &*hit;
}

} // namespace

CUPEL_TEST(databricksSource)
{
    const auto analysis = seed("databricks/source.py");
    CHECK_EQ(analysis.facts.format, "databricks");
    CHECK_EQ(kinds(analysis), "mccc");
    CHECK(sourceOf(analysis, 0).find("%md\n# Churn\nA short text.\n") != std::string::npos);
    CHECK(sourceOf(analysis, 1).find("\n%pip install pandas==2.1.0 shap\n") != std::string::npos);
    CHECK(sourceOf(analysis, 2).find("import pandas as pd\n") != std::string::npos);
    const auto* unpinned = find(analysis, "CUP-DEP-UNPINNED");
    REQUIRE(unpinned);
    CHECK_EQ(unpinned->location.cell.value_or(9), 1);
    CHECK_EQ(slice(analysis.artifact.view(), unpinned->location.bytes), "shap");
    CHECK_EQ(seed("databricks/source.sql").facts.format, "databricks");
    CHECK_EQ(kinds(seed("databricks/source.sql")), "mc");
}

CUPEL_TEST(marimoCells)
{
    const auto analysis = seed("marimo/small.py");
    CHECK_EQ(analysis.facts.format, "marimo");
    CHECK_EQ(kinds(analysis), "cc");
    CHECK(sourceOf(analysis, 0).starts_with("@app.cell\ndef _():"));
    CHECK(sourceOf(analysis, 1).find("mo.md(\"# Title\")") != std::string::npos);
}

CUPEL_TEST(jupytextLight)
{
    const auto analysis = seed("jupytext/light.py");
    CHECK_EQ(analysis.facts.format, "jupytext");
    CHECK_EQ(kinds(analysis), "mcccc"); // the last one is a magic behind a comment sign, which jupytext writes so
}

CUPEL_TEST(markdownThatRuns)
{
    const auto r = seed("rmarkdown/report.Rmd");
    CHECK_EQ(r.facts.format, "rmarkdown");
    CHECK_EQ(kinds(r), "mcmcm");
    CHECK_EQ(sourceOf(r, 1), "install.packages(\"dplyr\")\n");
    CHECK_EQ(sourceOf(r, 3), "import pandas as pd\n");
    CHECK(find(r, "CUP-DEP-UNPINNED") != nullptr);
    const auto paired = seed("rmarkdown/paired.md");
    CHECK_EQ(paired.facts.format, "rmarkdown");
    CHECK_EQ(kinds(paired), "mcc");
    CHECK_EQ(analyzeText("# Title\n\n```python\nx = 1\n```\n", "README.md").facts.format, "text");
}

CUPEL_TEST(otherJson)
{
    const auto zeppelin = seed("zeppelin/note.zpln");
    CHECK_EQ(zeppelin.facts.format, "zeppelin");
    CHECK_EQ(kinds(zeppelin), "mc");
    CHECK_EQ(sourceOf(zeppelin, 1), "%python\nimport pandas as pd\nprint(1)");
    CHECK_EQ(formats::notebookFacts(zeppelin.facts)->outputCount, 2);
    const auto databricks = seed("zeppelin/databricks.python");
    CHECK_EQ(databricks.facts.format, "zeppelin");
    CHECK_EQ(kinds(databricks), "mcc");
    CHECK_EQ(formats::notebookFacts(databricks.facts)->outputCount, 2);
    REQUIRE(!databricks.dependencies.empty());
    CHECK_EQ(databricks.dependencies[0].version, "0.44.0");
}

CUPEL_TEST(exportedPages)
{
    const auto lab = seed("exported_html/lab.html");
    CHECK_EQ(lab.facts.format, "exported_html");
    CHECK_EQ(kinds(lab), "mc");
    CHECK_EQ(sourceOf(lab, 0), "Title & more");
    CHECK_EQ(sourceOf(lab, 1), "%pip install shap < 1\nimport pandas\n");
    const auto* own = formats::notebookFacts(lab.facts);
    REQUIRE(own->cells[1].outputs.size() == 1);
    const auto& region = lab.facts.regions[own->cells[1].outputs[0].regions[0]];
    CHECK_EQ(formats::readRegion(lab.artifact.view(), region).text, "hello <b>");
    const auto classic = seed("exported_html/classic.html");
    CHECK_EQ(kinds(classic), "cm");
    CHECK_EQ(sourceOf(classic, 0), "x = 1");
}

CUPEL_TEST(secretsAreFoundInEveryShape)
{
    const std::string secret = "ghp_" + std::string("w7Hq2LxPz91KdVbN4mRtYcJ8sFgA0E") + "4Xv9Zq";
    for (const auto& [name, before, after] :
        {std::tuple{"a.py", "# Databricks notebook source\n# MAGIC %md\n# MAGIC t = \"", "\"\n"},
            std::tuple{"a.Rmd", "---\nt: x\n---\n```{python}\nt = \"", "\"\n```\n"},
            std::tuple{"a.zpln", R"({"paragraphs": [{"text": "t = ')", R"('"}], "noteParams": {}})"},
            std::tuple{"a.html",
                "<body class=\"jp-Notebook\"><div class=\"jp-Cell jp-CodeCell\"><div "
                "class=\"jp-InputArea-editor\"><pre>t = &quot;<span>",
                "</span>&quot;</pre></div></div>"}}) {
        const auto text = std::string(before) + secret + after;
        const auto analysis = analyzeText(text, name);
        const auto hit = std::find_if(analysis.findings.begin(), analysis.findings.end(),
            [](const auto& f) { return f.family == Family::Secret; });
        CHECK_EQ(std::string(name) + (hit == analysis.findings.end() ? " without a finding" : ""), name);
        if (hit != analysis.findings.end()) {
            CHECK_EQ(slice(ByteView(text), hit->location.bytes), secret);
            CHECK_EQ(hit->location.cell.value_or(9), 0);
        }
    }
}

CUPEL_TEST(checkpointCopies)
{
    const std::string text = R"({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    CHECK(find(analyzeText(text, "x/.ipynb_checkpoints/a-checkpoint.ipynb"), "CUP-NB-CHECKPOINT") != nullptr);
    CHECK(find(analyzeText(text, "x/a.ipynb"), "CUP-NB-CHECKPOINT") == nullptr);
}
