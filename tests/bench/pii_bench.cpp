// SPDX-License-Identifier: GPL-3.0-or-later
// How fast personal data is looked for: CPU time of that group of rules alone, over the text of all files of a folder
// (images are not counted as text). One thread.
//   pii_bench FOLDER...
#include "analyzers/formats/region_text.h"
#include "analyzers/formats/registry.h"
#include "analyzers/rules/rule_set.h"
#include "analyzers/rules/sink.h"

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

using namespace cupel;

namespace {

struct Sums {
    std::uint64_t text = 0; // decoded bytes
    std::uint64_t files = 0;
    double seconds = 0;
};

void measure(const std::filesystem::path& path, void (*check)(const rules::RuleInput&, rules::FindingSink&), Sums& sums)
{
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    Artifact artifact;
    artifact.path = path.string();
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes).str());
    Facts facts;
    Budget budget;
    const auto& format = formats::recognise(artifact.view(), artifact.fileName());
    facts.format = format.name;
    format.parse(artifact, budget, facts);
    formats::TextPiece piece;
    for (const auto& region : facts.regions) {
        if (region.kind == RegionKind::Image) {
            continue;
        }
        formats::RegionReader reader(facts.text(artifact), region);
        while (reader.next(piece)) {
            sums.text += piece.text.size() - piece.overlap;
        }
    }
    const Limits limits;
    rules::FindingSink sink(artifact, facts, limits);
    const auto begin = std::clock();
    check({artifact, facts, budget}, sink);
    sums.seconds += static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    ++sums.files;
}

} // namespace

int main(int argc, char** argv)
{
    for (const auto& group : rules::groups()) {
        if (group.name != "pii") {
            continue;
        }
        Sums sums;
        for (int i = 1; i < argc; ++i) {
            for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
                if (entry.is_regular_file()) {
                    measure(entry.path(), group.check, sums);
                }
            }
        }
        std::printf("%.1f MB of text in %llu files, %.2f s: %.0f MB/s\n", static_cast<double>(sums.text) / 1e6,
            static_cast<unsigned long long>(sums.files), sums.seconds,
            static_cast<double>(sums.text) / 1e6 / sums.seconds);
        return 0;
    }
    return 1;
}
