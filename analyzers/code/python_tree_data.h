// SPDX-License-Identifier: GPL-3.0-or-later
// What the files behind PythonTree share of tree-sitter; no other file includes this.
#pragma once

#include "analyzers/code/python_tree.h"

#include <tree_sitter/api.h>

#include <memory>
#include <string>
#include <string_view>

extern "C" const TSLanguage* tree_sitter_python(void);

namespace cupel::code {

struct ParserDeleter {
    void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};
struct TreeDeleter {
    void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};

class Cursor {
public:
    explicit Cursor(TSNode node)
        : m_cursor(ts_tree_cursor_new(node))
    {
    }
    ~Cursor() { ts_tree_cursor_delete(&m_cursor); }
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;

    [[nodiscard]] TSNode node() const { return ts_tree_cursor_current_node(&m_cursor); }
    [[nodiscard]] std::string_view field() const
    {
        const char* name = ts_tree_cursor_current_field_name(&m_cursor);
        return name ? std::string_view(name) : std::string_view();
    }
    bool firstChild() { return ts_tree_cursor_goto_first_child(&m_cursor); }
    bool nextSibling() { return ts_tree_cursor_goto_next_sibling(&m_cursor); }
    bool parent() { return ts_tree_cursor_goto_parent(&m_cursor); }

private:
    TSTreeCursor m_cursor;
};

struct PythonTree::Data {
    std::string text; // the source without magics
    std::unique_ptr<TSTree, TreeDeleter> tree;
    ParseLimits limits;
    bool closed = false; // brackets that stay open were closed for the parser
};

} // namespace cupel::code
