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
    becomes("s = '" + token + "'\nt = '" + token.substr(0, 20) + "' + '" + token.substr(20) + "'\nu = '"
            + token.substr(0, 9) + "' '" + token.substr(9) + "'",
        "s = '<GITHUB_PERSONAL_TOKEN_01>'\nt = \"<GITHUB_PERSONAL_TOKEN_01>\"\nu = \"<GITHUB_PERSONAL_TOKEN_01>\"");
}

// torch.load takes no pickle_module beside weights_only=True.
CUPEL_TEST(aModuleForPicklesStaysAlone)
{
    const auto asked = [](const std::string& call) {
        const auto made = test::fixed(notebook("import torch\nimport dill\nm = " + call + "\n"));
        return made.proof.bytes && made.proof.bytes->find("weights_only=True") != std::string::npos;
    };
    CHECK(asked("torch.load('m.pt')"));
    CHECK(!asked("torch.load('m.pt', pickle_module=dill)"));
    CHECK(!asked("torch.load('m.pt', pickle_module=dill, weights_only=False)"));
}

// Code in Markdown is shown as it is written, text is not.
CUPEL_TEST(namesInMarkdownAreReadableInCode)
{
    const auto written = [](const std::string& text) {
        const auto made = test::fixed(R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": )"
            + test::jsonString(text) + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
        const auto from = made.proof.bytes->find("\"source\": ") + 10;
        return made.proof.bytes->substr(from, made.proof.bytes->find("}], ") - from);
    };
    const std::string text = "&lt;GITHUB_PERSONAL_TOKEN_01&gt;";
    const std::string code = "<GITHUB_PERSONAL_TOKEN_01>";
    CHECK_EQ(written("a " + token + " b"), test::jsonString("a " + text + " b"));
    CHECK_EQ(written("`x` " + token + " `" + token + "`"), test::jsonString("`x` " + text + " `" + code + "`"));
    CHECK_EQ(written("```\n" + token + "\n```\n" + token), test::jsonString("```\n" + code + "\n```\n" + text));
    CHECK_EQ(written("a\n\n    " + token + "\n" + token), test::jsonString("a\n\n    " + code + "\n" + text));
    CHECK_EQ(written("`" + token), test::jsonString("`" + code));
    CHECK_EQ(written("```\n" + token), test::jsonString("```\n" + code));
}

// Where each place stands in its text is known from one pass: a table of a megabyte is mended within the time a
// file has.
CUPEL_TEST(aLongTableInMarkdownIsMended)
{
    std::string table = "|email|iban|\\n|-|-|\\n";
    for (int i = 0; i < 20'000; ++i) {
        table += "|u@firma.de|DE44500105175407324931|\\n";
    }
    const auto made = test::fixed(R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": ")" + table
        + R"("}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    CHECK(made.proof.holds());
    CHECK(made.proof.bytes && made.proof.bytes->find("firma.de") == std::string::npos);
}

// The file was broken before: an edit beside the damage makes no new one.
CUPEL_TEST(damageThatWasThereIsNotNew)
{
    const auto whole = notebook("t = '" + token + "'");
    for (const std::string damage : {"}, }", "] x", "\"open\n"}) {
        const auto made = test::fixed(whole + damage);
        CHECK(made.proof.holds());
        CHECK(made.proof.bytes && made.proof.bytes->find(token) == std::string::npos);
    }
}

// A password goes with the state of its widget, and its words in an output are told.
CUPEL_TEST(wordsOfAValueThatWentWithItsPartAreTold)
{
    const auto shown = test::jsonString("Password(value='Xk29!mmQp4')");
    const std::string widget = R"({"model_name": "PasswordModel", "model_module": "@jupyter-widgets/controls",)"
                               R"( "state": {"value": "Xk29!mmQp4", "description": "pw"}})";
    const auto file = R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [)"
                      R"({"output_type": "display_data", "metadata": {}, "data": {"text/plain": )"
        + shown + R"(}}], "source": "w"}], "metadata": {"widgets": {"application/vnd.jupyter.widget-state+json": )"
        + R"({"version_major": 2, "version_minor": 0, "state": {"b": )" + widget
        + R"(}}}}, "nbformat": 4, "nbformat_minor": 4})";
    const auto made = test::fixed(file);
    CHECK(made.proof.bytes && made.proof.bytes->find("PasswordModel") == std::string::npos);
    const bool stays = made.proof.bytes && made.proof.bytes->find("Xk29!mmQp4") != std::string::npos;
    CHECK(!stays || (made.proof.remains.list.size() == 1 && made.proof.remains.list[0].count == 1));
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
