// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/text_runs.h"

#include "analyzers/base/byte_scan.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace cupel::rules::pii {

namespace {

ByteMask areDigits(ByteBlock block)
{
    return block - '0' < 10;
}

// The whole spans of letters that end in front of `behind`, which has one bit for each of them.
std::uint64_t spansBefore(std::uint64_t behind, std::uint64_t letters)
{
    auto spans = (behind >> 1) & letters;
    auto through = letters;
    for (unsigned reach = 1; reach < 64; reach *= 2) {
        spans |= through & (spans >> reach);
        through &= through >> reach;
    }
    return spans;
}

// What stands where in a block, one bit for each byte.
struct Signs {
    std::uint64_t digits = 0;
    std::uint64_t letters = 0;
    std::uint64_t initials = 0; // of titles
    std::uint64_t spaces = 0;
    std::uint64_t joins = 0;
    std::uint64_t ats = 0; // "at" begins
};

// Words that can neither be a title nor lead to a value, by their length, their first letter and what follows: nearly
// all words of a text are passed over here, 64 bytes at a time. Those that may go on in the next block are not told.
std::uint64_t idleWords(const Signs& signs)
{
    const auto letters = signs.letters;
    const auto starts = letters & ~((letters | signs.digits) << 1);
    const auto behind = (letters + starts) & ~letters & ~signs.digits; // of runs that are letters alone
    const auto longer = letters & (letters >> 1) & (letters >> 2) & (letters >> 3) & (letters >> 4);
    const auto behindInitial = (letters + (starts & signs.initials)) & ~letters;
    const auto behindShort = (letters + (starts & ~longer)) & ~letters;
    auto digitSoon = signs.digits; // within eight bytes
    digitSoon |= digitSoon >> 1;
    digitSoon |= digitSoon >> 2;
    digitSoon |= digitSoon >> 4;
    digitSoon |= ~std::uint64_t(0) << 57; // they reach into the next block
    const auto led = signs.spaces & (behindInitial | (behindShort & digitSoon));
    const auto pairs = (starts & (letters >> 1) & ~(letters >> 2) & signs.ats) << 2;
    return spansBefore(behind & ~signs.joins & ~led & ~pairs, letters);
}

} // namespace

void TextRuns::load(std::size_t block)
{
    m_block = block;
    Signs found;
    std::uint64_t signs = 0;
    std::array<char, blockSize + 1> lastBlock{}; // at the end of the text: zeros behind it
    const char* from = m_text.data() + std::min(block, m_text.size());
    if (block + lastBlock.size() > m_text.size()) {
        std::copy(from, m_text.data() + m_text.size(), lastBlock.data());
        from = lastBlock.data();
    }
    for (std::size_t in = 0; in < blockSize; in += sizeof(ByteBlock)) {
        ByteBlock bytes;
        ByteBlock behind;
        std::memcpy(&bytes, from + in, sizeof bytes);
        std::memcpy(&behind, from + in + 1, sizeof behind);
        found.digits |= bitsOf(areDigits(bytes)) << in;
        found.letters |= bitsOf((bytes | 0x20) - 'a' < 26) << in;
        signs |=
            bitsOf((bytes == '@') | (isOneOf<'+', '('>(bytes) & areDigits(behind)) | ((bytes == ':') & (behind == ':')))
            << in;
        found.initials |= bitsOf(isOneOf<'D', 'F', 'H', 'M', 'P', 'S'>(bytes)) << in;
        found.spaces |= bitsOf(isOneOf<' '>(bytes)) << in;
        found.joins |= bitsOf(isOneOf<'.', ':', '-'>(bytes)) << in;
        found.ats |= bitsOf(((bytes | 0x20) == 'a') & ((behind | 0x20) == 't')) << in;
    }
    m_digits = found.digits;
    m_letters = found.letters;
    m_left = ((m_digits | m_letters) & ~idleWords(found)) | signs;
}

// A run that reaches the end of its block, over as many blocks as it takes.
void TextRuns::longRun(TextRun& run)
{
    run.end = run.start;
    run.digits = false;
    run.letters = false;
    while (true) {
        const auto in = run.end - m_block;
        const auto length = static_cast<std::size_t>(std::countr_one((m_digits | m_letters) >> in));
        const auto taken = length < blockSize ? ((std::uint64_t(1) << length) - 1) << in : ~std::uint64_t(0);
        run.digits = run.digits || (m_digits & taken) != 0;
        run.letters = run.letters || (m_letters & taken) != 0;
        run.end += length;
        m_left &= ~taken;
        if (in + length < blockSize || run.end >= m_text.size()) {
            return;
        }
        load(run.end);
    }
}

void TextRuns::skipTo(std::size_t at)
{
    if (at >= m_block + blockSize) {
        load(at / blockSize * blockSize);
    }
    m_left &= at > m_block ? ~std::uint64_t(0) << (at - m_block) : ~std::uint64_t(0);
}

} // namespace cupel::rules::pii
