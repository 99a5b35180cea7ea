// SPDX-License-Identifier: GPL-3.0-or-later
// Expressions of Jinja: the part of the parser that needs a depth. Lenient: takes more than Jinja does, never less.
#pragma once

#include "analyzers/code/jinja_tree.h"

namespace cupel::code {

class JinjaExpressions {
public:
    JinjaExpressions(ByteView text, JinjaTree& tree)
        : m_text(text)
        , m_tree(tree)
    {
    }

    void begin(std::size_t token) { m_at = token; }
    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] bool failed() const { return m_failed; }
    void clear() { m_failed = false; }

    [[nodiscard]] bool atEnd() const; // of the tag
    [[nodiscard]] bool isWord(std::string_view word) const;
    [[nodiscard]] bool isSign(std::string_view sign) const;
    bool takeWord(std::string_view word);
    bool takeSign(std::string_view sign);
    [[nodiscard]] std::string name(); // empty: none here
    void fail() { m_failed = true; }

    // An expression, or several with commas between as one list. `choice`: "a if b else c" is one.
    [[nodiscard]] std::uint32_t tuple(bool choice = true);
    [[nodiscard]] std::uint32_t expression(bool choice = true);
    [[nodiscard]] std::vector<std::uint32_t> arguments(std::string_view close);
    [[nodiscard]] std::uint32_t filters(std::uint32_t base); // from a "|" on
    [[nodiscard]] std::uint32_t add(
        JinjaNode::Kind kind, std::uint64_t from, std::string text, const std::vector<std::uint32_t>& children);

private:
    static constexpr unsigned deepest = 80;
    static constexpr std::size_t mostNodes = 100'000; // of a template

    [[nodiscard]] const JinjaToken& now() const { return m_tree.tokens[m_at]; }
    [[nodiscard]] ByteView textOf(const JinjaToken& token) const { return slice(m_text, token.range); }
    [[nodiscard]] std::uint64_t here() const;
    [[nodiscard]] std::uint32_t binary(unsigned least);
    [[nodiscard]] std::string operatorHere(unsigned& strength) const;
    [[nodiscard]] std::uint32_t unary();
    [[nodiscard]] std::uint32_t primary();
    [[nodiscard]] std::uint32_t strings();
    [[nodiscard]] std::uint32_t dict();
    [[nodiscard]] std::uint32_t postfix(std::uint32_t base, std::uint64_t from);
    [[nodiscard]] std::uint32_t attribute(std::uint32_t base, std::uint64_t from);
    [[nodiscard]] std::uint32_t subscript(std::uint32_t base, std::uint64_t from);
    [[nodiscard]] std::uint32_t filter(std::uint32_t base, std::uint64_t from);
    [[nodiscard]] std::uint32_t test(std::uint32_t base, std::uint64_t from);

    ByteView m_text;
    JinjaTree& m_tree;
    std::size_t m_at = 0;
    unsigned m_depth = 0;
    bool m_failed = false;
};

} // namespace cupel::code
