// SPDX-License-Identifier: GPL-3.0-or-later
// Which cells of a column are somebody's: totals and missing values are not, lists of authors are.
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <string>

using namespace cupel;

namespace {

const Finding* of(const Analysis& analysis, std::string_view rule)
{
    const auto hit = std::find_if(analysis.findings.begin(), analysis.findings.end(),
        [rule](const Finding& finding) { return finding.rule == rule; });
    return hit == analysis.findings.end() ? nullptr : &*hit;
}

std::string outputOf(const std::string& mimeAndText)
{
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "df", "outputs": [)"
           R"({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {)"
        + mimeAndText + R"(}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

} // namespace

// The margins of a pivot table are nobody: neither counted nor replaced, however the table is printed.
CUPEL_TEST(rowsOfTotalsAreNoPersons)
{
    const std::string table =
        "<table class=\"dataframe\"><thead><tr><th>sex</th><th>female</th><th>All</th></tr><tr><th>name</th><th></th>"
        "<th></th></tr></thead><tbody><tr><th>Jane Miller</th><td>1</td><td>1</td></tr><tr><th>Paul "
        "Novak</th><td>0</td>"
        "<td>1</td></tr><tr><th>Anna Schmidt</th><td>1</td><td>1</td></tr><tr><th>All</th><td>2</td><td>3</td></tr>"
        "<tr><th>Grand Total</th><td>2</td><td>3</td></tr></tbody></table>";
    const std::string text = "name,n\nJane Miller,1\nPaul Novak,2\nAnna Schmidt,3\nTotal,6\n";
    for (const auto& output :
        {"\"text/html\": " + test::jsonString(table), "\"text/plain\": " + test::jsonString(text)}) {
        const auto bytes = outputOf(output);
        const auto analysis = test::analyzed(bytes);
        const auto* finding = of(analysis, "CUP-PII-PERSON-NAME");
        REQUIRE(finding != nullptr && finding->fix.has_value());
        CHECK_EQ(finding->arguments.at("share"), std::string("100 %"));
        CHECK_EQ(finding->fix->edits.size(), 3U);
        for (const auto& edit : finding->fix->edits) {
            CHECK(bytes.substr(edit.bytes.start, edit.bytes.size()).find(' ') != std::string::npos);
        }
    }
}

CUPEL_TEST(columnsOfAuthorsAreNames)
{
    const std::string text = "title,authors\nOn flu,\"Barnett, Daniel J.; Balicer, Ran D.\"\nOn maps,\"Miller, "
                             "Jane\"\nOn bread,\"Schmidt, Anna; Novak, Paul\"\n";
    const auto analysis = test::analyzed(outputOf("\"text/plain\": " + test::jsonString(text)));
    const auto* finding = of(analysis, "CUP-PII-PERSON-NAME");
    REQUIRE(finding != nullptr);
    CHECK_EQ(finding->arguments.at("column"), std::string("authors"));
    // What is called so and holds none is nobody.
    const std::string none = "title,customer\nOn flu,Acme Ltd\nOn maps,ABC-12\nOn bread,XY-99\n";
    CHECK(of(test::analyzed(outputOf("\"text/plain\": " + test::jsonString(none))), "CUP-PII-PERSON-NAME") == nullptr);
}
