// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/code_names.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/code/python_tokens.h"
#include "analyzers/rules/pii/names.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace cupel::rules::pii {

namespace {

using code::PythonToken;

constexpr std::size_t fewest = 5; // different names: fewer are an example
constexpr std::size_t deepest = 64; // brackets; texts below are no list of names

// "Jane Doe", "Dr. Jane van Doe": not "Jane" alone, which may be a variable, a product, anything.
bool isFullName(ByteView text)
{
    constexpr std::size_t longest = 60;
    const auto first = text.find(' ');
    const auto last = text.rfind(' ');
    return text.size() <= longest && first != ByteView::npos && looksLikePerson(text)
        && (isGivenName(text.substr(0, first)) || isFamilyName(text.substr(last + 1)));
}

// Two to four words that begin as names do.
bool isMadeAsName(ByteView text)
{
    constexpr std::size_t most = 4;
    std::size_t words = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto nick = text.starts_with('(') ? 1U : 0U; // "Jane (JD) Doe"
        const auto first = end > nick ? static_cast<unsigned char>(text[nick]) : 0;
        const bool letters = text.substr(0, end).find_first_of("0123456789_/\\:=") == ByteView::npos;
        if (!letters || !((first >= 'A' && first <= 'Z') || first >= 0x80) || ++words > most) {
            return false;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words >= 2;
}

class Finder {
public:
    explicit Finder(ByteView code)
        : m_code(code)
    {
    }

    std::vector<ByteRange> run() &&
    {
        code::PythonTokens tokens(m_code);
        for (auto token = tokens.next(); token.kind != PythonToken::Kind::End; token = tokens.next()) {
            if (token.kind == PythonToken::Kind::String && !token.formatted && !m_open.empty()) {
                auto& bracket = m_open.back();
                bracket.rows[bracket.at].push_back(token.content);
            } else if (token.kind == PythonToken::Kind::Operator) {
                sign(slice(m_code, token.bytes));
            }
        }
        std::sort(m_names.begin(), m_names.end());
        m_names.erase(std::unique(m_names.begin(), m_names.end()), m_names.end());
        return std::move(m_names);
    }

private:
    using Texts = std::vector<ByteRange>;
    struct Bracket {
        std::size_t at = 0; // commas so far
        std::map<std::size_t, Texts> rows; // texts directly in it, by their place
        std::map<std::size_t, Texts> columns; // texts of the brackets in it, by their place in those
    };

    void sign(ByteView sign)
    {
        if (sign == "(" || sign == "[" || sign == "{") {
            m_skipped += m_open.size() >= deepest ? 1 : 0;
            if (m_skipped == 0) {
                m_open.emplace_back();
            }
        } else if (sign == ")" || sign == "]" || sign == "}") {
            m_skipped > 0 ? static_cast<void>(--m_skipped) : close();
        } else if (sign == "," && !m_open.empty()) {
            ++m_open.back().at;
        }
    }

    void close()
    {
        if (m_open.empty()) {
            return;
        }
        auto bracket = std::move(m_open.back());
        m_open.pop_back();
        Texts all;
        for (auto& [at, texts] : bracket.rows) {
            all.insert(all.end(), texts.begin(), texts.end());
            if (!m_open.empty()) {
                auto& column = m_open.back().columns[at];
                column.insert(column.end(), texts.begin(), texts.end());
            }
        }
        judge(all);
        for (const auto& [at, texts] : bracket.columns) {
            judge(texts);
        }
    }

    void judge(const Texts& texts)
    {
        if (texts.size() < fewest) {
            return;
        }
        Texts names;
        std::set<ByteView> different;
        for (const auto& text : texts) {
            if (const auto value = slice(m_code, text); isFullName(value)) {
                names.push_back(text);
                different.insert(value);
            }
        }
        if (different.size() >= fewest && names.size() * 10 >= texts.size() * 6) {
            // What stands among names is one as well, when it is made as they are.
            std::copy_if(texts.begin(), texts.end(), std::back_inserter(m_names), [this](ByteRange text) {
                const auto value = slice(m_code, text);
                return isFullName(value) || isMadeAsName(value);
            });
        }
    }

    ByteView m_code;
    std::vector<Bracket> m_open;
    std::size_t m_skipped = 0; // brackets that are too deep
    std::vector<ByteRange> m_names;
};

// Whether enough texts begin as names do: nearly no code has them, and none of the rest is taken apart.
bool mayHoldNames(ByteView code)
{
    const auto begins = [](ByteBlock block) { return isOneOf<'\'', '"'>(block); };
    std::size_t found = 0;
    for (auto at = nextByte(code, 0, begins); at + 1 < code.size(); at = nextByte(code, at + 1, begins)) {
        const auto next = static_cast<unsigned char>(code[at + 1]);
        found += (next >= 'A' && next <= 'Z') || next >= 0x80 ? 1 : 0;
        if (found >= fewest) {
            return true;
        }
    }
    return false;
}

} // namespace

std::vector<ByteRange> namesInCode(ByteView code)
{
    return mayHoldNames(code) ? Finder(code).run() : std::vector<ByteRange>();
}

} // namespace cupel::rules::pii
