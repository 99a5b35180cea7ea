// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/lineage_memory.h"

#include <algorithm>
#include <ctime>
#include <sys/stat.h>
#include <utility>

namespace cupel::engine {

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t tick = 30'000'000; // clocks of file systems go in steps
constexpr std::size_t mostNodes = 2'000'000; // of all pieces together; more are followed each time

} // namespace

LineageMemory::Stamp LineageMemory::stampOf(const std::string& path)
{
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) {
        return {};
    }
    std::timespec now{};
    std::timespec_get(&now, TIME_UTC);
    Stamp out;
    out.there = true;
    out.size = static_cast<std::uint64_t>(found.st_size);
    out.inode = found.st_ino;
    out.changed = std::int64_t{found.st_mtim.tv_sec} * second + found.st_mtim.tv_nsec;
    out.racy = std::int64_t{now.tv_sec} * second + now.tv_nsec - out.changed < tick;
    return out;
}

void LineageMemory::setContext(const std::string& context)
{
    if (std::exchange(m_context, context) != context) {
        m_pieces.clear();
        m_nodes = 0;
    }
}

void LineageMemory::keep(
    const std::string& path, lineage::CellOrder order, const lineage::LineageGraph& piece, Seen seen)
{
    const std::lock_guard lock(m_mutex);
    ++m_followed;
    // One piece of the file alone, and one of it as it is started.
    const auto started = path.find('\0');
    const auto same = [&](const std::string& key) {
        return started == std::string::npos ? key == path : key.starts_with(path.substr(0, started + 1));
    };
    for (auto old = m_pieces.lower_bound(
             {path.substr(0, started == std::string::npos ? started : started + 1), lineage::CellOrder::Written});
        old != m_pieces.end() && same(old->first.first);) {
        m_nodes -= old->first.second == order ? old->second.graph.nodes.size() : 0;
        old = old->first.second == order ? m_pieces.erase(old) : std::next(old);
    }
    if (m_nodes + piece.nodes.size() <= mostNodes) {
        m_nodes += piece.nodes.size();
        m_pieces.emplace(std::pair(path, order), Piece{piece, std::move(seen)});
    }
}

void LineageMemory::forgetOthers(const std::vector<std::string>& sortedPaths)
{
    std::erase_if(m_pieces, [&](const auto& entry) {
        const auto& key = entry.first.first; // behind the path stands what it was started with
        const auto path = key.substr(0, key.find('\0'));
        const bool gone = !std::binary_search(sortedPaths.begin(), sortedPaths.end(), path);
        m_nodes -= gone ? entry.second.graph.nodes.size() : 0;
        return gone;
    });
}

} // namespace cupel::engine
