// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/show.h"

#include "analyzers/base/utf8.h"
#include "analyzers/formats/pickle/literal.h"

#include <algorithm>

namespace cupel::formats::pickle {

namespace {

constexpr std::string_view dots = "\u2026";

// A text between quotes, with what cannot be shown as escapes.
std::string escaped(std::string_view text, bool bytes)
{
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\'' || c == '\\') {
            (out += '\\') += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7F || (bytes && byte >= 0x80)) {
            constexpr std::string_view hex = "0123456789abcdef";
            out += "\\x";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    return out;
}

bool isPrintable(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte >= 0x7F;
    });
}

class Shower {
public:
    Shower(const Values& values, const ShowLimits& limits)
        : m_values(values)
        , m_limits(limits)
    {
    }

    // Nests as deep as ShowLimits::depth.
    void value(Value value, unsigned depth)
    {
        switch (value.tag()) {
        case Tag::Unknown:
            add("<unknown>");
            break;
        case Tag::None:
            add("None");
            break;
        case Tag::True:
            add("True");
            break;
        case Tag::False:
            add("False");
            break;
        case Tag::Int:
            add(std::to_string(value.number()));
            break;
        case Tag::BigInt:
            quote(bigNumberText(m_values.bytes, value.payload()), value);
            break;
        case Tag::Float:
            number(value);
            break;
        case Tag::Text:
            text(value, false);
            break;
        case Tag::Bytes:
            text(value, true);
            break;
        case Tag::Node:
            node(*m_values.heap.node(value), value, depth);
            break;
        case Tag::Spilled:
            spilled(NodeKind{value.extra()});
            break;
        }
    }

    ShownText take() { return std::move(m_out); }

private:
    [[nodiscard]] bool isFull() const { return m_out.text.size() >= m_limits.length; }
    void add(std::string_view text) { m_out.text += text; }

    void addQuote(ByteRange source, std::string_view text)
    {
        const auto start = static_cast<std::uint32_t>(m_out.text.size());
        m_out.text += text;
        m_out.quotes.push_back({source, start, static_cast<std::uint32_t>(m_out.text.size())});
    }

    void quote(std::string_view text, Value value)
    {
        const auto range = literalRange(m_values.bytes, value);
        range.empty() ? add(text) : addQuote(range, text);
    }

    void number(Value value)
    {
        Op op;
        if (readOp(m_values.bytes, value.payload(), op) != ReadResult::Ok) {
            add("<float>");
        } else if (op.code == Code::Float) {
            const auto written = slice(m_values.bytes, op.text);
            addQuote(op.text, toDisplay(written, 40));
            add(written.find_first_not_of("+-0123456789") == ByteView::npos ? ".0" : ""); // never a whole number
        } else {
            add(floatText(op));
        }
    }

    void text(Value value, bool bytes)
    {
        const auto range = literalRange(m_values.bytes, value);
        const auto content = literalOf(m_values.bytes, value, m_limits.textLength + 1);
        if (!content) {
            add(bytes ? "<bytes>" : "<text>");
            return;
        }
        quoted(*content, bytes, range, range.size());
    }

    void quoted(std::string_view content, bool bytes, ByteRange source, std::uint64_t size)
    {
        if (bytes && size > 16 && !isPrintable(content.substr(0, m_limits.textLength))) {
            add("<" + std::to_string(size) + " bytes>");
            return;
        }
        const bool cut = content.size() > m_limits.textLength;
        const auto shown = bytes ? std::string(content.substr(0, m_limits.textLength))
                                 : toDisplayKeepingLines(content.substr(0, m_limits.textLength));
        add(bytes ? "b'" : "'");
        source.empty() ? add(escaped(shown, bytes)) : addQuote(source, escaped(shown, bytes));
        add(cut ? std::string(dots) + "'" : std::string("'"));
    }

    static std::string toDisplayKeepingLines(std::string_view text)
    {
        std::string out;
        for (std::size_t start = 0; start <= text.size();) {
            const auto end = std::min(text.find_first_of("\n\r\t", start), text.size());
            out += toDisplay(text.substr(start, end - start), text.size() + 4);
            if (end < text.size()) {
                out += text[end];
            }
            start = end + 1;
        }
        return out;
    }

    void sequence(const Node& node, std::string_view open, std::string_view close, unsigned depth)
    {
        add(open);
        if (depth == 0 && node.total > 0) {
            add(dots);
        } else {
            const auto items = m_values.heap.items(node);
            std::size_t shown = 0;
            for (; shown < items.size() && shown < m_limits.width && !isFull(); ++shown) {
                add(shown == 0 ? "" : ", ");
                value(items[shown], depth - 1);
            }
            if (shown < node.total) {
                add((shown == 0 ? "" : ", ") + std::string(dots) + " " + std::to_string(node.total - shown) + " more");
            } else if (node.kind == NodeKind::Tuple && node.total == 1) {
                add(",");
            }
        }
        add(close);
    }

    void dict(const Node& node, unsigned depth)
    {
        add("{");
        const auto items = m_values.heap.items(node);
        std::size_t shown = 0;
        for (; depth > 0 && shown + 1 < items.size() && shown / 2 < m_limits.width && !isFull(); shown += 2) {
            add(shown == 0 ? "" : ", ");
            value(items[shown], depth - 1);
            add(": ");
            value(items[shown + 1], depth - 1);
        }
        if (shown < node.total) {
            add((shown == 0 ? "" : ", ") + std::string(dots) + " " + std::to_string((node.total - shown) / 2)
                + " more");
        }
        add("}");
    }

    void node(const Node& node, Value self, unsigned depth)
    {
        switch (node.kind) {
        case NodeKind::Tuple:
            return sequence(node, "(", ")", depth);
        case NodeKind::List:
            return sequence(node, "[", "]", depth);
        case NodeKind::Dict:
            return dict(node, depth);
        case NodeKind::Set:
            return node.total == 0 ? add("set()") : sequence(node, "{", "}", depth);
        case NodeKind::FrozenSet:
            return sequence(node, "frozenset({", "})", depth);
        case NodeKind::Global: {
            const auto& global = m_values.facts.globals[node.name];
            return addQuote(global.sources.empty() ? global.bytes : global.sources.front(), shownPath(global));
        }
        case NodeKind::Call:
            return add("_" + std::to_string(node.name));
        case NodeKind::Persistent:
            add("persistent_load(");
            if (depth > 0) {
                value(node.callee, depth - 1);
            }
            return add(")");
        case NodeKind::Extension:
            return add("extension(" + std::to_string(node.name) + ")");
        case NodeKind::Buffer:
            return add("next_buffer()");
        case NodeKind::Text:
        case NodeKind::ByteText:
            return built(node, self);
        }
    }

    // Put together out of other literals: hidden whenever anything near it is.
    void built(const Node& node, Value /*self*/)
    {
        const auto content = m_values.heap.text(node);
        const auto sources = m_values.heap.items(node);
        const auto start = static_cast<std::uint32_t>(m_out.text.size());
        quoted(content, node.kind == NodeKind::ByteText, {}, content.size());
        for (const auto source : sources) {
            const auto range = literalRange(m_values.bytes, source);
            if (!range.empty()) {
                m_out.quotes.push_back({range, start, static_cast<std::uint32_t>(m_out.text.size())});
            }
        }
    }

    void spilled(NodeKind kind)
    {
        constexpr std::string_view names[] = {"tuple", "list", "dict", "set", "frozenset", "name", "object",
            "persistent", "extension", "buffer", "text", "bytes"};
        add("<" + std::string(names[static_cast<std::size_t>(kind) % std::size(names)]) + ">");
    }

    const Values& m_values;
    const ShowLimits& m_limits;
    ShownText m_out;
};

} // namespace

std::optional<std::string> Values::text(Value value, std::size_t maxBytes) const
{
    if (const auto* node = heap.node(value)) {
        if (node->kind == NodeKind::Text || node->kind == NodeKind::ByteText) {
            return std::string(heap.text(*node).substr(0, maxBytes));
        }
        return {};
    }
    return literalOf(bytes, value, maxBytes);
}

bool Values::isText(Value value) const
{
    const auto* node = heap.node(value);
    return value.tag() == Tag::Text || (node && node->kind == NodeKind::Text)
        || (value.tag() == Tag::Spilled && NodeKind{value.extra()} == NodeKind::Text);
}

bool Values::isBuilt(Value value) const
{
    const auto* node = heap.node(value);
    return node && (node->kind == NodeKind::Text || node->kind == NodeKind::ByteText);
}

std::int32_t Values::global(Value value) const
{
    const auto* node = heap.node(value);
    return node && node->kind == NodeKind::Global ? static_cast<std::int32_t>(node->name) : -1;
}

std::int32_t Values::calleeOf(Value value) const
{
    const auto* node = heap.node(value);
    return node && node->kind == NodeKind::Call ? global(node->callee) : -1;
}

ShownText show(const Values& values, Value value, const ShowLimits& limits)
{
    Shower shower(values, limits);
    shower.value(value, limits.depth);
    return shower.take();
}

void append(ShownText& text, const ShownText& more)
{
    const auto base = static_cast<std::uint32_t>(text.text.size());
    text.text += more.text;
    for (const auto& quote : more.quotes) {
        text.quotes.push_back({quote.source, base + quote.start, base + quote.end});
    }
}

std::string shownPath(const PickleGlobal& global)
{
    auto path = global.path();
    constexpr std::string_view builtins = "builtins.";
    return path.starts_with(builtins) ? path.substr(builtins.size()) : path;
}

std::optional<std::vector<Value>> tupleItems(const Heap& heap, Value value)
{
    const auto* node = heap.node(value);
    if (!node || node->kind != NodeKind::Tuple || node->total != node->kept) {
        return {};
    }
    const auto items = heap.items(*node);
    return std::vector<Value>(items.begin(), items.end());
}

} // namespace cupel::formats::pickle
