// SPDX-License-Identifier: GPL-3.0-or-later
// The words of GGUF: numbers in either byte order, types of values and of tensors. Reads never leave the file.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cupel::formats::gguf {

enum class ValueType : std::uint32_t { U8, I8, U16, I16, U32, I32, F32, Bool, String, Array, U64, I64, F64 };
// Bytes of a value; 0: it has no fixed size, or there is no such type.
[[nodiscard]] unsigned sizeOf(std::uint32_t type);
[[nodiscard]] std::string_view nameOf(std::uint32_t type); // empty: no such type

struct TensorType {
    std::string_view name;
    std::uint32_t block = 0; // elements that are packed together
    std::uint32_t bytes = 0; // of a block; 0: not known here
};
[[nodiscard]] std::optional<TensorType> tensorType(std::uint32_t type); // nullopt: no such type, or one given up

// Reads front to back. After the first read that does not fit, everything is empty and `ok` false.
class Cursor {
public:
    Cursor(ByteView bytes, std::uint32_t version, bool bigEndian)
        : m_bytes(bytes)
        , m_narrow(version == 1)
        , m_bigEndian(bigEndian)
    {
    }

    [[nodiscard]] std::uint64_t at() const { return m_at; }
    [[nodiscard]] std::uint64_t left() const { return m_bytes.size() - m_at; }
    [[nodiscard]] bool ok() const { return m_ok; }
    void seek(std::uint64_t at) { m_at = at < m_bytes.size() ? at : m_bytes.size(); }
    [[nodiscard]] std::uint64_t number(unsigned width);
    [[nodiscard]] std::uint32_t word() { return static_cast<std::uint32_t>(number(4)); }
    [[nodiscard]] std::uint64_t count() { return number(m_narrow ? 4 : 8); } // version 1 has short ones
    // A length and as many bytes: where they stand.
    [[nodiscard]] ByteRange string();
    [[nodiscard]] bool skip(std::uint64_t size);
    [[nodiscard]] unsigned lengthSize() const { return m_narrow ? 4 : 8; }

private:
    ByteView m_bytes;
    std::uint64_t m_at = 0;
    bool m_narrow;
    bool m_bigEndian;
    bool m_ok = true;
};

// A value of fixed size for people: "32", "-1", "0.5", "true".
[[nodiscard]] std::string shownValue(std::uint32_t type, std::uint64_t bits);

} // namespace cupel::formats::gguf
