// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a model saw in training what it is measured on.
#include "analyzers/lineage/seen_in_training.h"
#include "tests/unit/check.h"
#include "tests/unit/lineage/followed.h"

using namespace cupel;
using namespace cupel::lineage;

namespace {

const std::string start = "import pandas as pd\nfrom sklearn.linear_model import LogisticRegression\n"
                          "from sklearn.model_selection import train_test_split\n"
                          "from sklearn.preprocessing import StandardScaler\n"
                          "df = pd.read_csv('a.csv')\nX = df[['a', 'b']]\ny = df['y']\nm = LogisticRegression()\n";
const std::string split = "X_train, X_test, y_train, y_test = train_test_split(X, y)\n";

// The answers of all measurements, in order.
std::string answers(const std::string& code)
{
    std::string out;
    for (const auto& seen : seenInTraining(test::joined(code))) {
        out += (out.empty() ? "" : " ") + std::string(toString(seen.answer));
    }
    return out;
}

} // namespace

CUPEL_TEST(answersOfOneModel)
{
    CHECK_EQ(answers(start + split + "m.fit(X_train, y_train)\nprint(m.score(X_test, y_test))\n"), "parted");
    CHECK_EQ(answers(start + split + "m.fit(X, y)\nprint(m.score(X_test, y_test))\n"), "yes");
    CHECK_EQ(answers(start + split + "m.fit(X_train, y_train)\nprint(m.score(X_train, y_train))\n"), "yes");
    CHECK_EQ(
        answers(start + "m.fit(X, y)\nnew = pd.read_csv('b.csv')\nprint(m.score(new[['a', 'b']], new['y']))\n"), "no");
    CHECK_EQ(answers(start + "X = StandardScaler().fit_transform(X)\n" + split
                 + "m.fit(X_train, y_train)\nprint(m.score(X_test, y_test))\n"),
        "statistics");
    CHECK_EQ(answers(start + split + "m.fit(X_train, y_train)\nm.predict(X_test)\n"), "");
}

CUPEL_TEST(theWorstTrainingAnswers)
{
    CHECK_EQ(
        answers(start + split
            + "m.fit(X_train, y_train)\nprint(m.score(X_test, y_test))\nm.fit(X, y)\nprint(m.score(X_test, y_test))\n"),
        "parted yes");
}

CUPEL_TEST(aModelNobodyTrains)
{
    CHECK_EQ(answers("import joblib, pandas as pd\nm = joblib.load('m.joblib')\nd = pd.read_csv('t.csv')\n"
                     "print(m.score(d[['a']], d['y']))\n"),
        "unknown");
}
