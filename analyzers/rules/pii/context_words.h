// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the words that give context in a text. They are whole words, so only places where one begins are looked at, 64
// bytes at a time, and the first four bytes decide nearly always: a table of four kilobytes, where a matcher of any
// literals anywhere needs more than the nearest cache holds.
#pragma once

#include "analyzers/base/bytes.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cupel::rules::pii {

struct WordPlace {
    std::uint32_t word; // index into contextWords()
    std::uint32_t start;
    std::uint32_t end;
};

class ContextWordFinder {
public:
    static const ContextWordFinder& shared();
    // Appends the words of the text, roughly in order; false: there were more than `most`. Any thread.
    bool find(ByteView text, std::vector<WordPlace>& places, std::size_t most) const;

private:
    // Of the first four bytes, or of all three of a word that has no more; the same for both cases of a letter.
    using Key = std::uint32_t;
    static constexpr unsigned keyBits = 15;
    static constexpr std::size_t blocks = (std::size_t(1) << keyBits) / 64;
    static Key hashed(std::uint32_t bits)
    {
        constexpr std::uint32_t spread = 0x9E3779B1; // of multiplicative hashing: 2^32 by the golden ratio
        return bits * spread >> (32 - keyBits);
    }
    static Key keyOfThree(std::uint32_t bytes) { return hashed((bytes & 0x1F1F1F) | 0x80000000); }
    static Key keyOfFour(std::uint32_t bytes) { return hashed(bytes & 0x1F1F1F1F); }
    static constexpr std::uint64_t eitherCase = 0x2020202020202020; // what is equal may yet be no letter
    struct Word {
        std::uint64_t begin = 0; // its first bytes, in either case
        std::uint64_t mask = 0; // which of them it has
        std::uint16_t index = 0; // into contextWords()
        std::uint16_t length = 0;
    };

    ContextWordFinder();
    [[nodiscard]] bool isKnown(Key key) const { return (m_known[key / 64] >> key % 64 & 1) != 0; }
    void wordsAt(ByteView text, std::size_t at, Key key, std::vector<WordPlace>& places) const;

    std::array<std::uint64_t, blocks> m_known{};
    std::array<std::uint16_t, blocks> m_before{}; // known keys of all blocks in front of one
    std::vector<std::uint16_t> m_firsts; // of each known key: where its words begin in m_words; one more at the end
    std::vector<Word> m_words; // by key
};

} // namespace cupel::rules::pii
