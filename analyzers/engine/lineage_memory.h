// SPDX-License-Identifier: GPL-3.0-or-later
// What was followed before, by file: asked for again, only files that changed, or that look into one that did, are
// followed once more. One caller at a time; workers of that caller may look and keep at once.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cupel::engine {

class LineageMemory {
public:
    // Changes when a file does. `racy`: it may change once more without showing it.
    struct Stamp {
        std::uint64_t size = 0;
        std::uint64_t inode = 0;
        std::int64_t changed = 0; // nanoseconds
        bool there = false;
        bool racy = false;
        [[nodiscard]] bool same(const Stamp& other) const
        {
            return !racy && !other.racy && size == other.size && inode == other.inode && changed == other.changed
                && there == other.there;
        }
    };
    using Seen = std::map<std::string, Stamp>; // relative path of what was looked at, also for nothing

    // Another table of calls, or another folder: nothing of before counts.
    void setContext(const std::string& context);
    // The piece of a file in that order of its cells, when nothing that it looked at has changed. `now`: the stamp of a
    // relative path.
    template <typename Now>
    [[nodiscard]] std::optional<lineage::LineageGraph> recall(
        const std::string& path, lineage::CellOrder order, Now now)
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_pieces.find({path, order});
        if (known == m_pieces.end()) {
            return std::nullopt;
        }
        for (const auto& [seen, stamp] : known->second.seen) {
            if (!stamp.same(now(seen))) {
                return std::nullopt;
            }
        }
        return known->second.graph;
    }
    void keep(const std::string& path, lineage::CellOrder order, const lineage::LineageGraph& piece, Seen seen);
    // Only what is still there stays.
    void forgetOthers(const std::vector<std::string>& sortedPaths);
    [[nodiscard]] std::size_t followed() const { return m_followed; } // pieces, since it was made
    [[nodiscard]] static Stamp stampOf(const std::string& path); // on disk

private:
    struct Piece {
        lineage::LineageGraph graph;
        Seen seen;
    };
    std::mutex m_mutex;
    std::string m_context;
    std::map<std::pair<std::string, lineage::CellOrder>, Piece> m_pieces;
    std::size_t m_nodes = 0;
    std::size_t m_followed = 0;
};

} // namespace cupel::engine
