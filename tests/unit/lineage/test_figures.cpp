// SPDX-License-Identifier: GPL-3.0-or-later
// Limits of what is drawn: nothing is left out in silence, and nothing is left out of one figure for what another
// shows.
#include "tests/unit/check.h"
#include "tests/unit/lineage/followed.h"

#include <algorithm>

using namespace cupel;
using namespace cupel::lineage;

namespace {

const std::string start = "import pandas as pd\nimport matplotlib.pyplot as plt\n";

std::size_t inputsOf(const LineageGraph& graph, const std::string& file)
{
    const auto hit =
        std::find_if(graph.sinks.begin(), graph.sinks.end(), [&](const Sink& sink) { return sink.value == file; });
    return hit != graph.sinks.end() ? hit->inputs.size() : 0;
}

std::string drawn(int number)
{
    return "df = pd.read_csv('d" + std::to_string(number) + ".csv')\nplt.plot(df['x'])\n";
}

} // namespace

CUPEL_TEST(each_cell_of_a_long_notebook_saves_what_it_drew)
{
    std::vector<std::pair<std::string, int>> cells{{start, 1}};
    for (int i = 0; i < 300; ++i) {
        cells.emplace_back(drawn(i) + "plt.savefig('p" + std::to_string(i) + ".png')\n", i + 2);
    }
    test::Workspace all;
    all.add("n.ipynb", test::notebook(cells));
    const auto graph = all.follow("n.ipynb");
    CHECK(graph.complete);
    CHECK_EQ(graph.sinks.size(), 300U);
    for (const auto& sink : graph.sinks) {
        CHECK_EQ(sink.inputs.size(), 1U);
    }
}

CUPEL_TEST(a_figure_that_shows_too_much_makes_the_graph_incomplete)
{
    std::string code = start + "full = plt.figure()\n";
    for (int i = 0; i < 100; ++i) {
        code += drawn(i);
    }
    const auto graph = test::followed(
        code + "full.savefig('full.png')\nother, ax = plt.subplots()\nax.plot(df['x'])\nother.savefig('other.png')\n");
    CHECK(!graph.complete);
    CHECK_EQ(inputsOf(graph, "full.png"), 64U);
    CHECK_EQ(inputsOf(graph, "other.png"), 1U);
}

CUPEL_TEST(figures_without_end_make_the_graph_incomplete)
{
    std::string code = start + "df = pd.read_csv('a.csv')\n";
    for (int i = 0; i < 5'000; ++i) {
        code += "plt.figure()\n";
    }
    const auto graph = test::followed(code + "plt.plot(df['x'])\nplt.savefig('a.png')\n");
    CHECK(!graph.complete);
    CHECK_EQ(inputsOf(graph, "a.png"), 0U);
}

CUPEL_TEST(branches_without_end_make_the_graph_incomplete)
{
    std::string code = start + "df = pd.read_csv('a.csv')\n";
    for (std::size_t i = 0; i < maxMarks + 88; ++i) {
        code += "if x" + std::to_string(i) + ":\n    plt.figure()\n    plt.plot(df['x'])\n";
    }
    const auto graph = test::followed(code + "plt.savefig('a.png')\n");
    CHECK(!graph.complete);
    CHECK_EQ(inputsOf(graph, "a.png"), 1U);
}
