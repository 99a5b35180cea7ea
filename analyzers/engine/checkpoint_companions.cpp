// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/checkpoint_companions.h"

#include "analyzers/formats/ocdbt/ocdbt_tree.h"
#include "analyzers/formats/zarr/zarr_layout.h"

#include <algorithm>
#include <string>

namespace cupel::engine {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t largestDescription = 1 << 20;

// The values of the file that the database in `folder` names.
void addValues(
    const fs::path& folder, const std::string& file, CheckpointDatabases& databases, Budget& budget, Neighbours& out)
{
    const auto database = databases.of(folder, budget);
    if (database->manifestBytes == 0) {
        return;
    }
    if (const auto values = database->values.find(file); values != database->values.end()) {
        for (const auto value : values->second) {
            out.members.push_back({{}, value.size(), value});
        }
    }
    if (!out.find(CheckpointDatabases::manifestName)) {
        out.members.push_back({CheckpointDatabases::manifestName, database->manifestBytes, {}});
    }
    std::sort(out.members.begin(), out.members.end(), [](const auto& a, const auto& b) {
        return a.name != b.name ? a.name < b.name : a.stored.start < b.stored.start;
    });
}

// A database, "d/<name>" in its folder; where several processes wrote, theirs lie in one that names the files of all.
bool addDatabases(const fs::path& file, CheckpointDatabases& databases, Budget& budget, Neighbours& out)
{
    const auto folder = file.parent_path();
    if (!formats::ocdbt::isDataFileName(file.filename().string()) || folder.filename() != "d") {
        return false;
    }
    const auto name = "d/" + file.filename().string();
    const auto database = fs::path(folder).parent_path();
    addValues(database, name, databases, budget, out);
    if (const auto process = database.filename().string(); process.starts_with("ocdbt.process_")) {
        addValues(database.parent_path(), process + "/" + name, databases, budget, out);
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
            auto text = smallFile(at / name, largestDescription, budget);
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

bool addCheckpoint(const fs::path& file, CheckpointDatabases& databases, Budget& budget, Neighbours& out)
{
    return addDatabases(file, databases, budget, out) || addDescription(file, budget, out);
}

} // namespace cupel::engine
