// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/context.h"

#include <algorithm>
#include <utility>

namespace cupel::rules::pii {

namespace {

constexpr std::size_t mostWords = 1'000'000;
constexpr std::size_t farBefore = 70; // bytes between a word and the value behind it
constexpr std::size_t farAfter = 30;
constexpr std::size_t shortWord = 3; // such words must stand close by
constexpr std::size_t closeBy = 14;

} // namespace

bool Context::read(ByteView text)
{
    m_text = text;
    m_words.clear();
    m_first = 0;
    const bool complete = ContextWordFinder::shared().find(text, m_words, mostWords);
    std::sort(m_words.begin(), m_words.end(), [](const WordPlace& a, const WordPlace& b) { return a.start < b.start; });
    return complete;
}

bool Context::isNear(const WordPlace& word, ByteRange value) const
{
    const auto length = word.end - word.start;
    if (word.end <= value.start) {
        const auto between = m_text.substr(word.end, value.start - word.end);
        if (between.size() > (length <= shortWord ? closeBy : farBefore)) {
            return false;
        }
        const auto lines = std::count(between.begin(), between.end(), '\n');
        return lines == 0 || (lines == 1 && length > shortWord);
    }
    if (word.start >= value.end) {
        const auto between = m_text.substr(value.end, word.start - value.end);
        return length > shortWord && between.size() <= farAfter && between.find('\n') == ByteView::npos;
    }
    return word.start < value.start || word.end > value.end; // "phone" in "phone123": never inside the value
}

bool Context::anyAround(ByteRange value)
{
    const auto longest = longestContextWord();
    while (m_first < m_words.size() && m_words[m_first].start + longest + farBefore < value.start) {
        ++m_first;
    }
    return m_first < m_words.size() && m_words[m_first].start <= value.end + farAfter;
}

RowSet Context::around(ByteRange value)
{
    RowSet set;
    if (!anyAround(value)) {
        return set;
    }
    for (auto i = m_first; i < m_words.size() && m_words[i].start <= value.end + farAfter; ++i) {
        if (isNear(m_words[i], value)) {
            const auto& word = contextWords()[m_words[i].word];
            for (const auto row : contextRows().subspan(word.firstRow, word.rowCount)) {
                set.set(row);
            }
        }
    }
    return set;
}

NearWord Context::best(ByteRange value, std::size_t row) const
{
    NearWord found;
    for (auto i = m_first; i < m_words.size() && m_words[i].start <= value.end + farAfter; ++i) {
        const auto& word = contextWords()[m_words[i].word];
        const auto rows = contextRows().subspan(word.firstRow, word.rowCount);
        if (std::find(rows.begin(), rows.end(), row) == rows.end() || !isNear(m_words[i], value)) {
            continue;
        }
        const auto from = std::min<std::uint64_t>(m_words[i].end, value.end);
        const auto to = std::max<std::uint64_t>(m_words[i].start, value.start);
        const bool onLine = from >= to || m_text.substr(from, to - from).find('\n') == ByteView::npos;
        if (std::make_pair(onLine, word.text.size()) > std::make_pair(found.onLine, found.length)) {
            found = {word.text.size(), {m_words[i].start, m_words[i].end}, onLine};
        }
    }
    return found;
}

} // namespace cupel::rules::pii
