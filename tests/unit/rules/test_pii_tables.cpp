// SPDX-License-Identifier: GPL-3.0-or-later
// Tables in LaTeX, and columns of positions that are none.
#include "analyzers/formats/frames/frame.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"
#include "tests/unit/rules/made_frames.h"

#include <string>
#include <vector>

using namespace cupel;
using test::of;
using test::outputOf;
using test::pii;

CUPEL_TEST(framesInLatex)
{
    const char* frames[] = {
        // LaTeX of pandas, of R, with names in bold or escaped, over several pages, and as the repr of a string
        "\\begin{tabular}{llr}\n\\toprule\n & first_name & last_name & x \\\\\n\\midrule\n0 & Jane & Miller & 1 \\\\\n"
        "1 & Paul & Novak & 2 \\\\\n\\bottomrule\n\\end{tabular}\n",
        "\\begin{tabular}{r|ll}\n  & first\\_name & last\\_name\\\\\n  & <chr> & <chr>\\\\\n\\hline\n\t1 & Jane & "
        "Miller\\\\\n\t2 & Paul & Novak\\\\\n\\end{tabular}\n",
        "\\begin{longtable}{lll}\n\\caption{People {of} us} \\label{t} \\\\\n\\toprule\n & \\textbf{first_name} & "
        "\\textbf{last_name} \\\\\n\\midrule\n\\endfirsthead\n\\toprule\n & first_name & last_name \\\\\n\\midrule\n"
        "\\endhead\n\\multicolumn{3}{r}{Continued} \\\\\n\\endfoot\n0 & Jane & Miller \\\\\n1 & Paul & Novak "
        "\\\\[2pt] \\hline\n\\end{longtable}\n",
        "'\\\\begin{tabular}{lll}\\n\\\\toprule\\n{} & first\\\\_name & last\\\\_name \\\\\\\\\\n\\\\midrule\\n0 & "
        "Jane & Miller "
        "\\\\\\\\\\n1 & Paul & Novak \\\\\\\\\\n\\\\bottomrule\\n\\\\end{tabular}\\n'\n",
    };
    for (const auto* frame : frames) {
        const auto analysis = test::analyzed(frame, "t.txt");
        CHECK_EQ(of(analysis, "CUP-PII-FIRST-NAME") ? frame : "no column of first names", frame);
        CHECK_EQ(of(analysis, "CUP-PII-LAST-NAME") ? frame : "no column of last names", frame);
        CHECK_EQ(analysis.sensitive.size(), 4U);
        const auto behind = formats::readFrames("before\n" + std::string(frame) + "\nafter\n");
        REQUIRE(CHECK_EQ(behind.size(), 1U));
        CHECK_EQ(behind[0].rows, 2U);
    }
}

CUPEL_TEST(scaledPositionsAreNobodysPlace)
{
    const auto is = [](const std::string& text) {
        return of(test::analyzed(text, "t.txt"), "CUP-PII-LATITUDE-LONGITUDE") != nullptr;
    };
    // Standardised, scaled to 0 and 1, summaries, and no latitude at all.
    CHECK(!is("lat,lng,n\n-1.203415,0.934182,1\n2.297613,-1.352222,2\n0.102782,1.496366,3\n"));
    CHECK(!is("latitude,longitude\n0.203415,0.934182\n0.997613,0.352222\n0.102782,0.496366\n"));
    CHECK(!is("      latitude  longitude\nmean  35.631861 -119.569704\nstd   2.135952   2.003532\n"));
    CHECK(!is("lat,lng,n\n152.520815,13.409419,1\n148.856613,2.352222,2\n141.902782,12.496366,3\n"));
    CHECK(!is("lat: -1.252815, lon: 0.934192"));
    // Close to it there is land, a single place that was not known does not clear the others, and radians are places.
    CHECK(is("lat,lng,n\n5.603717,-0.186964,1\n5.614818,-0.205874,2\n5.556020,-0.196900,3\n"));
    CHECK(is("lat,lng,n\n52.520815,13.409419,1\n0.000000,0.000000,2\n41.902782,12.496366,3\n"));
    CHECK(is("lat_rad,lon_rad\n0.916661,0.234038\n0.852708,0.041054\n0.731341,0.218103\n"));
    CHECK(is("lat: 5.603717, lon: -0.186964"));
}

CUPEL_TEST(aColumnOfLatexIsOneFinding)
{
    const std::string latex =
        "\\begin{tabular}{lll}\n\\toprule\n & email & loss \\\\\n\\midrule\n0 & jane\\_b@unibe.org & 1 "
        "\\\\\n1 & paul@unibe.org & 2 \\\\\n2 & anna@unibe.org & 3 \\\\\n\\end{tabular}\n";
    for (const auto& analysis : {test::analyzed(outputOf("\"text/latex\": " + test::jsonString(latex))),
             test::analyzed(outputOf("\"text/plain\": " + test::jsonString(latex)))}) {
        const auto list = pii(analysis);
        REQUIRE(CHECK_EQ(list.size(), 1U));
        CHECK_EQ(list.front()->arguments.at("rows"), std::string("3"));
        CHECK_EQ(analysis.sensitive.size(), 3U);
        CHECK_EQ(list.front()->fix->edits.size(), 3U);
    }
    for (const char* broken :
        {"\\begin{tabular}", "\\begin{tabular}{ll", "\\begin{tabular}{l}\\\\[", "'\\\\begin{tabular}{l}\\",
            "\\begin{tabular}{l}\n\\", "\\begin{tabular}\n\\begin{tabular}\n", "\\begin{tabular}{l}&&&\\\\"}) {
        CHECK_EQ(formats::readFrames(broken).size(), 0U);
    }
}

namespace {

std::string diagnoses(const std::string& text, const std::string& prose)
{
    std::string html = "<table><thead><tr><th></th><th>visit</th><th>diagnosis</th></tr></thead><tbody>";
    int row = 0;
    for (const auto* code : {"E11.9", "I10.0", "J45.9", "F32.1", "M54.5", "C50.9"}) {
        html += "<tr><th>" + std::to_string(row++) + "</th><td>7</td><td>" + code + "</td></tr>";
    }
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "df", "outputs": [)"
           R"({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/html": )"
        + test::jsonString(html + "</tbody></table>") + ", \"text/plain\": " + test::jsonString(text)
        + R"(}}]}, {"cell_type": "markdown", "metadata": {}, "source": )" + test::jsonString(prose)
        + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

} // namespace

// A table has one finding for its column and one severity, also when words nearby tell of single values of it, in the
// other form of the same output or elsewhere.
CUPEL_TEST(valuesOfAJudgedColumnAreNoFindingsOfTheirOwn)
{
    const auto table =
        test::analyzed(diagnoses("7 visits\nvisit 7 diagnosis E11.9\nvisit 7 diagnosis I10.0", "Visits"));
    const auto found = test::pii(table);
    REQUIRE(found.size() == 1 && found.front()->fix.has_value());
    CHECK_EQ(found.front()->rule, std::string("CUP-PII-ICD-10"));
    CHECK(found.front()->severity == Severity::Low);
    CHECK_EQ(found.front()->fix->edits.size(), 8U);
    CHECK_EQ(found.front()->fix->edits.front().text, found.front()->fix->edits[6].text); // E11.9, of the other form

    const auto both = test::analyzed(diagnoses("6 rows", "The diagnosis E11.9 is common"));
    std::size_t outputs = 0;
    for (const auto* finding : test::pii(both)) {
        outputs += finding->location.output ? 1 : 0;
    }
    CHECK_EQ(outputs, 1U); // the other one is that of the text
    CHECK_EQ(test::pii(both).size(), 2U);
}
