// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/python_tree.h"

#include "analyzers/code/magics.h"
#include "analyzers/code/python_tokens.h"
#include "analyzers/code/python_tree_data.h"
#include "analyzers/code/tree_memory.h"

#include <algorithm>
#include <ctime>
#include <utility>

namespace cupel::code {

namespace {

const char* readSource(void* payload, std::uint32_t byte, TSPoint, std::uint32_t* length)
{
    const auto& text = *static_cast<const std::string*>(payload);
    *length = byte < text.size() ? static_cast<std::uint32_t>(text.size() - byte) : 0;
    return *length ? text.data() + byte : "";
}

// Processor time of this thread: a busy machine must not decide what is read.
std::chrono::nanoseconds threadTime()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

struct Deadline {
    std::chrono::nanoseconds end;
    unsigned calls = 0;
};

bool pastDeadline(TSParseState* state)
{
    auto& deadline = *static_cast<Deadline*>(state->payload);
    return ++deadline.calls % 32 == 0 && threadTime() >= deadline.end;
}

ByteRange rangeOf(TSNode node)
{
    return {ts_node_start_byte(node), ts_node_end_byte(node)};
}

TSNode child(TSNode node, std::string_view field)
{
    return ts_node_child_by_field_name(node, field.data(), static_cast<std::uint32_t>(field.size()));
}

} // namespace

PythonTree::PythonTree(std::unique_ptr<Data> data)
    : m_data(std::move(data))
{
}
PythonTree::~PythonTree() = default;
PythonTree::PythonTree(PythonTree&&) noexcept = default;
PythonTree& PythonTree::operator=(PythonTree&&) noexcept = default;

Result<PythonTree> PythonTree::parse(std::string_view source, const ParseLimits& limits)
{
    if (source.size() > limits.bytes) {
        return Error{ErrorCode::TooLarge, limits.bytes, "the code is too long to be parsed"};
    }
    return parseBlanked(withoutMagics(source), limits);
}

namespace {

// What closes the brackets that stay open, on a line of its own behind a comment; empty: none do, or others than these
// are closed.
std::string missingBrackets(std::string_view text)
{
    constexpr std::size_t most = 16;
    std::string open;
    PythonTokens tokens(text);
    for (auto token = tokens.next(); token.kind != PythonToken::Kind::End; token = tokens.next()) {
        if (token.kind != PythonToken::Kind::Operator || token.bytes.empty()) {
            continue;
        }
        const char c = text[token.bytes.start];
        if (c == '(' || c == '[' || c == '{') {
            open.push_back(c == '(' ? ')' : c == '[' ? ']' : '}');
        } else if (c == ')' || c == ']' || c == '}') {
            if (open.empty() || open.back() != c) {
                return {};
            }
            open.pop_back();
        }
    }
    if (open.empty() || open.size() > most) {
        return {};
    }
    std::reverse(open.begin(), open.end());
    return '\n' + open;
}

} // namespace

Result<PythonTree> PythonTree::parseBlanked(std::string text, const ParseLimits& limits)
{
    if (text.size() > limits.bytes) {
        return Error{ErrorCode::TooLarge, limits.bytes, "the code is too long to be parsed"};
    }
    auto data = std::make_unique<Data>();
    data->limits = limits;
    data->text = std::move(text);
    // One parser for each thread: making one costs more than a small cell.
    useTreeMemory();
    thread_local const std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
    // False when grammar and core do not fit each other.
    if (!parser || !ts_parser_set_language(parser.get(), tree_sitter_python())) {
        return Error{ErrorCode::Internal, 0, "the Python grammar does not fit the parser"};
    }
    ts_parser_reset(parser.get()); // an earlier parse may have stopped half-way
    Deadline deadline{threadTime() + limits.time};
    TSParseOptions options{&deadline, pastDeadline};
    const TSInput input{&data->text, readSource, TSInputEncodingUTF8, nullptr};
    data->tree.reset(ts_parser_parse_with_options(parser.get(), nullptr, input, options));
    if (!data->tree) {
        return Error{ErrorCode::LimitHit, 0, "parsing the code took too long"};
    }
    // A cell that ends in the middle of a call runs nothing as it is, and does once somebody has closed the bracket.
    if (ts_node_has_error(ts_tree_root_node(data->tree.get()))) {
        const auto size = data->text.size();
        if (const auto brackets = missingBrackets(data->text); !brackets.empty()) {
            data->text += brackets;
            std::unique_ptr<TSTree, TreeDeleter> closed(
                ts_parser_parse_with_options(parser.get(), nullptr, input, options));
            if (closed && !ts_node_has_error(ts_tree_root_node(closed.get()))) {
                data->tree = std::move(closed);
                data->closed = true;
            }
            data->text.resize(size);
        }
    }
    return PythonTree(std::move(data));
}

const std::string& PythonTree::text() const
{
    return m_data->text;
}

namespace {

// Walks a tree front to back without recursion and collects the outline.
class OutlineWalk {
public:
    OutlineWalk(std::string_view text, const ParseLimits& limits)
        : m_text(text)
        , m_limits(limits)
    {
    }

    Outline run(TSNode root)
    {
        Cursor cursor(root);
        std::vector<bool> opens; // for each level of the cursor: is it a definition
        while (true) {
            const auto node = cursor.node();
            opens.push_back(visit(node));
            m_depth += opens.back() ? 1 : 0;
            if (cursor.firstChild()) {
                continue;
            }
            leave(opens);
            while (!cursor.nextSibling()) {
                if (!cursor.parent()) {
                    return std::move(m_outline);
                }
                leave(opens);
            }
        }
    }

private:
    void leave(std::vector<bool>& opens)
    {
        m_depth -= opens.back() ? 1 : 0;
        opens.pop_back();
    }

    // True when the node is a definition, which the nodes below it are inside of.
    bool visit(TSNode node)
    {
        const std::string_view type = ts_node_type(node);
        if (!m_outline.firstError && (ts_node_is_error(node) || ts_node_is_missing(node))) {
            m_outline.firstError = ts_node_start_byte(node);
        }
        if (!ts_node_is_named(node)) {
            return false; // the word `import` has no children either
        }
        if (type == "import_statement" || type == "import_from_statement" || type == "future_import_statement") {
            addImports(node, type);
        } else if (type == "function_definition" || type == "class_definition") {
            addDefinition(node, type == "class_definition" ? DefinitionKind::Class : DefinitionKind::Function);
            return true;
        }
        return false;
    }

    // With a cursor of its own: asking a node for its n-th child is quadratic when one statement names thousands.
    void addImports(TSNode statement, std::string_view type)
    {
        Cursor cursor(statement);
        std::string module = type == "future_import_statement" ? "__future__" : "";
        const bool from = type != "import_statement";
        for (bool more = cursor.firstChild(); more; more = cursor.nextSibling()) {
            const auto node = cursor.node();
            if (cursor.field() == "module_name") {
                module = textOf(node);
            } else if (cursor.field() == "name" || ts_node_type(node) == std::string_view("wildcard_import")) {
                addImport(node, from ? &module : nullptr);
            }
        }
    }

    void addImport(TSNode node, const std::string* module)
    {
        Import entry;
        auto name = node;
        if (ts_node_type(node) == std::string_view("aliased_import")) {
            name = child(node, "name");
            entry.alias = textOf(child(node, "alias"));
        }
        (module ? entry.name : entry.module) = textOf(name);
        if (module) {
            entry.module = *module;
        }
        entry.bytes = rangeOf(name);
        entry.line = ts_node_start_point(node).row + 1;
        add(m_outline.imports, std::move(entry));
    }

    void addDefinition(TSNode node, DefinitionKind kind)
    {
        const auto name = child(node, "name");
        if (!ts_node_is_null(name)) {
            add(m_outline.definitions,
                Definition{kind, textOf(name), m_depth, rangeOf(name), ts_node_start_point(name).row + 1});
        }
    }

    template <typename T> void add(std::vector<T>& list, T entry)
    {
        if (list.size() < m_limits.entries) {
            list.push_back(std::move(entry));
        } else {
            m_outline.truncated = true;
        }
    }

    // A name as it would be written on one line: `import a . b` is a.b.
    [[nodiscard]] std::string textOf(TSNode node) const
    {
        std::string out;
        if (!ts_node_is_null(node)) {
            for (const char c : slice(m_text, rangeOf(node))) {
                if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\\') {
                    out.push_back(c);
                }
            }
        }
        return out;
    }

    std::string_view m_text;
    const ParseLimits& m_limits;
    Outline m_outline;
    std::uint32_t m_depth = 0;
};

} // namespace

Outline PythonTree::outline() const
{
    auto outline = OutlineWalk(m_data->text, m_data->limits).run(ts_tree_root_node(m_data->tree.get()));
    if (m_data->closed && !outline.firstError) {
        outline.firstError = m_data->text.size();
    }
    return outline;
}

} // namespace cupel::code
