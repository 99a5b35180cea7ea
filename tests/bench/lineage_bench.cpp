// SPDX-License-Identifier: GPL-3.0-or-later
// Names, slices and hazards of every notebook and script below a folder, and its whole lineage as of a file that is
// opened alone: time of each (of the processor; median, 99th percentile), and with --hazards or --slices one line for
// each hazard or code cell, to be read and judged.
#include "analyzers/engine/lineage_folder.h"
#include "analyzers/formats/registry.h"
#include "analyzers/lineage/name_lineage.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace cupel;

namespace {

struct Measured {
    double milliseconds = 0; // with decoding and parsing
    double own = 0; // names alone, trees remembered
    double lineage = 0; // read, parsed, followed and joined
    std::size_t bytes = 0;
    std::string path;
};

double since(std::clock_t start)
{
    return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void print(const std::string& path, const lineage::Hazard& hazard)
{
    std::string names;
    for (const auto& name : hazard.names) {
        names += (names.empty() ? "" : ",") + name;
    }
    std::printf("%s\t%s\t%d\t%u\t%lld\t%s\t%s\n", std::string(toString(hazard.kind)).c_str(), path.c_str(),
        hazard.place.codeCell, hazard.place.line, static_cast<long long>(hazard.place.exec), names.c_str(),
        hazard.why.c_str());
}

void row(const char* what, const std::vector<Measured>& all, double Measured::* time)
{
    if (all.empty()) {
        return;
    }
    std::vector<double> values;
    std::transform(
        all.begin(), all.end(), std::back_inserter(values), [time](const Measured& one) { return one.*time; });
    std::sort(values.begin(), values.end());
    double sum = 0;
    for (const double value : values) {
        sum += value;
    }
    std::fprintf(stderr, "%-24s %6zu files: median %.2f ms, p99 %.2f ms, longest %.2f ms, all %.0f ms\n", what,
        values.size(), values[values.size() / 2], values[values.size() * 99 / 100], values.back(), sum);
}

std::vector<std::string> filesBelow(const std::string& folder)
{
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const auto suffix = entry.path().extension();
        if (entry.is_regular_file() && (suffix == ".ipynb" || suffix == ".py")) {
            paths.push_back(entry.path().string());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

} // namespace

int main(int count, char** arguments)
{
    const std::string folder = count > 1 ? arguments[1] : ".";
    const bool list = count > 2 && std::string(arguments[2]) == "--hazards";
    const bool slices = count > 2 && std::string(arguments[2]) == "--slices";
    std::vector<Measured> all;
    std::map<std::string, std::size_t> kinds;
    std::size_t partial = 0;
    const auto paths = filesBelow(folder);
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        std::stringstream text;
        text << file.rdbuf();
        Artifact artifact;
        artifact.path = path;
        artifact.bytes = std::make_shared<const std::string>(text.str());
        Facts facts;
        Budget budget;
        const auto& format = formats::recognise(artifact.view(), artifact.fileName());
        format.parse(artifact, budget, facts);
        const auto start = std::clock();
        formats::CodeCells cells(artifact, facts, budget);
        const auto found = lineage::nameLineage(artifact, facts, cells, budget);
        const double whole = since(start);
        formats::CodeCells again(artifact, facts, budget);
        (void)again.parse(0, 10'000'000, budget);
        const auto second = std::clock();
        (void)lineage::nameLineage(artifact, facts, again, budget);
        const double own = since(second);
        const auto third = std::clock();
        Budget fresh;
        (void)engine::lineageOf({path}, {{}, 1, {}}, fresh);
        all.push_back({whole, own, since(third), artifact.view().size(), path});
        partial += found.partial ? 1 : 0;
        for (std::size_t i = 0; slices && i < found.slices.needs.size(); ++i) {
            std::printf("%s\t%zu\t", path.c_str(), i);
            for (const auto need : found.slices.needs[i]) {
                std::printf(" %u", need);
            }
            std::printf("\n");
        }
        for (const auto& hazard : found.hazards) {
            ++kinds[std::string(toString(hazard.kind))];
            if (list) {
                print(path, hazard);
            }
        }
    }
    row("with parsing", all, &Measured::milliseconds);
    row("names alone", all, &Measured::own);
    row("whole lineage", all, &Measured::lineage);
    for (const auto& [kind, number] : kinds) {
        std::fprintf(stderr, "%-28s %zu\n", kind.c_str(), number);
    }
    std::fprintf(stderr, "read in part: %zu\n", partial);
    return 0;
}
