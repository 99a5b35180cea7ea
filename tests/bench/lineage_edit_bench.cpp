// SPDX-License-Identifier: GPL-3.0-or-later
// One cell of one notebook of a workspace is edited: how long it takes (of the processor) until its lineage is known
// again, with what was followed before.
//   lineage_edit_bench [NOTEBOOKS]
#include "analyzers/engine/lineage_folder.h"
#include "analyzers/engine/lineage_memory.h"
#include "tests/bench/made_cells.h"
#include "tests/unit/made_folder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace cupel;
namespace fs = std::filesystem;

namespace {

std::string notebook(int number, int edit)
{
    const std::string n = std::to_string(number);
    std::vector<std::string> cells;
    const auto cell = [&cells](std::string code) { cells.push_back(std::move(code)); };
    cell("import pandas as pd\\nfrom sklearn.linear_model import LogisticRegression\\nfrom sklearn.model_selection "
         "import train_test_split");
    cell("frame = pd.read_csv('data/part" + n + ".csv')");
    for (int i = 0; i < 20; ++i) {
        cell("frame['c" + std::to_string(i) + "'] = frame['c" + std::to_string(i) + "'].fillna(" + std::to_string(edit)
            + ")");
    }
    cell("train, test = train_test_split(frame)");
    cell("model = LogisticRegression().fit(train.drop(columns=['y']), train['y'])");
    cell("frame.to_parquet('out/clean" + n + ".parquet')");
    return test::ranInOrder(cells);
}

} // namespace

int main(int argc, char** argv)
{
    const int count = argc > 1 ? std::max(1, std::atoi(argv[1])) : 40;
    const test::MadeFolder made;
    const auto& folder = made.path();
    const auto write = [&](int number, int edit) {
        std::ofstream(folder / ("n" + std::to_string(number) + ".ipynb"), std::ios::binary) << notebook(number, edit);
    };
    for (int i = 0; i < count; ++i) {
        write(i, 0);
    }
    const auto settle = [] { std::this_thread::sleep_for(std::chrono::milliseconds(60)); };
    const engine::LineageOptions options{{}, 1, {}};
    engine::LineageMemory memory;
    std::vector<double> times;
    std::size_t nodes = 0;
    for (int i = 0; i <= 11; ++i) {
        settle();
        if (i > 0) {
            write(i % count, i);
            settle();
        }
        Budget budget;
        const auto begin = std::clock();
        nodes = engine::lineageOf({folder.string()}, options, budget, &memory).nodes.size();
        const double taken = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        if (i == 0) {
            std::printf("first %.1f ms, %zu nodes\n", taken, nodes);
        } else {
            times.push_back(taken);
        }
    }
    std::sort(times.begin(), times.end());
    std::printf("patch %.1f ms, worst %.1f ms, %zu files followed again in %zu edits\n", times[times.size() / 2],
        times.back(), memory.followed() - static_cast<std::size_t>(count), times.size());
    return 0;
}
