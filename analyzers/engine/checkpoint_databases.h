// SPDX-License-Identifier: GPL-3.0-or-later
// Databases of checkpoints (OCDBT), each read once for all its data files: a folder may hold thousands of those.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/ocdbt/ocdbt_tree.h"

#include <cstddef>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace cupel::engine {

struct CheckpointDatabase {
    std::size_t manifestBytes = 0; // 0: there is none that can be read
    formats::ocdbt::Values values;
};

// For several threads.
class CheckpointDatabases {
public:
    static constexpr auto manifestName = "manifest.ocdbt";

    // Of the database in `folder`, as it was when it was asked for first; links are not followed.
    [[nodiscard]] std::shared_ptr<const CheckpointDatabase> of(const std::filesystem::path& folder, Budget& budget);

private:
    struct Known {
        std::string folder;
        std::shared_ptr<const CheckpointDatabase> database;
    };
    std::mutex m_mutex; // held while one is read: others most likely wait for the same
    std::deque<Known> m_known; // those that were read last
};

// At most `most` bytes of a regular file; empty: it has more, or cannot be read.
[[nodiscard]] std::string smallFile(const std::filesystem::path& path, std::uint64_t most, Budget& budget);

} // namespace cupel::engine
