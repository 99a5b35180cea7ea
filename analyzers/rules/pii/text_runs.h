// SPDX-License-Identifier: GPL-3.0-or-later
// Where personal data may begin: runs of ASCII letters and digits, and between them @, a + or ( before a digit, and ::.
// Words that cannot lead to a value are passed over, nearly all of a text. 64 bytes at a time, for every byte of every
// text passes here.
#pragma once

#include "analyzers/base/bytes.h"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace cupel::rules::pii {

struct TextRun {
    std::size_t start = 0;
    std::size_t end = 0; // the start for a sign
    bool digits = false; // are among it
    bool letters = false;
    [[nodiscard]] std::size_t size() const { return end - start; }
};

class TextRuns {
public:
    explicit TextRuns(ByteView text)
        : m_text(text)
    {
        load(0);
    }

    // The next run or sign; false: none is left.
    bool next(TextRun& run)
    {
        while (m_left == 0) {
            if (m_block + blockSize >= m_text.size()) {
                return false;
            }
            load(m_block + blockSize);
        }
        const auto in = static_cast<std::size_t>(std::countr_zero(m_left));
        const auto digits = m_digits >> in;
        const auto letters = m_letters >> in;
        const auto length = static_cast<std::size_t>(std::countr_one(digits | letters)); // none for a sign
        run.start = m_block + in;
        if (in + length == blockSize) { // it may go on
            longRun(run);
            return true;
        }
        const auto taken = (std::uint64_t(1) << length) - 1;
        run.end = run.start + length;
        run.digits = (digits & taken) != 0;
        run.letters = (letters & taken) != 0;
        m_left &= ~((taken | 1) << in);
        return true;
    }

    // What begins before `at` is passed over.
    void skipTo(std::size_t at);

private:
    static constexpr std::size_t blockSize = 64;
    void load(std::size_t block);
    void longRun(TextRun& run);
    ByteView m_text;
    std::size_t m_block = 0; // where it begins
    // One bit for each of its bytes.
    std::uint64_t m_digits = 0;
    std::uint64_t m_letters = 0;
    std::uint64_t m_left = 0; // digits, letters and signs that were not passed
};

} // namespace cupel::rules::pii
