// SPDX-License-Identifier: GPL-3.0-or-later
// A fingerprint stays through what people do to notebooks: run, move, insert, reformat; and never tells the value.
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <set>

using namespace cupel;
using test::Letters;

namespace {

std::string code(std::string_view source)
{
    return test::notebookOf(test::jsonString(source));
}

std::string fingerprintOf(const std::string& file)
{
    const auto analysis = test::analyzed(file);
    return analysis.findings.size() == 1 ? analysis.findings.front().fingerprint : std::string("not one finding");
}

} // namespace

CUPEL_TEST(aFingerprintSurvivesMovesAndReformatting)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto plain = fingerprintOf(code("client = Client(token='" + token + "')\n"));
    CHECK_EQ(plain.size(), 32U);
    CHECK_EQ(fingerprintOf(code("# new first line\nimport os\nclient = Client(token='" + token + "')\n")), plain);
    CHECK_EQ(fingerprintOf(code("client = Client(\n    token = \"" + token + "\",\n    retries=3,\n)\n")), plain);
    CHECK_EQ(fingerprintOf(code("client = Client(token='" + token + "', debug=True)  # later\n")), plain);
}

CUPEL_TEST(anotherNameOrAnotherBeginningIsAnotherFinding)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto first = fingerprintOf(code("github_token = '" + token + "'\n"));
    CHECK(fingerprintOf(code("other_token = '" + token + "'\n")) != first);
}

CUPEL_TEST(equalFindingsAreToldApart)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto analysis = test::analyzed(code("t = '" + token + "'\nt = '" + token + "'\n"));
    std::set<std::string> seen;
    for (const auto& finding : analysis.findings) {
        seen.insert(finding.fingerprint);
    }
    CHECK_EQ(seen.size(), 2U);
}

CUPEL_TEST(theContextIsTheLine)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto context = [](const std::string& file) { return test::analyzed(file).findings.at(0).context; };
    const auto plain = context(code("f(token='" + token + "')\n"));
    CHECK_EQ(plain.size(), 16U);
    CHECK_EQ(context(code("import os\nf( token = '" + token + "' )\n")), plain);
    CHECK(context(code("f(token='" + token + "', verify=False)\n")) != plain);
}
