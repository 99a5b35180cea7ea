// SPDX-License-Identifier: GPL-3.0-or-later
// Expressions: one node at a time, from the last to the first, so that the parts of each are known already.
#include "analyzers/code/flow.h"
#include "analyzers/code/python_tokens.h"
#include "analyzers/code/taint_sources.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace cupel::code {

namespace {

constexpr std::size_t maxConstant = 64 << 10;
constexpr char hole = '\1';
constexpr std::size_t maxName = 64; // a name that is put together hides something, a long text does not

bool isPassedThrough(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Parenthesized:
    case NodeKind::Await:
    case NodeKind::Yield:
    case NodeKind::ListSplat:
    case NodeKind::DictionarySplat:
    case NodeKind::Interpolation:
    case NodeKind::ExpressionStatement:
        return true;
    default:
        return false;
    }
}

std::int64_t numberOf(std::string_view text, std::int64_t otherwise)
{
    std::int64_t value = 0;
    const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
    return done.ec == std::errc() && done.ptr == text.data() + text.size() ? value : otherwise;
}

} // namespace

void Flow::evaluate(std::uint32_t begin, std::uint32_t end)
{
    for (auto node = end; node > begin && m_budget.spend(4);) {
        --node;
        at(node) = compute(node);
    }
}

Value Flow::compute(std::uint32_t node)
{
    const auto& entry = tree()[node];
    if (isPassedThrough(entry.kind)) {
        const auto child = tree().firstChild(node);
        return child != Syntax::none ? at(child) : Value();
    }
    switch (entry.kind) {
    case NodeKind::Identifier:
        return identifier(node);
    case NodeKind::Attribute:
        return attribute(node);
    case NodeKind::Call:
        return call(node);
    case NodeKind::String:
        return string(node);
    case NodeKind::ConcatenatedString:
        return joinedStrings(node);
    case NodeKind::Integer:
    case NodeKind::Float:
        return constant(ValueKind::Number, {}, node);
    case NodeKind::True:
    case NodeKind::False:
        return constant(ValueKind::Boolean, {}, node);
    case NodeKind::None:
        return constant(ValueKind::Nothing, {}, node);
    case NodeKind::UnaryOperator:
        return entry.op[0] == '-' ? constant(ValueKind::Number, {}, node) : mergeChildren(node);
    case NodeKind::BinaryOperator:
        return binary(node);
    case NodeKind::BooleanOperator:
    case NodeKind::ConditionalExpression:
        return choice(node);
    case NodeKind::Subscript:
        return subscript(node);
    case NodeKind::List:
        return container(node, ValueKind::List);
    case NodeKind::Tuple:
    case NodeKind::ExpressionList:
        return container(node, ValueKind::Tuple);
    case NodeKind::Set:
        return container(node, ValueKind::Set);
    case NodeKind::Dictionary:
        return container(node, ValueKind::Dictionary);
    case NodeKind::ListComprehension:
    case NodeKind::GeneratorExpression:
    case NodeKind::SetComprehension:
    case NodeKind::DictionaryComprehension:
    case NodeKind::Pair: {
        auto value = mergeChildren(node);
        value.origin = ref(node);
        if (const auto body = tree().child(node, NodeField::Body); body != Syntax::none) {
            value.path = at(body).path; // what each of them is
        }
        return value;
    }
    case NodeKind::ForInClause:
        comprehensionName(node);
        return {};
    case NodeKind::KeywordArgument: {
        const auto value = tree().child(node, NodeField::Value);
        return value != Syntax::none ? at(value) : Value();
    }
    case NodeKind::Assignment:
    case NodeKind::NamedExpression:
    case NodeKind::AugmentedAssignment:
    case NodeKind::AsPattern:
        return written(node);
    case NodeKind::Lambda:
    case NodeKind::ComparisonOperator:
    case NodeKind::NotOperator:
    case NodeKind::Comment:
        return {};
    default:
        return mergeChildren(node);
    }
}

// What binds a name: x = y, x := y, x += y, y as x.
Value Flow::written(std::uint32_t node)
{
    const auto kind = tree()[node].kind;
    const bool named = kind == NodeKind::NamedExpression;
    auto left = tree().child(node, named ? NodeField::Name : NodeField::Left);
    auto right = tree().child(node, named ? NodeField::Value : NodeField::Right);
    if (kind == NodeKind::AsPattern) {
        left = tree().child(node, NodeField::Alias);
        right = tree().firstChild(node);
    }
    if (right == Syntax::none) {
        return {};
    }
    // x += y is x = x + y.
    const auto value = kind == NodeKind::AugmentedAssignment ? binary(node) : at(right);
    if (left != Syntax::none) {
        bind(left, value, node);
    }
    return value;
}

Value Flow::constant(ValueKind kind, std::string text, std::uint32_t node, bool hidden)
{
    Value value;
    value.kind = kind;
    value.hidden = hidden;
    value.origin = ref(node);
    if (text.empty()) {
        value.text = kind == ValueKind::Text || kind == ValueKind::Bytes ? std::string_view() : nodeText(node);
    } else if (text.size() <= maxConstant) {
        value.text = keep(std::move(text));
    } else {
        value.kind = ValueKind::Unknown;
    }
    return value;
}

Value Flow::identifier(std::uint32_t node)
{
    const auto& entry = tree()[node];
    const auto parent = tree()[entry.parent].kind;
    const bool part = (entry.field == NodeField::Attribute && parent == NodeKind::Attribute)
        || (entry.field == NodeField::Name && parent == NodeKind::KeywordArgument) || parent == NodeKind::Global
        || parent == NodeKind::DottedName;
    const bool written = entry.field == NodeField::Left && parent == NodeKind::Assignment;
    if (part || written) {
        return {};
    }
    auto value = lookup(nodeText(node));
    if (value.path != 0) {
        for (const auto source : sourceReads().match(m_paths, value.path, m_readMemo)) {
            if ((value.sources & source) == 0) {
                startTaint(value, static_cast<Sources>(source), ref(node));
            }
        }
        m_observer.onRead(value.path, ref(node));
    }
    return value;
}

Value Flow::attribute(std::uint32_t node)
{
    const auto object = tree().child(node, NodeField::Object);
    const auto name = tree().child(node, NodeField::Attribute);
    if (object == Syntax::none || name == Syntax::none) {
        return {};
    }
    const auto& of = at(object);
    if (tree()[object].kind == NodeKind::Identifier) {
        if (const auto* known = findAttribute(node)) {
            return *known;
        }
    }
    const auto word = nodeText(name);
    if (word == "__call__") {
        return of;
    }
    Value value;
    value.path = m_paths.attribute(of.path != 0 ? of.path : m_paths.unknown({}), word);
    value.origin = ref(node);
    mergeTaint(value, of);
    if (value.sources == 0) {
        for (const auto source : sourceReads().match(m_paths, value.path, m_readMemo)) {
            startTaint(value, static_cast<Sources>(source), ref(node));
        }
    }
    m_observer.onRead(value.path, ref(node));
    return value;
}

// A literal, or an f-string put together of its parts.
Value Flow::string(std::uint32_t node)
{
    const auto text = nodeText(node);
    PythonTokens tokens(text);
    const auto token = tokens.next();
    if (token.kind != PythonToken::Kind::String) {
        return {};
    }
    const auto prefix = text.substr(0, text.find_first_of("'\""));
    const bool bytes = prefix.find_first_of("bB") != std::string_view::npos;
    if (!token.formatted) {
        const auto content = slice(text, token.content);
        Value value = constant(bytes ? ValueKind::Bytes : ValueKind::Text, {}, node);
        const bool plain = token.raw || content.find('\\') == std::string_view::npos;
        if (content.size() > maxConstant) {
            value.text = content.substr(0, maxConstant);
        } else {
            value.text = plain ? content : keep(stringValue(text, token));
        }
        // Escapes of letters and digits write what could be written plainly.
        value.hidden = !plain
            && (content.find("\\x") != std::string_view::npos || content.find("\\u") != std::string_view::npos)
            && std::count(content.begin(), content.end(), '\\') * 6 > static_cast<std::ptrdiff_t>(content.size())
            && std::all_of(value.text.begin(), value.text.end(), [](char c) { return c >= ' ' && c <= '~'; });
        return value;
    }
    Value value;
    value.kind = ValueKind::Text;
    value.origin = ref(node);
    std::string out;
    bool harmless = true;
    for (const auto child : Children(tree(), node)) {
        const auto& part = tree()[child];
        if (part.kind == NodeKind::StringContent) {
            PythonToken piece;
            piece.kind = PythonToken::Kind::String;
            piece.content = part.bytes();
            piece.raw = token.raw;
            piece.formatted = true;
            out += stringValue(source(), piece);
        } else if (part.kind == NodeKind::Interpolation) {
            const auto& inner = at(child);
            value.origin = out.empty() ? startOfAddress(inner, value.origin) : value.origin;
            if (inner.isString() || inner.kind == ValueKind::Number || inner.kind == ValueKind::Template) {
                out += inner.text;
                value.kind = inner.kind == ValueKind::Template ? ValueKind::Template : value.kind;
            } else {
                out.push_back(hole);
                value.kind = ValueKind::Template;
            }
            harmless = harmless && (inner.isConstant() || inner.harmless);
            value.hidden = value.hidden || inner.hidden;
            mergeTaint(value, inner);
        }
        if (out.size() > maxConstant) {
            break;
        }
    }
    value.harmless = harmless && value.kind == ValueKind::Template;
    value.text = keep(std::move(out));
    return value;
}

// Where an address in clear begins that is put together here: whoever reads of it wants to see that it is one.
NodeRef Flow::startOfAddress(const Value& first, NodeRef otherwise)
{
    const bool text = first.isString() || first.kind == ValueKind::Template;
    const bool address = first.text.starts_with("http://") || first.text.starts_with("ftp://");
    return text && address && first.origin.valid() ? first.origin : otherwise;
}

Value Flow::joinedStrings(std::uint32_t node)
{
    Value value;
    value.kind = ValueKind::Text;
    value.origin = ref(node);
    std::string out;
    bool harmless = true;
    for (const auto child : Children(tree(), node)) {
        const auto& part = at(child);
        if (tree()[child].kind == NodeKind::Comment || out.size() > maxConstant) {
            continue;
        }
        value.kind = part.isString() ? value.kind : ValueKind::Template;
        out += part.text;
        value.hidden = value.hidden || part.hidden;
        harmless = harmless && (part.isString() || part.harmless);
        mergeTaint(value, part);
    }
    value.harmless = harmless && value.kind == ValueKind::Template;
    value.text = keep(std::move(out));
    return value;
}

Value Flow::mergeChildren(std::uint32_t node)
{
    Value value;
    for (const auto child : Children(tree(), node)) {
        mergeTaint(value, at(child));
    }
    return value;
}

Value Flow::binary(std::uint32_t node)
{
    const auto left = tree().child(node, NodeField::Left);
    const auto right = tree().child(node, NodeField::Right);
    if (left == Syntax::none || right == Syntax::none) {
        return mergeChildren(node);
    }
    auto a = at(left);
    const bool augmented = tree()[node].kind == NodeKind::AugmentedAssignment;
    if (augmented && tree()[left].kind == NodeKind::Identifier) {
        a = lookup(nodeText(left));
    }
    const auto& b = at(right);
    const char op = tree()[node].op[0];
    Value value;
    // A constant behind a text is not where the unknown in it came from.
    const bool onlyLonger = op == '+' && a.kind == ValueKind::Template && b.isString() && a.origin.valid();
    value.origin = onlyLonger ? a.origin : op == '+' || op == '%' ? startOfAddress(a, ref(node)) : ref(node);
    const bool textual = a.isString() || a.kind == ValueKind::Template;
    const bool bTextual = b.isString() || b.kind == ValueKind::Template;
    if (op == '%' && textual) {
        std::vector<Argument> arguments;
        if (b.kind == ValueKind::Tuple && elements(b).empty()) {
            return a; // % ()
        }
        const auto parts = b.kind == ValueKind::Tuple ? elements(b) : std::vector<NodeRef>();
        for (const auto& part : parts) {
            arguments.push_back({{}, valueOf(part), part, part});
        }
        if (parts.empty() && b.kind != ValueKind::Tuple) {
            arguments.push_back({{}, b, ref(right), ref(right)});
        }
        const auto origin = value.origin;
        value = formatted(a, arguments, true);
        value.origin = origin;
        return value;
    }
    if (op == '+' && (textual || bTextual)) {
        std::string out(textual ? a.text : std::string_view(&hole, 1));
        out += bTextual ? b.text : std::string_view(&hole, 1);
        value.kind = a.isString() && b.isString() ? a.kind : ValueKind::Template;
        value.harmless =
            value.kind == ValueKind::Template && (a.isConstant() || a.harmless) && (b.isConstant() || b.harmless);
        value.hidden = a.hidden || b.hidden || (a.isString() && b.isString() && out.size() <= maxName);
        if (out.size() > maxConstant) {
            value.kind = ValueKind::Template;
            out.resize(maxConstant);
        }
        value.text = keep(std::move(out));
    } else if (op == '+' && a.isList()) {
        value.kind = a.kind;
        value.origin = a.origin; // the first part is what names the program
    } else if (op == '*' && a.isString() && b.kind == ValueKind::Number) {
        const auto times = numberOf(b.text, 0);
        if (times > 0 && times <= 4096 && a.text.size() * static_cast<std::size_t>(times) <= maxConstant) {
            std::string out;
            for (std::int64_t i = 0; i < times; ++i) {
                out += a.text;
            }
            value.kind = a.kind;
            value.text = keep(std::move(out));
        }
    } else if (op == '/' && !textual) {
        value.path = a.path; // pathlib.Path() / "x"
    }
    mergeTaint(value, a);
    mergeTaint(value, b);
    return value;
}

// a or b, x if c else y: what all alternatives have in common, and the taint of any.
Value Flow::choice(std::uint32_t node)
{
    Value value;
    bool first = true;
    std::size_t index = 0;
    for (const auto child : Children(tree(), node)) {
        const bool condition = tree()[node].kind == NodeKind::ConditionalExpression && index == 1;
        ++index;
        if (condition || tree()[child].kind == NodeKind::Comment) {
            continue;
        }
        const auto& part = at(child);
        if (first) {
            value = part;
            first = false;
        } else {
            const bool same = value.kind == part.kind && value.text == part.text;
            value.kind = same ? value.kind : value.isString() && part.isString() ? value.kind : ValueKind::Unknown;
            value.path = value.path != 0 ? value.path : part.path;
            mergeTaint(value, part);
        }
    }
    value.origin = ref(node);
    return value;
}

Value Flow::container(std::uint32_t node, ValueKind kind)
{
    auto value = mergeChildren(node);
    value.kind = kind;
    value.origin = ref(node);
    return value;
}

} // namespace cupel::code
