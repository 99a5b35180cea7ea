// SPDX-License-Identifier: GPL-3.0-or-later
// Property: the walk shows every tree as the cursor of the library does, whole ones and broken ones.
#include "analyzers/code/python_tree_data.h"
#include "analyzers/code/tree_walk.h"
#include "tests/unit/check.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace cupel;

namespace {

// One line a node, indented.
std::string lineOf(
    std::size_t depth, std::uint32_t start, std::uint32_t end, TSSymbol symbol, TSFieldId field, bool named)
{
    return std::to_string(depth) + ' ' + std::to_string(start) + '-' + std::to_string(end) + ' '
        + std::to_string(symbol) + ' ' + std::to_string(field) + (named ? " named\n" : "\n");
}

std::string byCursor(TSNode root)
{
    std::string out;
    std::size_t depth = 0;
    auto cursor = ts_tree_cursor_new(root);
    for (bool more = true; more;) {
        const auto node = ts_tree_cursor_current_node(&cursor);
        out += lineOf(depth, ts_node_start_byte(node), ts_node_end_byte(node), ts_node_symbol(node),
            ts_tree_cursor_current_field_id(&cursor), ts_node_is_named(node));
        if (ts_tree_cursor_goto_first_child(&cursor)) {
            ++depth;
            continue;
        }
        while (more && !ts_tree_cursor_goto_next_sibling(&cursor)) {
            more = ts_tree_cursor_goto_parent(&cursor);
            depth -= more ? 1 : 0;
        }
    }
    ts_tree_cursor_delete(&cursor);
    return out;
}

struct Written {
    std::string text;
    std::size_t depth = 0;
};

std::string byWalk(TSNode root)
{
    Written out;
    const CupelTreeVisitor visitor{&out,
        [](void* user, const CupelTreeNode* node) {
            auto& to = *static_cast<Written*>(user);
            to.text += lineOf(to.depth++, node->start, node->end, node->symbol, node->field, node->named);
        },
        [](void* user) { --static_cast<Written*>(user)->depth; }};
    CHECK(cupelWalkTree(root, &visitor));
    CHECK_EQ(out.depth, 0);
    return out.text;
}

std::vector<std::string> sources()
{
    std::vector<std::string> out{"", "\n", "x", "(", "# only a comment", "if a:\n  # b\n  c(d=1, *e, **f)\n# end\n",
        "print('a' f'{b!r:>{c}}' \"d\")\n", "lambda x, /, y=1, *, z: (yield)\n", "a if b else c\nnot (d and e or f)\n",
        "match x:\n  case [1, *_] | {'k': v}:\n    pass\n", "async def f(a: int = 1) -> str:\n  return await g(a)\n",
        "with a as b, c:\n  del d[1:2, ...]\n", "x: int = y = 3\nx += 1\nx @ y ** -z\n",
        "class C(B, metaclass=M):\n  @p\n  def q(self): ...\n"};
    for (const auto* folder : {"flow", "code", "python"}) {
        const auto path = std::filesystem::path(CUPEL_SOURCE_DIR) / "tests" / "data" / "formats" / folder;
        for (const auto& entry : std::filesystem::directory_iterator(path)) {
            std::ifstream in(entry.path(), std::ios::binary);
            out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
        }
    }
    return out;
}

} // namespace

CUPEL_TEST(theWalkShowsWhatTheCursorShows)
{
    const std::unique_ptr<TSParser, code::ParserDeleter> parser(ts_parser_new());
    REQUIRE(ts_parser_set_language(parser.get(), tree_sitter_python()));
    std::mt19937 random(5);
    const std::string_view signs = "()[]{}:,.=#'\"\n \\x0@*-%";
    std::size_t compared = 0;
    for (const auto& source : sources()) {
        for (int round = 0; round < 12; ++round) {
            auto text = source;
            for (int i = 0; i < round && !text.empty(); ++i) { // the first as it is
                text[random() % text.size()] = signs[random() % signs.size()];
            }
            const std::unique_ptr<TSTree, code::TreeDeleter> tree(
                ts_parser_parse_string(parser.get(), nullptr, text.data(), static_cast<std::uint32_t>(text.size())));
            REQUIRE(tree != nullptr);
            const auto root = ts_tree_root_node(tree.get());
            ++compared;
            if (byWalk(root) != byCursor(root)) {
                test::report(false, __FILE__, __LINE__, "they differ for: " + text);
                return;
            }
        }
    }
    CHECK(compared > 300);
}
