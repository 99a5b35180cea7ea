// SPDX-License-Identifier: GPL-3.0-or-later
// Columns of people by the header or by their cells alone: tests/golden/rules/pii/name_columns.tsv, each as a table of
// HTML.
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"
#include "tests/unit/rules/made_frames.h"

#include <fstream>
#include <sstream>
#include <string>

using namespace cupel;

namespace {

std::string tableOf(const std::string& header, const std::string& cells)
{
    std::string html =
        "<table><thead><tr><th></th><th>visit</th><th>" + header + "</th><th>bmi</th></tr></thead><tbody>";
    std::istringstream list(cells);
    int row = 0;
    for (std::string cell; std::getline(list, cell, '|'); ++row) {
        html += "<tr><th>" + std::to_string(row) + "</th><td>" + std::to_string(7 * row) + "</td><td>" + cell
            + "</td><td>22.5</td></tr>";
    }
    return test::outputOf("\"text/html\": " + test::jsonString(html + "</tbody></table>"));
}

std::string severityOf(const Finding* finding)
{
    return !finding ? "-" : finding->severity == Severity::Medium ? "medium" : "low";
}

} // namespace

CUPEL_TEST(columnsOfPeopleAreFoundWhateverTheyAreCalled)
{
    std::ifstream table(std::string(CUPEL_SOURCE_DIR) + "/tests/golden/rules/pii/name_columns.tsv");
    REQUIRE(table.good());
    for (std::string line; std::getline(table, line);) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        std::istringstream fields(line);
        std::string expected;
        std::string header;
        std::string cells;
        std::getline(fields, expected, '\t');
        std::getline(fields, header, '\t');
        std::getline(fields, cells, '\t');
        const auto found = severityOf(test::of(test::analyzed(tableOf(header, cells)), "CUP-PII-PERSON-NAME"));
        if (found != expected) {
            test::report(false, __FILE__, __LINE__, header + ": " + cells + " is " + found);
        }
    }
}

// The header is not shown where it says nothing of the class, and every name is replaced.
CUPEL_TEST(aColumnToldByItsCellsIsRedacted)
{
    const auto bytes = tableOf("Horse", "John Smith|Mary Johnson|Robert Williams|Patricia Brown|Michael Davis");
    const auto analysis = test::analyzed(bytes);
    const auto* finding = test::of(analysis, "CUP-PII-PERSON-NAME");
    REQUIRE(finding != nullptr && finding->fix.has_value());
    CHECK(!finding->arguments.contains("column"));
    CHECK_EQ(finding->fix->edits.size(), 5U);
    CHECK_EQ(analysis.sensitive.size(), 5U);
}

// Labels of rows have no header at all, in a file that pandas wrote either.
CUPEL_TEST(labelsOfRowsAreNamesToo)
{
    const std::string text =
        ",score\nJohn Smith,1\nMary Johnson,2\nRobert Williams,3\nPatricia Brown,4\nMichael Davis,5\n";
    CHECK(test::of(test::analyzed(text, "scores.csv"), "CUP-PII-PERSON-NAME") != nullptr);
}

// Where the first row is data, it is masked and replaced as the others are.
CUPEL_TEST(aNameInTheHeaderIsReplacedToo)
{
    const std::string text = "Paul Novak,Bern\nJohn Smith,Ulm\nMary Johnson,Linz\nRobert Williams,Graz\nPatricia "
                             "Brown,Wien\nMichael Davis,Basel\n";
    const auto analysis = test::analyzed(text, "people.csv");
    const auto* finding = test::of(analysis, "CUP-PII-PERSON-NAME");
    REQUIRE(finding != nullptr && finding->fix.has_value());
    CHECK_EQ(finding->fix->edits.size(), 6U);
    CHECK_EQ(finding->fix->edits.front().bytes.start, 0U);
}

CUPEL_TEST(peopleOfAPublicSetAreNoSecret)
{
    std::string text = "series_title,released_year,runtime,imdb_rating,director\n";
    for (const auto* name : {"Anna Holm", "Peter Lund", "Ingrid Dahl", "Thomas Berg", "Karin Falk"}) {
        text += "Somewhere,1994,142,9.3," + std::string(name) + '\n';
    }
    const auto analysis = test::analyzed(text, "films.csv");
    const auto* finding = test::of(analysis, "CUP-PII-PERSON-NAME");
    REQUIRE(finding != nullptr);
    CHECK(finding->severity == Severity::Info);
}
