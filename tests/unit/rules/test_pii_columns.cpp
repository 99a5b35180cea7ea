// SPDX-License-Identifier: GPL-3.0-or-later
// Which cells of a column are somebody's: totals and missing values are not, lists of authors are.
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"
#include "tests/unit/rules/made_frames.h"

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

// A notebook of R writes the types below the names, and texts begin where their name does.
CUPEL_TEST(framesOfNotebooksOfR)
{
    const std::string table =
        "<table class=\"dataframe\"><thead>\n<tr><th></th><th>first_name</th><th>last_name</th></tr>\n<tr><th></th>"
        "<th>&lt;chr&gt;</th><th>&lt;chr&gt;</th></tr>\n</thead><tbody>\n<tr><th>1</th><td>Magda</td><td>Kowalska</td>"
        "</tr>\n<tr><th>2</th><td>Piotr</td><td>Nowak</td></tr>\n</tbody></table>";
    const std::string markdown = "| first_name &lt;chr&gt; | last_name &lt;chr&gt; |\n|---|---|\n| Magda | Kowalska |\n"
                                 "| Piotr | Nowak |\n";
    const std::string plain =
        "  first_name last_name spend\n1 Magda      Kowalska  0.5  \n2 Piotr      Nowak     1.5  \n";
    for (const auto& output : {"\"text/html\": " + test::jsonString(table),
             "\"text/markdown\": " + test::jsonString(markdown), "\"text/plain\": " + test::jsonString(plain)}) {
        const auto analysis = test::analyzed(outputOf(output));
        const auto* first = of(analysis, "CUP-PII-FIRST-NAME");
        const auto* last = of(analysis, "CUP-PII-LAST-NAME");
        REQUIRE(first != nullptr && last != nullptr);
        CHECK_EQ(first->arguments.at("rows"), std::string("2"));
        CHECK_EQ(first->fix->edits.size(), 2U);
    }
}

CUPEL_TEST(summariesAreNoPositions)
{
    const auto positions = [&](const std::string& rows) {
        return of(test::analyzed(outputOf("\"text/plain\": " + test::jsonString("stat,longitude,latitude\n" + rows))),
                   "CUP-PII-LATITUDE-LONGITUDE")
            != nullptr;
    };
    CHECK(positions("a,8.54169,47.37688\nb,8.54271,47.37701\nc,8.54344,47.37712\n"));
    CHECK(!positions("count,20640.12345,20640.12345\nmean,-119.56970,35.63186\nstd,2.00353,2.13595\n"));
}

// The sign of LaTeX belongs to the address, and the same address has the same placeholder everywhere.
CUPEL_TEST(addressesInLatex)
{
    const std::string text = "ewa\\_z@gazeta.pl and ewa_z@gazeta.pl";
    const auto bytes = outputOf("\"text/latex\": " + test::jsonString(text));
    const auto analysis = test::analyzed(bytes);
    const auto* mail = of(analysis, "CUP-PII-EMAIL");
    REQUIRE(mail != nullptr);
    CHECK_EQ(std::string(slice(bytes, mail->location.bytes)), std::string("ewa\\\\_z@gazeta.pl"));
    // Addresses in a row are bytes for a parser.
    const auto none = test::analyzed(outputOf("\"text/plain\": " + test::jsonString("b'a@b.comc@d.com'")));
    CHECK(of(none, "CUP-PII-EMAIL") == nullptr);
}

CUPEL_TEST(whoSignsWithAnAddress)
{
    const auto named = [](const std::string& text) {
        return of(test::analyzed(outputOf("\"text/plain\": " + test::jsonString(text))), "CUP-PII-PERSON-NAME")
            != nullptr;
    };
    CHECK(named("Acked-by: Ingo Molnar <mingo@elte.hu>"));
    CHECK(named("Waiman Long <waiman.long@hpe.com>"));
    CHECK(!named("Kernel Mailing List <linux-kernel@vger.kernel.org>"));
    CHECK(named(" *  Paul Novak ( paul.novak@unibe.org>"));
    CHECK(!named("see Core Team ( core@r-project.org)"));
    CHECK(!named("Core Team <core@r-project.org>"));
}

// A column that is shown several times is told by its fullest table, whatever came first.
CUPEL_TEST(theFullestTableIsTold)
{
    const auto table = [](const std::string& rows) {
        return "\"text/html\": " + test::jsonString("<table><tr><th>name</th><th>email</th></tr>" + rows + "</table>");
    };
    const auto cell = [](const std::string& data) {
        return R"({"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "df", "outputs": [)"
               R"({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {)"
            + data + "}}]}";
    };
    const std::string one = "<tr><td>Jane Miller</td><td>jane@uni.edu</td></tr>";
    const std::string more = "<tr><td>Paul Novak</td><td>paul@uni.edu</td></tr><tr><td>Anna "
                             "Schmidt</td><td>anna@uni.edu</td></tr>";
    const auto bytes = R"({"cells": [)" + cell(table(one)) + ", " + cell(table(one + more)) + ", " + cell(table(more))
        + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto analysis = test::analyzed(bytes);
    const auto* finding = of(analysis, "CUP-PII-PERSON-NAME");
    REQUIRE(finding != nullptr && finding->location.cell.has_value());
    CHECK_EQ(*finding->location.cell, 1U);
    CHECK_EQ(finding->arguments.at("rows"), std::string("3"));
    std::string also;
    for (const auto& evidence : finding->evidence) {
        also += evidence.role == "place" ? evidence.location.human + "|" : "";
    }
    CHECK_EQ(also, "cell 0, output 0, line 1|cell 2, output 0, line 1|");
    REQUIRE(finding->fix.has_value());
    CHECK_EQ(finding->fix->edits.size(), 6U);
}

// An entity at the end of a cell belongs to the value: none of it may stay behind the placeholder.
CUPEL_TEST(aValueEndsBehindItsLastEntity)
{
    const std::string table = "<table><tr><th>name</th><th>n</th></tr><tr><td>Jane Miller&uml;</td><td>1</td></tr>"
                              "<tr><td>Paul Novak</td><td>2</td></tr><tr><td>Anna Schmidt</td><td>3</td></tr></table>";
    const auto bytes = outputOf("\"text/html\": " + test::jsonString(table));
    const auto analysis = test::analyzed(bytes);
    const auto* finding = of(analysis, "CUP-PII-PERSON-NAME");
    REQUIRE(finding != nullptr && finding->fix.has_value() && !finding->fix->edits.empty());
    const auto first = finding->fix->edits.front().bytes;
    CHECK_EQ(bytes.substr(first.start, first.size()), std::string("Jane Miller&uml;"));
}

// Where else its values stand is listed; another form of the same output is none of these places.
CUPEL_TEST(placesOfItsValuesAreListed)
{
    const std::string table = "<table><tr><th>name</th><th>n</th></tr><tr><td>Jane Miller</td><td>1</td></tr>"
                              "<tr><td>Paul Novak</td><td>2</td></tr><tr><td>Anna Schmidt</td><td>3</td></tr></table>";
    const auto bytes =
        R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": "See Jane Miller."},)"
        R"({"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "df", "outputs": [)"
        R"({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/html": )"
        + test::jsonString(table) + R"(, "text/plain": "who\n0 Jane Miller\n1 Paul Novak"}}]}],)"
        + R"("metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto analysis = test::analyzed(bytes);
    const auto* finding = of(analysis, "CUP-PII-PERSON-NAME");
    REQUIRE(finding != nullptr && finding->fix.has_value());
    std::string also;
    for (const auto& evidence : finding->evidence) {
        also += evidence.role == "place" ? evidence.location.human + "|" : "";
    }
    CHECK_EQ(also, "cell 0, line 1|");
    CHECK(finding->message.find("at 1 more place of") != std::string::npos);
    CHECK_EQ(finding->fix->edits.size(), 6U); // the form beside it goes too
}

// A column that stays as it is speaks for its own kind of values, not for an address that somebody put among them.
CUPEL_TEST(aStrangerInAPublicColumnIsTold)
{
    for (const std::string head :
        {"Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare\n", "x,y,z,sex,age,q,w,e,r\n"}) {
        const auto analysis = test::analyzed(head
                + "0,3,\"Miller, Mr. Paul\",male,22,1,0,A5,7.25\n1,1,\"Novak, Mrs. Jane\",female,38,1,0,PC,71.2\n"
                  "1,3,\"Rossi, Miss. Anna\",rossi@unibe.org,26,0,0,S2,7.92\n0,2,\"Weber, Mr. Udo\",male,31,0,0,S3,9\n",
            "t.txt");
        const auto* address = test::of(analysis, "CUP-PII-EMAIL");
        REQUIRE(address != nullptr);
        CHECK(test::pii(analysis).size() >= 2);
    }
}

// A Series of pandas says below its values what they are of; counts of values have them as labels.
CUPEL_TEST(aSeriesIsAColumnOfItsName)
{
    const auto of1 = [](const std::string& text, std::string_view rule) {
        const auto analysis = test::analyzed(outputOf("\"text/plain\": " + test::jsonString(text)));
        return of(analysis, rule) != nullptr;
    };
    const std::string names = "CUP-PII-FIRST-NAME";
    CHECK(of1("0    Jane\n1    Robert\n2    Mary\nName: first_name, dtype: object", names));
    CHECK(of1(
        "0       Jane\n1     Robert\n       ...  \n99     Mary\nName: first_name, Length: 100, dtype: object", names));
    CHECK(of1("Jane      5\nRobert    3\nMary      1\nName: first_name, dtype: int64", names));
    CHECK(
        of1("0   1981-03-12\n1   1990-11-02\n2   1975-07-30\nName: fecha_nac, dtype: object", "CUP-PII-DATE-OF-BIRTH"));
    for (const char* quiet :
        {"0    1.5\n1    2.5\nName: price, dtype: float64", "color    red\nsize     5\nName: 0, dtype: object",
            "count    5.0\nmean     3.0\nName: age, dtype: float64", "Name: first_name, dtype: object",
            "0    red\n1    green\nName: colour, dtype: object"}) {
        const auto analysis = test::analyzed(outputOf("\"text/plain\": " + test::jsonString(quiet)));
        CHECK_EQ(std::count_if(analysis.findings.begin(), analysis.findings.end(),
                     [](const Finding& finding) { return finding.family == Family::Pii; }),
            0);
    }
}

// Headers as people of other languages write them, shortened or without their little words.
CUPEL_TEST(headersOfOtherLanguagesAreKnown)
{
    const auto rulesOf = [](const std::string& header, const std::string& cells) {
        return test::analyzed(outputOf("\"text/plain\": " + test::jsonString("id," + header + "\n" + cells)));
    };
    const std::string dates = "1,1981-03-12\n2,1990-11-02\n3,1975-07-30\n";
    for (const char* header :
        {"date_naissance", "DATE_NAISS", "fecha_nac", "fecha_nacimiento", "geb_dat", "geburtsdatum", "data_nascita",
            "geboortedatum", "fodelsedatum", "dt_nascimento", "data_ur", "syntymaaika"}) {
        CHECK(of(rulesOf(header, dates), "CUP-PII-DATE-OF-BIRTH") != nullptr);
    }
    for (const char* header : {"date_commande", "fecha_alta", "bestell_dat", "data_ordine", "orderdatum"}) {
        CHECK(of(rulesOf(header, dates), "CUP-PII-DATE-OF-BIRTH") == nullptr);
    }
    CHECK(of(rulesOf("primer_apellido", "1,Garcia\n2,Lopez\n3,Fernandez\n"), "CUP-PII-LAST-NAME") != nullptr);
    CHECK(of(rulesOf("prenoms", "1,Jeanne\n2,Pierre\n3,Camille\n"), "CUP-PII-FIRST-NAME") != nullptr);
}
