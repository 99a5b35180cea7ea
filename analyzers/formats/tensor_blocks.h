// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of GGUF that are packed in blocks: a scale for 32 or 256 of them, then a few bits each. The layouts are those
// of ggml-quants.c (llama.cpp). Bytes of the caller, nothing kept; any thread.
#pragma once

#include "analyzers/formats/tensor_values.h"

#include <cstddef>
#include <string_view>

namespace cupel::formats {

struct BlockType {
    static constexpr std::size_t mostElements = 256;
    std::string_view name; // "Q4_0"
    std::size_t elements = 0; // of a block
    std::size_t bytes = 0; // of a block
    // `block` holds `bytes` bytes, `out` has room for `elements` numbers.
    void (*unpack)(const char* block, ByteOrder order, double* out) = nullptr;
};

// nullptr: no packed type, or one that is not unpacked here (Q2_K, Q3_K, IQ..., TQ..., MXFP4).
[[nodiscard]] const BlockType* blockType(std::string_view dtype);

} // namespace cupel::formats
