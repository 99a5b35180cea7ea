// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/rules/expression_node.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace cupel::threats {

namespace {

constexpr std::size_t mostNodes = 1'000;
constexpr std::size_t longestText = 8'192;
constexpr int deepest = 32;

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
        || c == '*';
}

} // namespace

// Recursive descent: depth is bounded by `deepest`, not by the text.
class ExpressionParser {
public:
    using Node = Expression::Node;

    explicit ExpressionParser(std::string_view text)
        : m_text(text)
    {
    }

    Result<Expression> run()
    {
        m_nodes.reserve(16);
        if (m_text.size() > longestText) {
            return Error{ErrorCode::TooLarge, longestText, "the condition is too long"};
        }
        const auto top = either();
        blanks();
        if (!m_error && m_at < m_text.size()) {
            fail("this cannot stand here");
        }
        if (m_error) {
            return *m_error;
        }
        // Parents first: the list was made from the leaves up.
        auto nodes = std::make_shared<std::vector<Node>>(std::move(m_nodes));
        std::reverse(nodes->begin(), nodes->end());
        const auto last = static_cast<std::uint32_t>(nodes->size() - 1);
        for (Node& node : *nodes) {
            for (auto& child : node.children) {
                child = last - child;
            }
        }
        static_cast<void>(top); // the last one made, now [0]
        prepare(*nodes);
        Expression out;
        out.m_nodes = std::move(nodes);
        return out;
    }

private:
    std::uint32_t fail(const char* why)
    {
        if (!m_error) {
            m_error = Error{ErrorCode::Malformed, m_at, why};
        }
        return 0;
    }

    std::uint32_t add(Node node)
    {
        if (m_nodes.size() >= mostNodes) {
            return fail("the condition has too many parts");
        }
        m_nodes.push_back(std::move(node));
        return static_cast<std::uint32_t>(m_nodes.size() - 1);
    }

    void blanks()
    {
        while (m_at < m_text.size()
            && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n' || m_text[m_at] == '\r')) {
            ++m_at;
        }
    }

    bool take(std::string_view sign)
    {
        blanks();
        const bool there = m_text.substr(m_at).starts_with(sign);
        m_at += there ? sign.size() : 0;
        return there;
    }

    [[nodiscard]] std::string_view peekWord()
    {
        blanks();
        auto end = m_at;
        while (end < m_text.size() && isWordByte(m_text[end])) {
            ++end;
        }
        return m_text.substr(m_at, end - m_at);
    }

    bool takeWord(std::string_view word)
    {
        const bool there = peekWord() == word;
        m_at += there ? word.size() : 0;
        return there;
    }

    std::uint32_t chain(Node::Kind kind, std::string_view word, std::uint32_t (ExpressionParser::*part)())
    {
        std::vector<std::uint32_t> parts{(this->*part)()};
        while (!m_error && takeWord(word)) {
            parts.push_back((this->*part)());
        }
        if (parts.size() == 1 || m_error) {
            return parts.front();
        }
        Node node;
        node.kind = kind;
        node.children = std::move(parts);
        return add(std::move(node));
    }

    std::uint32_t either() { return chain(Node::Kind::Or, "or", &ExpressionParser::both); }
    std::uint32_t both() { return chain(Node::Kind::And, "and", &ExpressionParser::one); }

    std::uint32_t one()
    {
        if (++m_depth > deepest) {
            return fail("the condition is nested too deeply");
        }
        const auto node = oneInside();
        --m_depth;
        return node;
    }

    std::uint32_t oneInside()
    {
        if (takeWord("not")) {
            Node node;
            node.kind = Node::Kind::Not;
            node.children = {one()};
            return m_error ? 0 : add(std::move(node));
        }
        if (take("(")) {
            const auto inside = either();
            return !m_error && !take(")") ? fail("a ')' is missing") : inside;
        }
        for (const auto& [word, kind] : {std::pair<std::string_view, Node::Kind>{"any", Node::Kind::Some},
                 {"all", Node::Kind::All}, {"no", Node::Kind::None}}) {
            if (takeWord(word)) {
                return quantified(kind);
            }
        }
        return call();
    }

    std::uint32_t quantified(Node::Kind kind)
    {
        static constexpr std::array<std::string_view, 6> relations{
            "input", "output", "flow", "upstream", "downstream", "element"};
        const std::string relation(peekWord());
        if (std::find(relations.begin(), relations.end(), relation) == relations.end()) {
            return fail("one of input, output, flow, upstream, downstream, element has to stand here");
        }
        m_at += relation.size();
        Node node;
        node.kind = kind;
        node.path = {relation};
        if (!take("(")) {
            return fail("a '(' with a condition has to follow");
        }
        node.children = {either()};
        return !m_error && !take(")") ? fail("a ')' is missing") : m_error ? 0 : add(std::move(node));
    }

    std::uint32_t call()
    {
        const auto start = m_at;
        if (takeWord("path") && take("(")) {
            Node node;
            node.kind = Node::Kind::Path;
            node.children.push_back(either());
            if (!m_error && !takeWord("to")) {
                return fail("'to' is missing");
            }
            node.children.push_back(m_error ? 0 : either());
            return !m_error && !take(")") ? fail("a ')' is missing") : m_error ? 0 : add(std::move(node));
        }
        m_at = start;
        for (const auto& [word, kind] : {std::pair<std::string_view, Node::Kind>{"crosses", Node::Kind::Crosses},
                 {"finding", Node::Kind::Finding}}) {
            if (takeWord(word) && take("(")) {
                Node node;
                node.kind = kind;
                if (!take(")")) {
                    node.values = list();
                }
                return m_error ? 0 : add(std::move(node));
            }
            m_at = start;
        }
        return comparison();
    }

    std::uint32_t comparison()
    {
        Node node;
        do {
            const auto word = peekWord();
            if (word.empty()) {
                return fail("the name of an attribute has to stand here");
            }
            node.path.emplace_back(word);
            m_at += word.size();
        } while (m_at < m_text.size() && m_text[m_at] == '.' && ++m_at > 0);
        static constexpr std::array<std::pair<std::string_view, Node::Test>, 7> tests{
            {{"!=", Node::Test::Unequal}, {"<=", Node::Test::AtMost}, {">=", Node::Test::AtLeast},
                {"==", Node::Test::Equal}, {"=", Node::Test::Equal}, {"<", Node::Test::Less}, {">", Node::Test::More}}};
        for (const auto& [sign, test] : tests) {
            if (take(sign)) {
                node.kind = Node::Kind::Compare;
                node.test = test;
                node.values = {value()};
                return m_error ? 0 : add(std::move(node));
            }
        }
        for (const auto& [word, test] :
            {std::pair<std::string_view, Node::Test>{"in", Node::Test::In}, {"contains", Node::Test::Contains}}) {
            if (takeWord(word)) {
                node.kind = Node::Kind::Compare;
                node.test = test;
                node.values = take("(") ? list() : std::vector{value()};
                return m_error ? 0 : add(std::move(node));
            }
        }
        return add(std::move(node));
    }

    // Words up to the ')'.
    std::vector<std::string> list()
    {
        std::vector<std::string> out;
        do {
            out.push_back(value());
        } while (!m_error && take(","));
        if (!m_error && !take(")")) {
            fail("a ')' is missing");
        }
        return out;
    }

    std::string value()
    {
        blanks();
        if (m_at < m_text.size() && m_text[m_at] == '"') {
            const auto end = m_text.find('"', m_at + 1);
            if (end == std::string_view::npos) {
                fail("a text does not end");
                return {};
            }
            std::string out(m_text.substr(m_at + 1, end - m_at - 1));
            m_at = end + 1;
            return out;
        }
        const auto start = m_at;
        while (m_at < m_text.size() && (isWordByte(m_text[m_at]) || m_text[m_at] == '.')) {
            ++m_at;
        }
        if (m_at == start) {
            fail("a value has to stand here");
        }
        return std::string(m_text.substr(start, m_at - start));
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::vector<Node> m_nodes;
    std::optional<Error> m_error;
};

Result<Expression> Expression::parse(std::string_view text)
{
    return ExpressionParser(text).run();
}

} // namespace cupel::threats
