// SPDX-License-Identifier: GPL-3.0-or-later
// Syntax trees that are remembered: what comes out is what parsing gives, also of whole scans, and the memory is
// bounded.
#include "analyzers/code/python_tree.h"
#include "analyzers/code/syntax_memory.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <string>
#include <utility>
#include <vector>

using namespace cupel;

namespace {

code::Syntax parsed(const std::string& text)
{
    return code::PythonTree::parseBlanked(text).value().syntax();
}

std::string notebook(const std::string& edited)
{
    std::string cells;
    for (int i = 0; i < 12; ++i) {
        const auto source = "import pickle, os\nname_" + std::to_string(i) + " = input()\n" + (i == 7 ? edited : "")
            + "os.system(name_" + std::to_string(i % 4) + ")\nmodel = pickle.load(open(name_3, 'rb'))\n";
        cells += (i ? "," : "")
            + std::string(R"({"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": )")
            + test::jsonString(source) + "}";
    }
    return "{\"cells\": [" + cells + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

std::vector<std::pair<std::string, std::string>> findings(const std::string& bytes)
{
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& finding : test::analyzed(bytes).findings) {
        out.emplace_back(finding.rule + ' ' + finding.location.human, finding.fingerprint + finding.message);
    }
    return out;
}

} // namespace

CUPEL_TEST(whatIsRememberedIsWhatWasParsed)
{
    const std::string text = "x = f(1)\nprint(x)\n";
    const auto tree = parsed(text);
    code::keepSyntax(text, tree);
    CHECK(!code::remembersSyntax() && !code::rememberedSyntax(text, 1'000)); // nobody asked for it
    code::rememberSyntax(1 << 20);
    CHECK(!code::rememberedSyntax(text, 1'000));
    code::keepSyntax(text, tree);
    const auto known = code::rememberedSyntax(text, 1'000);
    CHECK(known && known->nodes.size() == tree.nodes.size());
    for (std::size_t i = 0; known && i < tree.nodes.size(); ++i) {
        CHECK(known->nodes[i].kind == tree.nodes[i].kind && known->nodes[i].start == tree.nodes[i].start
            && known->nodes[i].end == tree.nodes[i].end);
    }
    CHECK(!code::rememberedSyntax(text, tree.nodes.size() - 1)); // more than is allowed now
    CHECK(!code::rememberedSyntax(text + " ", 1'000));
    auto cut = tree;
    cut.truncated = true;
    code::keepSyntax("y = 1\n", cut);
    CHECK(!code::rememberedSyntax("y = 1\n", 1'000));
    code::rememberSyntax(0);
    CHECK(!code::rememberedSyntax(text, 1'000));
}

CUPEL_TEST(theMemoryIsBounded)
{
    code::rememberSyntax(64 << 10);
    const auto tree = parsed("x = f(1)\n");
    for (int i = 0; i < 2'000; ++i) {
        code::keepSyntax("x = f(" + std::to_string(i) + ")\n", tree);
        (void)code::rememberedSyntax("x = f(0)\n", 1'000); // in use, so it stays
    }
    CHECK(code::rememberedSyntax("x = f(0)\n", 1'000) != nullptr);
    CHECK(code::rememberedSyntax("x = f(1999)\n", 1'000) != nullptr);
    CHECK(!code::rememberedSyntax("x = f(1)\n", 1'000));
    code::rememberSyntax(0);
}

CUPEL_TEST(scansAreTheSame)
{
    const auto before = findings(notebook({}));
    const auto after = findings(notebook("eval(name_2)\n"));
    CHECK(!before.empty() && before != after);
    code::rememberSyntax(8 << 20);
    for (int round = 0; round < 2; ++round) {
        CHECK(findings(notebook({})) == before);
        CHECK(findings(notebook("eval(name_2)\n")) == after);
    }
    code::rememberSyntax(0);
}
