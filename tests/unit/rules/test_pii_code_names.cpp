// SPDX-License-Identifier: GPL-3.0-or-later
// People who were written into code: lists and tables of names, also when no output shows them; nothing else.
#include "analyzers/rules/pii/code_names.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"
#include "tests/unit/rules/made_frames.h"

#include <string>

using namespace cupel;
using rules::pii::namesInCode;

namespace {

std::string shown(ByteView code)
{
    std::string out;
    for (const auto& name : namesInCode(code)) {
        out += std::string(slice(code, name)) + "|";
    }
    return out;
}

} // namespace

CUPEL_TEST(listsAndTablesOfNamesAreFound)
{
    constexpr const char* all = "Megan Gardner|Peter Miller|Xu-Barry (BX) Xqzt|Anna Smith|Brian Cooper|Karla Huber|";
    CHECK_EQ(shown("team = ['Megan Gardner', 'Peter Miller', 'Xu-Barry (BX) Xqzt', 'Anna Smith', 'Brian Cooper', "
                   "'Karla Huber']"),
        all);
    CHECK_EQ(shown("rows([('Megan Gardner', 1, 'A B'), ('Peter Miller', 2, '-'),\n # so far\n ('Xu-Barry (BX) Xqzt', "
                   "3, 'C D'),\n"
                   "('Anna Smith', 4, '-'), ('Brian Cooper', 5, '-'), (\"Karla Huber\", 6, '-')])"),
        all);
    CHECK_EQ(shown("pd.DataFrame({'name': ['Megan Gardner', 'Peter Miller', 'Xu-Barry (BX) Xqzt', 'Anna Smith', 'Brian "
                   "Cooper', "
                   "'Karla Huber'], 'city': ['Bern', 'Ulm', 'Linz', 'Graz', 'Wien', 'Basel']})"),
        all);
    CHECK_EQ(
        shown("{'Megan Gardner': 1, 'Peter Miller': 2, 'Xu-Barry (BX) Xqzt': 3, 'Anna Smith': 4, 'Brian Cooper': 5, "
              "'Karla Huber': 6}"),
        all);
}

CUPEL_TEST(fewNamesAndOtherListsAreNone)
{
    CHECK_EQ(shown("['Megan Gardner', 'Peter Miller', 'Anna Smith', 'Brian Cooper']"), "");
    CHECK_EQ(shown("['Megan Gardner', 'Megan Gardner', 'Megan Gardner', 'Megan Gardner', 'Megan Gardner']"), "");
    CHECK_EQ(
        shown("['Random Forest', 'Naive Bayes', 'Logistic Regression', 'Gradient Boosting', 'Decision Tree']"), "");
    CHECK_EQ(shown("['San Francisco', 'New York', 'Los Angeles', 'Santa Clara', 'St. Louis', 'Salt Lake City']"), "");
    CHECK_EQ(shown("['Anna', 'Peter', 'Brian', 'Karla', 'Megan', 'Barry']"), "");
    CHECK_EQ(shown(std::string(100'000, '(') + "'Megan Gardner'"), "");
}

// A list of people is found alike, and is the same finding, whether an output shows them too or was cleared.
CUPEL_TEST(aListOfNamesIsTheSameFindingWithoutTheOutput)
{
    const std::string code = "people([('Megan Gardner', 1), ('Peter Miller', 2), ('Paul Novak', 3), ('Anna Smith', 4), "
                             "('Brian Cooper', 5), ('Karla Huber', 6)])";
    const auto notebook = [&code](const std::string& outputs) {
        return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": )"
            + test::jsonString(code) + R"(, "outputs": [)" + outputs
            + R"(]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    };
    std::string rows;
    for (const auto* name :
        {"Megan Gardner", "Peter Miller", "Paul Novak", "Anna Smith", "Brian Cooper", "Karla Huber"}) {
        rows += std::string("<tr><td>") + name + "</td><td>1</td></tr>";
    }
    const auto shownToo = test::analyzed(
        notebook(R"({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/html": )"
            + test::jsonString("<table><tr><th>Name</th><th>n</th></tr>" + rows + "</table>") + "}}"));
    const auto cleared = test::analyzed(notebook({}));
    const auto inCode = [](const Analysis& analysis) -> const Finding* {
        for (const auto* finding : test::pii(analysis)) {
            if (!finding->location.output) {
                return finding;
            }
        }
        return nullptr;
    };
    REQUIRE(inCode(shownToo) != nullptr && inCode(cleared) != nullptr);
    CHECK_EQ(test::pii(shownToo).size(), 2U); // the column and the list
    for (const auto* finding : test::pii(shownToo)) {
        CHECK(finding == inCode(shownToo)
            || finding->message.ends_with(" Its values stand at 6 places of its code, which another finding tells."));
    }
    CHECK_EQ(inCode(shownToo)->fingerprint, inCode(cleared)->fingerprint);
    CHECK(inCode(shownToo)->severity == Severity::Medium && inCode(cleared)->severity == Severity::Medium);
}

// What a name met again says is true at its place: the list stands elsewhere.
CUPEL_TEST(aNameMetAgainSaysWhereItsListStands)
{
    const std::string list =
        "team = ['Megan Gardner', 'Peter Miller', 'Paul Novak', 'Anna Smith', 'Brian Cooper', 'Karla Huber']";
    const auto file = R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": "With Megan Gardner."},)"
                      R"({"cell_type": "code", "execution_count": 1, "metadata": {}, "source": )"
        + test::jsonString(list)
        + R"(, "outputs": [{"output_type": "stream", "name": "stdout", "text": "Peter Miller leads\n"}]}],)"
          R"( "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto analysis = test::analyzed(file);
    std::string said;
    for (const auto* finding : test::pii(analysis)) {
        said += finding->location.human + ": " + finding->message.substr(0, finding->message.find('.')) + '\n';
    }
    CHECK_EQ(said,
        "cell 0, line 1: Name of a person stands here in clear: in cell 1 it stands in a list of names\n"
        "cell 1, line 1: Name of a person stands here in clear: it stands in a list of names\n"
        "cell 1, output 0, line 1: Name of a person stands here in clear: elsewhere in this cell it stands in a list "
        "of "
        "names\n");
}

// One word speaks for all texts of a list, however long it is; not for what only stands near.
CUPEL_TEST(aWordSpeaksForAWholeList)
{
    const auto foundIn = [](const std::string& code) {
        const auto analysis = test::analyzed(test::notebookOf(test::jsonString(code)));
        std::size_t count = 0;
        for (const auto* finding : test::pii(analysis)) {
            count += finding->rule != "CUP-PII-ICD-10" ? 0
                : finding->arguments.contains("count") ? std::stoul(finding->arguments.at("count"))
                                                       : 1;
        }
        return count;
    };
    std::string list;
    std::string words;
    for (int i = 0; i < 40; ++i) {
        const auto code = "E1" + std::to_string(i % 10) + "." + std::to_string(i / 10);
        list += (i > 0 ? (i % 8 == 0 ? ",\n    " : ", ") : "") + ("'" + code + "'");
        words += code + "; ";
    }
    CHECK_EQ(foundIn("df = {'diagnosis': [" + list + "]}\n"), 40U);
    CHECK_EQ(foundIn("df = {'value': [" + list + "]}\n"), 0U);
    CHECK(foundIn("# diagnosis " + words + "\n") < 40U);
    CHECK_EQ(foundIn("df = {'diagnosis': ['E11.9'], 'version': ['" + std::string(80, 'x') + "', 'E12.1']}\n"), 1U);
}
