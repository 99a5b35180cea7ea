// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/syntax.h"

#include "analyzers/code/python_tree_data.h"
#include "analyzers/code/tree_walk.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace cupel::code {

namespace {

struct KindName {
    NodeKind kind;
    std::string_view name;
};
constexpr KindName kindNames[] = {
#define CUPEL_NODE(id, name) {NodeKind::id, name},
#include "analyzers/code/syntax.def"
#undef CUPEL_NODE
};

struct FieldName {
    NodeField field;
    std::string_view name;
};
constexpr FieldName fieldNames[] = {{NodeField::Alias, "alias"}, {NodeField::Alternative, "alternative"},
    {NodeField::Argument, "argument"}, {NodeField::Arguments, "arguments"}, {NodeField::Attribute, "attribute"},
    {NodeField::Body, "body"}, {NodeField::Condition, "condition"}, {NodeField::Consequence, "consequence"},
    {NodeField::Definition, "definition"}, {NodeField::Function, "function"}, {NodeField::Key, "key"},
    {NodeField::Left, "left"}, {NodeField::Module, "module_name"}, {NodeField::Name, "name"},
    {NodeField::Object, "object"}, {NodeField::Parameters, "parameters"}, {NodeField::Right, "right"},
    {NodeField::Subscript, "subscript"}, {NodeField::Superclasses, "superclasses"}, {NodeField::Type, "type"},
    {NodeField::Value, "value"}};

// The grammar's numbers in our words, looked up once.
struct Words {
    std::vector<NodeKind> kinds; // by symbol
    std::vector<NodeField> fields; // by field id
    TSSymbol continued = 0; // a backslash at the end of a line: it says nothing
    TSFieldId operatorField = 0;
    TSFieldId operatorsField = 0;

    Words()
    {
        const auto* language = tree_sitter_python();
        kinds.resize(ts_language_symbol_count(language), NodeKind::Other);
        for (std::uint32_t symbol = 0; symbol < kinds.size(); ++symbol) {
            const char* name = ts_language_symbol_name(language, static_cast<TSSymbol>(symbol));
            const bool named = ts_language_symbol_type(language, static_cast<TSSymbol>(symbol)) == TSSymbolTypeRegular;
            if (named && name && std::string_view(name) == "line_continuation") {
                continued = static_cast<TSSymbol>(symbol);
            }
            for (const auto& entry : kindNames) {
                if (named && name && entry.name == name) {
                    kinds[symbol] = entry.kind;
                }
            }
        }
        fields.resize(ts_language_field_count(language) + 1, NodeField::None);
        for (std::uint32_t id = 1; id < fields.size(); ++id) {
            const char* name = ts_language_field_name_for_id(language, static_cast<TSFieldId>(id));
            for (const auto& entry : fieldNames) {
                if (name && entry.name == name) {
                    fields[id] = entry.field;
                }
            }
        }
        operatorField = ts_language_field_id_for_name(language, "operator", 8);
        operatorsField = ts_language_field_id_for_name(language, "operators", 9);
    }
};

const Words& words()
{
    static const Words table;
    return table;
}

class Flattener {
public:
    Flattener(std::string_view text, std::size_t limit)
        : m_text(text)
        , m_limit(limit)
    {
    }

    Syntax run(TSNode root)
    {
        m_out.nodes.reserve(m_text.size() / 6 + 8);
        const CupelTreeVisitor visitor{this,
            [](void* self, const CupelTreeNode* node) { static_cast<Flattener*>(self)->open(*node); },
            [](void* self) { static_cast<Flattener*>(self)->close(); }};
        if (!cupelWalkTree(root, &visitor)) {
            m_out.truncated = true;
        }
        return std::move(m_out);
    }

private:
    void open(const CupelTreeNode& node) { m_levels.push_back(take(node)); }

    void close()
    {
        if (m_levels.back()) {
            m_out.nodes[m_open.back()].stop = m_out.size();
            m_open.pop_back();
        }
        m_levels.pop_back();
    }

    // True when the node was taken: what follows until close() lies below it.
    bool take(const CupelTreeNode& node)
    {
        // Brackets that were closed for the parser stand behind the end.
        const auto size = static_cast<std::uint32_t>(m_text.size());
        const auto start = std::min(node.start, size);
        const auto end = std::min(node.end, size);
        const bool error = node.symbol == errorSymbol;
        if (!error && !node.named) {
            takeOperator(node.field, start, end);
            return false;
        }
        if (!error && m_words.continued != 0 && node.symbol == m_words.continued) {
            return false;
        }
        if (m_out.nodes.size() >= m_limit) {
            m_out.truncated = true;
            return false;
        }
        SyntaxNode entry;
        entry.kind = error                       ? NodeKind::Error
            : node.symbol < m_words.kinds.size() ? m_words.kinds[node.symbol]
                                                 : NodeKind::Other;
        entry.field = node.field < m_words.fields.size() ? m_words.fields[node.field] : NodeField::None;
        entry.start = start;
        entry.end = end;
        entry.parent = m_open.empty() ? 0 : m_open.back();
        m_open.push_back(m_out.size());
        m_out.nodes.push_back(entry);
        return true;
    }

    void takeOperator(TSFieldId field, std::uint32_t start, std::uint32_t end)
    {
        if (m_open.empty() || end <= start) {
            return;
        }
        auto& parent = m_out.nodes[m_open.back()];
        if (parent.op[0] != 0) {
            return;
        }
        const bool boolean = parent.kind == NodeKind::BooleanOperator && m_text[start] != '(';
        if (boolean || field == m_words.operatorField || field == m_words.operatorsField) {
            parent.op[0] = m_text[start];
            parent.op[1] = end - start > 1 ? m_text[start + 1] : '\0';
        }
    }

    static constexpr TSSymbol errorSymbol = static_cast<TSSymbol>(-1); // ts_builtin_sym_error

    const Words& m_words = words();
    std::string_view m_text;
    std::size_t m_limit;
    Syntax m_out;
    std::vector<bool> m_levels; // around the node that is visited: was it taken
    std::vector<std::uint32_t> m_open;
};

// What the grammar passes over and Python does not: `x =` with its value on the next line, and a body that does not
// stand further in than what it belongs to.
bool isLeftOpen(std::string_view text, const Syntax& syntax)
{
    for (std::uint32_t i = 0; i < syntax.size(); ++i) {
        const auto& node = syntax[i];
        if (node.kind == NodeKind::Block && node.start >= node.end && node.field != NodeField::None) {
            return true;
        }
        if (node.kind != NodeKind::Assignment) {
            continue;
        }
        const auto left = syntax.child(i, NodeField::Left);
        const auto right = syntax.child(i, NodeField::Right);
        if (left == Syntax::none || right == Syntax::none || syntax[right].start <= syntax[left].end) {
            continue;
        }
        const auto between = text.substr(syntax[left].end, syntax[right].start - syntax[left].end);
        const auto line = between.find('\n');
        if (line != std::string_view::npos
            && between.substr(0, line).find_first_of("\\([{") == std::string_view::npos) {
            return true;
        }
    }
    return false;
}

} // namespace

std::uint32_t Syntax::child(std::uint32_t node, NodeField field) const
{
    for (auto at = firstChild(node); at != none; at = nextSibling(at)) {
        if (nodes[at].field == field) {
            return at;
        }
    }
    return none;
}

Syntax PythonTree::syntax() const
{
    const TSNode root = ts_tree_root_node(m_data->tree.get());
    Syntax syntax = Flattener(m_data->text, m_data->limits.nodes).run(root);
    syntax.flawed = m_data->closed || ts_node_has_error(root) || isLeftOpen(m_data->text, syntax);
    return syntax;
}

} // namespace cupel::code
