// SPDX-License-Identifier: GPL-3.0-or-later
// One opcode with its argument, read from anywhere in the bytes. Pure; owns nothing. The framed reading does what
// CPython's C unpickler does on files: what is left of a frame that ends inside an argument is dropped, and the
// argument starts behind it.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string_view>

namespace cupel::formats::pickle {

enum class Code : std::uint8_t {
#define CUPEL_OPCODE(id, name, byte, argument, toMark, pops, pushes) id = static_cast<unsigned char>(byte),
#include "analyzers/formats/pickle/opcodes.def"
#undef CUPEL_OPCODE
};

enum class Argument : std::uint8_t {
    Unknown, // no such opcode
    None,
    Unsigned1,
    Unsigned2,
    Unsigned4,
    Unsigned8,
    Int4,
    Float8,
    Line,
    TwoLines,
    Counted1, // a length, then so many bytes
    Counted4,
    CountedSigned4,
    Counted8,
};

struct OpcodeInfo {
    std::string_view name; // "STACK_GLOBAL"; empty: no such opcode
    Argument argument = Argument::Unknown;
    bool toMark = false;
    std::uint8_t pops = 0;
    std::uint8_t pushes = 0;
};
[[nodiscard]] const OpcodeInfo& opcodeInfo(std::uint8_t code);
[[nodiscard]] inline const OpcodeInfo& opcodeInfo(Code code)
{
    return opcodeInfo(static_cast<std::uint8_t>(code));
}

struct Op {
    Code code = Code::Stop;
    bool straddles = false; // a frame ended inside its argument
    bool crosses = false; // the same for bytes, which every reading reads on
    std::uint64_t at = 0;
    std::uint64_t end = 0; // of the next opcode
    ByteRange text; // the counted bytes, or the line without its end
    ByteRange second; // of TwoLines
    std::uint64_t number = 0; // fixed-size arguments, lengths; two's complement for signed ones
};

enum class ReadResult : std::uint8_t { Ok, End, Truncated, UnknownOpcode };

inline constexpr std::uint64_t noFrame = ~std::uint64_t{0};

// Reads the opcode at `at`. `frameEnd`: where the current frame ends; an argument that crosses it is marked, and when
// `drop` is set it is read the way files are read. Truncated leaves `end` at the end of the bytes.
[[nodiscard]] ReadResult readOp(
    ByteView bytes, std::uint64_t at, Op& out, std::uint64_t frameEnd = noFrame, bool drop = false);

} // namespace cupel::formats::pickle
