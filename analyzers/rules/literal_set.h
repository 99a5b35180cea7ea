// SPDX-License-Identifier: GPL-3.0-or-later
// Many literals in one vectorscan pass. The database is compiled when the program is built; groups of rules own their
// tables and keep one LiteralSet each for the whole process.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
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
    using Literals = LiteralText (*)(std::uint32_t index);

    // `database`: made of exactly these literals by literal_database.h; it stays where it is, for the whole process, so
    // that only the pages a text needs are ever read. Where another vectorscan is installed, it is compiled here.
    LiteralSet(std::size_t count, Literals literals, std::string_view database);
    LiteralSet(const LiteralSet&) = delete;
    LiteralSet& operator=(const LiteralSet&) = delete;
    ~LiteralSet();

    // Appends the hits in order of their ends; at most `maxHits`, false when there were more. Any thread.
    bool find(ByteView text, std::vector<LiteralHit>& hits, std::size_t maxHits) const;

private:
    std::size_t m_count;
    Literals m_literals;
    const void* m_database = nullptr;
    void* m_scratch = nullptr; // never searched with: each thread has a copy
    bool m_compiledHere = false;
};

} // namespace cupel::rules
