// SPDX-License-Identifier: GPL-3.0-or-later
// What is said about run numbers: numbers that a reader can add up.
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

using namespace cupel;

namespace {

// Cells with these run numbers; -1: none.
std::string messageOf(const std::vector<int>& counts, std::string_view rule)
{
    std::string cells;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        cells += std::string(i > 0 ? ", " : "")
            + R"({"cell_type": "code", "metadata": {}, "outputs": [], "source": "x = )" + std::to_string(i)
            + "\", \"execution_count\": " + (counts[i] < 0 ? "null" : std::to_string(counts[i])) + "}";
    }
    const auto analysis =
        test::analyzed("{\"cells\": [" + cells + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    for (const auto& finding : analysis.findings) {
        if (finding.rule == rule) {
            return finding.message;
        }
    }
    return {};
}

} // namespace

CUPEL_TEST(hiddenRunsAddUp)
{
    const auto rule = "CUP-ORD-HIDDEN-RUNS";
    CHECK_EQ(messageOf({1, 2, 47}, rule),
        "Runs are numbered [1] to [47]: of these 47, 3 are in the file and 44 left no trace.");
    CHECK_EQ(messageOf({5, 5, 9, 47}, rule),
        "Runs are numbered [1] to [47]: of these 47, 3 are in the file (on 4 cells) and 44 left no trace.");
    CHECK_EQ(messageOf({0, 47}, rule),
        "Runs are numbered [0] to [47]: of these 48, 2 are in the file and 46 left no trace.");
    CHECK_EQ(messageOf({9}, rule), "Runs are numbered [1] to [9]: of these 9, 1 is in the file and 8 left no trace.");
    CHECK_EQ(messageOf({1, 2, 3, 7}, rule), "");
}

CUPEL_TEST(cellsThatDidNotRunAddUp)
{
    const auto rule = "CUP-ORD-NEVER-RUN";
    CHECK_EQ(messageOf({1, -1, 2}, rule), "1 cell with code did not run, 2 did.");
    CHECK_EQ(messageOf({1, -1, 2, -1, -1}, rule),
        "1 cell with code did not run, 2 did; 2 more stand below the last that ran.");
    CHECK_EQ(messageOf({1, -1, 2, -1}, rule),
        "1 cell with code did not run, 2 did; 1 more stands below the last that ran.");
}
