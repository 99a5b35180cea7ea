// SPDX-License-Identifier: GPL-3.0-or-later
// Words near a value that say what it is: "passport no", "IBAN:", customer_ssn =. One pass over a text finds them all.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/rules/pii/context_words.h"
#include "analyzers/rules/pii/pii_row.h"

#include <bitset>
#include <vector>

namespace cupel::rules::pii {

inline constexpr std::size_t mostRows = 512;
using RowSet = std::bitset<mostRows>;

struct NearWord {
    std::size_t length = 0; // of the word; 0: none
    ByteRange place;
    bool onLine = false; // no line break between the two
};

class Context {
public:
    // `text` must stay. False: there were more words than anybody writes.
    bool read(ByteView text);
    // Whether around() can say anything at all; cheap.
    [[nodiscard]] bool anyAround(ByteRange value);
    // The rows that words around the value speak of. Ask in rising order of places: what lies behind is forgotten.
    [[nodiscard]] RowSet around(ByteRange value);
    // The longest word for one row, those on the same line first; asked right after around() with the same value.
    [[nodiscard]] NearWord best(ByteRange value, std::size_t row) const;

private:
    [[nodiscard]] bool isNear(const WordPlace& word, ByteRange value) const;
    ByteView m_text;
    std::vector<WordPlace> m_words; // by start
    std::size_t m_first = 0; // the first that may still be near
};

} // namespace cupel::rules::pii
