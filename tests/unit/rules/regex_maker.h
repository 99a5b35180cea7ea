// SPDX-License-Identifier: GPL-3.0-or-later
// Random strings of the regular expressions that the rows use (the subset of the row contract): for tests only, fed
// with our own rows, so it may call itself.
#pragma once

#include "tests/unit/rules/made.h"

#include <string>
#include <string_view>

namespace cupel::test {

class RegexMaker {
public:
    RegexMaker(std::string_view pattern, Letters& letters)
        : m_pattern(pattern)
        , m_letters(letters)
    {
    }
    // Empty and `ok()` false: the pattern uses something this maker does not know.
    std::string make() { return alternatives(true); }
    [[nodiscard]] bool ok() const { return m_ok && m_at == m_pattern.size(); }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_pattern.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_pattern[m_at]; }

    // Picks one of "a|b|c"; the text of the others is read and dropped.
    std::string alternatives(bool use)
    {
        std::string out = sequence(use);
        unsigned seen = 1;
        while (m_ok && peek() == '|') {
            ++m_at;
            auto other = sequence(use);
            if (m_letters.below(++seen) == 0) {
                out = std::move(other);
            }
        }
        return out;
    }

    std::string sequence(bool use)
    {
        std::string out;
        while (m_ok && !atEnd() && peek() != '|' && peek() != ')') {
            const auto start = m_at;
            auto piece = atom(use);
            const auto afterAtom = m_at;
            const auto count = repeats();
            const auto end = m_at;
            if (count == 0) {
                continue;
            }
            out += piece;
            for (std::size_t i = 1; i < count && m_ok; ++i) {
                m_at = start;
                out += atom(use);
            }
            m_ok = m_ok && (m_at == afterAtom || m_at == end);
            m_at = end;
        }
        return out;
    }

    std::size_t number()
    {
        std::size_t value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = value * 10 + static_cast<std::size_t>(m_pattern[m_at++] - '0');
        }
        return value;
    }

    std::size_t repeats()
    {
        std::size_t low = 1;
        std::size_t high = 1;
        if (peek() == '{') {
            ++m_at;
            low = high = number();
            if (peek() == ',') {
                ++m_at;
                high = std::min(number(), low + 20);
            }
            m_ok = m_ok && peek() == '}';
            ++m_at;
        } else if (peek() == '?') {
            low = 0;
            ++m_at;
        } else if (peek() == '*' || peek() == '+') {
            m_ok = false;
        }
        if (peek() == '?') {
            ++m_at; // lazy: any count will do
        }
        return low + (high > low ? m_letters.below(high - low + 1) : 0);
    }

    std::string atom(bool use)
    {
        const char c = m_pattern[m_at++];
        if (c == '(') {
            bool writes = use;
            if (m_pattern.substr(m_at, 2) == "?:") {
                m_at += 2;
            } else if (peek() == '?') {
                m_ok = false; // look-arounds and flags
            }
            auto out = alternatives(writes);
            m_ok = m_ok && peek() == ')';
            ++m_at;
            return out;
        }
        if (c == '[') {
            return characterClass();
        }
        if (c == '\\') {
            const char escaped = m_pattern[m_at++];
            m_ok = m_ok && !((escaped | 0x20) >= 'a' && (escaped | 0x20) <= 'z');
            return std::string(1, escaped);
        }
        m_ok = m_ok && c != '.' && c != '^' && c != '$';
        return std::string(1, c);
    }

    std::string characterClass()
    {
        std::string all;
        m_ok = m_ok && peek() != '^';
        while (m_ok && !atEnd() && peek() != ']') {
            char c = m_pattern[m_at++];
            if (c == '\\') {
                c = m_pattern[m_at++];
                m_ok = m_ok && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
            }
            if (peek() == '-' && m_at + 1 < m_pattern.size() && m_pattern[m_at + 1] != ']') {
                ++m_at;
                const char last = m_pattern[m_at++];
                for (int i = c; i <= last; ++i) {
                    all.push_back(static_cast<char>(i));
                }
            } else {
                all.push_back(c);
            }
        }
        ++m_at;
        return m_ok && !all.empty() ? std::string(1, all[m_letters.below(all.size())]) : std::string();
    }

    std::string_view m_pattern;
    Letters& m_letters;
    std::size_t m_at = 0;
    bool m_ok = true;
};

} // namespace cupel::test
