// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/code_names.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/code/python_tokens.h"
#include "analyzers/rules/pii/name_lists.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace cupel::rules::pii {

namespace {

using code::PythonToken;

constexpr std::size_t deepest = 64; // brackets; texts below are no list of names

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
        std::vector<ByteView> values;
        values.reserve(texts.size());
        std::transform(texts.begin(), texts.end(), std::back_inserter(values),
            [this](ByteRange text) { return slice(m_code, text); });
        if (areNames(values)) { // what stands among names is one as well, when it is made as they are
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
        if (found >= fewestNames) {
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
