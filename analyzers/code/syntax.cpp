// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/syntax.h"

#include "analyzers/code/python_tree_data.h"

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
    TSFieldId operatorField = 0;
    TSFieldId operatorsField = 0;

    Words()
    {
        const auto* language = tree_sitter_python();
        kinds.resize(ts_language_symbol_count(language), NodeKind::Other);
        for (std::uint32_t symbol = 0; symbol < kinds.size(); ++symbol) {
            const char* name = ts_language_symbol_name(language, static_cast<TSSymbol>(symbol));
            const bool named = ts_language_symbol_type(language, static_cast<TSSymbol>(symbol)) == TSSymbolTypeRegular;
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
        TSTreeCursor cursor = ts_tree_cursor_new(root);
        m_out.nodes.reserve(m_text.size() / 6 + 8);
        while (true) {
            const bool open = visit(cursor);
            if (ts_tree_cursor_goto_first_child(&cursor)) {
                m_levels.push_back(open);
                continue;
            }
            close(open);
            if (!onward(cursor)) {
                break;
            }
        }
        ts_tree_cursor_delete(&cursor);
        return std::move(m_out);
    }

private:
    // To the next node that was not visited; false at the end.
    bool onward(TSTreeCursor& cursor)
    {
        while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
            if (!ts_tree_cursor_goto_parent(&cursor)) {
                return false;
            }
            const bool open = m_levels.back();
            m_levels.pop_back();
            close(open);
        }
        return true;
    }

    // True when the node was taken: what follows until close() lies below it.
    bool visit(const TSTreeCursor& cursor)
    {
        const auto node = ts_tree_cursor_current_node(&cursor);
        // Brackets that were closed for the parser stand behind the end.
        const auto size = static_cast<std::uint32_t>(m_text.size());
        const auto start = std::min(ts_node_start_byte(node), size);
        const auto end = std::min(ts_node_end_byte(node), size);
        const bool error = ts_node_is_error(node);
        if (!error && !ts_node_is_named(node)) {
            takeOperator(cursor, start, end);
            return false;
        }
        if (m_out.nodes.size() >= m_limit) {
            m_out.truncated = true;
            return false;
        }
        SyntaxNode entry;
        const auto& table = words();
        const auto field = ts_tree_cursor_current_field_id(&cursor);
        const auto symbol = ts_node_symbol(node);
        entry.kind = error ? NodeKind::Error : symbol < table.kinds.size() ? table.kinds[symbol] : NodeKind::Other;
        entry.field = field < table.fields.size() ? table.fields[field] : NodeField::None;
        entry.start = start;
        entry.end = end;
        entry.parent = m_open.empty() ? 0 : m_open.back();
        m_open.push_back(m_out.size());
        m_out.nodes.push_back(entry);
        return true;
    }

    void close(bool open)
    {
        if (open) {
            m_out.nodes[m_open.back()].stop = m_out.size();
            m_open.pop_back();
        }
    }

    void takeOperator(const TSTreeCursor& cursor, std::uint32_t start, std::uint32_t end)
    {
        if (m_open.empty() || end <= start) {
            return;
        }
        auto& parent = m_out.nodes[m_open.back()];
        if (parent.op[0] != 0) {
            return;
        }
        const bool boolean = parent.kind == NodeKind::BooleanOperator && m_text[start] != '(';
        const auto field = ts_tree_cursor_current_field_id(&cursor);
        if (boolean || field == words().operatorField || field == words().operatorsField) {
            parent.op[0] = m_text[start];
            parent.op[1] = end - start > 1 ? m_text[start + 1] : '\0';
        }
    }

    std::string_view m_text;
    std::size_t m_limit;
    Syntax m_out;
    std::vector<bool> m_levels; // of the cursor: was the node taken
    std::vector<std::uint32_t> m_open;
};

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
    syntax.flawed = m_data->closed || ts_node_has_error(root);
    return syntax;
}

} // namespace cupel::code
