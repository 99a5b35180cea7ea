// SPDX-License-Identifier: GPL-3.0-or-later
// Many literals in one vectorscan pass. The database is compiled when the program is built; groups of rules own their
// tables and keep one LiteralSet each for the whole process.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace cupel::rules {

struct LiteralHit {
    std::uint32_t literal; // index into the literals of the set
    std::uint64_t start; // of the literal in the text
};

struct LiteralText {
    std::string_view text;
    bool anyCase;
};

class LiteralSet {
public:
    // `serialised`: the database of exactly these literals. Where the processor cannot load it, it is compiled here.
    LiteralSet(std::vector<LiteralText> literals, std::string_view serialised);
    LiteralSet(const LiteralSet&) = delete;
    LiteralSet& operator=(const LiteralSet&) = delete;
    ~LiteralSet();

    // Appends the hits in order of their ends; at most `maxHits`, false when there were more. Any thread.
    bool find(ByteView text, std::vector<LiteralHit>& hits, std::size_t maxHits) const;

private:
    std::vector<LiteralText> m_literals;
    void* m_database = nullptr;
};

} // namespace cupel::rules
