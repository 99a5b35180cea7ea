// SPDX-License-Identifier: GPL-3.0-or-later
// Property: whatever is asked of the memory of trees, and on whatever thread it is given back, blocks keep what was
// written into them and never lie in each other; sizes that cannot be are refused.
#include "analyzers/code/tree_memory.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <thread>
#include <vector>

using namespace cupel;

namespace {

struct Owned {
    unsigned char* bytes = nullptr;
    std::size_t size = 0;
    unsigned char sign = 0;
};

bool intact(const Owned& one)
{
    for (std::size_t i = 0; i < one.size; ++i) {
        if (one.bytes[i] != one.sign) {
            return false;
        }
    }
    return reinterpret_cast<std::uintptr_t>(one.bytes) % alignof(void*) == 0;
}

Owned taken(std::mt19937& random)
{
    Owned one;
    // Mostly of a tree's sizes, some longer than any list has, some of nothing.
    one.size = random() % 50 == 0 ? random() % 100'000 : random() % 20 == 0 ? 0 : random() % 1'100;
    one.sign = static_cast<unsigned char>(1 + random() % 255);
    one.bytes = static_cast<unsigned char*>(
        random() % 3 == 0 ? code::tree_memory::takeZeroed(one.size, 1) : code::tree_memory::take(one.size));
    std::memset(one.bytes, one.sign, one.size);
    return one;
}

// Takes, resizes and gives back at random; what is left over at the end is for another thread to give back.
std::vector<Owned> use(std::uint32_t seed, bool& right)
{
    std::mt19937 random(seed);
    std::vector<Owned> all;
    for (int step = 0; step < 60'000 && right; ++step) {
        if (all.empty() || random() % 100 < 55) {
            all.push_back(taken(random));
            continue;
        }
        auto& one = all[random() % all.size()];
        right = intact(one);
        if (random() % 4 == 0) {
            const auto before = one.size;
            one.size = random() % 1'400;
            one.bytes = static_cast<unsigned char*>(code::tree_memory::resize(one.bytes, one.size));
            Owned kept = one;
            kept.size = std::min(before, one.size);
            right = right && intact(kept);
            std::memset(one.bytes, one.sign, one.size);
        } else {
            code::tree_memory::give(one.bytes);
            one = all.back();
            all.pop_back();
        }
    }
    return all;
}

} // namespace

CUPEL_TEST(blocksKeepWhatIsInThem)
{
    bool right = true;
    for (std::uint32_t round = 0; round < 4; ++round) {
        std::vector<Owned> left;
        bool there = true;
        std::thread([&] { left = use(round, there); }).join();
        right = right && there;
        for (const auto& one : left) { // the thread that took them is gone
            right = right && intact(one);
            code::tree_memory::give(one.bytes);
        }
    }
    CHECK(right);
}

CUPEL_TEST(whatIsZeroedIsZero)
{
    for (int round = 0; round < 3; ++round) {
        auto* bytes = static_cast<unsigned char*>(code::tree_memory::takeZeroed(10, 20));
        bool zero = true;
        for (int i = 0; i < 200; ++i) {
            zero = zero && bytes[i] == 0;
        }
        CHECK(zero);
        std::memset(bytes, 7, 200);
        code::tree_memory::give(bytes);
    }
}

CUPEL_TEST(sizesThatCannotBeAreRefused)
{
    constexpr auto most = std::numeric_limits<std::size_t>::max();
    CHECK(!code::tree_memory::take(most));
    CHECK(!code::tree_memory::takeZeroed(most / 2, 3));
    auto* block = code::tree_memory::take(5'000);
    CHECK(!code::tree_memory::resize(block, most));
    code::tree_memory::give(block);
    code::tree_memory::give(nullptr);
}
