// SPDX-License-Identifier: GPL-3.0-or-later
// Expressions: children first, left to right, without recursion over the tree.
#include "analyzers/lineage/trace.h"

#include "analyzers/code/python_tokens.h"

#include <algorithm>
#include <charconv>

namespace cupel::lineage {

namespace {

using code::Children;
using code::NodeField;
using Kind = code::NodeKind;
using code::Syntax;

constexpr char hole = '\1';
constexpr std::size_t maxConstant = 16 << 10;
constexpr std::size_t maxItems = 4'096;

bool isComprehension(Kind kind)
{
    return kind == Kind::ListComprehension || kind == Kind::SetComprehension
        || kind == Kind::DictionaryComprehension || kind == Kind::GeneratorExpression;
}

bool isPassedThrough(Kind kind)
{
    return kind == Kind::Parenthesized || kind == Kind::Await || kind == Kind::ListSplat
        || kind == Kind::DictionarySplat || kind == Kind::Interpolation
        || kind == Kind::ExpressionStatement || kind == Kind::WithClause || kind == Kind::WithItem;
}

} // namespace

Ref Trace::evaluate(std::uint32_t root)
{
    if (root == Syntax::none) {
        return 0;
    }
    struct Step {
        std::uint32_t node;
        bool entered;
    };
    std::vector<Step> work{{root, false}};
    std::vector<std::uint32_t> children;
    while (!work.empty()) {
        const auto step = work.back();
        work.pop_back();
        if (spent()) {
            break;
        }
        const auto kind = tree()[step.node].kind;
        if (step.entered) {
            const auto value = compute(step.node);
            valueAt(step.node) = value;
            if (isComprehension(kind)) {
                m_scope = m_scopes[m_scope].parent;
            }
            continue;
        }
        if (kind == Kind::Lambda) {
            const auto value = lambda(step.node);
            valueAt(step.node) = value;
            continue;
        }
        if (kind == Kind::FunctionDefinition || kind == Kind::ClassDefinition || kind == Kind::Block) {
            continue; // below an error
        }
        if (isComprehension(kind)) {
            // Its names are its own.
            Scope scope;
            scope.kind = Scope::Kind::Function;
            scope.comprehension = true;
            scope.parent = m_scope;
            m_scope = static_cast<std::uint32_t>(m_scopes.size());
            m_scopes.push_back(std::move(scope));
        }
        work.push_back({step.node, true});
        children.clear();
        for (const auto child : Children(tree(), step.node)) {
            children.push_back(child);
        }
        // The element of a comprehension comes after the clauses that bind its names.
        const bool bodyLast = isComprehension(kind) && !children.empty();
        for (auto child = children.rbegin(); child != children.rend(); ++child) {
            if (!(bodyLast && *child == children.front())) {
                work.push_back({*child, false});
            }
        }
        if (bodyLast) {
            work.insert(work.end() - static_cast<std::ptrdiff_t>(children.size() - 1), {children.front(), false});
        }
    }
    return valueAt(root);
}

Ref Trace::compute(std::uint32_t node)
{
    const auto& entry = tree()[node];
    if (isPassedThrough(entry.kind)) {
        const auto child = tree().firstChild(node);
        return child != Syntax::none ? valueAt(child) : 0;
    }
    switch (entry.kind) {
    case Kind::Identifier:
        return identifier(node);
    case Kind::Attribute:
        return attribute(node);
    case Kind::Call:
        return call(node);
    case Kind::String:
    case Kind::ConcatenatedString:
        return string(node);
    case Kind::Integer:
    case Kind::Float:
    case Kind::True:
    case Kind::False:
    case Kind::None: {
        const auto ref = make(entry.kind == Kind::None ? ThingKind::Nothing
                : entry.kind == Kind::Integer || entry.kind == Kind::Float
                ? ThingKind::Number
                : ThingKind::Boolean,
            node);
        at(ref).text = nodeText(node);
        return ref;
    }
    case Kind::BinaryOperator:
        return binary(node);
    case Kind::ConditionalExpression: {
        std::vector<Ref> parts;
        for (const auto child : Children(tree(), node)) {
            parts.push_back(valueAt(child));
        }
        return parts.size() == 3 ? either(parts[0], parts[2]) : merged(node);
    }
    case Kind::BooleanOperator: {
        const auto left = tree().child(node, NodeField::Left);
        const auto right = tree().child(node, NodeField::Right);
        return left != Syntax::none && right != Syntax::none ? either(valueAt(left), valueAt(right)) : merged(node);
    }
    case Kind::Subscript:
        return subscript(node);
    case Kind::List:
    case Kind::Set:
        return container(node, ThingKind::List);
    case Kind::Tuple:
    case Kind::ExpressionList:
        return container(node, ThingKind::Tuple);
    case Kind::Dictionary:
        return container(node, ThingKind::Dictionary);
    case Kind::ListComprehension:
    case Kind::SetComprehension:
    case Kind::GeneratorExpression:
    case Kind::DictionaryComprehension:
        return comprehension(node);
    case Kind::ForInClause: {
        const auto left = tree().child(node, NodeField::Left);
        const auto right = tree().child(node, NodeField::Right);
        if (left != Syntax::none && right != Syntax::none) {
            bind(left, elementOf(valueAt(right), right));
        }
        return 0;
    }
    case Kind::KeywordArgument: {
        const auto value = tree().child(node, NodeField::Value);
        return value != Syntax::none ? valueAt(value) : 0;
    }
    case Kind::Assignment:
    case Kind::NamedExpression:
    case Kind::AugmentedAssignment:
    case Kind::AsPattern:
        return assigned(node);
    case Kind::Yield: {
        const auto child = tree().firstChild(node);
        if (child != Syntax::none && !m_frames.empty() && m_frames.back().returned.size() < 64) {
            m_frames.back().yields = true;
            m_frames.back().returned.push_back(valueAt(child));
        }
        return 0;
    }
    case Kind::Comment:
    case Kind::Slice:
        return entry.kind == Kind::Slice ? merged(node) : 0;
    default:
        return merged(node);
    }
}

Ref Trace::identifier(std::uint32_t node)
{
    const auto& entry = tree()[node];
    const auto parent = tree()[entry.parent].kind;
    const bool part = (entry.field == NodeField::Attribute && parent == Kind::Attribute)
        || (entry.field == NodeField::Name && parent == Kind::KeywordArgument) || parent == Kind::DottedName;
    const bool written = entry.field == NodeField::Left && parent == Kind::Assignment;
    return part || written ? 0 : lookup(nodeText(node));
}

Ref Trace::attribute(std::uint32_t node)
{
    const auto objectNode = tree().child(node, NodeField::Object);
    const auto name = tree().child(node, NodeField::Attribute);
    if (objectNode == Syntax::none || name == Syntax::none) {
        return 0;
    }
    const auto parent = tree()[node].parent;
    const bool called = tree()[parent].kind == Kind::Call && tree()[node].field == NodeField::Function;
    return memberOf(valueAt(objectNode), nodeText(name), node, called);
}

// object.name; `called`: it is about to be called.
Ref Trace::memberOf(Ref base, std::string_view name, std::uint32_t node, bool called)
{
    if (at(base).kind == ThingKind::Path) {
        const auto ref = make(ThingKind::Path, node);
        at(ref).text = keep(std::string(at(base).text) + '.' + std::string(name));
        return ref;
    }
    if (const auto scope = at(base).scope; scope != none) {
        const auto hit = m_scopes[scope].names.find(name);
        return hit != m_scopes[scope].names.end() ? hit->second : 0;
    }
    if (const auto known = at(base).member(name); known != 0 && at(base).kind != ThingKind::Dictionary) {
        return known;
    }
    if (at(base).kind == ThingKind::Class) {
        const auto method = findMethod(at(base).local, name);
        if (method != 0) {
            return method;
        }
    }
    if (at(base).kind == ThingKind::Object && at(base).local != none) {
        if (const auto method = findMethod(at(base).local, name); method != 0) {
            if (at(method).kind != ThingKind::Function) {
                return method;
            }
            const auto ref = make(ThingKind::Bound, node);
            at(ref).self = base;
            at(ref).text = name;
            at(ref).local = at(method).local;
            return ref;
        }
    }
    const auto type = at(base).type;
    if (type == "pyspark.sql.SparkSession" && (name == "read" || name == "readStream")) {
        return object("pyspark.sql.DataFrameReader", node);
    }
    if (type.starts_with("pyspark.sql.DataFrame") && (name == "write" || name == "writeStream")) {
        const auto ref = object("pyspark.sql.DataFrameWriter", node);
        at(ref).self = base;
        return ref;
    }
    // train = model.fit: a method that is called later.
    const auto* row = called || type.empty() || at(base).kind != ThingKind::Object ? nullptr : m_roles.method(type, name);
    if (called || (base == 0 && at(base).from.empty()) || (row && row->kind == "method")) {
        const auto ref = make(ThingKind::Bound, node);
        at(ref).self = base;
        at(ref).text = name;
        return ref;
    }
    if (at(base).kind == ThingKind::Text) {
        Ref result = 0;
        TraceCall site{m_unit, node, 0, base, {}, false};
        return textMethod(site, base, name, result) ? result : 0;
    }
    // A model's own values, a frame's column, an array's view ...
    const auto ref = derived({base}, node);
    at(ref).self = base;
    at(ref).columns = at(base).columns;
    at(ref).made = {base};
    at(ref).text = name;
    if (at(base).modelNode != none) {
        at(ref).from = {at(base).modelNode};
        at(ref).models = {at(base).modelNode};
        at(ref).self = 0;
        if (name == "best_estimator_" || name == "model" || name == "module" || name == "steps" || name == "named_steps") {
            return base;
        }
    }
    if (at(base).views.size() < 64 && base != 0) {
        at(base).views.push_back(ref);
    }
    if (name == "shape" || name == "columns" || name == "dtypes" || name == "ndim" || name == "size") {
        at(ref).rows.clear();
        at(ref).fittedOn.clear();
        at(ref).self = 0;
        return ref;
    }
    if (name == "values" || name == "T" || name == "array" || name == "data" || name == "loc" || name == "iloc"
        || name == "at" || name == "iat" || name == "ix") {
        at(ref).type = name == "values" || name == "array" ? std::string_view("numpy.ndarray") : at(base).type;
    } else if (at(base).type == "pandas.DataFrame" || at(base).type == "pyspark.sql.DataFrame"
        || (at(base).type.empty() && !at(base).rows.empty() && name != "target" && name != "images" && name != "train" && name != "test")) {
        if (name != "index" && name != "columns" && name != "shape" && name != "dtypes" && name != "size") {
            at(ref).columns = {name};
        }
    }
    return ref;
}

Ref Trace::string(std::uint32_t node)
{
    std::string out;
    Ref ref = make(ThingKind::Text, node);
    const auto& entry = tree()[node];
    if (entry.kind == Kind::ConcatenatedString) {
        for (const auto child : Children(tree(), node)) {
            if (at(valueAt(child)).kind == ThingKind::Text && out.size() < maxConstant) {
                out += at(valueAt(child)).text;
                at(ref).takeData(at(valueAt(child)));
            }
        }
        at(ref).text = keep(std::move(out));
        return ref;
    }
    const auto written = nodeText(node);
    code::PythonTokens tokens(written);
    const auto token = tokens.next();
    if (token.kind != code::PythonToken::Kind::String) {
        return 0;
    }
    if (!token.formatted) {
        const auto content = slice(written, token.content);
        const bool plain = token.raw || content.find('\\') == std::string_view::npos;
        at(ref).text = plain ? content : keep(code::stringValue(written, token));
        return ref;
    }
    for (const auto child : Children(tree(), node)) {
        if (out.size() > maxConstant) {
            break;
        }
        if (tree()[child].kind == Kind::StringContent) {
            code::PythonToken piece;
            piece.kind = code::PythonToken::Kind::String;
            piece.content = tree()[child].bytes();
            piece.raw = token.raw;
            piece.formatted = true;
            out += code::stringValue(cellOf(m_unit).text, piece);
        } else if (tree()[child].kind == Kind::Interpolation) {
            const auto& inner = at(valueAt(child));
            const bool known = inner.kind == ThingKind::Text || inner.kind == ThingKind::Number;
            out += known ? std::string(inner.text) : std::string(1, hole);
            at(ref).takeData(inner);
        }
    }
    at(ref).text = keep(std::move(out));
    return ref;
}

Ref Trace::binary(std::uint32_t node)
{
    const auto left = tree().child(node, NodeField::Left);
    const auto right = tree().child(node, NodeField::Right);
    if (left == Syntax::none || right == Syntax::none) {
        return merged(node);
    }
    auto a = valueAt(left);
    const auto b = valueAt(right);
    const char op = tree()[node].op[0];
    const bool textual = at(a).kind == ThingKind::Text || at(b).kind == ThingKind::Text;
    const auto textOf = [this](Ref ref) {
        const auto& thing = at(ref);
        return thing.kind == ThingKind::Text || thing.kind == ThingKind::Number ? std::string(thing.text)
                                                                               : std::string(1, hole);
    };
    if (textual && (op == '+' || (op == '/' && (at(a).pathLike || at(b).pathLike)))) {
        std::string out = textOf(a);
        out += op == '/' && !out.ends_with('/') ? "/" : "";
        out += textOf(b);
        const auto ref = text(out.size() > maxConstant ? std::string(1, hole) : std::move(out), node);
        at(ref).pathLike = at(a).pathLike || at(b).pathLike;
        at(ref).takeData(at(a));
        at(ref).takeData(at(b));
        return ref;
    }
    if (op == '%' && at(a).kind == ThingKind::Text) {
        std::string out;
        const auto format = at(a).text;
        auto items = at(b).isSequence() ? at(b).items : std::vector<Ref>{b};
        std::size_t next = 0;
        for (std::size_t i = 0; i < format.size() && out.size() < maxConstant; ++i) {
            if (format[i] != '%' || i + 1 >= format.size()) {
                out += format[i];
                continue;
            }
            const auto end = format.find_first_of("sdifrxXeEgGcu%", i + 1);
            if (end != std::string_view::npos && format[end] != '%') {
                out += next < items.size() && end == i + 1 ? textOf(items[next]) : std::string(1, hole);
                ++next;
            } else if (end == i + 1) {
                out += '%';
            }
            i = end == std::string_view::npos ? i : end;
        }
        return text(std::move(out), node);
    }
    if (op == '+' && at(a).isSequence() && at(b).isSequence()) {
        const auto ref = make(at(a).kind, node);
        at(ref).items = at(a).items;
        at(ref).items.insert(at(ref).items.end(), at(b).items.begin(), at(b).items.end());
        at(ref).open = at(a).open || at(b).open || at(ref).items.size() > maxItems;
        at(ref).takeData(at(a));
        at(ref).takeData(at(b));
        return ref;
    }
    const auto type = !at(a).type.empty() ? at(a).type : at(b).type;
    // A chain: prompt | model | parser is one thing that runs.
    if (op == '|' && at(b).kind == ThingKind::Object && at(b).modelNode != none) {
        return b;
    }
    if (op == '|' && at(a).kind == ThingKind::Object && at(a).modelNode != none) {
        return a;
    }
    return derived({a, b}, node, type);
}

Ref Trace::subscript(std::uint32_t node)
{
    const auto object = tree().child(node, NodeField::Value);
    const auto key = tree().child(node, NodeField::Subscript);
    if (object == Syntax::none) {
        return 0;
    }
    return sliced(valueAt(object), node, key);
}

Ref Trace::sliced(Ref base, std::uint32_t node, std::uint32_t key)
{
    const auto keyValue = key != Syntax::none ? valueAt(key) : 0;
    const auto& by = at(keyValue);
    if (at(base).isSequence() && key != Syntax::none && tree()[key].kind == Kind::Slice) {
        const auto copy = make(at(base).kind, node);
        at(copy).items = at(base).items;
        at(copy).open = true;
        at(copy).takeData(at(base));
        return copy;
    }
    if (at(base).isSequence() && by.kind == ThingKind::Number) {
        int index = 0;
        const auto done = std::from_chars(by.text.data(), by.text.data() + by.text.size(), index);
        const auto size = static_cast<int>(at(base).items.size());
        if (done.ec == std::errc() && index >= 0 && index < size) {
            return at(base).items[static_cast<std::size_t>(index)];
        }
        return elementOf(base, node);
    }
    if (by.kind == ThingKind::Text) {
        if (const auto known = at(base).member(by.text); known != 0) {
            return known;
        }
    }
    if (at(base).kind == ThingKind::Path) {
        // np.c_[a, b], os.environ["X"], a generic type ...
        const auto ref = derived({keyValue}, node);
        at(ref).columns = by.columns;
        if (by.isSequence() && !by.items.empty()) {
            at(ref).columns = at(by.items.front()).columns;
        }
        return ref;
    }
    Ref result = 0;
    TraceCall site{m_unit, node, 0, base, {{{}, keyValue, key}}, false};
    if (splitMethod(site, base, "[]", result)) {
        return result;
    }
    const auto ref = derived({base}, node, at(base).type);
    at(ref).self = base;
    at(ref).columns = columnsAt(base, key);
    at(ref).dropped = at(base).dropped;
    if (at(base).local != none) {
        at(ref).type = {};
    }
    if (by.kind == ThingKind::Text) {
        at(ref).columns = {by.text};
        at(ref).type = at(base).type == "pandas.DataFrame" ? std::string_view("pandas.Series") : at(base).type;
    } else if (by.isSequence() && !by.items.empty()) {
        std::vector<std::string_view> names;
        for (const auto item : by.items) {
            // df.loc[rows, ["a", "b"]]
            const auto& part = at(item);
            if (part.kind == ThingKind::Text) {
                names.push_back(part.text);
            } else if (part.isSequence()) {
                for (const auto inner : part.items) {
                    if (at(inner).kind == ThingKind::Text) {
                        names.push_back(at(inner).text);
                    }
                }
            }
        }
        if (!names.empty()) {
            at(ref).columns = std::move(names);
        }
        at(ref).self = 0; // a copy
    } else if (by.kind == ThingKind::Object || by.kind == ThingKind::Unknown) {
        at(ref).self = keyValue != 0 && !by.from.empty() ? 0 : base; // a filter copies
    }
    return ref;
}

// df.iloc[:, :-1]: positions are columns when their names are known.
std::vector<std::string_view> Trace::columnsAt(Ref base, std::uint32_t key)
{
    auto columns = at(base).columns;
    if (columns.size() < 2 || key == Syntax::none || tree()[key].kind == Kind::String) {
        return columns;
    }
    std::vector<std::uint32_t> parts;
    if (tree()[key].kind == Kind::Tuple || tree()[key].kind == Kind::ExpressionList) {
        for (const auto child : Children(tree(), key)) {
            parts.push_back(child);
        }
    } else if (tree()[tree()[key].parent].kind == Kind::Subscript) {
        for (const auto child : Children(tree(), tree()[key].parent)) {
            if (tree()[child].field == NodeField::Subscript) {
                parts.push_back(child);
            }
        }
    }
    if (parts.size() != 2) {
        return columns;
    }
    auto written = std::string(nodeText(parts[1]));
    std::erase(written, ' ');
    const auto size = static_cast<int>(columns.size());
    const auto number = [size](std::string_view digits, int otherwise) {
        int value = otherwise;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return std::clamp(value < 0 ? value + size : value, 0, size);
    };
    const auto colon = written.find(':');
    const auto first = number(std::string_view(written).substr(0, colon), 0);
    const auto last = colon == std::string::npos ? std::min(first + 1, size)
                                                 : number(std::string_view(written).substr(colon + 1), size);
    return first < last ? std::vector<std::string_view>(columns.begin() + first, columns.begin() + last) : columns;
}

Ref Trace::container(std::uint32_t node, ThingKind kind)
{
    const auto ref = make(kind, node);
    for (const auto child : Children(tree(), node)) {
        const auto childKind = tree()[child].kind;
        if (childKind == Kind::Comment) {
            continue;
        }
        if (at(ref).items.size() >= maxItems) {
            at(ref).open = true;
            break;
        }
        if (kind == ThingKind::Dictionary) {
            const auto key = tree().child(child, NodeField::Key);
            const auto value = tree().child(child, NodeField::Value);
            if (childKind == Kind::Pair && value != Syntax::none) {
                at(ref).takeData(at(valueAt(value)));
                at(ref).items.push_back(valueAt(value));
                if (key != Syntax::none && at(valueAt(key)).kind == ThingKind::Text) {
                    at(ref).setMember(at(valueAt(key)).text, valueAt(value));
                }
            } else {
                at(ref).open = true;
                at(ref).takeData(at(valueAt(child)));
            }
            continue;
        }
        const auto value = valueAt(child);
        if (childKind == Kind::ListSplat && at(value).isSequence()) {
            const auto items = at(value).items;
            at(ref).items.insert(at(ref).items.end(), items.begin(), items.end());
            at(ref).open = at(ref).open || at(value).open;
        } else {
            at(ref).open = at(ref).open || childKind == Kind::ListSplat;
            at(ref).items.push_back(value);
        }
        at(ref).takeData(at(value));
    }
    return ref;
}

Ref Trace::comprehension(std::uint32_t node)
{
    const auto body = tree().child(node, NodeField::Body);
    const auto ref = make(ThingKind::List, node);
    at(ref).open = true;
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind == Kind::ForInClause) {
            if (const auto right = tree().child(child, NodeField::Right); right != Syntax::none) {
                at(ref).takeData(at(valueAt(right)));
            }
        }
    }
    if (body != Syntax::none) {
        const auto value = tree()[body].kind == Kind::Pair && tree().child(body, NodeField::Value) != Syntax::none
            ? valueAt(tree().child(body, NodeField::Value))
            : valueAt(body);
        at(ref).items.push_back(value);
        at(ref).takeData(at(value));
    }
    return ref;
}

Ref Trace::assigned(std::uint32_t node)
{
    const auto kind = tree()[node].kind;
    const bool named = kind == Kind::NamedExpression;
    auto left = tree().child(node, named ? NodeField::Name : NodeField::Left);
    auto right = tree().child(node, named ? NodeField::Value : NodeField::Right);
    if (kind == Kind::AsPattern) {
        left = tree().child(node, NodeField::Alias);
        right = tree().firstChild(node);
    }
    if (right == Syntax::none || left == Syntax::none) {
        return 0;
    }
    const auto value = valueAt(right);
    if (named) {
        // A walrus binds outside of comprehensions.
        const auto inner = m_scope;
        while (m_scopes[m_scope].comprehension && m_scopes[m_scope].parent != none) {
            m_scope = m_scopes[m_scope].parent;
        }
        bind(left, value);
        m_scope = inner;
        return value;
    }
    if (kind != Kind::AugmentedAssignment) {
        bind(left, value);
        return value;
    }
    // x += y changes lists, frames and arrays in place; of texts and numbers it makes new ones.
    const auto before = valueAt(left);
    const bool constant = at(before).isConstant() || before == 0 || at(before).type == "str";
    if (constant) {
        const auto sum = binary(node);
        bind(left, sum);
        return sum;
    }
    if (tree()[left].kind == Kind::Identifier) {
        if (at(before).isSequence() && at(before).items.size() < maxItems) {
            at(before).items.insert(at(before).items.end(), at(value).items.begin(), at(value).items.end());
            at(before).open = true;
        }
        mutate(before, {value}, node, "augmented assignment");
    } else {
        bind(left, value);
    }
    return before;
}

Ref Trace::merged(std::uint32_t node)
{
    Ref ref = 0;
    for (const auto child : Children(tree(), node)) {
        const auto value = valueAt(child);
        if (value == 0 || at(value).from.empty()) {
            continue;
        }
        ref = ref == 0 ? object({}, node) : ref;
        at(ref).takeData(at(value));
    }
    return ref;
}

std::vector<Ref> Trace::elements(Ref sequence)
{
    const auto& thing = at(sequence);
    return thing.isSequence() ? thing.items : std::vector<Ref>{};
}

// Something that is in there, nobody knows which.
Ref Trace::elementOf(Ref sequence, std::uint32_t node)
{
    const auto& thing = at(sequence);
    if (thing.kind == ThingKind::Dictionary || thing.kind == ThingKind::Unknown) {
        return thing.from.empty() ? 0 : derived({sequence}, node);
    }
    if (!thing.items.empty()) {
        Ref all = 0;
        std::size_t count = 0;
        for (const auto item : thing.items) {
            all = either(all, item);
            if (++count >= 16) {
                break;
            }
        }
        return all;
    }
    if (thing.from.empty() && thing.type.empty()) {
        return 0;
    }
    const auto ref = derived({sequence}, node, thing.kind == ThingKind::Object ? thing.type : std::string_view());
    at(ref).self = sequence;
    if (thing.modelNode != none) {
        at(ref).self = 0;
    }
    return ref;
}

Ref Trace::either(Ref a, Ref b)
{
    if (a == b || b == 0) {
        return a;
    }
    if (a == 0 || (at(a).kind == ThingKind::Nothing && at(b).kind != ThingKind::Nothing)) {
        return b;
    }
    if (at(b).kind == ThingKind::Nothing) {
        return a;
    }
    if (at(a).isConstant() && at(b).isConstant()) {
        if (at(a).text == at(b).text) {
            return a;
        }
        const auto ref = make(at(b).kind, at(b).place.node);
        at(ref) = at(b);
        at(ref).made = at(a).made.empty() ? std::vector<Ref>{a, b} : at(a).made;
        if (!at(a).made.empty()) {
            at(ref).made.push_back(b);
        }
        return ref;
    }
    if (at(a).isConstant() != at(b).isConstant()) {
        // What a default is there for, and the real thing.
        return at(a).isConstant() ? b : a;
    }
    if (at(a).from == at(b).from && at(a).type == at(b).type && at(a).modelNode == at(b).modelNode) {
        return b;
    }
    const auto ref = make(at(b).kind, at(b).place.node);
    at(ref) = at(b);
    at(ref).takeData(at(a));
    if (at(b).type.empty()) {
        at(ref).type = at(a).type;
    }
    if (at(ref).modelNode == none) {
        at(ref).modelNode = at(a).modelNode;
    }
    return ref;
}

} // namespace cupel::lineage
