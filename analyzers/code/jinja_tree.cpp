// SPDX-License-Identifier: GPL-3.0-or-later
// Statements of Jinja, one tag after another.
#include "analyzers/code/jinja_tree.h"

#include "analyzers/code/jinja_parser.h"

#include <algorithm>
#include <array>

namespace cupel::code {

namespace {

using Kind = JinjaStatement::Kind;
using Token = JinjaToken::Kind;

constexpr std::size_t mostTokens = 400'000;
constexpr std::size_t mostNodes = 100'000;

// Tags that have nothing behind their name that could run.
constexpr std::array<std::string_view, 24> plain{"else", "endif", "endfor", "endset", "endmacro", "endcall",
    "endfilter", "endblock", "endwith", "endautoescape", "endraw", "endtrans", "generation", "endgeneration", "break",
    "continue", "block", "autoescape", "trans", "pluralize", "debug", "raw", "scoped", "required"};

class Reader {
public:
    Reader(ByteView text, Budget& budget)
        : m_text(text)
        , m_budget(budget)
        , m_expressions(text, m_tree)
    {
    }

    JinjaTree run()
    {
        auto tokens = tokenizeJinja(m_text, mostTokens);
        m_tree.tokens = std::move(tokens.list);
        m_tree.complete = tokens.end >= m_text.size();
        std::size_t at = 0;
        while (at < m_tree.tokens.size()) {
            if (!m_budget.spend(16) || m_tree.nodes.size() > mostNodes) {
                m_tree.complete = false;
                break;
            }
            at = statement(at);
        }
        if (!tokens.complete && !m_tree.trouble) {
            const auto end = m_text.size();
            m_tree.trouble = ByteRange{end > 0 ? end - 1 : 0, end};
        }
        return std::move(m_tree);
    }

private:
    // The token behind it.
    std::size_t statement(std::size_t at)
    {
        const auto& token = m_tree.tokens[at];
        JinjaStatement out;
        out.range = token.range;
        out.firstNode = static_cast<std::uint32_t>(m_tree.nodes.size());
        out.kind = token.kind == Token::OutputBegin ? Kind::Output
            : token.kind == Token::BlockBegin       ? Kind::Tag
                                                    : Kind::Data;
        auto next = at + 1;
        if (out.kind != Kind::Data) {
            m_expressions.begin(next);
            m_expressions.clear();
            if (out.kind == Kind::Output) {
                out.values.push_back(m_expressions.tuple());
            } else {
                tag(out);
            }
            if (m_expressions.failed() || !m_expressions.atEnd()) {
                trouble(m_expressions.at());
            }
            next = behindTag(m_expressions.at());
            out.range.end = std::max(out.range.end, m_tree.tokens[next - 1].range.end);
        }
        out.endNode = static_cast<std::uint32_t>(m_tree.nodes.size());
        m_tree.statements.push_back(std::move(out));
        return next;
    }

    void trouble(std::size_t token)
    {
        if (!m_tree.trouble) {
            const auto end = m_text.size();
            m_tree.trouble =
                token < m_tree.tokens.size() ? m_tree.tokens[token].range : ByteRange{end > 0 ? end - 1 : 0, end};
        }
    }

    std::size_t behindTag(std::size_t at)
    {
        while (at < m_tree.tokens.size()) {
            const auto kind = m_tree.tokens[at].kind;
            if (kind == Token::Data || kind == Token::OutputBegin || kind == Token::BlockBegin) {
                trouble(at);
                return at;
            }
            ++at;
            if (kind == Token::OutputEnd || kind == Token::BlockEnd) {
                return at;
            }
        }
        return at;
    }

    void skip()
    {
        while (!m_expressions.atEnd()) {
            m_expressions.begin(m_expressions.at() + 1);
        }
    }

    void tag(JinjaStatement& out)
    {
        out.tag = m_expressions.name();
        if (out.tag == "set") {
            assignment(out);
        } else if (out.tag == "for") {
            loop(out);
        } else if (out.tag == "macro" || out.tag == "call") {
            macro(out);
        } else if (out.tag == "with") {
            while (!m_expressions.atEnd() && !m_expressions.failed()) {
                out.targets.push_back(m_expressions.name());
                if (!m_expressions.takeSign("=")) {
                    m_expressions.fail();
                    break;
                }
                out.values.push_back(m_expressions.expression());
                m_expressions.takeSign(",");
            }
        } else if (out.tag == "filter") {
            out.opens = true;
            const auto nothing = m_expressions.add(JinjaNode::Kind::None, out.range.start, {}, {});
            std::vector<std::uint32_t> children{nothing};
            auto name = m_expressions.name();
            if (m_expressions.takeSign("(")) {
                const auto more = m_expressions.arguments(")");
                children.insert(children.end(), more.begin(), more.end());
            }
            out.values.push_back(m_expressions.filters(
                m_expressions.add(JinjaNode::Kind::Filter, out.range.start, std::move(name), children)));
        } else if (std::find(plain.begin(), plain.end(), out.tag) != plain.end()) {
            skip();
        } else if (out.tag.empty()) {
            m_expressions.fail();
        } else {
            values(out);
        }
    }

    // if, elif, do, include, import, from, extends, and whatever extensions have.
    void values(JinjaStatement& out)
    {
        out.values.push_back(m_expressions.tuple());
        if (out.tag == "import" || out.tag == "from" || out.tag == "include") {
            skip();
        }
    }

    void assignment(JinjaStatement& out)
    {
        do {
            const bool bracket = m_expressions.takeSign("(");
            auto name = m_expressions.name();
            while (m_expressions.takeSign(".")) {
                name += "." + m_expressions.name();
            }
            out.targets.push_back(std::move(name));
            if (!bracket) {
                m_expressions.takeSign(")");
            }
        } while (m_expressions.takeSign(","));
        m_expressions.takeSign(")");
        if (m_expressions.takeSign("=")) {
            out.values.push_back(m_expressions.tuple());
            return;
        }
        out.opens = true;
        if (m_expressions.isSign("|")) {
            out.values.push_back(
                m_expressions.filters(m_expressions.add(JinjaNode::Kind::None, out.range.start, {}, {})));
        }
    }

    void loop(JinjaStatement& out)
    {
        while (!m_expressions.atEnd() && !m_expressions.isWord("in")) {
            auto name = m_expressions.name();
            if (!name.empty()) {
                out.targets.push_back(std::move(name));
            } else if (!m_expressions.takeSign(",") && !m_expressions.takeSign("(") && !m_expressions.takeSign(")")) {
                m_expressions.fail();
                return;
            }
        }
        if (!m_expressions.takeWord("in")) {
            m_expressions.fail();
            return;
        }
        out.values.push_back(m_expressions.tuple(false));
        if (m_expressions.takeWord("if")) {
            out.values.push_back(m_expressions.expression());
        }
        m_expressions.takeWord("recursive");
    }

    void macro(JinjaStatement& out)
    {
        out.opens = true;
        if (out.tag == "macro") {
            out.targets.push_back(m_expressions.name());
        }
        if (m_expressions.takeSign("(")) {
            while (!m_expressions.atEnd() && !m_expressions.failed() && !m_expressions.takeSign(")")) {
                auto name = m_expressions.name();
                if (name.empty()) {
                    m_expressions.fail();
                    return;
                }
                out.targets.push_back(std::move(name));
                if (m_expressions.takeSign("=")) {
                    out.values.push_back(m_expressions.expression());
                }
                m_expressions.takeSign(",");
            }
        }
        if (out.tag == "call" && !m_expressions.failed()) {
            out.values.push_back(m_expressions.expression());
        }
    }

    ByteView m_text;
    Budget& m_budget;
    JinjaTree m_tree;
    JinjaExpressions m_expressions;
};

} // namespace

JinjaTree parseJinja(ByteView text, Budget& budget)
{
    return Reader(text, budget).run();
}

} // namespace cupel::code
