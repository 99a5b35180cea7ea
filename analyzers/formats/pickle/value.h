// SPDX-License-Identifier: GPL-3.0-or-later
// A value of the symbolic machine in eight bytes: constants point at the opcode that wrote them and are read again when
// somebody asks, everything else is a node of the heap. What the heap had no room for keeps its kind and place.
#pragma once

#include <cstdint>

namespace cupel::formats::pickle {

enum class Tag : std::uint8_t {
    Unknown, // nothing is known of it
    None,
    True,
    False,
    Int, // payload: the number
    BigInt, // payload: offset of its opcode
    Float, // offset
    Text, // offset
    Bytes, // offset
    Node, // index into the heap
    Spilled, // offset; extra: NodeKind
};

enum class NodeKind : std::uint8_t {
    Tuple,
    List,
    Dict,
    Set,
    FrozenSet,
    Global, // something imported by name
    Call, // what a call gave back, also objects of classes
    Persistent, // what the loader makes of a persistent id
    Extension, // from the extension registry
    Buffer, // out-of-band data
    Text, // a str that was put together
    ByteText, // bytes that were put together
};

class Value {
public:
    constexpr Value() = default;
    constexpr Value(Tag tag, std::uint64_t payload = 0, std::uint8_t extra = 0)
        : m_bits((std::uint64_t{static_cast<std::uint8_t>(tag)} << 56) | (std::uint64_t{extra} << 48)
              | (payload & payloadMask))
    {
    }
    static constexpr Value integer(std::int64_t number) { return {Tag::Int, static_cast<std::uint64_t>(number)}; }
    static constexpr Value spilled(NodeKind kind, std::uint64_t at)
    {
        return {Tag::Spilled, at, static_cast<std::uint8_t>(kind)};
    }

    [[nodiscard]] constexpr Tag tag() const { return Tag{static_cast<std::uint8_t>(m_bits >> 56)}; }
    [[nodiscard]] constexpr std::uint64_t payload() const { return m_bits & payloadMask; }
    [[nodiscard]] constexpr std::uint8_t extra() const { return static_cast<std::uint8_t>(m_bits >> 48); }
    [[nodiscard]] constexpr std::int64_t number() const // of Tag::Int
    {
        return static_cast<std::int64_t>(m_bits << 16) >> 16;
    }
    [[nodiscard]] constexpr bool isNode() const { return tag() == Tag::Node; }
    // Whether `number` fits a Tag::Int.
    static constexpr bool fits(std::int64_t number)
    {
        return number >= -(std::int64_t{1} << 47) && number < (std::int64_t{1} << 47);
    }
    friend constexpr bool operator==(const Value&, const Value&) = default;

private:
    static constexpr std::uint64_t payloadMask = (std::uint64_t{1} << 48) - 1;
    std::uint64_t m_bits = 0;
};
static_assert(sizeof(Value) == 8);

} // namespace cupel::formats::pickle
