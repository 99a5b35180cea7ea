// SPDX-License-Identifier: GPL-3.0-or-later
// Values that one place of a notebook showed to be personal, to be met again where nothing around them says so: the
// same frame printed another way, a later cell, a list in the code. Owned by one review; bounded.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cupel::rules::pii {

class KnownValues {
public:
    static constexpr std::size_t most = 5'000;
    static constexpr std::size_t shortest = 3;
    static constexpr std::size_t longest = 80;

    struct Hit {
        std::size_t owner = 0; // as it was learnt
        ByteRange place;
        bool same = true; // false: a single word in other letters than it was learnt with, "Bob" for "bob"
    };

    // Words of programs and statistics are not learnt, nor what is too short. The first owner keeps a value.
    void learn(std::string_view value, std::size_t owner);
    [[nodiscard]] bool empty() const { return m_values.empty(); }
    [[nodiscard]] bool full() const { return m_full; } // one more was given than it holds
    // Whole words only, front to back, the longest value where several begin. What stands alone is met in any case
    // ("ANN EXAMPLE"); a single word with a capital that it was learnt without is not the same for sure, and "rose" is
    // no "Rose".
    [[nodiscard]] std::optional<std::size_t> ownerOf(std::string_view value) const;
    [[nodiscard]] std::vector<Hit> find(ByteView text, std::size_t atMost) const;

private:
    struct Value {
        std::string text;
        std::string folded; // of the same size
        bool anyCase = false;
        std::size_t owner = 0;
    };
    std::vector<Value> m_values;
    std::unordered_map<std::string, std::size_t> m_owners;
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> m_byStart; // first three bytes, folded
    std::vector<char> m_starts; // one for each byte that may begin a value, folded: not zero when one does
    bool m_otherStarts = false; // one begins with what belongs to no word
    bool m_full = false;
};

// More than a word that prose may hold by chance.
[[nodiscard]] bool standsAlone(std::string_view value);
// Names of several words and addresses: not to be mistaken for a name of code either.
[[nodiscard]] bool isNoIdentifier(std::string_view value);
// A literal of code that is this value and nothing else, or a place in a comment.
[[nodiscard]] bool isWholeLiteral(ByteView text, ByteRange place);

} // namespace cupel::rules::pii
