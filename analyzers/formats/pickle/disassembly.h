// SPDX-License-Identifier: GPL-3.0-or-later
// The opcodes of a pickle for people: one after another, or as rows that can be read anywhere in a large file. Pure
// functions over bytes that a scan has judged already; any thread.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/pickle/pickle_facts.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace cupel::formats {

// The opcodes one after another, for people: name and argument with what is sensitive masked. `take` returns false to
// stop. Streams as the facts have them.
struct PickleOpcode {
    std::uint64_t at = 0;
    std::uint64_t end = 0;
    std::string_view name;
    ShownText argument;
};
void disassemble(ByteView bytes, const PickleFacts& facts, const std::function<bool(const PickleOpcode&)>& take);

// Where every 256th row stands: 16 bytes for about a kilobyte of a dense pickle.
struct OpcodeIndex {
    static constexpr std::uint64_t stride = 256;
    struct Mark {
        std::uint64_t at = 0;
        std::uint32_t stream = 0; // in PickleFacts::streams
    };
    std::vector<Mark> marks;
    std::uint64_t rows = 0;
    bool complete = true; // false: the budget ended it
};
[[nodiscard]] OpcodeIndex indexOpcodes(ByteView bytes, const PickleFacts& facts, Budget& budget);
// At most `count` rows from `first` on; arguments as `disassemble` has them.
[[nodiscard]] std::vector<PickleOpcode> opcodesAt(
    ByteView bytes, const PickleFacts& facts, const OpcodeIndex& index, std::uint64_t first, std::size_t count);
// The row of the opcode that holds the byte, or of the last one before it.
[[nodiscard]] std::uint64_t opcodeRow(
    ByteView bytes, const PickleFacts& facts, const OpcodeIndex& index, std::uint64_t offset);

} // namespace cupel::formats
