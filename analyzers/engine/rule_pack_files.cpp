// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/rule_pack_files.h"

#include "analyzers/engine/file_source.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace cupel::engine {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t mostPacks = 64; // of one folder
constexpr std::size_t mostEntries = 10'000; // that are looked at for them
constexpr std::uintmax_t largest = 1 << 20;

} // namespace

std::vector<std::string> packFiles(const std::string& path)
{
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        return {path};
    }
    std::vector<std::string> out;
    std::size_t seen = 0;
    for (fs::directory_iterator at(path, error), end; !error && at != end && seen < mostEntries; at.increment(error)) {
        ++seen;
        if (at->path().extension() == ".tsv" && at->is_regular_file(error)) {
            out.push_back(at->path().string());
        }
    }
    std::sort(out.begin(), out.end());
    out.resize(std::min(out.size(), mostPacks));
    return out;
}

void readPack(threats::RuleSet& set, const std::string& path, Budget& budget)
{
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (!error && size > largest) {
        set.troubles.push_back({path, 0, "it is too large to be a table of rules"});
        return;
    }
    if (const auto bytes = readFile(path, budget)) {
        addPack(set, path, *bytes.value());
    } else {
        set.troubles.push_back({path, 0, bytes.error().detail});
    }
}

} // namespace cupel::engine
