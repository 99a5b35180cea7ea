// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/checkpoint_companions.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/formats/ocdbt/ocdbt_tree.h"
#include "analyzers/formats/zarr/zarr_layout.h"

#include <algorithm>
#include <string>
#include <system_error>

namespace cupel::engine {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view manifestName = "manifest.ocdbt";
constexpr std::uint64_t largestManifest = 32 << 20;
constexpr std::uint64_t largestNode = 32 << 20;
constexpr std::uint64_t largestDescription = 1 << 20;

std::string content(const fs::path& path, std::uint64_t most, Budget& budget)
{
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(path, error)) || error) {
        return {};
    }
    const auto size = fs::file_size(path, error);
    return error ? std::string() : readPart(path.string(), {0, size}, most, budget);
}

// The values of the file that the database in `folder` names.
void addValues(const fs::path& folder, const std::string& file, Budget& budget, Neighbours& out)
{
    auto manifest = content(folder / manifestName, largestManifest, budget);
    if (manifest.empty()) {
        return;
    }
    const auto part = [&](const std::string& path, ByteRange range) {
        const auto whole = folder / path;
        std::error_code error;
        const bool isFile = fs::is_regular_file(fs::symlink_status(whole, error)) && !error;
        return isFile ? readPart(whole.string(), range, largestNode, budget) : std::string();
    };
    for (const auto value : formats::ocdbt::valuesIn(file, manifest, part, budget)) {
        out.members.push_back({{}, value.size(), value});
    }
    if (!out.find(manifestName)) {
        out.members.push_back({std::string(manifestName), manifest.size(), {}});
    }
    std::sort(out.members.begin(), out.members.end(), [](const auto& a, const auto& b) {
        return a.name != b.name ? a.name < b.name : a.stored.start < b.stored.start;
    });
}

// A database, "d/<name>" in its folder; where several processes wrote, theirs lie in one that names the files of all.
bool addDatabases(const fs::path& file, Budget& budget, Neighbours& out)
{
    const auto folder = file.parent_path();
    if (!formats::ocdbt::isDataFileName(file.filename().string()) || folder.filename() != "d") {
        return false;
    }
    const auto name = "d/" + file.filename().string();
    const auto database = fs::path(folder).parent_path();
    addValues(database, name, budget, out);
    if (const auto process = database.filename().string(); process.starts_with("ocdbt.process_")) {
        addValues(database.parent_path(), process + "/" + name, budget, out);
    }
    return !out.members.empty();
}

bool addDescription(const fs::path& file, Budget& budget, Neighbours& out)
{
    constexpr unsigned highest = 32; // dimensions, a folder each
    auto at = file;
    for (unsigned i = 0; i < highest && formats::zarr::isChunkName(at.filename().string()); ++i) {
        at = at.parent_path();
        for (const auto name : {formats::zarr::secondVersion, formats::zarr::thirdVersion}) {
            auto text = content(at / name, largestDescription, budget);
            if (!text.empty()) {
                out.members.push_back(
                    {std::string(name), text.size(), {}, std::make_shared<const std::string>(std::move(text))});
                return true;
            }
        }
    }
    return false;
}

} // namespace

bool addCheckpoint(const fs::path& file, Budget& budget, Neighbours& out)
{
    return addDatabases(file, budget, out) || addDescription(file, budget, out);
}

} // namespace cupel::engine
