// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/checkpoint_databases.h"

#include "analyzers/engine/file_source.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace cupel::engine {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t largestManifest = 32 << 20;
constexpr std::uint64_t largestNode = 32 << 20;

bool isFile(const fs::path& path)
{
    std::error_code error;
    return fs::is_regular_file(fs::symlink_status(path, error)) && !error;
}

CheckpointDatabase read(const fs::path& folder, Budget& budget)
{
    const auto manifest = smallFile(folder / CheckpointDatabases::manifestName, largestManifest, budget);
    if (manifest.empty()) {
        return {};
    }
    const auto part = [&](const std::string& path, ByteRange range) {
        const auto whole = folder / path;
        return isFile(whole) ? readPart(whole.string(), range, largestNode, budget) : std::string();
    };
    return {manifest.size(), formats::ocdbt::valuesOf(manifest, part, budget)};
}

} // namespace

std::string smallFile(const fs::path& path, std::uint64_t most, Budget& budget)
{
    std::error_code error;
    const auto size = isFile(path) ? fs::file_size(path, error) : 0;
    return error ? std::string() : readPart(path.string(), {0, size}, most, budget);
}

std::shared_ptr<const CheckpointDatabase> CheckpointDatabases::of(const fs::path& folder, Budget& budget)
{
    constexpr std::size_t most = 8;
    const std::lock_guard lock(m_mutex);
    const auto name = folder.string();
    const auto found =
        std::find_if(m_known.begin(), m_known.end(), [&](const Known& one) { return one.folder == name; });
    if (found != m_known.end()) {
        return found->database;
    }
    auto database = std::make_shared<const CheckpointDatabase>(read(folder, budget));
    m_known.push_back({name, database});
    if (m_known.size() > most) {
        m_known.pop_front();
    }
    return database;
}

} // namespace cupel::engine
