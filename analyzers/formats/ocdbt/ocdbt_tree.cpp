// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/ocdbt/ocdbt_tree.h"

#include "analyzers/formats/ocdbt/ocdbt_node.h"
#include "analyzers/formats/unpacked.h"

#include <set>
#include <tuple>

namespace cupel::formats::ocdbt {

namespace {

constexpr std::uint64_t largestNode = 32 << 20;
constexpr std::uint64_t mostBytes = 256 << 20; // of all nodes, as they are stored and unpacked
constexpr std::size_t mostNodes = 100'000;
constexpr std::size_t mostValues = 1'000'000;
constexpr std::size_t longestPath = 4'096;
constexpr std::size_t mostPathBytes = 16 << 20; // of all files with values

struct Place {
    std::string path;
    std::string base; // the nodes' paths begin with it
    ByteRange bytes;
};

class Follower {
public:
    Follower(const ReadPart& readPart, Budget& budget)
        : m_readPart(readPart)
        , m_budget(budget)
    {
    }

    Values run(ByteView manifest)
    {
        read(manifest, {});
        while (!m_open.empty() && m_read < mostBytes) {
            const auto place = std::move(m_open.back());
            m_open.pop_back();
            read(m_readPart(place.path, place.bytes), place.base);
        }
        return std::move(m_values);
    }

private:
    void read(ByteView bytes, const std::string& base)
    {
        const auto node = headerOf(bytes);
        m_read += bytes.size();
        if (!node || node->version != 0 || node->packing > 1 || !m_budget.spend(bytes.size())
            || !isWhole(bytes, *node)) {
            return;
        }
        const auto packed = bytes.substr(node->bodyAt, node->size - node->bodyAt - 4);
        const auto body = node->packing == 1 ? unpacked(packed, largestNode, m_budget) : std::string(packed);
        m_read += body.size();
        const Takers takers{[](std::string_view) {}, [](std::string_view) {},
            [&](const FileOfTable& file, ByteRange value) {
                if (m_count < mostValues) {
                    add(base + file.path, value);
                }
            },
            [&](const FileOfTable& file, ByteRange below) { open(file, base, below); }};
        (void)contentsOf(*node, body, takers, m_budget);
    }

    void add(const std::string& path, ByteRange value)
    {
        auto found = m_values.find(path);
        if (found == m_values.end()) {
            m_pathBytes += path.size();
            if (m_pathBytes > mostPathBytes) {
                return;
            }
            found = m_values.try_emplace(path).first;
        }
        found->second.push_back(value);
        ++m_count;
    }

    void open(const FileOfTable& file, const std::string& base, ByteRange bytes)
    {
        auto path = base + file.path;
        const bool fits = path.size() <= longestPath && bytes.size() <= largestNode && m_seen.size() < mostNodes;
        if (fits && !leadsOut(path) && m_seen.emplace(path, bytes.start, bytes.end).second) {
            m_open.push_back({std::move(path), base + file.path.substr(0, file.base), bytes});
        }
    }

    const ReadPart& m_readPart;
    Budget& m_budget;
    std::vector<Place> m_open; // nodes that are still to be read
    std::set<std::tuple<std::string, std::uint64_t, std::uint64_t>> m_seen;
    Values m_values;
    std::size_t m_count = 0; // of them all
    std::size_t m_pathBytes = 0;
    std::uint64_t m_read = 0; // bytes of nodes
};

} // namespace

bool isDataFileName(std::string_view name)
{
    constexpr std::size_t digits = 32;
    return name.size() == digits && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Values valuesOf(ByteView manifest, const ReadPart& readPart, Budget& budget)
{
    return Follower(readPart, budget).run(manifest);
}

} // namespace cupel::formats::ocdbt
