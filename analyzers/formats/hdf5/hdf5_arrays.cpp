// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/hdf5/hdf5_arrays.h"

#include <algorithm>

namespace cupel::formats::hdf5 {

namespace {

constexpr unsigned mostBits = 40; // of a number of elements
constexpr std::uint64_t checksum = 4;

// Elements are addresses; those of packed chunks have a size and a mask behind them.
class Elements {
public:
    Elements(const File& file, std::uint64_t at, std::uint64_t chunkSize, Budget& budget)
        : m_file(file)
        , m_budget(budget)
        , m_chunkSize(chunkSize)
        , m_packed(file.number(at + 5, 1).value_or(2))
        , m_width(file.number(at + 6, 1).value_or(0))
    {
    }

    [[nodiscard]] bool isUsable() const
    {
        return m_packed <= 1 && m_width >= m_file.offsetSize() + m_packed * (checksum + 1) && m_width <= 32;
    }
    [[nodiscard]] std::uint64_t width() const { return m_width; }

    // False: they reach out of the file.
    [[nodiscard]] bool cover(std::uint64_t at, std::uint64_t count)
    {
        const auto size = m_file.bytes().size();
        m_count += count;
        if (at > size || count > (size - at) / m_width || m_count > size / m_width) {
            return false; // also blocks that share bytes: together they hold no more than the file
        }
        m_file.used({at, at + count * m_width});
        for (std::uint64_t i = 0; i < count && m_budget.spend(16); ++i, at += m_width) {
            if (const auto chunk = m_file.address(at)) {
                const auto bytes = static_cast<unsigned>(std::min<std::uint64_t>(m_width - m_file.offsetSize() - 4, 8));
                const auto length =
                    m_packed == 1 ? m_file.number(at + m_file.offsetSize(), bytes).value_or(0) : m_chunkSize;
                m_file.used({*chunk, *chunk + std::min<std::uint64_t>(length, size - *chunk)});
            }
        }
        return true;
    }

    // In one piece, or in pages with a checksum each; in front of it stand `head` bytes.
    [[nodiscard]] bool block(std::uint64_t at, std::uint64_t head, std::uint64_t count, std::uint64_t page)
    {
        if (count <= page) {
            m_file.used({at, at + head});
            m_file.used({at + head + count * m_width, at + head + count * m_width + checksum});
            return cover(at + head, count);
        }
        m_file.used({at, at + head + checksum});
        at += head + checksum;
        for (std::uint64_t left = count; left > 0 && m_budget.spend(64);) {
            const auto here = std::min(left, page);
            if (!cover(at, here)) {
                return false;
            }
            m_file.used({at + here * m_width, at + here * m_width + checksum});
            at += here * m_width + checksum;
            left -= here;
        }
        return true;
    }

private:
    const File& m_file;
    Budget& m_budget;
    std::uint64_t m_chunkSize;
    std::uint64_t m_packed;
    std::uint64_t m_width;
    std::uint64_t m_count = 0; // elements
};

class ExtensibleArray {
public:
    ExtensibleArray(const File& file, std::uint64_t at, std::uint64_t chunkSize, Budget& budget)
        : m_file(file)
        , m_budget(budget)
        , m_elements(file, at, chunkSize, budget)
        , m_at(at)
    {
    }

    [[nodiscard]] bool run()
    {
        const auto byte = [this](unsigned i) { return m_file.number(m_at + i, 1).value_or(0); };
        const auto bits = byte(7);
        const auto inIndex = byte(8);
        m_least = byte(9);
        const auto pointers = byte(10);
        m_page = std::uint64_t{1} << std::min<std::uint64_t>(byte(11), mostBits);
        const auto indexAt = m_at + 12 + 6 * m_file.lengthSize();
        if (!m_file.hasSignature(m_at, "EAHD") || !m_elements.isUsable() || bits > 64 || m_least == 0 || pointers < 2
            || byte(11) > mostBits) {
            return false;
        }
        m_file.used({m_at, indexAt + m_file.offsetSize() + checksum});
        const auto index = m_file.address(indexAt);
        if (!index) {
            return true; // no chunk was written
        }
        m_numberBytes = (bits + 7) / 8;
        const auto head = 6 + m_file.offsetSize();
        if (!m_file.hasSignature(*index, "EAIB") || !m_elements.cover(*index + head, inIndex)) {
            return false;
        }
        // Blocks of the first rows hang on the index itself, those of later rows on a block of each row.
        const auto rows = 1 + bits - std::min(bits, log2(m_least));
        const auto firstRow = std::min(2 * log2(pointers), rows);
        auto here = *index + head + inIndex * m_elements.width();
        m_file.used({*index, *index + head});
        const auto start = here;
        for (std::uint64_t row = 0; row < firstRow; ++row) {
            for (std::uint64_t i = 0; i < blocksIn(row); ++i, here += m_file.offsetSize()) {
                if (!data(m_file.address(here), row)) {
                    return false;
                }
            }
        }
        for (auto row = firstRow; row < rows; ++row, here += m_file.offsetSize()) {
            if (!rowBlock(m_file.address(here), row)) {
                return false;
            }
        }
        m_file.used({start, here + checksum});
        return !m_budget.stopped();
    }

private:
    static std::uint64_t log2(std::uint64_t value)
    {
        std::uint64_t out = 0;
        while (out < mostBits && (value >> (out + 1)) != 0) {
            ++out;
        }
        return out;
    }
    static std::uint64_t blocksIn(std::uint64_t row)
    {
        return std::uint64_t{1} << std::min<std::uint64_t>(row / 2, 32);
    }
    [[nodiscard]] std::uint64_t elementsOf(std::uint64_t row) const
    {
        return m_least << std::min<std::uint64_t>((row + 1) / 2, 40);
    }

    [[nodiscard]] bool data(std::optional<std::uint64_t> at, std::uint64_t row)
    {
        if (!at) {
            return true;
        }
        const auto head = 6 + m_file.offsetSize() + m_numberBytes;
        return m_budget.spend(64) && m_file.hasSignature(*at, "EADB")
            && m_elements.block(*at, head, elementsOf(row), m_page);
    }

    [[nodiscard]] bool rowBlock(std::optional<std::uint64_t> at, std::uint64_t row)
    {
        if (!at) {
            return true;
        }
        const auto pages = elementsOf(row) > m_page ? elementsOf(row) / m_page : 0;
        const auto blocks = blocksIn(row);
        auto here = *at + 6 + m_file.offsetSize() + m_numberBytes + blocks * ((pages + 7) / 8);
        if (!m_budget.spend(64) || !m_file.hasSignature(*at, "EASB") || here > m_file.bytes().size()
            || blocks > (m_file.bytes().size() - here) / m_file.offsetSize()) {
            return false;
        }
        m_file.used({*at, here + blocks * m_file.offsetSize() + checksum});
        for (std::uint64_t i = 0; i < blocks; ++i, here += m_file.offsetSize()) {
            if (!data(m_file.address(here), row)) {
                return false;
            }
        }
        return true;
    }

    const File& m_file;
    Budget& m_budget;
    Elements m_elements;
    std::uint64_t m_at;
    std::uint64_t m_least = 0; // elements of the smallest block
    std::uint64_t m_page = 0; // elements
    std::uint64_t m_numberBytes = 0; // of the number of an element
};

} // namespace

bool coverFixedArray(const File& file, std::uint64_t at, std::uint64_t chunkSize, Budget& budget)
{
    Elements elements(file, at, chunkSize, budget);
    const auto page = file.number(at + 7, 1);
    const auto count = file.number(at + 8, file.lengthSize());
    if (!file.hasSignature(at, "FAHD") || !elements.isUsable() || !count || *page > mostBits) {
        return false;
    }
    file.used({at, at + 8 + file.lengthSize() + file.offsetSize() + checksum});
    const auto block = file.address(at + 8 + file.lengthSize());
    if (!block) {
        return true;
    }
    if (!file.hasSignature(*block, "FADB") || *count > (file.bytes().size() - *block) / elements.width()) {
        return false;
    }
    const auto perPage = std::uint64_t{1} << *page;
    const auto pages = *count > perPage ? (*count + perPage - 1) / perPage : 0;
    return elements.block(*block, 6 + file.offsetSize() + (pages + 7) / 8, *count, perPage);
}

bool coverExtensibleArray(const File& file, std::uint64_t at, std::uint64_t chunkSize, Budget& budget)
{
    return ExtensibleArray(file, at, chunkSize, budget).run();
}

} // namespace cupel::formats::hdf5
