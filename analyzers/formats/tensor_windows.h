// SPDX-License-Identifier: GPL-3.0-or-later
// The elements of a tensor in the order of its indices, whatever order they have in the file, a window at a time.
// Nothing of the size of the tensor is held; numbers of the file are checked before they are believed.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel::formats {

// Bytes from the first element to behind the last; 2^64 - 1: more than can be counted. `strides` in elements, empty:
// row by row; else as many as extents.
[[nodiscard]] std::uint64_t tensorReach(
    const std::vector<std::uint64_t>& shape, const std::vector<std::uint64_t>& strides, unsigned width);

class TensorWindows {
public:
    // `source` begins with the first element, `width` are the bytes of one.
    TensorWindows(
        ByteView source, std::vector<std::uint64_t> shape, std::vector<std::uint64_t> strides, unsigned width);
    [[nodiscard]] bool valid() const { return m_valid; } // all elements stand in the source
    [[nodiscard]] std::uint64_t elements() const { return m_count; }
    // The next ones, at most `most`; empty: there are no more. Good until the next call.
    [[nodiscard]] ByteView next(std::uint64_t most);

private:
    ByteView m_source;
    std::vector<std::uint64_t> m_shape;
    std::vector<std::uint64_t> m_strides;
    std::vector<std::uint64_t> m_index;
    std::uint64_t m_width;
    std::uint64_t m_count = 0;
    std::uint64_t m_done = 0;
    std::uint64_t m_at = 0; // of the next element, in elements
    std::string m_window;
    bool m_valid = false;
};

} // namespace cupel::formats
