// SPDX-License-Identifier: GPL-3.0-or-later
// A notebook that is scanned again after one cell was edited, as the window does when a file changes on disk: prints
// the median of many edits in milliseconds of the processor, and what the first scan took.
//   rescan_bench [CELLS]
#include "analyzers/code/syntax_memory.h"
#include "analyzers/engine/analyze.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace cupel;

namespace {

// As notebooks are: a dozen lines a cell, a screenful of output, a finding now and then.
std::string notebook(int cells, int edit)
{
    std::string out = "{\"cells\":[";
    for (int i = 0; i < cells; ++i) {
        const auto n = std::to_string(i);
        std::string source = "import pandas as pd\\nfrom sklearn.linear_model import LogisticRegression\\n";
        for (int line = 0; line < 8; ++line) {
            source += "frame_" + n + "['column_" + std::to_string(line) + "'] = frame_" + n + ".groupby('key')['value_"
                + n + "'].transform(lambda v: v.fillna(v.mean()))\\n";
        }
        if (i % 20 == 0) {
            source += "db = 'postgresql://svc:Zq8rT2vLw9xB" + n + "@db.corp.net/x'\\n";
        }
        if (i == cells / 2) {
            source += "frame_edited = " + std::to_string(edit) + "\\n";
        }
        std::string text;
        for (int line = 0; line < 12; ++line) {
            text +=
                std::to_string(line) + "    customer_" + n + "    0." + std::to_string(line * 7919 + i) + "    west\\n";
        }
        out += (i ? ",\n" : "\n") + std::string(R"({"cell_type":"code","id":"c)") + n + R"(","execution_count":)" + n
            + R"(,"metadata":{},"source":")" + source
            + R"(","outputs":[{"output_type":"stream","name":"stdout","text":")" + text + "\"}]}";
    }
    return out + "\n],\"metadata\":{\"language_info\":{\"name\":\"python\"}},\"nbformat\":4,\"nbformat_minor\":5}";
}

double scan(std::string bytes)
{
    Artifact artifact;
    artifact.path = "grown.ipynb";
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    ScanOptions options;
    options.keepBytes = true;
    Budget budget(options.limits);
    const auto begun = std::clock();
    const auto analysis = engine::analyze(std::move(artifact), options, budget);
    const auto ended = std::clock();
    if (analysis.findings.empty()) {
        std::puts("nothing was found");
        std::exit(1);
    }
    return static_cast<double>(ended - begun) * 1e3 / CLOCKS_PER_SEC;
}

} // namespace

int main(int argc, char** argv)
{
    const int cells = std::max(1, argc > 1 ? std::atoi(argv[1]) : 500);
    (void)scan(notebook(20, 0)); // the databases of the rules are made
    code::rememberSyntax(48 << 20); // as the window does
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 64 << 20); // and app/main.cpp
#endif
    const double first = scan(notebook(cells, 0));
    std::vector<double> again;
    for (int edit = 1; edit <= 31; ++edit) {
        again.push_back(scan(notebook(cells, edit)));
    }
    std::sort(again.begin(), again.end());
    std::printf("%d cells, %zu kB: first %.1f ms, again %.1f ms\n", cells, notebook(cells, 0).size() / 1000, first,
        again[again.size() / 2]);
    return 0;
}
