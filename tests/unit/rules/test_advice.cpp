// SPDX-License-Identifier: GPL-3.0-or-later
// What is advised in the language of the place: which language that is, what the data has for it, and that nothing in
// Python is advised elsewhere.
#include "analyzers/rules/advice.h"
#include "analyzers/rules/place_language.h"
#include "analyzers/rules/rule_set.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

using namespace cupel;
using nlohmann::json;

namespace {

std::string notebook(const std::string& language, const std::string& source, const std::string& shown = {})
{
    json cell{{"cell_type", "code"}, {"id", "a"}, {"metadata", json::object()}, {"execution_count", 1},
        {"source", source}, {"outputs", json::array()}};
    if (!shown.empty()) {
        cell["outputs"].push_back({{"output_type", "stream"}, {"name", "stdout"}, {"text", shown}});
    }
    return json{{"nbformat", 4}, {"nbformat_minor", 5},
        {"metadata",
            {{"language_info", {{"name", language}}}, {"kernelspec", {{"language", language}, {"name", "k"}}}}},
        {"cells", {cell}}}
        .dump();
}

const std::string key = "ghp_" + std::string("A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8");

// "r: key <- Sys.getenv(...)" of the first finding whose rule starts so.
std::string right(const std::string& text, const std::string& path, std::string_view rule)
{
    const auto analysis = test::analyzed(text, path);
    for (const auto& finding : analysis.findings) {
        if (finding.rule.starts_with(rule)) {
            const auto said = finding.arguments.find("language");
            return (said == finding.arguments.end() ? "" : said->second) + ": "
                + rules::adviceFor(*rules::findRule(finding.rule), finding).rightExample;
        }
    }
    return "no " + std::string(rule);
}

} // namespace

CUPEL_TEST(advice_speaks_the_language_of_the_place)
{
    const std::string line = "token <- \"" + key + "\"\n";
    const std::string inR = "r: key <- Sys.getenv(\"SERVICE_KEY\")";
    const std::string inPython = ": import os\nkey = os.environ[\"SERVICE_KEY\"]";
    const std::string secret = "CUP-SEC-GITHUB";
    CHECK_EQ(right(notebook("R", line), "t.ipynb", secret), inR);
    CHECK_EQ(right(notebook("R", "show(x)", line), "t.ipynb", secret), inR);
    CHECK_EQ(right(notebook("python", "%%R -i df\n" + line), "t.ipynb", secret), inR);
    CHECK_EQ(right(notebook("python", line), "t.ipynb", secret), inPython);
    CHECK_EQ(right(notebook("python", "%%time\n" + line), "t.ipynb", secret), inPython);
    CHECK_EQ(right(notebook("ir", line), "t.ipynb", secret), inR);
    CHECK_EQ(right(notebook("julia", line), "t.ipynb", secret), "julia: key = ENV[\"SERVICE_KEY\"]");
    CHECK_EQ(right(notebook("python", "%%bash\n" + line), "t.ipynb", secret), "bash: key=\"$SERVICE_KEY\"");
    CHECK_EQ(right(notebook("python", "%%sql\n" + line), "t.ipynb", secret), "sql: ");
    CHECK_EQ(right(notebook("malbolge", line), "t.ipynb", secret), "other: ");
    CHECK_EQ(right("---\ntitle: a\n---\n```{python}\nx = 1\n```\ntext\n```{r echo=FALSE}\n" + line + "```\n", "t.Rmd",
                 secret),
        inR);
    CHECK_EQ(right("---\ntitle: a\n---\n```{r}\nx = 1\n```\ntext\n```{python}\n" + line + "```\n", "t.Rmd", secret),
        inPython);
    CHECK_EQ(right("# Databricks notebook source\n# MAGIC %sql\n# MAGIC " + line + "\n# COMMAND ----------\nx = 1\n",
                 "t.py", secret),
        "sql: ");
    CHECK_EQ(right(line, "script.R", secret), inR);
    CHECK_EQ(right(line, "notes.txt", secret), "other: ");
    CHECK_EQ(right("# %%\n" + line, "script.py", secret), inPython);
    CHECK_EQ(right(notebook("R", "install.packages(\"dplyr\")"), "t.ipynb", "CUP-DEP-UNPINNED"),
        "r: remotes::install_version(\"dplyr\", \"1.1.4\")");
    CHECK_EQ(right(notebook("python", "%%bash\npip install shap pandas"), "t.ipynb", "CUP-DEP-UNPINNED"),
        "bash: pip install pandas==2.1.0 scikit-learn==1.3.2");
}

CUPEL_TEST(no_rule_advises_python_elsewhere)
{
    std::size_t left = 0;
    for (const auto& rule : rules::catalogue()) {
        for (const char* language : {"r", "julia", "sql", "other"}) {
            const auto advice = rules::adviceFor(rule, language);
            CHECK(!advice.howToFix.empty());
            for (const auto* example : {&advice.wrongExample, &advice.rightExample}) {
                const bool python = example->starts_with("import ") || example->find("\nimport ") != std::string::npos
                    || example->find("os.environ") != std::string::npos || example->starts_with("!pip");
                CHECK_EQ(python && rule.family != Family::Model && rule.family != Family::Pickle ? rule.id : "", "");
            }
            left += advice.rightExample.empty() ? 0U : 1U;
        }
        const auto here = rules::adviceFor(rule, "");
        CHECK_EQ(here.rightExample, rule.rightExample);
        CHECK_EQ(here.howToFix, rule.howToFix);
    }
    CHECK(left > 1'000);
}

CUPEL_TEST(every_row_of_advice_is_of_some_rule)
{
    std::set<std::string> texts;
    for (const auto& rule : rules::catalogue()) {
        texts.insert({rule.howToFix, rule.wrongExample, rule.rightExample});
    }
    std::ifstream file(CUPEL_SOURCE_DIR "/resources/rules/texts/advice.json");
    const auto document = json::parse(file);
    for (const auto& row : document.at("advice")) {
        const auto of = row.at("of").get<std::string>();
        CHECK_EQ(texts.contains(of) ? of : "no rule says this", of);
    }
    CHECK(document.at("advice").size() > 15);
}

CUPEL_TEST(languages_have_one_name)
{
    CHECK_EQ(rules::plainLanguage("IR"), "r");
    CHECK_EQ(rules::plainLanguage("xpython"), "");
    CHECK_EQ(rules::plainLanguage("C++17"), "c++");
    CHECK_EQ(rules::plainLanguage("TypeScript"), "javascript");
    CHECK_EQ(rules::plainLanguage(""), "");
}
