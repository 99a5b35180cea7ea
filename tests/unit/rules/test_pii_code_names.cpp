// SPDX-License-Identifier: GPL-3.0-or-later
// People who were written into code: lists and tables of names, also when no output shows them; nothing else.
#include "analyzers/rules/pii/code_names.h"
#include "tests/unit/check.h"

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
