// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/context_words.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/rules/pii/pii_row.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace cupel::rules::pii {

namespace {

constexpr std::size_t shortWord = 3; // the shortest there are; has no plural

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || isUpper(c);
}
bool isBeyondAscii(char c)
{
    return static_cast<unsigned char>(c) >= 0x80;
}

// `word` in any case of ASCII; `text` is as long.
bool isSpelled(ByteView text, std::string_view word)
{
    return std::equal(text.begin(), text.end(), word.begin(),
        [](char c, char wanted) { return c == wanted || (isLetter(wanted) && (c ^ wanted) == 0x20); });
}

// Up to eight bytes from `at` on, with zeros behind the end.
std::uint64_t bytesAt(ByteView text, std::size_t at)
{
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, std::min(sizeof bytes, text.size() - at));
    return bytes;
}

// Not the beginning of a longer word; "taxId" and "customerSsn" count as two words each.
bool isEnd(ByteView text, std::size_t start, std::size_t end)
{
    if (isBeyondAscii(text[start]) || end >= text.size() || !isLetter(text[end])) {
        return true; // scripts without blanks between words
    }
    const char last = text[end - 1];
    const bool camel = isUpper(text[end]) && last >= 'a' && last <= 'z';
    const bool plural =
        text[end] == 's' && end - start > shortWord && (end + 1 >= text.size() || !isLetter(text[end + 1]));
    return camel || plural;
}

// Where words may begin in a block of 64 bytes, one bit for each of them; knows how the block before ended.
class WordBeginnings {
public:
    std::uint64_t next(ByteView text, std::size_t block)
    {
        std::uint64_t letters = 0;
        std::uint64_t upper = 0;
        std::uint64_t beyond = 0; // ASCII
        std::uint64_t leads = 0; // of characters beyond it
        for (std::size_t in = 0; in < size; in += sizeof(ByteBlock)) {
            const auto bytes = blockAt(text, block + in);
            letters |= bitsOf((bytes | 0x20) - 'a' < 26) << in;
            upper |= bitsOf(bytes - 'A' < 26) << in;
            beyond |= bitsOf(bytes >= 0x80) << in;
            leads |= bitsOf(bytes >= 0xC0) << in;
        }
        const auto lower = letters & ~upper;
        const auto inWords = letters | beyond;
        const auto starts = (letters & ~(inWords << 1 | m_inWord)) | (upper & (lower << 1 | m_lower)) | leads;
        m_lower = lower >> 63;
        m_inWord = inWords >> 63;
        return starts;
    }
    static constexpr std::size_t size = 64;

private:
    std::uint64_t m_lower = 0; // the last byte of the block before was one
    std::uint64_t m_inWord = 0;
};

} // namespace

const ContextWordFinder& ContextWordFinder::shared()
{
    // Never destroyed: threads may outlive the statics.
    static const ContextWordFinder* const finder = new ContextWordFinder;
    return *finder;
}

ContextWordFinder::ContextWordFinder()
{
    const auto words = contextWords();
    std::vector<std::pair<Key, std::uint16_t>> byKey;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto begin = static_cast<std::uint32_t>(bytesAt(words[i].text, 0));
        const auto key = words[i].text.size() == shortWord ? keyOfThree(begin) : keyOfFour(begin);
        byKey.emplace_back(key, static_cast<std::uint16_t>(i));
    }
    std::sort(byKey.begin(), byKey.end());
    for (const auto& [key, index] : byKey) {
        if (!isKnown(key)) {
            m_known[key / 64] |= std::uint64_t(1) << key % 64;
            m_firsts.push_back(static_cast<std::uint16_t>(m_words.size()));
        }
        auto& word = m_words.emplace_back();
        word.index = index;
        word.length = static_cast<std::uint16_t>(words[index].text.size());
        word.mask = word.length < sizeof word.mask ? (std::uint64_t(1) << 8 * word.length) - 1 : ~std::uint64_t(0);
        word.begin = (bytesAt(words[index].text, 0) | eitherCase) & word.mask;
    }
    m_firsts.push_back(static_cast<std::uint16_t>(m_words.size()));
    for (std::size_t i = 1; i < m_before.size(); ++i) {
        m_before[i] = static_cast<std::uint16_t>(m_before[i - 1] + std::popcount(m_known[i - 1]));
    }
}

void ContextWordFinder::wordsAt(ByteView text, std::size_t at, Key key, std::vector<WordPlace>& places) const
{
    const auto lower = m_known[key / 64] & ((std::uint64_t(1) << key % 64) - 1);
    const auto known = m_before[key / 64] + static_cast<std::size_t>(std::popcount(lower));
    const auto begin = bytesAt(text, at) | eitherCase;
    for (std::size_t i = m_firsts[known]; i < m_firsts[known + 1]; ++i) {
        const auto& word = m_words[i];
        if ((begin & word.mask) != word.begin) {
            continue;
        }
        const auto end = at + word.length;
        if (end <= text.size() && isSpelled(text.substr(at, word.length), contextWords()[word.index].text)
            && isEnd(text, at, end)) {
            places.push_back({word.index, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
        }
    }
}

bool ContextWordFinder::find(ByteView text, std::vector<WordPlace>& places, std::size_t most) const
{
    WordBeginnings beginnings;
    const auto before = places.size();
    for (std::size_t block = 0; block < text.size(); block += WordBeginnings::size) {
        for (auto left = beginnings.next(text, block); left != 0; left &= left - 1) {
            const auto at = block + static_cast<std::size_t>(std::countr_zero(left));
            std::uint32_t begin = 0;
            if (at + sizeof begin <= text.size()) [[likely]] {
                std::memcpy(&begin, text.data() + at, sizeof begin);
            } else {
                begin = static_cast<std::uint32_t>(bytesAt(text, at));
            }
            if (const auto key = keyOfFour(begin); isKnown(key)) {
                wordsAt(text, at, key, places);
            }
            if (const auto key = keyOfThree(begin); isKnown(key)) {
                wordsAt(text, at, key, places);
            }
        }
        if (places.size() - before > most) {
            return false;
        }
    }
    return true;
}

} // namespace cupel::rules::pii
