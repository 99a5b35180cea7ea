// SPDX-License-Identifier: GPL-3.0-or-later
// Which lines a preview lists, and which of them have numbers.
#include "analyzers/fixes/line_rows.h"
#include "tests/unit/check.h"
#include "tests/unit/fixes/fixed.h"

#include <algorithm>
#include <string>

using namespace cupel;
using test::fixed;

// Who wants to see all lines sees those of equal texts, and those before the first change and behind the last one.
CUPEL_TEST(allUnchangedLinesAreListed)
{
    std::string same;
    for (int i = 0; i < 500; ++i) {
        same += std::to_string(i) + '\n';
    }
    const auto listed = [](const std::string& before, const std::string& after) {
        const auto rows = fixes::lineRows(before, after, fixes::allLines);
        return std::count_if(
                   rows.begin(), rows.end(), [](const auto& row) { return row.kind == fixes::PreviewRow::Kind::Same; })
            * 1'000
            + static_cast<std::ptrdiff_t>(rows.size());
    };
    CHECK_EQ(listed(same, same), 500'500);
    CHECK_EQ(listed(same + "a\n" + same, same + "b\n" + same), 1'001'001);
    CHECK_EQ(listed("one", "one"), 1'001);
    CHECK(fixes::compareTexts(same, same).size() == 1); // few around a change, and there is none
}

CUPEL_TEST(whatAnErrorSaysIsNoLineOfItsTraceback)
{
    const std::string home = "/home/mholloway";
    const std::string file =
        R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "x", "outputs": [)"
        R"({"output_type": "error", "ename": "KeyError", "evalue": ")"
        + home
        + R"(/a", "traceback": )"
          R"(["top", ")"
        + home + R"(/a"]}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto result = fixed(file);
    std::string seen;
    for (const auto& hunk : fixes::preview(result.plan, {}, result.proof.after.get())) {
        for (const auto& row : hunk.rows) {
            seen += std::to_string(row.before.number) + ' ';
        }
    }
    CHECK_EQ(seen, "0 0 1 2 ");
}
