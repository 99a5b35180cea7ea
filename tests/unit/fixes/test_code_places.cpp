// SPDX-License-Identifier: GPL-3.0-or-later
// Edits of code: at the end of a cell, in lines for a shell, and of values that names put together.
#include "tests/unit/check.h"
#include "tests/unit/fixes/fixed.h"
#include "tests/unit/rules/made.h"

using namespace cupel;

namespace {

const std::string token = "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"; // made up, its checksum is right

std::string notebook(const std::string& source, const std::string& output = {})
{
    const auto outputs = output.empty()
        ? std::string()
        : R"({"output_type": "stream", "name": "stdout", "text": )" + test::jsonString(output) + "}";
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [)" + outputs
        + R"(], "source": )" + test::jsonString(source) + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

// The code of the one cell, mended.
std::string mended(const std::string& source, const std::string& output = {})
{
    const auto made = test::fixed(notebook(source, output));
    CHECK(made.proof.holds());
    return made.proof.bytes ? *made.proof.bytes : std::string();
}

bool becomes(const std::string& source, const std::string& wanted, const std::string& output = {})
{
    return CHECK_EQ(mended(source, output), notebook(wanted, output));
}

} // namespace

CUPEL_TEST(aPackageAtTheEndOfACellIsPinned)
{
    const std::string said = "Successfully installed pandas-2.0.3 torch-2.1.0\n";
    becomes("!pip install pandas", "!pip install pandas==2.0.3", said);
    becomes("!pip install pandas torch", "!pip install pandas==2.0.3 torch==2.1.0", said);
    becomes("%pip install torch\nx = 1", "%pip install torch==2.1.0\nx = 1", said);
}

CUPEL_TEST(whatOnlyNamesAValueStays)
{
    becomes("token = '" + token + "'\nh = {'Authorization': f'Bearer {token}'}\nprint(h)",
        "token = '<GITHUB_PERSONAL_TOKEN_01>'\nh = {'Authorization': f'Bearer {token}'}\nprint(h)");
    becomes("user = 'etl'\npwd = 'hunter2Correct!Horse9'\nc = f'postgresql://{user}:{pwd}@db.contoso.com:5432/dw'",
        "user = 'etl'\npwd = '<WRITTEN_PASSWORD_01>'\nc = f'postgresql://{user}:{pwd}@db.contoso.com:5432/dw'");
    becomes("a = '" + token.substr(0, 20) + "'\nb = '" + token.substr(20) + "'\nt = a + b",
        "a = \"<GITHUB_PERSONAL_TOKEN_01>\"\nb = \"<GITHUB_PERSONAL_TOKEN_02>\"\nt = a + b");
    becomes("t = '" + token.substr(0, 20) + "' + '" + token.substr(20) + "'", "t = \"<GITHUB_PERSONAL_TOKEN_01>\"");
}

CUPEL_TEST(aShellReadsNoBrackets)
{
    becomes("!cp /home/ada/a.csv .", "!cp $HOME/a.csv .");
    becomes("!cp '/home/ada/a.csv' .", "!cp '<HOME>/a.csv' .");
    becomes("x = !echo " + token, "x = !echo '<GITHUB_PERSONAL_TOKEN_01>'");
    becomes("%%bash\necho \"" + token + "\"\necho " + token,
        "%%bash\necho \"<GITHUB_PERSONAL_TOKEN_01>\"\necho '<GITHUB_PERSONAL_TOKEN_01>'");
    becomes("p = '/home/ada/a.csv'", "p = '<HOME>/a.csv'");
}
