// SPDX-License-Identifier: GPL-3.0-or-later
// Outlines of cells, and text made to break parsers: none may crash, hang or cost more than its deadline.
#include "analyzers/code/python_tree.h"
#include "tests/unit/check.h"

using namespace cupel;
using code::PythonTree;

static code::Outline outlineOf(std::string_view source)
{
    const auto tree = PythonTree::parse(source);
    return CHECK(tree.ok()) ? tree.value().outline() : code::Outline{};
}

CUPEL_TEST(importsHaveModuleNameAndAlias)
{
    const auto outline = outlineOf("import os, numpy as np\nfrom a.b import c as d, e\nfrom . import *\n"
                                   "from __future__ import annotations\n%pip install x\nimport torch . nn\n");
    REQUIRE(outline.imports.size() == 7);
    const auto& imports = outline.imports;
    CHECK_EQ(imports[0].module, "os");
    CHECK_EQ(imports[1].module, "numpy");
    CHECK_EQ(imports[1].alias, "np");
    CHECK_EQ(imports[2].module, "a.b");
    CHECK_EQ(imports[2].name, "c");
    CHECK_EQ(imports[2].alias, "d");
    CHECK_EQ(imports[3].name, "e");
    CHECK_EQ(imports[4].module, ".");
    CHECK_EQ(imports[4].name, "*");
    CHECK_EQ(imports[5].module, "__future__");
    CHECK_EQ(imports[5].name, "annotations");
    CHECK_EQ(imports[6].module, "torch.nn");
    CHECK_EQ(imports[6].line, 6);
    CHECK(!outline.firstError);
}

CUPEL_TEST(definitionsKnowTheirDepthAndPlace)
{
    const std::string_view source =
        "class Net:\n    def forward(self):\n        def inner(): pass\n\nasync def main(): ...\n";
    const auto outline = outlineOf(source);
    REQUIRE(outline.definitions.size() == 4);
    CHECK(outline.definitions[0].kind == code::DefinitionKind::Class);
    CHECK_EQ(outline.definitions[1].depth, 1);
    CHECK_EQ(outline.definitions[2].depth, 2);
    CHECK_EQ(slice(source, outline.definitions[2].bytes), "inner");
    CHECK_EQ(outline.definitions[3].depth, 0);
    CHECK_EQ(outline.definitions[3].line, 5);
}

CUPEL_TEST(syntaxErrorsHaveAPlace)
{
    CHECK(!outlineOf("x = 1\n").firstError);
    CHECK(!outlineOf("").firstError);
    CHECK(!outlineOf("match x:\n    case [1, *_]: pass\ntype A = int\n").firstError);
    const auto outline = outlineOf("x = 1\ny = = 2\nimport os\n");
    REQUIRE(outline.firstError.has_value());
    CHECK(*outline.firstError >= 6 && *outline.firstError <= 10);
    CHECK_EQ(outline.imports.size(), 1);
}

static std::string repeated(std::string_view unit, std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        out += unit;
    }
    return out;
}

CUPEL_TEST(hostileTextEndsInTime)
{
    const std::string texts[] = {"x = " + repeated("[", 66'000), repeated("foo(\n", 70'000),
        repeated("$ ? ! foo bar\n", 70'000), "x = " + repeated("-", 500'000) + "1", repeated("if x:\n ", 5'000),
        "import " + repeated("a.", 200'000) + "b", "from a import " + repeated("b,", 300'000) + "c",
        repeated("\xff\xfe\x00", 100'000), repeated("def f(", 100'000), "'" + repeated("\\", 400'000),
        std::string(500'000, '\0')};
    for (const auto& text : texts) {
        const auto start = std::chrono::steady_clock::now();
        const auto tree = PythonTree::parse(text);
        if (tree.ok()) {
            const auto outline = tree.value().outline();
            CHECK(outline.imports.size() <= code::ParseLimits{}.entries);
        } else {
            CHECK(tree.error().code == ErrorCode::LimitHit);
        }
        // Generous: sanitizers and a busy machine slow the walk, never without bound.
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
    }
}

CUPEL_TEST(tooLongIsRefusedUnread)
{
    const auto tree = PythonTree::parse(std::string((1 << 20) + 1, 'x'));
    CHECK(!tree.ok() && tree.error().code == ErrorCode::TooLarge);
}

CUPEL_TEST(entriesAreCapped)
{
    const auto tree = PythonTree::parse(repeated("import a\n", 100), {.entries = 10});
    REQUIRE(tree.ok());
    const auto outline = tree.value().outline();
    CHECK_EQ(outline.imports.size(), 10);
    CHECK(outline.truncated);
}

// The grammar passes over these, Python does not.
CUPEL_TEST(whatIsLeftOpenIsFlawed)
{
    const auto flawed = [](const char* source) {
        const auto tree = PythonTree::parse(source);
        return tree.value().syntax().flawed;
    };
    CHECK(flawed("M = \nx = 1"));
    CHECK(flawed("if a:\n    if b:\n    print(1)"));
    CHECK(!flawed("M = \\\n  1"));
    CHECK(!flawed("M = (\n1)\nx: int = 2\ny = [\n1,\n2]"));
    CHECK(!flawed("if a:\n    pass\nelse:\n    pass\nclass A: pass"));
    CHECK(!flawed("f = lambda: 0\na = b = 3"));
}
