// SPDX-License-Identifier: GPL-3.0-or-later
// Queries that are long: read whole, or said to be read in part.
#include "tests/unit/check.h"
#include "tests/unit/lineage/followed.h"

#include <algorithm>

using namespace cupel;
using namespace cupel::lineage;

namespace {

LineageGraph unionOf(int tables, const std::string& name)
{
    std::string code = "import pandas as pd\ndf = pd.read_sql('''";
    for (int i = 0; i < tables; ++i) {
        code += "SELECT * FROM " + name + std::to_string(i) + " UNION ALL ";
    }
    return test::followed(code + "SELECT * FROM last''', con)\ndf.to_csv('out.csv')\n");
}

} // namespace

CUPEL_TEST(queries_of_many_tables_are_kept)
{
    const auto graph = unionOf(700, "readings_of_the_year_");
    const auto read = std::count_if(
        graph.edges.begin(), graph.edges.end(), [](const Edge& edge) { return edge.kind == EdgeKind::Reads; });
    CHECK_EQ(graph.sources.size(), 701U);
    CHECK_EQ(read, 701);
    CHECK(!graph.files.front().partial);
}

CUPEL_TEST(what_a_limit_leaves_out_is_said)
{
    CHECK(unionOf(2'000, "t").files.front().partial); // more tables than are kept
    CHECK(unionOf(700, "readings_" + std::string(100, 'x')).files.front().partial); // longer than any that is read
}
