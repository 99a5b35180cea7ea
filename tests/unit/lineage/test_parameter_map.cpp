// SPDX-License-Identifier: GPL-3.0-or-later
// Files of settings as dotted names; what ${} stands for; cells that papermill fills.
#include "analyzers/lineage/parameter_map.h"
#include "tests/unit/check.h"

using namespace cupel;
using lineage::ParameterMap;

namespace {

std::string shown(const ParameterMap& map)
{
    std::string out;
    for (const auto& [name, value] : map) {
        out += (out.empty() ? "" : " ") + name + "=" + value;
    }
    return out;
}

std::string read(std::string_view path, std::string_view text)
{
    Budget budget;
    return shown(lineage::readParameters(path, text, budget));
}

} // namespace

CUPEL_TEST(filesBecomeDottedNames)
{
    CHECK_EQ(
        read("params.yaml", "a: 1\nb: {c: x.csv, d: [p, q, {e: f}]}\n"), "a=1 b.c=x.csv b.d.0=p b.d.1=q b.d.2.e=f");
    CHECK_EQ(read("c.yml", "base: &b {x: 1, y: 2}\nrun: {<<: *b, y: 3}\ntwo: {<<: [*b, {z: 4, x: 9}]}\n"),
        "base.x=1 base.y=2 run.x=1 run.y=3 two.x=1 two.y=2 two.z=4");
    CHECK_EQ(read("c.json", R"({"a": {"b": [1, "x"]}, "c": null})"), "a.b.0=1 a.b.1=x c=null");
    CHECK_EQ(read("c.toml",
                 "top = 'x' # no\n[data.train]\npath = \"a.csv\"\nseed = 42 # it\nlist = ['p', 'q']\n"
                 "inline = {k = 'v'}\n# off = 1\n[[run]]\nok = true\n"),
        "data.train.inline.k=v data.train.list.0=p data.train.list.1=q data.train.path=a.csv data.train.seed=42 "
        "run.ok=true top=x");
    CHECK_EQ(read("c.ini", "a = 1"), "");
    CHECK_EQ(read("c.yaml", "- a\n- b"), "0=a 1=b");
}

CUPEL_TEST(billionsAreNotFollowed)
{
    std::string laughs = "k0: &a0 [x, x, x, x]\n";
    for (int i = 1; i < 30; ++i) {
        const auto one = "*a" + std::to_string(i - 1);
        laughs += "k" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + one + ", " + one + ", " + one + ", "
            + one + "]\n";
    }
    Budget budget;
    CHECK(lineage::readParameters("x.yaml", laughs, budget).size() <= lineage::maxParameters);
}

CUPEL_TEST(holesAreFilledIn)
{
    const ParameterMap values{{"a", "1"}, {"b.c", "x/y"}};
    const ParameterMap more{{"d", "2"}};
    CHECK_EQ(lineage::filledIn("p/${b.c}/${a}-${ d }.csv", values, &more), "p/x/y/1-2.csv");
    CHECK_EQ(lineage::filledIn("${nope}/${oc.env:HOME,/root}/${k:dflt}", values), "*/*/dflt");
    CHECK_EQ(lineage::filledIn("${{ secrets.x }} {{ y }} {z} $w ${open", values), "* * {z} $w ${open");
}

CUPEL_TEST(papermillCellsAreFound)
{
    Artifact artifact;
    artifact.path = "nb.ipynb";
    artifact.bytes = std::make_shared<const std::string>(
        R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": "x"},
        {"cell_type": "code", "metadata": {"tags": ["other", "parameters"]}, "source": "a = 1", "outputs": []},
        {"cell_type": "code", "metadata": {"tags": ["parametersx"]}, "source": "b = 1", "outputs": []}],
        "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5})");
    Budget budget;
    const auto file = lineage::parseFile(std::move(artifact), "nb.ipynb", budget);
    REQUIRE(file != nullptr);
    const auto cells = lineage::parameterCells(*file, budget);
    REQUIRE(cells.size() == 1);
    CHECK_EQ(cells[0], 1);
}
