// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/hdf5/hdf5_dense.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <set>

namespace cupel::formats::hdf5 {

namespace {

constexpr std::size_t mostRecords = 1'000'000;
constexpr unsigned mostLevels = 32; // of an index, and of blocks in blocks

unsigned bytesFor(std::uint64_t limit) // to write numbers up to it
{
    return static_cast<unsigned>(std::bit_width(std::max<std::uint64_t>(limit, 1)) - 1) / 8 + 1;
}

// Version 2 of the B-trees: each record is given once, whatever way leads to it.
class Index {
public:
    Index(const File& file, Budget& budget)
        : m_file(file)
        , m_budget(budget)
    {
    }

    [[nodiscard]] bool open(std::uint64_t at)
    {
        const auto type = m_file.number(at + 5, 1);
        const auto nodeSize = m_file.number(at + 6, 4);
        const auto recordSize = m_file.number(at + 10, 2);
        const auto depth = m_file.number(at + 12, 2);
        const auto records = m_file.number(at + 16 + m_file.offsetSize(), 2);
        if (!m_file.hasSignature(at, "BTHD") || !records || *nodeSize < 16 || *recordSize < 4 || *depth > mostLevels) {
            return false;
        }
        m_type = static_cast<unsigned>(*type);
        m_recordSize = static_cast<unsigned>(*recordSize);
        m_depth = static_cast<unsigned>(*depth);
        m_root = m_file.address(at + 16);
        m_rootRecords = *records;
        measure(*nodeSize);
        m_file.used({at, at + 16 + m_file.offsetSize() + 2 + m_file.lengthSize() + 4});
        return m_root || *records == 0;
    }
    [[nodiscard]] unsigned type() const { return m_type; }
    [[nodiscard]] unsigned recordSize() const { return m_recordSize; }
    [[nodiscard]] std::uint64_t listed() const { return m_listed; } // bytes of nodes

    [[nodiscard]] bool each(const std::function<bool(ByteRange)>& take)
    {
        struct Node {
            std::uint64_t at;
            std::uint64_t records;
            unsigned level;
        };
        std::vector<Node> todo;
        if (m_root) {
            todo.push_back({*m_root, m_rootRecords, m_depth});
        }
        std::set<std::uint64_t> seen;
        while (!todo.empty()) {
            const auto node = todo.back();
            todo.pop_back();
            const auto end = node.at + 6 + node.records * m_recordSize;
            m_listed += end - node.at;
            if (m_listed > m_file.bytes().size()) {
                return false; // nodes that share bytes
            }
            if (!seen.insert(node.at).second || seen.size() > mostRecords || !m_budget.spend(64)
                || !m_file.hasSignature(node.at, node.level == 0 ? "BTLF" : "BTIN") || end > m_file.bytes().size()) {
                return false;
            }
            for (std::uint64_t i = 0; i < node.records; ++i) {
                const auto start = node.at + 6 + i * m_recordSize;
                if (!take({start, start + m_recordSize})) {
                    return false;
                }
            }
            auto child = end;
            const auto width = m_file.offsetSize() + m_countSize + (node.level > 1 ? m_sumSizes[node.level - 1] : 0);
            m_file.used({node.at, end + (node.level > 0 ? (node.records + 1) * width : 0) + 4}); // with its checksum
            for (std::uint64_t i = 0; node.level > 0 && i <= node.records; ++i, child += width) {
                const auto next = m_file.address(child);
                const auto count = m_file.number(child + m_file.offsetSize(), m_countSize);
                if (!next || !count) {
                    return false;
                }
                todo.push_back({*next, *count, node.level - 1});
            }
        }
        return true;
    }

private:
    // How many bytes counts have follows from how many records fit into a node of each level.
    void measure(std::uint64_t nodeSize)
    {
        constexpr std::uint64_t overhead = 10;
        std::uint64_t fits = (nodeSize - overhead) / m_recordSize;
        std::uint64_t sum = fits;
        m_countSize = bytesFor(fits);
        m_sumSizes.assign(m_depth + 2, 0);
        for (unsigned level = 1; level <= m_depth; ++level) {
            const std::uint64_t pointer = m_file.offsetSize() + m_countSize + (level > 1 ? m_sumSizes[level - 1] : 0);
            fits = nodeSize > overhead + pointer ? (nodeSize - overhead - pointer) / (m_recordSize + pointer) : 0;
            sum = sum > (std::uint64_t{1} << 40) ? sum : (fits + 1) * sum + fits;
            m_sumSizes[level] = std::min(bytesFor(sum), 8U);
        }
    }

    const File& m_file;
    Budget& m_budget;
    unsigned m_type = 0;
    unsigned m_recordSize = 0;
    unsigned m_depth = 0;
    std::optional<std::uint64_t> m_root;
    std::uint64_t m_rootRecords = 0;
    unsigned m_countSize = 1;
    std::vector<unsigned> m_sumSizes; // by level
    std::uint64_t m_listed = 0;
};

class Heap {
public:
    Heap(const File& file, Budget& budget)
        : m_file(file)
        , m_budget(budget)
    {
    }

    [[nodiscard]] bool open(std::uint64_t at)
    {
        const auto lengths = m_file.lengthSize();
        const auto offsets = m_file.offsetSize();
        const auto filters = m_file.number(at + 7, 2);
        const auto most = m_file.number(at + 10, 4);
        const auto huge = at + 14 + lengths;
        const auto table = huge + 2 * offsets + 10 * lengths - lengths;
        const auto width = m_file.number(table, 2);
        const auto first = m_file.number(table + 2, lengths);
        const auto largest = m_file.number(table + 2 + lengths, lengths);
        const auto bits = m_file.number(table + 2 + 2 * lengths, 2);
        const auto rows = m_file.number(table + 6 + 2 * lengths + offsets, 2);
        if (!m_file.hasSignature(at, "FRHP") || !rows || *filters != 0 || *width == 0 || *bits == 0 || *bits > 64
            || !std::has_single_bit(*first) || !std::has_single_bit(*largest) || *largest < *first
            || *largest > (std::uint64_t{1} << 40)) {
            return false;
        }
        m_width = *width;
        m_first = *first;
        m_largest = *largest;
        m_rows = *rows;
        m_hugeIndex = m_file.address(huge);
        m_root = m_file.address(table + 6 + 2 * lengths);
        m_offsetBytes = (static_cast<unsigned>(*bits) + 7) / 8;
        const auto directBytes = (static_cast<unsigned>(std::bit_width(*largest)) - 1 + 7) / 8;
        m_lengthBytes = std::min(std::max(directBytes, 1U), bytesFor(*most));
        m_freeSpace = m_file.address(huge + offsets + lengths);
        m_checked = (m_file.number(at + 9, 1).value_or(0) & 2) != 0;
        m_file.used({at, table + 8 + 2 * lengths + offsets + 4});
        coverBlocks();
        return true;
    }
    [[nodiscard]] std::optional<std::uint64_t> freeSpace() const { return m_freeSpace; }
    [[nodiscard]] std::uint64_t listed() const { return m_listed; } // bytes of tables of blocks
    [[nodiscard]] std::optional<std::uint64_t> hugeIndex() const { return m_hugeIndex; }

    // What a number of the heap leads to; nullopt: damage. Empty: not kept in the blocks.
    [[nodiscard]] std::optional<ByteRange> object(ByteRange id) const
    {
        const auto kind = m_file.number(id.start, 1);
        if (!kind || (*kind & 0xC0) != 0) {
            return std::nullopt;
        }
        if ((*kind & 0x30) == 0x20) { // so small that it stands in the number itself
            return ByteRange{id.start + 1, std::min(id.end, id.start + 2 + (*kind & 0x0F))};
        }
        if ((*kind & 0x30) != 0) {
            return ByteRange{};
        }
        const auto offset = m_file.number(id.start + 1, m_offsetBytes);
        const auto length = m_file.number(id.start + 1 + m_offsetBytes, m_lengthBytes);
        const auto at = offset ? place(*offset) : std::nullopt;
        if (!at || !length || *length > m_file.bytes().size() - *at) {
            return std::nullopt;
        }
        m_file.used({*at, *at + *length});
        return ByteRange{*at, *at + *length};
    }

private:
    // What blocks say of themselves; what they hold, whoever asks for it.
    void coverBlocks()
    {
        struct Block {
            std::uint64_t at;
            std::uint64_t rows; // 0: it holds objects
        };
        std::vector<Block> todo;
        if (m_root) {
            todo.push_back({*m_root, m_rows});
        }
        std::set<std::uint64_t> seen;
        while (!todo.empty()) {
            const auto block = todo.back();
            todo.pop_back();
            if (!seen.insert(block.at).second || seen.size() > mostRecords || !m_budget.spend(64)) {
                continue;
            }
            const auto head = block.at + 5 + m_file.offsetSize() + m_offsetBytes;
            if (block.rows == 0) {
                m_file.used({block.at, m_file.hasSignature(block.at, "FHDB") ? head + (m_checked ? 4 : 0) : block.at});
                continue;
            }
            const auto entries = std::min(block.rows, std::uint64_t{mostLevels * 2}) * m_width;
            const auto end = head + entries * m_file.offsetSize() + 4; // with its checksum
            if (!m_file.hasSignature(block.at, "FHIB") || end > m_file.bytes().size()) {
                continue;
            }
            m_file.used({block.at, end});
            m_listed += end - block.at;
            if (m_listed > m_file.bytes().size()) {
                return; // tables that share bytes
            }
            for (std::uint64_t i = 0; i < entries && m_budget.spend(8); ++i) {
                if (const auto next = m_file.address(head + i * m_file.offsetSize())) {
                    todo.push_back({*next, rowsOf(blockSize(static_cast<unsigned>(i / m_width)))});
                }
            }
        }
    }

    // Of a block of this size: 0 where it holds objects itself.
    [[nodiscard]] std::uint64_t rowsOf(std::uint64_t size) const
    {
        const auto first = m_first * m_width;
        return size <= m_largest || size < first ? 0 : static_cast<std::uint64_t>(std::bit_width(size / first));
    }

    [[nodiscard]] std::uint64_t blockSize(unsigned row) const
    {
        return row < 2 ? m_first : m_first << std::min(row - 1, 40U);
    }

    // Blocks double in size from row to row; those larger than the largest are tables of blocks again.
    [[nodiscard]] std::optional<std::uint64_t> place(std::uint64_t offset) const
    {
        if (!m_root) {
            return std::nullopt;
        }
        auto block = *m_root;
        bool direct = m_rows == 0;
        for (unsigned level = 0; !direct && level < mostLevels; ++level) {
            unsigned row = 0;
            while (row < 60 && offset >= m_width * blockSize(row)) {
                offset -= m_width * blockSize(row++);
            }
            const auto size = blockSize(row);
            const auto entry = row * m_width + offset / size;
            const auto at = block + 5 + m_file.offsetSize() + m_offsetBytes + entry * m_file.offsetSize();
            const auto next = m_file.hasSignature(block, "FHIB") ? m_file.address(at) : std::nullopt;
            if (!next) {
                return std::nullopt;
            }
            block = *next;
            offset %= size;
            direct = size <= m_largest;
        }
        if (!direct || !m_file.hasSignature(block, "FHDB") || offset >= m_file.bytes().size() - block) {
            return std::nullopt;
        }
        return block + offset;
    }

    const File& m_file;
    Budget& m_budget;
    std::optional<std::uint64_t> m_freeSpace;
    bool m_checked = false; // blocks have a checksum
    std::uint64_t m_width = 0;
    std::uint64_t m_first = 0; // bytes of the smallest block
    std::uint64_t m_largest = 0; // of a block that holds objects
    std::uint64_t m_rows = 0; // of the root; 0: the root holds objects
    std::optional<std::uint64_t> m_root;
    std::optional<std::uint64_t> m_hugeIndex;
    unsigned m_offsetBytes = 0;
    unsigned m_lengthBytes = 0;
    std::uint64_t m_listed = 0;
};

} // namespace

DenseMessages readDense(
    const File& file, std::uint64_t heapAt, std::uint64_t indexAt, std::optional<std::uint64_t> byOrder, Budget& budget)
{
    constexpr unsigned linksByName = 5;
    constexpr unsigned attributesByName = 8;
    constexpr unsigned hugeObjects = 1;
    DenseMessages out;
    Heap heap(file, budget);
    Index index(file, budget);
    if (!heap.open(heapAt) || !index.open(indexAt)
        || (index.type() != linksByName && index.type() != attributesByName)) {
        return out;
    }
    out.freeSpace = heap.freeSpace();
    if (Index order(file, budget); byOrder && order.open(*byOrder)) {
        static_cast<void>(order.each([](ByteRange) { return true; })); // the same once more
        out.listed += order.listed();
    }
    bool hasHuge = false;
    const bool links = index.type() == linksByName;
    out.whole = index.each([&](ByteRange record) {
        const auto id = links ? ByteRange{record.start + 4, record.end} : ByteRange{record.start, record.start + 8};
        const auto object = heap.object(id);
        if (!object || !budget.spend(32) || out.messages.size() >= mostRecords) {
            return false;
        }
        hasHuge = hasHuge || object->empty();
        if (!object->empty()) {
            out.messages.push_back(*object);
        }
        return true;
    });
    out.listed += heap.listed() + index.listed();
    if (!hasHuge) {
        return out;
    }
    // Large ones stand for themselves and have an index of their own: address, length, number.
    Index huge(file, budget);
    if (!heap.hugeIndex() || !huge.open(*heap.hugeIndex()) || huge.type() != hugeObjects) {
        out.whole = false;
        return out;
    }
    const bool all = huge.each([&](ByteRange record) {
        const auto at = file.address(record.start);
        const auto length = file.number(record.start + file.offsetSize(), file.lengthSize());
        if (!at || !length || *length > file.bytes().size() - *at || out.messages.size() >= mostRecords) {
            return false;
        }
        file.used({*at, *at + *length});
        out.messages.push_back({*at, *at + *length});
        return true;
    });
    out.listed += huge.listed();
    out.whole = out.whole && all;
    return out;
}

bool coverChunkIndex(const File& file, std::uint64_t indexAt, std::uint64_t chunkSize, Budget& budget)
{
    constexpr unsigned plain = 10;
    constexpr unsigned packed = 11;
    Index index(file, budget);
    if (!index.open(indexAt) || (index.type() != plain && index.type() != packed)) {
        return false;
    }
    // Address, and of packed ones the size, in as many bytes as it needs, and a mask; then where the chunk belongs.
    return index.each([&](ByteRange record) {
        const auto at = file.address(record.start);
        if (!at || index.type() == plain) {
            file.used(
                at ? ByteRange{*at, *at + std::min<std::uint64_t>(chunkSize, file.bytes().size() - *at)} : ByteRange{});
            return true;
        }
        const auto width = bytesFor(chunkSize) + 1;
        const auto size = file.number(record.start + file.offsetSize(), std::min(width, 8U));
        file.used({*at, *at + std::min<std::uint64_t>(size.value_or(0), file.bytes().size() - *at)});
        return true;
    });
}

} // namespace cupel::formats::hdf5
