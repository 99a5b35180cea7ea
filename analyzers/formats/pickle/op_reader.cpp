// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/op_reader.h"

#include <array>
#include <cstring>

namespace cupel::formats::pickle {

namespace {

constexpr std::array<OpcodeInfo, 256> makeTable()
{
    std::array<OpcodeInfo, 256> table{};
#define CUPEL_OPCODE(id, name, byte, argument, toMark, pops, pushes)                                                   \
    table[static_cast<unsigned char>(byte)] = {#name, Argument::argument, toMark, pops, pushes};
#include "analyzers/formats/pickle/opcodes.def"
#undef CUPEL_OPCODE
    return table;
}

constexpr auto table = makeTable();

// Takes pieces of an argument one after another.
class Cursor {
public:
    Cursor(ByteView bytes, std::uint64_t at, std::uint64_t frameEnd, bool drop, Op& out)
        : m_bytes(bytes)
        , m_at(at)
        , m_frameEnd(frameEnd)
        , m_drop(drop)
        , m_out(out)
    {
    }

    // False: fewer bytes are left.
    bool take(std::uint64_t count, ByteRange& range, bool contiguous = false)
    {
        crossing(count, contiguous);
        if (count > m_bytes.size() - m_at) {
            return false;
        }
        range = {m_at, m_at + count};
        m_at += count;
        return true;
    }

    bool number(unsigned width, std::uint64_t& value)
    {
        ByteRange range;
        if (!take(width, range)) {
            return false;
        }
        value = 0;
        std::memcpy(&value, m_bytes.data() + range.start, width); // little-endian, as the format and every host here
        return true;
    }

    // A last line without its end is taken as CPython takes it: short of its last byte.
    bool line(ByteRange& range)
    {
        const auto* begin = m_bytes.data() + m_at;
        const auto left = m_bytes.size() - m_at;
        const auto* found = left > 0 ? static_cast<const char*>(std::memchr(begin, '\n', left)) : nullptr;
        const auto length = found ? static_cast<std::uint64_t>(found - begin) + 1 : left;
        if (m_frameEnd != noFrame && m_at < m_frameEnd && m_at + length > m_frameEnd) {
            m_out.straddles = true;
            if (m_drop) {
                m_at = m_frameEnd < m_bytes.size() ? m_frameEnd : m_bytes.size();
                m_frameEnd = noFrame;
                return line(range);
            }
            m_frameEnd = noFrame;
        }
        if (length == 0) {
            return false;
        }
        range = {m_at, m_at + length - 1};
        m_at += length;
        return true;
    }

    [[nodiscard]] std::uint64_t at() const { return m_at; }

private:
    void crossing(std::uint64_t count, bool contiguous)
    {
        if (m_frameEnd == noFrame || m_at >= m_frameEnd || count <= m_frameEnd - m_at) {
            return;
        }
        if (contiguous) {
            m_out.crosses = true;
            m_frameEnd = noFrame;
        } else {
            m_out.straddles = true;
            if (m_drop) {
                m_at = m_frameEnd < m_bytes.size() ? m_frameEnd : m_bytes.size();
            }
            m_frameEnd = noFrame;
        }
    }

    ByteView m_bytes;
    std::uint64_t m_at;
    std::uint64_t m_frameEnd;
    bool m_drop;
    Op& m_out;
};

bool counted(Cursor& cursor, unsigned width, Op& out)
{
    // CPython copies bytes out of the frame and reads on behind it; texts and numbers start anew.
    const bool isBytes = out.code == Code::BinBytes || out.code == Code::ShortBinBytes || out.code == Code::BinBytes8
        || out.code == Code::ByteArray8;
    return cursor.number(width, out.number) && cursor.take(out.number, out.text, isBytes);
}

bool readArgument(Cursor& cursor, Argument kind, Op& out)
{
    switch (kind) {
    case Argument::Unknown:
        return false;
    case Argument::None:
        return true;
    case Argument::Unsigned1:
        return cursor.number(1, out.number);
    case Argument::Unsigned2:
        return cursor.number(2, out.number);
    case Argument::Unsigned4:
        return cursor.number(4, out.number);
    case Argument::Unsigned8:
    case Argument::Float8:
        return cursor.number(8, out.number);
    case Argument::Int4:
        if (!cursor.number(4, out.number)) {
            return false;
        }
        out.number = static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(out.number)});
        return true;
    case Argument::Line:
        return cursor.line(out.text);
    case Argument::TwoLines:
        return cursor.line(out.text) && cursor.line(out.second);
    case Argument::Counted1:
        return counted(cursor, 1, out);
    case Argument::Counted4:
        return counted(cursor, 4, out);
    case Argument::CountedSigned4:
        // A negative length is an error of its own; nothing of it is read here.
        return cursor.number(4, out.number)
            && (static_cast<std::int32_t>(out.number) < 0 || cursor.take(out.number, out.text));
    case Argument::Counted8:
        return counted(cursor, 8, out);
    }
    return false;
}

} // namespace

const OpcodeInfo& opcodeInfo(std::uint8_t code)
{
    return table[code];
}

ReadResult readOp(ByteView bytes, std::uint64_t at, Op& out, std::uint64_t frameEnd, bool drop)
{
    if (at >= bytes.size()) {
        return ReadResult::End;
    }
    const auto code = static_cast<unsigned char>(bytes[at]);
    const auto& info = table[code];
    out.code = Code{code};
    out.straddles = false;
    out.crosses = false;
    out.at = at;
    out.end = at + 1;
    if (info.argument == Argument::None) {
        return ReadResult::Ok;
    }
    if (info.argument == Argument::Unknown) {
        return ReadResult::UnknownOpcode;
    }
    Cursor cursor(bytes, at + 1, at < frameEnd ? frameEnd : noFrame, drop, out);
    if (!readArgument(cursor, info.argument, out)) {
        out.end = bytes.size();
        return ReadResult::Truncated;
    }
    out.end = cursor.at();
    return ReadResult::Ok;
}

} // namespace cupel::formats::pickle
