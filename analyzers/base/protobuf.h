// SPDX-License-Identifier: GPL-3.0-or-later
// The wire format of Protocol Buffers for hostile files, in place: one field after another with its place in the file.
// No schema, no copies, no recursion, nothing allocated by a number of the file. protobuf.dev, "Encoding".
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace cupel {

enum class ProtoWire : std::uint8_t { Varint = 0, Fixed64 = 1, Bytes = 2, Group = 3, Fixed32 = 5 };

struct ProtoField {
    std::uint32_t number = 0;
    ProtoWire wire = ProtoWire::Varint;
    std::uint64_t value = 0; // of numbers
    std::uint64_t start = 0; // of its tag
    ByteRange bytes; // what it holds, without tag and length
    // For a budget: what it took to read it. A group is read to its end, texts and messages are passed over.
    [[nodiscard]] std::uint64_t costs() const { return wire == ProtoWire::Group ? 16 + 8 * bytes.size() : 16; }
};

enum class ProtoTrouble : std::uint8_t {
    None,
    Truncated, // ends inside a field
    Length, // more bytes than the message around it has
    Varint, // more than ten bytes, or more than 64 bits
    Tag, // field 0, a number or a wire type that does not exist
    Group, // ends that belong to no beginning, beginnings without an end, too many in each other
};
[[nodiscard]] std::string_view toString(ProtoTrouble trouble); // words for a message

// Fields of one message. `range` may end behind `file` when only the head of a file is there: reading then stops at the
// head's end without trouble.
class ProtoReader {
public:
    static constexpr std::size_t mostGroups = 100;

    ProtoReader() = default;
    ProtoReader(ByteView file, ByteRange range)
        : m_file(file)
        , m_at(range.start)
        , m_end(range.end)
    {
    }
    // False at the end, and at the first trouble.
    [[nodiscard]] bool next(ProtoField& field);
    [[nodiscard]] ProtoTrouble trouble() const { return m_trouble; }
    [[nodiscard]] std::uint64_t at() const { return m_at; } // of the next field, or of the trouble
    [[nodiscard]] std::uint64_t end() const { return m_end; }

private:
    bool fail(ProtoTrouble trouble, std::uint64_t at);
    bool varint(std::uint64_t& at, std::uint64_t& value);
    bool content(std::uint64_t& at, unsigned wire, ProtoField& field);
    bool group(std::uint64_t& at, ProtoField& field);
    // What can be read: the view may be the head of a file only.
    [[nodiscard]] std::uint64_t readable() const { return m_end < m_file.size() ? m_end : m_file.size(); }

    ByteView m_file;
    std::uint64_t m_at = 0;
    std::uint64_t m_end = 0;
    ProtoTrouble m_trouble = ProtoTrouble::None;
};

// One varint inside a packed list; false at its end or when it is none.
[[nodiscard]] bool nextPacked(ByteView file, std::uint64_t& at, std::uint64_t end, std::uint64_t& value);

// The last value of a field, as parsers have it, without going into messages.
[[nodiscard]] ByteRange lastBytes(ByteView file, ByteRange message, std::uint32_t field);
[[nodiscard]] std::uint64_t lastNumber(ByteView file, ByteRange message, std::uint32_t field, std::uint64_t otherwise);

// A field of a message that is a message itself. Kinds of messages are numbers the caller gives, from 1.
struct ProtoShape {
    std::uint8_t message = 0;
    std::uint32_t field = 0;
    std::uint8_t child = 0;
};

struct ProtoMessage {
    std::uint8_t kind = 0;
    std::uint8_t parent = 0; // the kind around it, 0: none
    std::size_t depth = 0;
    ByteRange bytes;
};

// Messages in messages, outer before inner, in the order of the file.
class ProtoWalk {
public:
    static constexpr std::size_t mostDepth = 100; // as the parsers of protobuf have it
    static constexpr std::size_t mostKinds = 32;
    static constexpr std::size_t mostFields = 32; // higher ones are never messages here
    static constexpr std::size_t mostPushed = 65'536; // at the same time

    ProtoWalk(ByteView file, std::span<const ProtoShape> shapes, Budget& budget);
    // The next one it gives: the root, or one that a plain text of the last given message holds.
    void push(std::uint8_t kind, ByteRange bytes);
    [[nodiscard]] bool next(ProtoMessage& message);

    struct Trouble {
        ProtoTrouble kind = ProtoTrouble::None;
        std::uint64_t at = 0;
        ByteRange message; // that could not be read to its end
        std::uint8_t messageKind = 0;
    };
    [[nodiscard]] const Trouble& trouble() const { return m_trouble; } // the first
    [[nodiscard]] std::uint64_t tooDeepAt() const { return m_tooDeepAt; } // what was left out; 0: nothing
    [[nodiscard]] bool stopped() const { return m_stopped; }

private:
    struct Frame {
        std::uint8_t kind;
        ProtoReader reader;
        ByteRange bytes;
    };
    ByteView m_file;
    Budget& m_budget;
    std::array<std::array<std::uint8_t, mostFields>, mostKinds> m_children{};
    std::vector<Frame> m_stack;
    std::vector<ProtoMessage> m_pushed;
    Trouble m_trouble;
    std::uint64_t m_tooDeepAt = 0;
    bool m_stopped = false;
};

} // namespace cupel
