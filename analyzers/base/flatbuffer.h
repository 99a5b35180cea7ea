// SPDX-License-Identifier: GPL-3.0-or-later
// Tables and vectors of FlatBuffers for hostile files: every offset is checked where it is followed, nothing is copied.
// flatbuffers.dev, "Internals".
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>

namespace cupel {

class FlatVector {
public:
    FlatVector() = default;
    FlatVector(std::uint64_t start, std::uint64_t count)
        : m_start(start)
        , m_count(count)
    {
    }
    [[nodiscard]] std::uint64_t start() const { return m_start; } // of the first element
    [[nodiscard]] std::uint64_t size() const { return m_count; }

private:
    std::uint64_t m_start = 0;
    std::uint64_t m_count = 0;
};

// Reads; what is outside counts as a fault and gives nothing. Absent fields are no fault.
class FlatReader {
public:
    explicit FlatReader(ByteView bytes)
        : m_bytes(bytes)
    {
    }

    struct Table {
        std::uint64_t at = 0; // 0: none
        std::uint64_t fields = 0; // its list of places of fields
        unsigned fieldsSize = 0;
        unsigned size = 0;
        [[nodiscard]] explicit operator bool() const { return at != 0; }
    };

    [[nodiscard]] ByteView bytes() const { return m_bytes; }
    [[nodiscard]] std::uint64_t faults() const { return m_faults; }
    [[nodiscard]] std::uint64_t firstFault() const { return m_firstFault; }

    [[nodiscard]] std::optional<std::uint64_t> number(std::uint64_t at, unsigned width)
    {
        if (at > m_bytes.size() || m_bytes.size() - at < width) {
            fault(at);
            return std::nullopt;
        }
        std::uint64_t value = 0;
        for (unsigned i = 0; i < width; ++i) {
            value |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(m_bytes[at + i])) << (8 * i);
        }
        return value;
    }

    [[nodiscard]] Table root() { return followTable(0); }

    // The table that the offset at `at` leads to.
    [[nodiscard]] Table followTable(std::uint64_t at)
    {
        const auto offset = number(at, 4);
        if (!offset || *offset == 0) {
            return {};
        }
        return table(at + *offset);
    }

    [[nodiscard]] Table table(std::uint64_t at)
    {
        const auto back = number(at, 4);
        const auto distance = back ? static_cast<std::int32_t>(static_cast<std::uint32_t>(*back)) : 0;
        const auto fields = static_cast<std::int64_t>(at) - distance;
        if (!back || fields < 0 || (fields & 1) != 0) {
            fault(at);
            return {};
        }
        const auto where = static_cast<std::uint64_t>(fields);
        const auto fieldsSize = number(where, 2);
        const auto size = number(where + 2, 2);
        if (!fieldsSize || !size || *fieldsSize < 4 || *size < 4 || !fits(where, *fieldsSize) || !fits(at, *size)) {
            fault(at);
            return {};
        }
        return {at, where, static_cast<unsigned>(*fieldsSize), static_cast<unsigned>(*size)};
    }

    // The place of a field; 0: it has its usual value.
    [[nodiscard]] std::uint64_t field(const Table& table, unsigned index, unsigned width)
    {
        const auto slot = 4 + 2 * index;
        if (!table || slot + 2 > table.fieldsSize) {
            return 0;
        }
        const auto offset = number(table.fields + slot, 2).value_or(0);
        if (offset == 0) {
            return 0;
        }
        if (offset + width > table.size) {
            fault(table.fields + slot);
            return 0;
        }
        return table.at + offset;
    }

    [[nodiscard]] std::uint64_t value(const Table& table, unsigned index, unsigned width, std::uint64_t usual)
    {
        const auto at = field(table, index, width);
        return at == 0 ? usual : number(at, width).value_or(usual);
    }

    [[nodiscard]] FlatVector vector(const Table& table, unsigned index, unsigned width)
    {
        const auto at = field(table, index, 4);
        const auto offset = at == 0 ? std::nullopt : number(at, 4);
        const auto count = offset ? number(at + *offset, 4) : std::nullopt;
        if (!count) {
            return {};
        }
        const auto start = at + *offset + 4;
        if (*count > (m_bytes.size() - start) / width) {
            fault(at);
            return {};
        }
        return {start, *count};
    }

    [[nodiscard]] ByteRange text(const Table& table, unsigned index)
    {
        const auto list = vector(table, index, 1);
        return {list.start(), list.start() + list.size()};
    }

private:
    [[nodiscard]] bool fits(std::uint64_t at, std::uint64_t size) const
    {
        return at <= m_bytes.size() && m_bytes.size() - at >= size;
    }
    void fault(std::uint64_t at) { m_firstFault = m_faults++ == 0 ? at : m_firstFault; }

    ByteView m_bytes;
    std::uint64_t m_faults = 0;
    std::uint64_t m_firstFault = 0;
};

} // namespace cupel
