// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/known_values.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/rules/pii/letters.h"

#include <algorithm>
#include <array>
#include <bit>

namespace cupel::rules::pii {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isWord(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || static_cast<unsigned char>(c) >= 0x80;
}

std::uint32_t startOf(std::string_view text)
{
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[0])) << 16
        | static_cast<std::uint32_t>(static_cast<unsigned char>(text[1])) << 8
        | static_cast<std::uint32_t>(static_cast<unsigned char>(text[2]));
}

// Where a value may begin, front to back: at the first byte of a word and, when asked for, at each one that belongs to
// none.
class WordStarts {
public:
    WordStarts(ByteView text, bool others)
        : m_text(text)
        , m_others(others)
    {
    }
    // The first from `at` on; the size of the text: there is none.
    std::size_t next(std::size_t at)
    {
        while (at < m_text.size()) {
            if (at / step * step != m_block || m_fresh) {
                load(at / step * step);
            }
            const auto left = m_starts >> (at - m_block);
            if (left != 0) {
                return std::min(at + static_cast<std::size_t>(std::countr_zero(left)), m_text.size());
            }
            at = m_block + step;
        }
        return m_text.size();
    }

private:
    static constexpr std::size_t step = 4 * sizeof(ByteBlock);
    void load(std::size_t block)
    {
        std::uint64_t inWords = 0;
        for (std::size_t in = 0; in < step; in += sizeof(ByteBlock)) {
            const auto bytes = blockAt(m_text, block + in);
            inWords |= bitsOf((bytes - '0' < 10) | ((bytes | 0x20) - 'a' < 26) | (bytes == '_') | (bytes >= 0x80))
                << in;
        }
        const bool goesOn = block > 0 && isWord(m_text[block - 1]);
        m_starts = (m_others ? ~std::uint64_t(0) : inWords) & ~(inWords & (inWords << 1 | (goesOn ? 1 : 0)));
        m_block = block;
        m_fresh = false;
    }

    ByteView m_text;
    bool m_others;
    std::size_t m_block = 0;
    std::uint64_t m_starts = 0; // one bit for each byte of the block
    bool m_fresh = true; // nothing is loaded
};

// Cells of a column of names that programs print too, sorted.
bool isCommonWord(std::string_view value)
{
    static constexpr std::array<std::string_view, 46> words{"admin", "all", "average", "count", "data", "default",
        "dtype", "error", "false", "female", "first", "float", "float64", "freq", "grand total", "index", "int",
        "int64", "item", "last", "length", "male", "max", "mean", "median", "min", "missing", "nan", "nat", "none",
        "null", "object", "other", "others", "root", "std", "string", "sum", "test", "top", "total", "true",
        "undefined", "unique", "unknown", "user"};
    return std::binary_search(words.begin(), words.end(), std::string_view(smallLetters(value)));
}

} // namespace

void KnownValues::learn(std::string_view value, std::size_t owner)
{
    if (value.size() < shortest || value.size() > longest || isCommonWord(value)) {
        return;
    }
    // Numbers and placeholders of fixes say nothing elsewhere.
    const bool number = value.find_first_not_of("0123456789.,-+%eE ") == std::string_view::npos;
    const auto digits = static_cast<std::size_t>(std::count_if(value.begin(), value.end(), isDigit));
    if (value.front() == '<' || (number && (digits < 7 || value.find('.') != std::string_view::npos))
        || value.find('\n') != std::string_view::npos || value.find("...") != std::string_view::npos) {
        return;
    }
    if (m_values.size() >= most) {
        m_full = m_full || !m_owners.contains(std::string(value));
        return;
    }
    if (!m_owners.emplace(value, owner).second) {
        return;
    }
    m_starts.resize(256);
    Value known{std::string(value), smallLetters(value), standsAlone(value), owner};
    m_starts[static_cast<unsigned char>(known.folded[0])] = 1;
    m_otherStarts = m_otherStarts || !isWord(known.folded[0]);
    m_byStart[startOf(known.folded)].push_back(m_values.size());
    m_values.push_back(std::move(known));
}

std::optional<std::size_t> KnownValues::ownerOf(std::string_view value) const
{
    const auto hit = m_owners.find(std::string(value));
    return hit == m_owners.end() ? std::nullopt : std::optional(hit->second);
}

std::vector<KnownValues::Hit> KnownValues::find(ByteView text, std::size_t atMost) const
{
    std::vector<Hit> hits;
    if (empty()) {
        return hits;
    }
    const auto lower = smallLetters(text);
    const std::string_view view(lower);
    WordStarts starts(text, m_otherStarts);
    for (auto at = starts.next(0); at + shortest <= text.size() && hits.size() < atMost; at = starts.next(at + 1)) {
        if (m_starts[static_cast<unsigned char>(lower[at])] == 0) {
            continue;
        }
        const auto list = m_byStart.find(startOf(view.substr(at, shortest)));
        if (list == m_byStart.end()) {
            continue;
        }
        const Value* best = nullptr;
        bool sameLetters = true;
        for (const auto index : list->second) {
            const auto& value = m_values[index];
            const auto end = at + value.text.size();
            const bool whole = end >= text.size() || !isWord(text[end]) || !isWord(value.text.back());
            const bool exact = value.anyCase ? view.substr(at, value.text.size()) == value.folded
                                             : text.substr(at, value.text.size()) == value.text;
            const bool capital = !exact && text[at] >= 'A' && text[at] <= 'Z' && value.text[0] == text[at] + 32
                && text.substr(at + 1, value.text.size() - 1) == std::string_view(value.text).substr(1);
            const bool longer = !best || value.text.size() > best->text.size();
            if (whole && (exact || capital) && (longer || (exact && !sameLetters))) {
                best = &value;
                sameLetters = exact;
            }
        }
        if (best) {
            hits.push_back({best->owner, {at, at + best->text.size()}, sameLetters});
            at += best->text.size() - 1;
        }
    }
    return hits;
}

bool standsAlone(std::string_view value)
{
    // "Will", "May" and "Rose" are words too.
    const bool several = value.find_first_of(" @") != std::string_view::npos && value.size() >= 6;
    const bool numbered = value.size() >= 6 && std::any_of(value.begin(), value.end(), isDigit);
    return several || numbered;
}

bool isNoIdentifier(std::string_view value)
{
    return standsAlone(value) && value.find_first_of(" @") != std::string_view::npos;
}

bool isWholeLiteral(ByteView text, ByteRange place)
{
    const bool quoted = place.start > 0 && place.end < text.size();
    const char before = quoted ? text[place.start - 1] : '\0';
    if (quoted && (before == '"' || before == '\'') && text[place.end] == before) {
        return true;
    }
    // A comment: a sign with no open quote before it.
    const auto line = place.start == 0 ? 0 : text.rfind('\n', place.start - 1) + 1; // npos + 1 is 0
    bool single = false;
    bool twofold = false;
    for (auto at = line; at < place.start; ++at) {
        single = single != (text[at] == '\'' && !twofold);
        twofold = twofold != (text[at] == '"' && !single);
        if (text[at] == '#' && !single && !twofold) {
            return true;
        }
    }
    return false;
}

} // namespace cupel::rules::pii
