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
    CHECK_EQ(
        messageOf({1, -1, 2, -1}, rule), "1 cell with code did not run, 2 did; 1 more stands below the last that ran.");
}

namespace {

// What is said of cells with these numbers and those of their results; -1: none.
std::string staleMessage(const std::vector<std::pair<int, int>>& counts)
{
    std::string cells;
    for (const auto& [own, shown] : counts) {
        cells += std::string(cells.empty() ? "" : ", ")
            + R"({"cell_type": "code", "metadata": {}, "source": "x", "execution_count": )"
            + (own < 0 ? "null" : std::to_string(own))
            + R"(, "outputs": [{"output_type": "execute_result", "metadata": {}, "data": {"text/plain": "1"}, )"
            + "\"execution_count\": " + std::to_string(shown) + "}]}";
    }
    const auto analysis =
        test::analyzed("{\"cells\": [" + cells + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    for (const auto& finding : analysis.findings) {
        if (finding.rule == "CUP-ORD-STALE-OUTPUT") {
            // Where the number was taken away nobody knows whether the output is of another run.
            CHECK_EQ(finding.title, "An output has another run number than its cell, or its cell has none");
            return finding.message;
        }
    }
    return {};
}

} // namespace

CUPEL_TEST(everyRunOfAResultIsNamed)
{
    CHECK_EQ(staleMessage({{-1, 20}}), "1 cell without a run number shows the result of run [20].");
    CHECK_EQ(staleMessage({{-1, 20}, {-1, 21}, {-1, 22}}),
        "3 cells without a run number show the results of runs [20], [21] and [22].");
    CHECK_EQ(staleMessage({{-1, 7}, {-1, 7}}), "2 cells without a run number show the result of run [7].");
    CHECK_EQ(staleMessage({{-1, 5}, {-1, 4}, {-1, 3}, {-1, 2}, {-1, 9}}),
        "5 cells without a run number show the results of runs between [2] and [9].");
    CHECK_EQ(staleMessage({{7, 4}, {8, 8}, {9, 5}, {-1, 2}}),
        "Cell [7] shows the result of run [4], cell [9] shows the result of run [5]; 1 cell without a run number "
        "shows the result of run [2].");
    CHECK_EQ(staleMessage({{7, 1}, {8, 2}, {9, 3}, {10, 4}, {11, 5}}),
        "Cell [7] shows the result of run [1], and 4 more cells that of another run than theirs.");
}
