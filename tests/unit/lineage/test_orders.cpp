// SPDX-License-Identifier: GPL-3.0-or-later
// In which order the cells of a notebook ran, what flows then, and how the graphs of both orders are told apart.
#include "analyzers/lineage/join.h"
#include "analyzers/lineage/order_difference.h"
#include "analyzers/lineage/recorded_order.h"
#include "tests/unit/check.h"
#include "tests/unit/lineage/followed.h"

using namespace cupel;
using namespace cupel::lineage;

namespace {

using Cells = std::vector<std::pair<std::string, int>>;
using Order = std::vector<std::uint32_t>;

Execution executionOf(const Cells& cells)
{
    test::Workspace all;
    all.add("n.ipynb", test::notebook(cells));
    const auto graph = all.follow("n.ipynb");
    return graph.execution.empty() ? Execution() : graph.execution.front();
}

struct Both {
    LineageGraph written;
    LineageGraph recorded;
};

Both inBothOrders(const Cells& cells)
{
    test::Workspace all;
    const auto file = all.add("n.ipynb", test::notebook(cells));
    Budget budget;
    const auto written = all.follow("n.ipynb");
    const auto recorded =
        ranOtherwise(written) ? followRecorded(file, all, *ApiRoles::builtIn(), written, budget) : written;
    Both out{join({written}, {}, budget), join({recorded}, {}, budget)};
    out.recorded.order = CellOrder::Recorded;
    markDifferences(out.written, out.recorded);
    return out;
}

std::size_t missing(const std::vector<Edge>& edges)
{
    return static_cast<std::size_t>(
        std::count_if(edges.begin(), edges.end(), [](const Edge& edge) { return edge.inOther == InOther::Missing; }));
}

bool notes(const LineageGraph& graph, std::string_view code, std::string_view words)
{
    return std::any_of(graph.notes.begin(), graph.notes.end(),
        [&](const auto& note) { return note.code == code && note.message.find(words) != std::string::npos; });
}

const std::string imports = "import pandas as pd\nfrom sklearn.linear_model import LinearRegression\n";
const std::string fit = "m = LinearRegression()\nm.fit(df[['x']], df['y'])\n";

} // namespace

CUPEL_TEST(counts_give_the_order)
{
    struct Case {
        Cells cells;
        Order order; // empty: as they stand
        Order presumed;
    };
    const Case cases[]{
        {{{"a = 1\n", 1}, {"b = 2\n", 2}, {"c = 3\n", 7}}, {}, {}},
        {{{"a = 1\n", 2}, {"b = 2\n", 1}}, {1, 0}, {}},
        // Nothing, or one number alone, is no order.
        {{{"a = 1\n", 0}, {"b = 2\n", 0}}, {}, {}},
        {{{"a = 1\n", 0}, {"b = 2\n", 9}}, {}, {}},
        // Nobody needs what has no number; what holds no code is not missed.
        {{{"a = 1\n", 1}, {"b = 2\n", 0}, {"c = 3\n", 2}}, {0, 2}, {}},
        {{{"a = 1\n", 1}, {"", 0}, {"c = 3\n", 2}}, {}, {}},
        {{{"a = 1\n", 1}, {"# a remark\n", 0}, {"c = 3\n", 2}}, {}, {}},
        // It did run: another one needs it.
        {{{"a = 1\n", 0}, {"b = a\n", 1}, {"c = 3\n", 2}}, {}, {0}},
        {{{"b = a\n", 3}, {"c = 3\n", 1}, {"a = 1\n", 0}}, {1, 2, 0}, {2}},
        // One with a number has it as well.
        {{{"a = 1\n", 0}, {"a = 2\n", 1}, {"b = a\n", 2}}, {1, 2}, {}},
        // What it needs ran before it, over any number of steps.
        {{{"b = a\n", 0}, {"a = z\n", 0}, {"z = 0\n", 0}, {"y = 1\n", 4}, {"c = b\n", 5}}, {}, {0, 1, 2}},
        {{{"y = 1\n", 4}, {"z = 0\n", 0}, {"b = z\n", 0}, {"c = b\n", 2}}, {1, 2, 3, 0}, {1, 2}},
        // The nearest one above, not every one that ever defined it.
        {{{"a = 1\n", 0}, {"a = 2\n", 0}, {"b = a\n", 1}, {"c = 1\n", 2}}, {1, 2, 3}, {1}},
        // It ran once more before it was needed, if there is a number for that.
        {{{"import os\n", 5}, {"a = os\n", 2}, {"b = a\n", 3}}, {0, 1, 2, 0}, {}},
        {{{"import os\n", 5}, {"a = os\n", 1}, {"b = a\n", 2}}, {1, 2, 0}, {}},
        {{{"z = 0\n", 9}, {"y = z\n", 8}, {"b = y\n", 3}, {"c = 1\n", 4}}, {0, 1, 2, 3, 1, 0}, {}},
        // A number that was there before begins another session.
        {{{"a = 1\n", 1}, {"b = 2\n", 2}, {"a = 3\n", 1}, {"b = 4\n", 2}}, {}, {}},
        {{{"a = 1\n", 5}, {"b = 2\n", 2}, {"c = 3\n", 3}, {"d = 4\n", 2}, {"e = 5\n", 4}}, {1, 2, 0, 3, 4}, {}},
    };
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        const auto got = executionOf(cases[i].cells);
        test::report(got.order == cases[i].order, __FILE__, __LINE__, "order of case " + std::to_string(i));
        test::report(got.presumed == cases[i].presumed, __FILE__, __LINE__, "presumed of case " + std::to_string(i));
    }
}

// However many numbers are missing: they are ranges.
CUPEL_TEST(missing_numbers_are_counted)
{
    const auto both = inBothOrders({{imports, 2'000'000'000}, {"df = pd.read_csv('a.csv')\n", 3}, {"a = 1\n", 5}});
    CHECK(both.written.execution.front().missing == CountRanges({{1, 2}, {4, 4}, {6, 1'999'999'999}}));
    CHECK(notes(both.recorded, "order-gaps", "run numbers 1, 2, 4, 6 to 1999999999 are missing"));
    Execution gaps;
    for (std::int64_t i = 0; i < 15; ++i) {
        gaps.missing.emplace_back(1'000'000'000 * i, 1'000'000'000 * i + 99'999);
    }
    const auto said = untold(gaps, "n.ipynb");
    REQUIRE(said.size() == 1);
    CHECK(said.front().message.find(" and 300000 more are missing") != std::string::npos);
}

CUPEL_TEST(large_notebooks_end)
{
    constexpr int size = 3'000;
    Cells chain;
    for (int i = 0; i < size; ++i) { // each needs the next one, which has no number
        chain.emplace_back("a" + std::to_string(i) + " = a" + std::to_string(i + 1) + "\n", i == 0 ? 5 : 0);
    }
    chain.emplace_back("z = 1\n", 4);
    const auto long_ = executionOf(chain);
    CHECK_EQ(long_.presumed.size(), static_cast<std::size_t>(size) - 1);
    Cells same;
    for (int i = 0; i < size; ++i) { // one name, made and read everywhere
        same.emplace_back("a = a + 1\n", i % 2 == 0 ? size - i : 0);
    }
    const auto runs = executionOf(same).order.size();
    CHECK(runs >= size / 2 && runs <= 2 * size);
}

CUPEL_TEST(trainings_are_those_of_the_order)
{
    const auto both = inBothOrders({{imports, 1}, {"df = pd.read_csv('a.csv')\n", 4}, {fit, 3},
        {"df = pd.read_csv('b.csv')\n", 2}, {"n = LinearRegression()\nn.fit(df[['x']], df['z'])\n", 0}});
    REQUIRE(both.recorded.trainings.size() == 1);
    REQUIRE(both.written.trainings.size() == 2);
    const auto data = [](const LineageGraph& graph) {
        std::string names;
        for (const auto node : graph.trainings.front().data) {
            names += graph.nodes[node].locator;
        }
        return names;
    };
    CHECK_EQ(data(both.written), "a.csv");
    CHECK_EQ(data(both.recorded), "b.csv");
    CHECK(both.written.trainings[0].inOther == InOther::Different);
    CHECK(both.written.trainings[1].inOther == InOther::Missing); // its cell never ran
    CHECK(both.recorded.trainings[0].inOther == InOther::Different);
    REQUIRE(both.recorded.onlyThere && both.written.onlyThere);
    CHECK_EQ(both.recorded.onlyThere->trainings, 1U);
    CHECK_EQ(both.recorded.onlyThere->edges, missing(both.written.edges));
    CHECK_EQ(both.written.onlyThere->edges, missing(both.recorded.edges));
    CHECK(missing(both.recorded.edges) > 0 && missing(both.recorded.edges) < both.recorded.edges.size());
    CHECK(notes(both.recorded, "order-left-out", "cell 4 has no run number"));
}

CUPEL_TEST(the_same_order_is_the_same_graph)
{
    const auto both = inBothOrders({{imports, 1}, {"df = pd.read_csv('a.csv')\n", 2}, {fit, 3}});
    CHECK_EQ(missing(both.written.edges) + missing(both.recorded.edges), 0U);
    CHECK_EQ(both.recorded.onlyThere->nodes + both.written.onlyThere->nodes, 0U);
}

// Names of one cell are numbered as they are come to: the other order is no reason to take one for another.
CUPEL_TEST(nodes_are_the_same_in_both_orders)
{
    const auto both = inBothOrders(
        {{imports + "x = pd.read_csv('a.csv')\nx = x.dropna()\n", 1}, {"y = x.head()\n", 3}, {"z = x.tail()\n", 2}});
    CHECK_EQ(both.recorded.onlyThere->nodes + both.written.onlyThere->nodes, 0U);
    CHECK_EQ(missing(both.written.edges) + missing(both.recorded.edges), 0U);
}

// Data flows to the cell that runs, wherever the function stands that it calls.
CUPEL_TEST(flows_are_those_of_the_running_cells)
{
    const auto both = inBothOrders(
        {{imports + "def learn(frame):\n    m = LinearRegression()\n    return m.fit(frame[['x']], frame['y'])\n", 1},
            {"df = pd.read_csv('a.csv')\n", 4}, {"m = learn(df)\n", 3}, {"df = pd.read_csv('b.csv')\n", 2}});
    const auto& execution = both.written.execution.front();
    CHECK(execution.onlyWritten == CellPairs({{1, 2}}));
    CHECK(execution.onlyRecorded == CellPairs({{3, 2}}));
    CHECK(both.recorded.execution.front().onlyWritten == execution.onlyWritten);
}

// Another order is followed only for who asks, and only where cells ran in one.
CUPEL_TEST(orders_are_compared_on_demand)
{
    struct Counted : test::Workspace {
        std::size_t asked = 0; // for the file that the notebook runs
        [[nodiscard]] ParsedFilePtr find(const std::string& path) override
        {
            asked += path == "other.py" ? 1 : 0;
            return test::Workspace::find(path);
        }
    };
    const auto asked = [](int first, int second, int third, Compare compare) {
        Counted all;
        all.add("other.py", "a = 1\n");
        const auto file = all.add("n.ipynb",
            test::notebook({{"%run other.py\n", first}, {"b = a\n", second}, {"c = b\n", third}, {"d = 1\n", 9}}));
        Budget budget;
        const auto piece = followFile(file, all, *ApiRoles::builtIn(), budget, compare);
        return std::pair(all.asked, lacksComparison(piece));
    };
    const auto once = asked(1, 2, 3, Compare::Orders).first;
    CHECK(once > 0);
    CHECK(asked(1, 2, 3, Compare::No) == std::pair(once, false));
    CHECK(asked(1, 2, 0, Compare::Orders).first == once); // one did not run: that is no other order
    CHECK(asked(1, 3, 2, Compare::No) == std::pair(once, true));
    CHECK(asked(1, 3, 2, Compare::Orders) == std::pair(2 * once, false));
}

// What is fitted in one cell and used in another flows from the fit, not from where the model was made.
CUPEL_TEST(models_flow_from_where_they_learnt)
{
    const auto both = inBothOrders({{imports + "m = LinearRegression()\n", 1}, {"df = pd.read_csv('a.csv')\n", 2},
        {"m.fit(df[['x']], df['y'])\n", 4}, {"m.score(df[['x']], df['y'])\n", 3}});
    const auto& execution = both.written.execution.front();
    CHECK(std::binary_search(execution.onlyWritten.begin(), execution.onlyWritten.end(), std::pair(2U, 3U)));
}

CUPEL_TEST(what_counts_do_not_tell_is_said)
{
    const auto both = inBothOrders({{imports, 9}, {"df = pd.read_csv('a.csv')\n", 3}, {"a = 1\n", 3}});
    CHECK(notes(both.recorded, "order-gaps", "1, 2, 4 to 8"));
    CHECK(notes(both.recorded, "order-sessions", "3 stand"));
    Execution gaps;
    gaps.missing = {{2, 2}};
    CHECK_EQ(untold(gaps, "n.ipynb").size(), 1U);
    CHECK(untold({}, "n.ipynb").empty());
}
