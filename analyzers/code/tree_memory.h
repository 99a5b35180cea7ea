// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of syntax trees. A tree is tens of thousands of blocks of some ten words that come and go together, on one
// thread; lists of free blocks by size, one set a thread, cost a tenth of what a general allocator asks for that.
#pragma once

#include <cstddef>

namespace cupel::code {

// Makes the parser take its memory here, once for the process and before its first use. With AddressSanitizer it does
// nothing, so that every block of a tree stays watched.
void useTreeMemory();

// What useTreeMemory() gives the parser: as malloc, calloc, realloc and free of C, for any thread; a block may be freed
// on another thread than took it. Null: no memory.
namespace tree_memory {
// Bytes of blocks that a thread keeps for its next trees; more than that goes back to the system with its tree.
inline constexpr std::size_t mostKept = std::size_t{16} << 20;

[[nodiscard]] void* take(std::size_t size);
[[nodiscard]] void* takeZeroed(std::size_t count, std::size_t size);
[[nodiscard]] void* resize(void* block, std::size_t size);
void give(void* block);
} // namespace tree_memory

} // namespace cupel::code
