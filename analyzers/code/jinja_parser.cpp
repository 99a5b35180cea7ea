// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/jinja_parser.h"

#include <algorithm>
#include <array>

namespace cupel::code {

namespace {

using Kind = JinjaNode::Kind;
using Token = JinjaToken::Kind;

struct Operator {
    std::string_view sign;
    unsigned strength;
};
constexpr unsigned comparison = 3;
constexpr std::array<Operator, 15> operators{{{"or", 1}, {"and", 2}, {"in", comparison}, {"==", comparison},
    {"!=", comparison}, {"<", comparison}, {">", comparison}, {"<=", comparison}, {">=", comparison}, {"+", 4},
    {"-", 4}, {"~", 5}, {"*", 6}, {"/", 6}, {"//", 6}}};

constexpr std::array<std::string_view, 7> notOperands{"else", "or", "and", "is", "if", "not", "in"};

} // namespace

bool JinjaExpressions::atEnd() const
{
    return m_at >= m_tree.tokens.size() || now().kind == Token::OutputEnd || now().kind == Token::BlockEnd
        || now().kind == Token::Data || now().kind == Token::OutputBegin || now().kind == Token::BlockBegin;
}

std::uint64_t JinjaExpressions::here() const
{
    return m_at < m_tree.tokens.size() ? now().range.start : m_text.size();
}

bool JinjaExpressions::isWord(std::string_view word) const
{
    return !atEnd() && now().kind == Token::Name && textOf(now()) == word;
}

bool JinjaExpressions::isSign(std::string_view sign) const
{
    return !atEnd() && now().kind == Token::Sign && textOf(now()) == sign;
}

bool JinjaExpressions::takeWord(std::string_view word)
{
    const bool found = isWord(word);
    m_at += found ? 1 : 0;
    return found;
}

bool JinjaExpressions::takeSign(std::string_view sign)
{
    const bool found = isSign(sign);
    m_at += found ? 1 : 0;
    return found;
}

std::string JinjaExpressions::name()
{
    if (atEnd() || now().kind != Token::Name) {
        return {};
    }
    return std::string(textOf(m_tree.tokens[m_at++]));
}

std::uint32_t JinjaExpressions::add(
    Kind kind, std::uint64_t from, std::string text, const std::vector<std::uint32_t>& children)
{
    if (m_tree.nodes.size() >= mostNodes) {
        m_tree.complete = false;
        m_failed = true; // nothing more of this expression
    }
    JinjaNode node;
    node.kind = kind;
    const auto end = m_at > 0 && m_at <= m_tree.tokens.size() ? m_tree.tokens[m_at - 1].range.end : from;
    node.range = {from, std::max(from, end)};
    node.text = std::move(text);
    node.firstChild = static_cast<std::uint32_t>(m_tree.children.size());
    node.childCount = static_cast<std::uint32_t>(children.size());
    m_tree.children.insert(m_tree.children.end(), children.begin(), children.end());
    m_tree.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(m_tree.nodes.size() - 1);
}

std::uint32_t JinjaExpressions::tuple(bool choice)
{
    const auto from = here();
    const auto first = expression(choice);
    if (!isSign(",")) {
        return first;
    }
    std::vector<std::uint32_t> items{first};
    while (!m_failed && takeSign(",") && !atEnd() && !isSign("=") && !isSign(")") && !isWord("in")) {
        items.push_back(expression(choice));
    }
    return add(Kind::List, from, {}, items);
}

std::uint32_t JinjaExpressions::expression(bool choice)
{
    const auto from = here();
    if (m_depth >= deepest) {
        m_failed = true;
        return add(Kind::None, from, {}, {});
    }
    ++m_depth;
    auto node = binary(1);
    while (choice && !m_failed && takeWord("if")) {
        const auto condition = binary(1);
        const auto other = takeWord("else") ? expression() : add(Kind::None, here(), {}, {});
        node = add(Kind::Choice, from, {}, {node, condition, other});
    }
    --m_depth;
    return node;
}

std::string JinjaExpressions::operatorHere(unsigned& strength) const
{
    if (atEnd() || (now().kind != Token::Sign && now().kind != Token::Name)) {
        return {};
    }
    const auto text = textOf(now());
    if (text == "**" || text == "%") {
        strength = text == "%" ? 6 : 7;
        return std::string(text);
    }
    if (text == "not" && m_at + 1 < m_tree.tokens.size() && textOf(m_tree.tokens[m_at + 1]) == "in") {
        strength = comparison;
        return "not in";
    }
    const auto found =
        std::find_if(operators.begin(), operators.end(), [text](const Operator& one) { return one.sign == text; });
    strength = found == operators.end() ? 0 : found->strength;
    return found == operators.end() ? std::string() : std::string(text);
}

std::uint32_t JinjaExpressions::binary(unsigned least)
{
    const auto from = here();
    if (m_depth >= deepest) {
        m_failed = true;
        return add(Kind::None, from, {}, {});
    }
    ++m_depth;
    std::uint32_t left = 0;
    if (least <= comparison && takeWord("not")) {
        left = add(Kind::Unary, from, "not", {binary(comparison)});
    } else {
        left = unary();
    }
    while (!m_failed) {
        unsigned strength = 0;
        const auto sign = operatorHere(strength);
        if (sign.empty() || strength < least) {
            break;
        }
        m_at += sign == "not in" ? 2 : 1;
        const auto right = binary(strength + 1);
        left = add(Kind::Binary, from, sign, {left, right});
    }
    --m_depth;
    return left;
}

std::uint32_t JinjaExpressions::unary()
{
    const auto from = here();
    std::vector<std::string> signs;
    while (isSign("-") || isSign("+")) {
        signs.emplace_back(textOf(now()));
        ++m_at;
    }
    auto node = postfix(primary(), from);
    for (auto sign = signs.rbegin(); sign != signs.rend(); ++sign) {
        node = add(Kind::Unary, from, *sign, {node});
    }
    return node;
}

// Strings one after another are one.
std::uint32_t JinjaExpressions::strings()
{
    const auto from = here();
    std::string value;
    while (!atEnd() && now().kind == Token::Text) {
        value += jinjaText(textOf(now()));
        ++m_at;
    }
    return add(Kind::Text, from, std::move(value), {});
}

std::uint32_t JinjaExpressions::primary()
{
    const auto from = here();
    if (atEnd()) {
        m_failed = true;
        return add(Kind::None, from, {}, {});
    }
    if (now().kind == Token::Text) {
        return strings();
    }
    if (now().kind == Token::Name || now().kind == Token::Number) {
        const auto kind = now().kind == Token::Name ? Kind::Name : Kind::Number;
        std::string text(textOf(now()));
        ++m_at;
        return add(kind, from, std::move(text), {});
    }
    if (takeSign("(")) {
        if (takeSign(")")) {
            return add(Kind::List, from, {}, {});
        }
        const auto inner = tuple();
        m_failed = !takeSign(")") || m_failed;
        return inner;
    }
    if (takeSign("[")) {
        return add(Kind::List, from, {}, arguments("]"));
    }
    if (takeSign("{")) {
        return dict();
    }
    m_failed = true;
    return add(Kind::None, from, {}, {});
}

std::uint32_t JinjaExpressions::dict()
{
    const auto from = here();
    std::vector<std::uint32_t> pairs;
    while (!m_failed && !takeSign("}")) {
        const auto start = here();
        const auto key = expression();
        m_failed = !takeSign(":") || m_failed;
        const auto value = m_failed ? key : expression();
        pairs.push_back(add(Kind::Pair, start, {}, {key, value}));
        if (!takeSign(",") && !isSign("}")) {
            m_failed = true;
        }
    }
    return add(Kind::Dict, from, {}, pairs);
}

// Up to the closing sign, which is taken: "a, *b, c=d".
std::vector<std::uint32_t> JinjaExpressions::arguments(std::string_view close)
{
    std::vector<std::uint32_t> out;
    while (!m_failed && !takeSign(close)) {
        const auto from = here();
        takeSign("*") || takeSign("**");
        const bool named = !atEnd() && now().kind == Token::Name && m_at + 1 < m_tree.tokens.size()
            && textOf(m_tree.tokens[m_at + 1]) == "=" && close == ")";
        if (named) {
            std::string key(textOf(now()));
            m_at += 2;
            const auto value = expression();
            out.push_back(add(Kind::Keyword, from, std::move(key), {value}));
        } else {
            out.push_back(expression());
        }
        if (!takeSign(",") && !isSign(close)) {
            m_failed = true;
        }
    }
    return out;
}

std::uint32_t JinjaExpressions::postfix(std::uint32_t base, std::uint64_t from)
{
    while (!m_failed && !atEnd()) {
        if (takeSign(".")) {
            base = attribute(base, from);
        } else if (takeSign("[")) {
            base = subscript(base, from);
        } else if (takeSign("(")) {
            std::vector<std::uint32_t> children{base};
            const auto more = arguments(")");
            children.insert(children.end(), more.begin(), more.end());
            base = add(Kind::Call, from, {}, children);
        } else if (takeSign("|")) {
            base = filter(base, from);
        } else if (takeWord("is")) {
            base = test(base, from);
        } else {
            break;
        }
    }
    return base;
}

std::uint32_t JinjaExpressions::attribute(std::uint32_t base, std::uint64_t from)
{
    if (atEnd() || (now().kind != Token::Name && now().kind != Token::Number)) {
        m_failed = true;
        return base;
    }
    std::string text(textOf(now()));
    const bool index = now().kind == Token::Number;
    const auto start = here();
    ++m_at;
    if (index) {
        return add(Kind::Item, from, {}, {base, add(Kind::Number, start, std::move(text), {})});
    }
    return add(Kind::Attribute, from, std::move(text), {base});
}

// x[1], x[a, b], x[1:2:3]
std::uint32_t JinjaExpressions::subscript(std::uint32_t base, std::uint64_t from)
{
    const auto start = here();
    std::vector<std::uint32_t> parts;
    bool slice = false;
    bool expected = true;
    while (!m_failed && !isSign("]")) {
        if (takeSign(":")) {
            if (expected) {
                parts.push_back(add(Kind::None, here(), {}, {}));
            }
            slice = true;
            expected = true;
        } else if (takeSign(",")) {
            expected = true;
        } else if (expected && !atEnd()) {
            parts.push_back(expression());
            expected = false;
        } else {
            m_failed = true;
        }
    }
    takeSign("]");
    const auto index =
        parts.size() == 1 && !slice ? parts.front() : add(slice ? Kind::Slice : Kind::List, start, {}, parts);
    return add(Kind::Item, from, {}, {base, index});
}

std::uint32_t JinjaExpressions::filters(std::uint32_t base)
{
    return postfix(base, here());
}

std::uint32_t JinjaExpressions::filter(std::uint32_t base, std::uint64_t from)
{
    auto text = name();
    m_failed = text.empty() || m_failed;
    while (!m_failed && isSign(".") && m_at + 1 < m_tree.tokens.size() && m_tree.tokens[m_at + 1].kind == Token::Name) {
        ++m_at;
        text += "." + name();
    }
    std::vector<std::uint32_t> children{base};
    if (takeSign("(")) {
        const auto more = arguments(")");
        children.insert(children.end(), more.begin(), more.end());
    }
    return add(Kind::Filter, from, std::move(text), children);
}

std::uint32_t JinjaExpressions::test(std::uint32_t base, std::uint64_t from)
{
    const bool negated = takeWord("not");
    auto text = name();
    m_failed = text.empty() || m_failed;
    std::vector<std::uint32_t> children{base};
    if (takeSign("(")) {
        const auto more = arguments(")");
        children.insert(children.end(), more.begin(), more.end());
    } else if (!atEnd()) {
        const bool word = now().kind == Token::Name
            && std::find(notOperands.begin(), notOperands.end(), textOf(now())) == notOperands.end();
        if (word || now().kind == Token::Text || now().kind == Token::Number || isSign("[") || isSign("{")) {
            children.push_back(primary());
        }
    }
    const auto node = add(Kind::Test, from, std::move(text), children);
    return negated ? add(Kind::Unary, from, "not", {node}) : node;
}

} // namespace cupel::code
