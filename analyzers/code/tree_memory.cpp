// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/tree_memory.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace cupel::code {

namespace tree_memory {

namespace {

constexpr std::size_t step = 32; // sizes of blocks are multiples of it
constexpr std::size_t sizes = 33; // the largest block is 1 KB; longer ones are the system's
constexpr std::size_t slabSize = std::size_t{256} << 10;

// Stands before what the parser sees, which is aligned as it is: to eight bytes, more than a tree asks for.
struct Block {
    std::size_t steps; // 0: the system's
    Block* next() const
    {
        Block* after = nullptr;
        std::memcpy(&after, this + 1, sizeof after);
        return after;
    }
    void setNext(Block* after) { std::memcpy(this + 1, &after, sizeof after); }
};

struct Lists {
    std::array<Block*, sizes> free{};
    char* at = nullptr; // of the slab that is being cut
    char* end = nullptr;
    std::size_t kept = 0; // bytes of all slabs
};

// What threads that are gone have left, for those that come. Slabs are never freed: blocks of one may lie anywhere.
struct Depot {
    std::mutex mutex;
    std::vector<Lists> lists;
};

Depot& depot()
{
    static auto* const place = new Depot; // never destroyed: threads may outlive the statics
    return *place;
}

constinit thread_local Lists mine;

// Made at a thread's first slab, therefore before its parser and gone after it.
struct Visit {
    Visit()
    {
        auto& left = depot();
        const std::lock_guard lock(left.mutex);
        // Blocks of other threads may have been given back on this one before.
        const bool empty = std::all_of(mine.free.begin(), mine.free.end(), [](const auto* list) { return !list; });
        if (empty && !left.lists.empty()) {
            mine = left.lists.back();
            left.lists.pop_back();
        }
    }
    ~Visit()
    {
        auto& left = depot();
        const std::lock_guard lock(left.mutex);
        try {
            left.lists.push_back(std::exchange(mine, Lists{}));
        } catch (const std::bad_alloc&) { // the blocks are lost; a thread that ends has nobody to tell
        }
    }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
};

Block* systemBlock(std::size_t bytes)
{
    auto* block = static_cast<Block*>(std::malloc(bytes));
    if (block) {
        block->steps = 0;
    }
    return block;
}

Block* cut(std::size_t steps)
{
    const auto bytes = steps * step;
    if (static_cast<std::size_t>(mine.end - mine.at) < bytes) {
        thread_local const Visit visit;
        if (mine.free[steps]) { // brought by the visit
            return std::exchange(mine.free[steps], mine.free[steps]->next());
        }
        if (static_cast<std::size_t>(mine.end - mine.at) < bytes) {
            auto* slab = mine.kept + slabSize <= mostKept ? static_cast<char*>(std::malloc(slabSize)) : nullptr;
            if (!slab) {
                return systemBlock(bytes);
            }
            mine.at = slab; // what was left of the old one, less than a block, is given up
            mine.end = slab + slabSize;
            mine.kept += slabSize;
        }
    }
    auto* block = reinterpret_cast<Block*>(std::exchange(mine.at, mine.at + bytes));
    block->steps = steps;
    return block;
}

Block* blockOf(void* bytes)
{
    return static_cast<Block*>(bytes) - 1;
}

} // namespace

void* take(std::size_t size)
{
    if (size > std::numeric_limits<std::size_t>::max() - step - sizeof(Block)) {
        return nullptr;
    }
    const auto steps = (std::max(size, sizeof(Block*)) + sizeof(Block) + step - 1) / step;
    Block* block = nullptr;
    if (steps >= sizes) {
        block = systemBlock(size + sizeof(Block));
    } else if (mine.free[steps]) {
        block = std::exchange(mine.free[steps], mine.free[steps]->next());
    } else {
        block = cut(steps);
    }
    return block ? block + 1 : nullptr;
}

void* takeZeroed(std::size_t count, std::size_t size)
{
    if (size != 0 && count > std::numeric_limits<std::size_t>::max() / size) {
        return nullptr;
    }
    auto* bytes = take(count * size);
    if (bytes) {
        std::memset(bytes, 0, count * size);
    }
    return bytes;
}

void* resize(void* bytes, std::size_t size)
{
    if (!bytes) {
        return take(size);
    }
    auto* block = blockOf(bytes);
    if (block->steps == 0) {
        if (size > std::numeric_limits<std::size_t>::max() - sizeof(Block)) {
            return nullptr;
        }
        // The system's blocks may be short ones too: only it knows how long they are.
        auto* longer = static_cast<Block*>(std::realloc(block, std::max(size, sizeof(Block*)) + sizeof(Block)));
        return longer ? longer + 1 : nullptr;
    }
    const auto room = block->steps * step - sizeof(Block);
    if (size <= room) {
        return bytes;
    }
    auto* longer = take(size);
    if (longer) {
        std::memcpy(longer, bytes, room);
        give(bytes);
    }
    return longer;
}

void give(void* bytes)
{
    if (!bytes) {
        return;
    }
    auto* block = blockOf(bytes);
    if (block->steps == 0) {
        std::free(block);
        return;
    }
    block->setNext(mine.free[block->steps]);
    mine.free[block->steps] = block;
}

} // namespace tree_memory

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CUPEL_WATCHED_MEMORY
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define CUPEL_WATCHED_MEMORY
#endif

void useTreeMemory()
{
#ifndef CUPEL_WATCHED_MEMORY
    static const bool once = [] {
        ts_set_allocator(tree_memory::take, tree_memory::takeZeroed, tree_memory::resize, tree_memory::give);
        return true;
    }();
    (void)once;
#endif
}

} // namespace cupel::code
