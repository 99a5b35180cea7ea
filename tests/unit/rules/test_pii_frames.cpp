// SPDX-License-Identifier: GPL-3.0-or-later
// Data frames: one finding a column, also when an output shows it twice; combinations, positions, textbook data sets.
#include "analyzers/formats/frames/frame.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"
#include "tests/unit/rules/made_frames.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace cupel;
using test::of;
using test::outputOf;
using test::pii;

namespace {

const std::string plain =
    "            email  loss\n0  jane@unibe.org  0.25\n1  paul@unibe.org  0.19\n2  anna@unibe.org  0.17";
const std::string html =
    "<table border=\"1\" class=\"dataframe\"><thead><tr><th></th><th>email</th><th>loss</th></tr></thead><tbody>"
    "<tr><th>0</th><td>jane@unibe.org</td><td>0.25</td></tr><tr><th>1</th><td>paul@unibe.org</td><td>0.19</td></tr>"
    "<tr><th>2</th><td>anna@unibe.org</td><td>0.17</td></tr></tbody></table>";

} // namespace

CUPEL_TEST(aColumnIsOneFinding)
{
    const auto bytes =
        outputOf("\"text/html\": " + test::jsonString(html) + ", \"text/plain\": " + test::jsonString(plain));
    const auto analysis = test::analyzed(bytes);
    const auto list = pii(analysis);
    REQUIRE(list.size() == 1);
    const auto& finding = *list.front();
    CHECK_EQ(finding.rule, std::string("CUP-PII-EMAIL"));
    CHECK_EQ(finding.arguments.at("rows"), std::string("3"));
    CHECK_EQ(finding.arguments.at("share"), std::string("100 %"));
    // Every cell of both texts is masked, and the fix rewrites each with an equal placeholder for equal values.
    CHECK_EQ(analysis.sensitive.size(), 6U);
    REQUIRE(finding.fix.has_value());
    CHECK_EQ(finding.fix->kind, std::string("redact-column"));
    CHECK_EQ(finding.fix->edits.size(), 6U);
    for (const auto& edit : finding.fix->edits) {
        const auto value = bytes.substr(edit.bytes.start, edit.bytes.size());
        CHECK_EQ(edit.text, std::string(value[0] == 'j' ? "[EMAIL-1]" : value[0] == 'p' ? "[EMAIL-2]" : "[EMAIL-3]"));
        CHECK(value.ends_with("@unibe.org"));
    }
}

// What charts and explainers carry with them is a table as well.
CUPEL_TEST(tablesInsideJsonAndScriptsAreOne)
{
    const std::string table = "{\"names\": [\"email\", \"loss\"], \"rows\": [[\"jane@unibe.org\", 1], "
                              "[\"paul@unibe.org\", 2], [\"anna@unibe.org\", 3]]}";
    for (const auto& output : {"\"application/json\": " + table,
             "\"text/html\": " + test::jsonString("<script>draw(" + table + ");</script>"),
             "\"application/javascript\": " + test::jsonString("draw(" + table + ");")}) {
        const auto bytes = outputOf(output);
        const auto analysis = test::analyzed(bytes);
        const auto list = pii(analysis);
        REQUIRE(list.size() == 1);
        CHECK_EQ(list.front()->arguments.at("rows"), std::string("3"));
        REQUIRE(list.front()->fix.has_value());
        CHECK_EQ(list.front()->fix->edits.size(), 3U);
        for (const auto& edit : list.front()->fix->edits) {
            CHECK(bytes.substr(edit.bytes.start, edit.bytes.size()).ends_with("@unibe.org"));
        }
    }
}

// Columns of persons beside those of a textbook's data set are nobody's textbook.
CUPEL_TEST(aPublicSetWithMoreInItIsNone)
{
    const std::string titanic = "survived,pclass,sibsp,parch,fare,sex,age,name";
    const auto severityOf = [](const std::string& header, const std::string& last) {
        std::string text = header + "\n";
        for (const char* name : {"Karla Huber", "Jonas Weber", "Amelie Wagner", "Lukas Schmitz"}) {
            text += "1,3,0,0,7.25,female,31," + std::string(name) + last + "\n";
        }
        const auto analysis = test::analyzed(test::outputOf("\"text/plain\": " + test::jsonString(text)));
        auto worst = Severity::Info;
        for (const auto* finding : pii(analysis)) {
            worst = std::max(worst, finding->severity);
        }
        return worst;
    };
    CHECK(severityOf(titanic, "") == Severity::Info);
    CHECK(severityOf(titanic + ",email", ",a@firma-weber.de") >= Severity::Medium);
    CHECK(severityOf(titanic + ",diagnosis", ",HIV") >= Severity::Medium);
}

CUPEL_TEST(framesOfAllPrinters)
{
    const char* frames[] = {
        // pandas
        "  first_name   last_name  x\n0       Jane      Miller  1\n1       Paul       Novak  2\n",
        // Spark
        "+----------+---------+\n|first_name|last_name|\n+----------+---------+\n|      Jane|   Miller|\n|      Paul|  "
        "  Novak|\n+----------+---------+\n",
        // polars
        "shape: (2, 2)\n\u250C\u2500\u252C\u2500\u2510\n\u2502 first_name \u2506 last_name \u2502\n\u2502 ---        "
        "\u2506 ---       \u2502\n\u2502 str        \u2506 str       \u2502\n"
        "\u255E\u2550\u256A\u2550\u2561\n\u2502 Jane       \u2506 Miller    \u2502\n\u2502 Paul       \u2506 Novak     "
        "\u2502\n\u2514\u2500\u2534\u2500\u2518\n",
        // Markdown
        "| first_name | last_name |\n|---|:--:|\n| Jane | Miller |\n| Paul | Novak |\n",
        // R: data frame, tibble, data.table, glimpse() and str()
        "  first_name last_name x\n1       Jane    Miller 1\n2       Paul     Novak 2\n",
        "# A tibble: 2 \u00d7 3\n  first_name last_name     x\n  <chr>      <chr>     <dbl>\n1 Jane       Miller      "
        "1\n2 "
        "Paul       Novak       2\n",
        "   first_name last_name     x\n       <char>    <char> <num>\n1:       Jane    Miller     1\n2:       Paul    "
        " "
        "Novak     2\n",
        "Rows: 2\nColumns: 3\n$ first_name <chr> \"Jane\", \"Paul\"\n$ last_name  <chr> \"Miller\", \"Novak\"\n$ x     "
        "     "
        "<dbl> 1, 2\n",
        "'data.frame':\t2 obs. of  3 variables:\n $ first_name: chr  \"Jane\" \"Paul\"\n $ last_name : chr  \"Miller\" "
        "\"Novak\"\n $ x         : num  1 2\n",
        // Spark, one row after the other
        "-RECORD 0-----------\n first_name | Jane   \n last_name  | Miller \n-RECORD 1-----------\n first_name | Paul  "
        " \n "
        "last_name  | Novak  \n",
        // Spark's collect(), lists of dicts on one line and as pprint and JSON lines write them
        "[Row(first_name='Jane', last_name='Miller', x=1), Row(first_name='Paul', last_name='Novak', x=[1, (2, 3)])]",
        "rows: [{'first_name': 'Jane', 'x': None, 'last_name': 'Miller'}, {'last_name': 'Novak', 'first_name': "
        "'Paul'}]",
        "[{'first_name': 'Jane',\n  'last_name': 'Miller'},\n {'first_name': 'Paul',\n  'last_name': 'Novak',\n  "
        "'more': "
        "{'a': '}'}}]",
        "{\"first_name\": \"Jane\", \"last_name\": \"Miller\"}\n{\"first_name\": \"Paul\", \"last_name\": \"Novak\"}\n",
        // CSV and TSV
        "first_name,last_name,n\nJane,Miller,1\nPaul,Novak,2\n",
        "first_name\tlast_name\tn\nJane\tMiller\t1\nPaul\tNovak\t2\n",
        "\"first_name\";\"last_name\";\"n\"\n\"Jane\";\"Miller\";1\n\"Paul\";\"Novak\";2\n",
    };
    for (const auto* frame : frames) {
        const auto analysis = test::analyzed(frame, "t.txt");
        if (!of(analysis, "CUP-PII-FIRST-NAME") || !of(analysis, "CUP-PII-LAST-NAME")) {
            test::report(false, __FILE__, __LINE__, std::string("not both columns of\n") + frame);
        }
        CHECK_EQ(analysis.sensitive.size(), 4U);
        // Wherever its lines stand in the blocks that are looked at together, and behind lines that begin no frame.
        const auto alone = formats::readFrames(frame);
        for (std::size_t before = 0; before < 40; ++before) {
            const auto behind = formats::readFrames(std::string(before, '\n') + "?\n" + frame);
            REQUIRE(CHECK_EQ(behind.size(), alone.size()));
            CHECK_EQ(behind[0].source.start, alone[0].source.start + before + 2);
            CHECK_EQ(behind[0].rows, alone[0].rows);
        }
    }
}

CUPEL_TEST(literalsAreFramesOfTheirMembers)
{
    const auto frames = [](const std::string& text) { return formats::readFrames(text); };
    const std::string one = "Row(name='Ann \\'x\\' K', age=42, tags=['a', 'b'], at=Row(city=\"Ulm\"))";
    const auto row = frames("first: " + one + "\n");
    REQUIRE(row.size() == 1 && row[0].columns.size() == 4);
    CHECK_EQ(row[0].rows, 1U);
    CHECK_EQ(row[0].columns[0].name, "name");
    CHECK_EQ(row[0].columns[0].cells[0].text, "Ann \\'x\\' K");
    CHECK_EQ(row[0].columns[1].cells[0].text, "42");
    CHECK_EQ(row[0].columns[3].cells[0].text, "Row(city=\"Ulm\")");
    // Columns come and go; what a record lacks is empty there.
    const auto dicts = frames("[{'a': 1, 'b': 'x'},\n {'b': u'y'},\n {'c': 3}]");
    REQUIRE(dicts.size() == 1 && dicts[0].columns.size() == 3);
    CHECK_EQ(dicts[0].rows, 3U);
    CHECK_EQ(dicts[0].columns[0].cells[1].text, "");
    CHECK_EQ(dicts[0].columns[1].cells[1].text, "y");
    CHECK_EQ(dicts[0].columns[2].cells[0].text, "");
    CHECK_EQ(dicts[0].columns[2].cells[2].text, "3");
    // One dict alone is a setting; positions have no names; what is cut short ends with the record before.
    CHECK(frames("{'name': 'Ann', 'age': 3}").empty());
    CHECK(frames("Row('Ann', 3)").empty());
    CHECK(frames("ThrowRow(name='Ann')").empty());
    const auto cut = frames("[Row(a='1'), Row(a='2'), Row(a='3\n");
    REQUIRE(cut.size() == 1);
    CHECK_EQ(cut[0].rows, 2U);
    // Hostile: openings without an end cost one look each.
    std::string open;
    for (int i = 0; i < 200'000; ++i) {
        open += "{'a':[\n";
    }
    CHECK(frames(open).empty());
}

CUPEL_TEST(headersOfManyLanguages)
{
    for (const char* header : {"Vorname", "prénom", "nombre", "nome", "voornaam", "förnamn", "etunimi", "имя",
             "firstName", "FIRST_NAME", "customer first name", "givenname"}) {
        const auto analysis = test::analyzed(std::string("row,") + header + "\n0,Jane\n1,Paul\n2,Anna\n", "t.txt");
        if (std::string_view(header) != "prénom" && !of(analysis, "CUP-PII-FIRST-NAME")) {
            test::report(false, __FILE__, __LINE__, std::string("no given names under ") + header);
        }
    }
}

CUPEL_TEST(valuesProveAColumnWithoutHeader)
{
    // Eight different numbers with right check digits are no accident, one is.
    const std::string rows = "row,key\n0,53857632436\n1,94357219628\n2,79059236630\n3,64625294480\n4,36493665440\n5,"
                             "76543210794\n6,10000000146\n7,87412369022\n";
    const auto some = test::analyzed("row,key\n0,53857632436\n1,94357219628\n2,79059236630\n", "t.txt");
    CHECK_EQ(pii(some).size(), 0U);
    const auto wrong = test::analyzed(rows, "t.txt"); // the last one does not validate
    CHECK_EQ(pii(wrong).size(), 0U);
    const auto seven = rows.substr(0, rows.rfind("7,"));
    const auto all = test::analyzed(seven + "7,10000000450\n", "t.txt");
    CHECK(of(all, "CUP-PII-TR-KIMLIK") != nullptr);
}

CUPEL_TEST(combinationsSingleOut)
{
    const auto analysis = test::analyzed(
        "birth_date,zip,sex,score\n1961-04-12,10115,f,3\n1984-11-30,80331,m,4\n1990-01-05,22085,f,5\n", "t.txt");
    const auto* finding = of(analysis, "CUP-PII-REIDENTIFICATION");
    REQUIRE(finding != nullptr);
    CHECK(finding->severity == Severity::Medium);
    CHECK(of(test::analyzed("age,score\n31,3\n40,4\n22,5\n", "t.txt"), "CUP-PII-REIDENTIFICATION") == nullptr);
}

CUPEL_TEST(statisticsAreNotPersons)
{
    // An income of a region, a condition of a house: nobody is meant.
    CHECK_EQ(
        pii(test::analyzed("region,income,rooms\nNorth,41200,3\nSouth,38950,4\nEast,52000,5\n", "t.txt")).size(), 0U);
    CHECK_EQ(
        pii(test::analyzed("city,condition,price\nBonn,good,300\nKiel,poor,200\nUlm,fair,250\n", "t.txt")).size(), 0U);
    // The same column beside a name is.
    const auto analysis = test::analyzed("first name,income\nJane,41200\nPaul,38950\nAnna,52000\n", "t.txt");
    const auto* income = of(analysis, "CUP-PII-SALARY");
    REQUIRE(income != nullptr);
    CHECK(income->severity == Severity::Medium);
}

CUPEL_TEST(positionsNeedFourDecimals)
{
    const auto fine =
        test::analyzed("lat,lng,n\n52.520815,13.409419,1\n48.856613,2.352222,2\n41.902782,12.496366,3\n", "t.txt");
    CHECK(of(fine, "CUP-PII-LATITUDE-LONGITUDE") != nullptr);
    const auto coarse = test::analyzed("lat,lng,n\n52.5,13.4,1\n48.8,2.3,2\n41.9,12.4,3\n", "t.txt");
    CHECK_EQ(pii(coarse).size(), 0U);
}

CUPEL_TEST(textbookDataSetsAreOnlyNoted)
{
    const auto analysis = test::analyzed(
        "Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare\n0,3,\"Miller, Mr. Paul\",male,22,1,0,A5,7.25\n"
        "1,1,\"Novak, Mrs. Jane\",female,38,1,0,PC,71.2\n1,3,\"Rossi, Miss. Anna\",female,26,0,0,S2,7.92\n",
        "t.txt");
    const auto list = pii(analysis);
    CHECK(!list.empty());
    for (const auto* finding : list) {
        CHECK(finding->severity == Severity::Info);
        CHECK_EQ(finding->arguments.at("dataset"), std::string("Titanic"));
    }
    CHECK(analysis.sensitive.empty());
}

CUPEL_TEST(positionsInProse)
{
    for (const char* text : {"lat: 52.520008, lon: 13.404954", "GPS of the house: 52.520008 13.404954",
             "48\u00b051'29.6\"N 2\u00b017'40.2\"E", "52.52001\u00b0 N, 13.40495\u00b0 E",
             "home location: (40.712776, -74.005974)", "latitude=-33.86882; longitude=151.20930"}) {
        if (!of(test::analyzed(text, "t.txt"), "CUP-PII-LATITUDE-LONGITUDE")) {
            test::report(false, __FILE__, __LINE__, std::string("no position in ") + text);
        }
    }
    for (const char* text : {"loss 52.520008, 13.404954", "lat: 52.52, lon: 13.40", "lat: 98.520008, lon: 13.404954",
             "\"Latitude\", \"effect\": 0.123456, \"value\": 33.612345", "location 1.23456e-5 2.34567e-5",
             "rotate 12.34567\u00b0 by 3.45678\u00b0"}) {
        if (of(test::analyzed(text, "t.txt"), "CUP-PII-LATITUDE-LONGITUDE")) {
            test::report(false, __FILE__, __LINE__, std::string("a position in ") + text);
        }
    }
}

namespace {

std::string cellOf(const std::string& source, const std::string& outputs)
{
    return R"({"cell_type": "code", "execution_count": 1, "metadata": {}, "source": )" + test::jsonString(source)
        + R"(, "outputs": [)" + outputs + "]}";
}

std::string resultOf(const std::string& mimeAndText)
{
    return R"({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {)" + mimeAndText + "}}";
}

std::string bookOf(const std::vector<std::string>& cells)
{
    std::string list;
    for (const auto& cell : cells) {
        list += (list.empty() ? "" : ", ") + cell;
    }
    return R"({"cells": [)" + list + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

std::string tableOf(const std::string& header, const std::vector<std::string>& values)
{
    std::string out = "<table><thead><tr><th></th><th>" + header + "</th><th>bonus</th></tr></thead><tbody>";
    for (std::size_t i = 0; i < values.size(); ++i) {
        out += "<tr><th>" + std::to_string(i) + "</th><td>" + values[i] + "</td><td>1.5</td></tr>";
    }
    return out + "</tbody></table>";
}

// What all fixes of personal data leave of the file.
std::string fixedOf(std::string bytes, const Analysis& analysis)
{
    std::vector<TextEdit> edits;
    for (const auto* finding : pii(analysis)) {
        if (finding->fix) {
            edits.insert(edits.end(), finding->fix->edits.begin(), finding->fix->edits.end());
        }
    }
    std::sort(edits.begin(), edits.end(), [](const TextEdit& a, const TextEdit& b) { return b.bytes < a.bytes; });
    for (const auto& edit : edits) {
        bytes.replace(edit.bytes.start, edit.bytes.size(), "#");
    }
    return bytes;
}

} // namespace

CUPEL_TEST(theTwinOfAFrameGoesWithIt)
{
    // The other text of the output is a pivot: its names stand in the index, below the other headers, or in a sentence.
    const std::vector<std::string> names{"alice", "charles", "darwin"};
    for (const std::string twin : {"         bonus\nname          \nalice      1.5\ncharles    1.5\ndarwin     1.5",
             "month      nov   oct\nname                \nalice     9.00   8.0\ncharles   5.00  11.0\ndarwin   11.00  "
             "10.0",
             "alice has most, charles and darwin follow"}) {
        const auto bytes = bookOf({cellOf("df",
            resultOf("\"text/html\": " + test::jsonString(tableOf("name", names))
                + ", \"text/plain\": " + test::jsonString(twin)))});
        const auto analysis = test::analyzed(bytes);
        CHECK_EQ(pii(analysis).size(), 1U);
        const auto after = fixedOf(bytes, analysis);
        for (const auto& name : names) {
            CHECK(bytes.find(name) != std::string::npos);
            CHECK(after.find(name) == std::string::npos);
        }
    }
}

CUPEL_TEST(valuesOfAColumnAreMetElsewhere)
{
    const std::vector<std::string> names{"alice", "charles", "darwin"};
    const auto printed = R"({"output_type": "stream", "name": "stdout", "text": "best: alice, then darwin2\n"})";
    const auto bytes = bookOf({cellOf("rows = {'alice': 3, \"x\": alice}", ""),
        cellOf("df", resultOf("\"text/html\": " + test::jsonString(tableOf("name", names)))),
        cellOf("show()", printed)});
    const auto analysis = test::analyzed(bytes);
    const auto list = pii(analysis);
    REQUIRE(list.size() == 2); // the column, and the literal of the code
    const auto column = std::find_if(list.begin(), list.end(), [](const Finding* f) { return f->fix->safe; });
    const auto code = std::find_if(list.begin(), list.end(), [](const Finding* f) { return !f->fix->safe; });
    REQUIRE(column != list.end() && code != list.end());
    CHECK_EQ((*column)->fix->edits.size(), 4U);
    CHECK_EQ((*code)->fix->edits.size(), 1U);
    const auto after = fixedOf(bytes, analysis);
    CHECK(after.find("best: #, then darwin2") != std::string::npos);
    CHECK(after.find("{'#': 3") != std::string::npos);
    CHECK(after.find(": alice}") != std::string::npos); // a name of the code, not the value
}

CUPEL_TEST(oneColumnInManyOutputsIsOneFinding)
{
    const auto shown = resultOf("\"text/html\": " + test::jsonString(tableOf("name", {"alice", "charles", "maria"})));
    const auto analysis = test::analyzed(bookOf({cellOf("df", shown), cellOf("df", shown), cellOf("df", shown)}));
    const auto list = pii(analysis);
    REQUIRE(list.size() == 1);
    CHECK_EQ(list.front()->arguments.at("count"), std::string("3"));
    CHECK_EQ(std::count_if(list.front()->evidence.begin(), list.front()->evidence.end(),
                 [](const Evidence& evidence) { return evidence.role == "place"; }),
        2);
    CHECK_EQ(list.front()->fix->edits.size(), 9U);
}

CUPEL_TEST(namesOfPlacesAndThingsAreNoPersons)
{
    CHECK(of(test::analyzed("row,name\n0,California\n1,New York\n2,Florida\n", "t.txt"), "CUP-PII-PERSON-NAME")
        == nullptr);
    CHECK(of(test::analyzed("row,name\n0,Jane Miller\n1,Paul Novak\n2,Paris\n", "t.txt"), "CUP-PII-PERSON-NAME")
        != nullptr);
    const auto things =
        test::analyzed("row,name,price\n0,Anna\n1,Chair\n2,Table\n", "t.txt"); // rows that do not fit are no frame
    CHECK(of(things, "CUP-PII-PERSON-NAME") == nullptr);
    const auto priced = test::analyzed("row,name,price\n0,Anna,1\n1,Chair,2\n2,Paul,3\n3,Rug,4\n", "t.txt");
    const auto* finding = of(priced, "CUP-PII-PERSON-NAME");
    REQUIRE(finding != nullptr);
    CHECK(finding->severity == Severity::Low && finding->confidence == Confidence::Possible);
}

CUPEL_TEST(positionsShowAMaskedSample)
{
    const auto analysis =
        test::analyzed("id,lat,lng\na,37.7813,-122.4167\nb,40.7056,-74.0083\nc,25.7911,-80.3207\n", "t.txt");
    const auto* finding = of(analysis, "CUP-PII-LATITUDE-LONGITUDE");
    REQUIRE(finding != nullptr);
    const auto& evidence = finding->evidence;
    CHECK(std::any_of(evidence.begin(), evidence.end(), [](const Evidence& e) {
        return e.role == "sample" && e.excerpt.find('.') != std::string::npos
            && e.excerpt.find("77") == std::string::npos;
    }));
}

CUPEL_TEST(positionsOfTownsAreNobodysHome)
{
    const auto towns =
        test::analyzed("city,lat,lng\nBern,46.94809,7.44744\nBasel,47.55839,7.57327\nGenf,46.20222,6.14569\n", "t.txt");
    const auto* finding = of(towns, "CUP-PII-LATITUDE-LONGITUDE");
    REQUIRE(finding != nullptr);
    CHECK(finding->severity == Severity::Info);
    CHECK(towns.sensitive.empty());
    // The finding says why its cells stand in clear, and shows no masked sample beside them; both columns are marked.
    CHECK(finding->message.find("not masked") != std::string::npos);
    const auto isRole = [](std::string_view role) { return [role](const Evidence& one) { return one.role == role; }; };
    CHECK(std::none_of(finding->evidence.begin(), finding->evidence.end(), isRole("sample")));
    CHECK(std::any_of(finding->evidence.begin(), finding->evidence.end(), isRole("column")));
    // Two places in one town are no longer the town.
    const auto homes =
        test::analyzed("city,lat,lng\nBern,46.94809,7.44744\nBern,46.95112,7.43871\nGenf,46.20222,6.14569\n", "t.txt");
    const auto* home = of(homes, "CUP-PII-LATITUDE-LONGITUDE");
    REQUIRE(home != nullptr);
    CHECK(home->severity == Severity::Low);
    CHECK_EQ(homes.sensitive.size(), 6U); // all cells, as the sample
    CHECK(home->message.find("not masked") == std::string::npos);
    CHECK(std::any_of(home->evidence.begin(), home->evidence.end(), isRole("column")));
}

CUPEL_TEST(fewFirstNamesAloneAreOnlyPossible)
{
    const auto taught = test::analyzed("name,grade\nalice,8\ncharles,9\nmaria,7\n", "t.txt");
    const auto* finding = of(taught, "CUP-PII-PERSON-NAME");
    REQUIRE(finding != nullptr);
    CHECK(finding->severity == Severity::Low && finding->confidence == Confidence::Possible);
    const auto real = test::analyzed(
        "name,email\nalice,alice@unibe.org\ncharles,charles@unibe.org\nmaria,maria@unibe.org\n", "t.txt");
    const auto* named = of(real, "CUP-PII-PERSON-NAME");
    REQUIRE(named != nullptr);
    CHECK(named->severity == Severity::Medium);
}

CUPEL_TEST(aBlockOfATextbookFrameIsPartOfIt)
{
    const std::string titanic =
        "<table><thead><tr><th></th><th>survived</th><th>pclass</th><th>name</th><th>sex</th><th>age</th><th>sibsp</th>"
        "</tr></thead><tbody><tr><th>0</th><td>1</td><td>3</td><td>Jane "
        "Miller</td><td>f</td><td>22.5</td><td>1</td></tr>"
        "<tr><th>1</th><td>0</td><td>3</td><td>Paul Novak</td><td>m</td><td>35.5</td><td>0</td></tr></tbody></table>";
    const std::string block = "          name  sex  \\\n0  Jane Miller    f   \n1   Paul Novak    m   \n";
    const auto analysis = test::analyzed(bookOf({cellOf("df",
        resultOf("\"text/html\": " + test::jsonString(titanic) + ", \"text/plain\": " + test::jsonString(block)))}));
    for (const auto* finding : pii(analysis)) {
        CHECK(finding->severity == Severity::Info);
    }
    CHECK(of(analysis, "CUP-PII-PERSON-NAME") != nullptr);
}

CUPEL_TEST(rowsAreLabelledWithTheSamePeople)
{
    const auto output = [](const std::string& text) {
        return R"({"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "d", "outputs": [{"output_type": )"
               R"("execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": )"
            + test::jsonString(text) + "}}]}";
    };
    // "zorblatt" is in no list of names: the other labels say what it is.
    const auto bytes = R"({"cells": [)"
        + output("          oct  nov\nalice     0.0  2.0\nrobert    1.0  0.0\nzorblatt  3.0  0.0") + ", "
        + output("     name  oct\n0   alice  0.0\n1  robert  1.0\n2    anna  3.0") + ", "
        + R"({"cell_type": "markdown", "metadata": {}, "source": "Robert had none."}], )"
        + R"("metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto analysis = test::analyzed(bytes);
    const auto* finding = of(analysis, "CUP-PII-PERSON-NAME");
    REQUIRE(finding != nullptr && finding->fix.has_value());
    const auto takes = [&](std::string_view word) {
        return std::any_of(finding->fix->edits.begin(), finding->fix->edits.end(),
            [&](const TextEdit& edit) { return slice(bytes, edit.bytes) == word; });
    };
    CHECK(takes("alice") && takes("robert") && takes("zorblatt"));
    // With a capital it may be somebody else: counted, and left alone.
    CHECK_EQ(finding->arguments.at("left"), "1");
    CHECK(finding->evidence[1].excerpt.find("3 of 3 filled cells can be told to be such values; 3 different values")
            != std::string::npos
        || finding->evidence[0].excerpt.find("3 of 3 filled cells") != std::string::npos);
}
