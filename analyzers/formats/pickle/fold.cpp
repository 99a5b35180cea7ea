// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/fold.h"

#include "analyzers/base/encodings.h"
#include "analyzers/formats/pickle/literal.h"

#include <algorithm>
#include <array>

namespace cupel::formats::pickle {

namespace {

constexpr std::size_t longest = 16'384; // a text that is worth following
constexpr unsigned deepest = 8; // calls in calls in calls

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string codecName(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (c != '-' && c != '_' && c != ' ') {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
    }
    return out.ends_with("codec") ? out.substr(0, out.size() - 5) : out;
}

std::string rot13(std::string text)
{
    for (char& c : text) {
        const char low = static_cast<char>(c | 0x20);
        if (low >= 'a' && low <= 'z') {
            c = static_cast<char>(c + (low < 'n' ? 13 : -13));
        }
    }
    return text;
}

std::string mapped(std::string text, char from, char to, int shift)
{
    for (char& c : text) {
        c = c >= from && c <= to ? static_cast<char>(c + shift) : c;
    }
    return text;
}

} // namespace

Folder::Folder(Heap& heap, Recorder& recorder, ByteView bytes, ByteRange place)
    : m_heap(heap)
    , m_recorder(recorder)
    , m_bytes(bytes)
    , m_place(place)
{
}

std::optional<std::string> Folder::textOf(Value value) const
{
    auto text = m_recorder.values(m_heap).text(value, longest + 1);
    return text && text->size() <= longest ? text : std::nullopt;
}

bool Folder::isBytes(Value value) const
{
    const auto* node = m_heap.node(value);
    return value.tag() == Tag::Bytes || (node && node->kind == NodeKind::ByteText);
}

std::vector<ByteRange> Folder::sourcesOf(Value value) const
{
    std::vector<ByteRange> out;
    const auto* node = m_heap.node(value);
    if (node && node->kind == NodeKind::Global) {
        return m_recorder.facts().globals[node->name].sources;
    }
    if (!node) {
        const auto range = literalRange(m_bytes, value);
        return range.empty() ? out : std::vector{range};
    }
    for (const auto item : m_heap.items(*node)) {
        const auto range = literalRange(m_bytes, item);
        if (!range.empty() && out.size() < 32) {
            out.push_back(range);
        }
    }
    return out;
}

// Remembers the literals it came from: they decide whether it may be shown.
Value Folder::text(std::string_view content, bool bytes, std::span<const Value> sources)
{
    if (content.size() > longest) {
        return {};
    }
    const auto made = m_heap.makeText(content, bytes, m_place.start);
    std::vector<Value> literals;
    for (const auto source : sources) {
        const auto* node = m_heap.node(source);
        if (!node) {
            literals.push_back(source);
            continue;
        }
        const auto items = m_heap.items(*node);
        literals.insert(literals.end(), items.begin(), items.end());
    }
    std::erase_if(literals, [](Value value) { return value.isNode(); });
    literals.resize(std::min<std::size_t>(literals.size(), 32));
    m_heap.append(made, literals);
    return made;
}

bool Folder::mayFold(std::string_view path)
{
    constexpr std::array<std::string_view, 20> modules{"builtins.", "operator.", "_operator.", "codecs.", "_codecs.",
        "base64.", "binascii.", "zlib.", "importlib.", "_frozen_importlib.", "pydoc.", "pkgutil.", "functools.",
        "_functools.", "itertools.", "inspect.", "dill.", "cloudpickle.", "collections.OrderedDict.", "django."};
    return std::any_of(modules.begin(), modules.end(), [path](auto module) { return path.starts_with(module); })
        || path.starts_with("werkzeug.");
}

Value Folder::fold(Value callee, Value arguments)
{
    const auto* node = m_heap.node(callee);
    if (!node || m_depth > deepest) {
        return {};
    }
    if (node->kind == NodeKind::Global && !m_recorder.facts().globals[node->name].foldable) {
        return {};
    }
    const auto items = tupleItems(m_heap, arguments);
    if (!items) {
        return {};
    }
    if (node->kind == NodeKind::Call) {
        return made(callee, *items);
    }
    if (node->kind != NodeKind::Global) {
        return {};
    }
    const auto path = m_recorder.facts().globals[node->name].path();
    return named(path, *items);
}

Value Folder::call(Value callee, const Items& items)
{
    const auto* node = m_heap.node(callee);
    if (++m_depth > deepest || !node || (node->kind != NodeKind::Global && node->kind != NodeKind::Call)) {
        return {};
    }
    const auto tuple = m_heap.make(NodeKind::Tuple, m_place.start);
    m_heap.append(tuple, items);
    const auto variable = m_recorder.call(m_heap, {callee, tuple, {}, "fold", m_place});
    if (const auto folded = fold(callee, tuple); folded.tag() != Tag::Unknown) {
        return folded;
    }
    const auto made = m_heap.make(NodeKind::Call, m_place.start);
    if (auto* result = m_heap.node(made)) {
        result->name = variable;
        result->callee = callee;
        result->arguments = tuple;
    }
    return made;
}

Value Folder::named(std::string_view path, const Items& items)
{
    for (const std::string_view type : {"builtins.str.", "builtins.bytes.", "builtins.bytearray.", "builtins.dict.",
             "collections.OrderedDict.", "builtins.list."}) {
        if (path.starts_with(type) && !items.empty()) {
            return method(items[0], path.substr(type.size()), {items.begin() + 1, items.end()});
        }
    }
    if (const auto found = lookUp(path, items); found.tag() != Tag::Unknown) {
        return found;
    }
    if (const auto found = coded(path, items); found.tag() != Tag::Unknown) {
        return found;
    }
    return inner(path, items);
}

// Modules and attributes by name.
Value Folder::lookUp(std::string_view path, const Items& items)
{
    if (items.empty()) {
        return {};
    }
    if (isOneOf(path, {"builtins.getattr", "inspect.getattr_static"}) && items.size() >= 2) {
        return attribute(items[0], items[1]);
    }
    if (isOneOf(path, {"builtins.__import__", "importlib.__import__", "_frozen_importlib.__import__"})) {
        return module(items[0], items.size() < 4);
    }
    if (isOneOf(path,
            {"importlib.import_module", "importlib._bootstrap._gcd_import", "_frozen_importlib._gcd_import",
                "pydoc.locate", "pydoc.safeimport", "pkgutil.resolve_name", "dill._dill._import_module",
                "cloudpickle.cloudpickle.subimport", "django.utils.module_loading.import_string",
                "werkzeug.utils.import_string"})) {
        return module(items[0], false);
    }
    if (isOneOf(path, {"operator.getitem", "_operator.getitem"}) && items.size() == 2) {
        return item(items[0], items[1]);
    }
    return {};
}

// Texts out of texts.
Value Folder::coded(std::string_view path, const Items& items)
{
    if (items.empty()) {
        return {};
    }
    if (items.size() == 2
        && isOneOf(path,
            {"operator.concat", "_operator.concat", "operator.add", "_operator.add", "operator.iadd", "_operator.iadd",
                "operator.iconcat", "_operator.iconcat"})) {
        return textMethod(items[0], "__add__", {items[1]});
    }
    if (isOneOf(path, {"_codecs.encode", "codecs.encode", "_codecs.decode", "codecs.decode"})) {
        const auto codec = items.size() > 1 ? textOf(items[1]) : std::string("utf-8");
        return codec ? recode(items[0], *codec, path.ends_with("encode")) : Value();
    }
    if (isOneOf(path,
            {"base64.b64decode", "base64.standard_b64decode", "base64.urlsafe_b64decode", "base64.decodebytes",
                "binascii.a2b_base64"})) {
        return recode(items[0], "base64", false);
    }
    if (isOneOf(path, {"binascii.unhexlify", "binascii.a2b_hex"})) {
        return recode(items[0], "hex", false);
    }
    if (path == "zlib.decompress") {
        return recode(items[0], "zlib", false);
    }
    if (path == "builtins.chr" && items[0].tag() == Tag::Int && items[0].number() > 0 && items[0].number() < 128) {
        return text(std::string(1, static_cast<char>(items[0].number())), false, items);
    }
    if (isOneOf(path, {"builtins.str", "builtins.bytes"}) && textOf(items[0])) {
        return items.size() > 1 && isBytes(items[0]) ? recode(items[0], textOf(items[1]).value_or("utf-8"), false)
                                                     : Value();
    }
    return {};
}

// Functions that call a function they are given.
Value Folder::inner(std::string_view path, const Items& items)
{
    if (items.empty()) {
        return {};
    }
    if (isOneOf(path, {"operator.call", "_operator.call", "builtins.apply"})) {
        return call(items[0], {items.begin() + 1, items.end()});
    }
    if (items.size() >= 2
        && isOneOf(path,
            {"builtins.map", "builtins.filter", "functools.reduce", "_functools.reduce", "itertools.starmap",
                "itertools.takewhile", "itertools.dropwhile", "itertools.filterfalse"})) {
        const auto* list = m_heap.node(items[1]);
        const bool known = list && list->kind <= NodeKind::FrozenSet && list->kept > 0;
        // It runs when somebody iterates: shown, with nothing folded.
        static_cast<void>(call(items[0], known ? Items{m_heap.items(*list)[0]} : Items{}));
    }
    return {};
}

// partial(f, 1)(2), getattr(x, "join")(y), attrgetter("system")(os), methodcaller("system", "id")(os).
Value Folder::made(Value callee, const Items& items)
{
    const auto& node = *m_heap.node(callee);
    const auto* maker = m_heap.node(node.callee);
    const auto given = tupleItems(m_heap, node.arguments);
    if (!maker || maker->kind != NodeKind::Global || !given || given->empty()) {
        return {};
    }
    const auto path = m_recorder.facts().globals[maker->name].path();
    if (isOneOf(path, {"functools.partial", "_functools.partial"})) {
        Items all(given->begin() + 1, given->end());
        all.insert(all.end(), items.begin(), items.end());
        return call((*given)[0], all);
    }
    if (items.empty()) {
        return {};
    }
    if (isOneOf(path, {"operator.attrgetter", "_operator.attrgetter"})) {
        return attribute(items[0], (*given)[0]);
    }
    if (isOneOf(path, {"operator.itemgetter", "_operator.itemgetter"})) {
        return item(items[0], (*given)[0]);
    }
    if (isOneOf(path, {"operator.methodcaller", "_operator.methodcaller"})) {
        const auto name = textOf((*given)[0]);
        const Items rest(given->begin() + 1, given->end());
        const auto function = attribute(items[0], (*given)[0]);
        return function.isNode() ? call(function, rest) : name ? method(items[0], *name, rest) : Value();
    }
    if (path == "builtins.getattr" && given->size() >= 2) {
        const auto name = textOf((*given)[1]);
        return name ? method((*given)[0], *name, items) : Value();
    }
    return {};
}

Value Folder::attribute(Value object, Value name)
{
    const auto* node = m_heap.node(object);
    const auto word = textOf(name);
    if (!node || node->kind != NodeKind::Global || !word || word->empty() || word->size() > 200) {
        return {};
    }
    const auto& base = m_recorder.facts().globals[node->name];
    if (!base.resolved || base.path().size() > 400) {
        return {};
    }
    GlobalRequest request;
    request.module = base.module;
    request.name = base.name.empty() ? *word : base.name + '.' + *word;
    request.how = PickleGlobal::How::Attribute;
    request.bytes = m_place;
    request.sources = base.sources;
    for (const auto range : sourcesOf(name)) {
        request.sources.push_back(range);
    }
    return onName(std::move(request));
}

Value Folder::module(Value name, bool topOnly)
{
    auto word = textOf(name);
    if (!word || word->empty() || word->size() > 200) {
        return {};
    }
    GlobalRequest request;
    const auto colon = word->find(':');
    if (colon != std::string::npos) {
        request.name = word->substr(colon + 1);
        word->resize(colon);
    } else if (topOnly) {
        word->resize(std::min(word->find('.'), word->size()));
    }
    request.module = *word;
    request.how = PickleGlobal::How::Attribute;
    request.bytes = m_place;
    request.sources = sourcesOf(name);
    return onName(std::move(request));
}

Value Folder::item(Value object, Value key)
{
    const auto* node = m_heap.node(object);
    if (!node) {
        return {};
    }
    const auto word = textOf(key);
    if (node->kind == NodeKind::Global && word) {
        const auto& base = m_recorder.facts().globals[node->name];
        if (base.path() == "sys.modules") {
            return module(key, false);
        }
        return base.path().ends_with("__dict__") || base.path().ends_with("__globals__")
                || base.path().ends_with("__builtins__")
            ? attribute(object, key)
            : Value();
    }
    if (node->kind == NodeKind::Dict || node->kind == NodeKind::Call) {
        const auto items = m_heap.items(*node);
        for (std::size_t i = items.size() / 2; word && i > 0; --i) {
            if (textOf(items[2 * i - 2]) == word) {
                const auto value = items[2 * i - 1];
                const auto content = textOf(value);
                // Out of a container: computed, whatever it was before.
                return content ? text(*content, isBytes(value), std::span(&value, 1)) : value;
            }
        }
    }
    const auto sequence = node->kind == NodeKind::Tuple || node->kind == NodeKind::List;
    if (sequence && key.tag() == Tag::Int && key.number() >= 0
        && static_cast<std::uint64_t>(key.number()) < node->kept) {
        return m_heap.items(*node)[static_cast<std::size_t>(key.number())];
    }
    return {};
}

Value Folder::method(Value object, std::string_view name, const Items& items)
{
    if (textOf(object)) {
        return textMethod(object, name, items);
    }
    if (isOneOf(name, {"get", "__getitem__", "pop", "setdefault"}) && !items.empty()) {
        return item(object, items[0]);
    }
    return {};
}

Value Folder::textMethod(Value object, std::string_view name, const Items& items)
{
    const auto content = textOf(object);
    if (!content) {
        return {};
    }
    Items sources{object};
    sources.insert(sources.end(), items.begin(), items.end());
    const bool bytes = isBytes(object);
    if (name == "join" && items.size() == 1) {
        return join(object, items[0]);
    }
    if (isOneOf(name, {"encode", "decode"})) {
        const auto codec = items.empty() ? std::string("utf-8") : textOf(items[0]).value_or("?");
        return recode(object, codec, name == "encode");
    }
    if (name == "lower") {
        return text(mapped(*content, 'A', 'Z', 32), bytes, sources);
    }
    if (name == "upper") {
        return text(mapped(*content, 'a', 'z', -32), bytes, sources);
    }
    if (isOneOf(name, {"strip", "lstrip", "rstrip"})) {
        const auto chars = items.empty() ? std::string(" \t\r\n") : textOf(items[0]).value_or("");
        const auto first = name == "rstrip" ? 0 : content->find_first_not_of(chars);
        const auto last = name == "lstrip" ? content->size() : content->find_last_not_of(chars) + 1;
        return text(
            first == std::string::npos || last <= first ? "" : content->substr(first, last - first), bytes, sources);
    }
    const auto second = items.empty() ? std::nullopt : textOf(items[0]);
    if (name == "__add__" && second) {
        return text(*content + *second, bytes, sources);
    }
    const auto third = items.size() < 2 ? std::nullopt : textOf(items[1]);
    if (name == "replace" && second && third && !second->empty()) {
        std::string out;
        std::size_t from = 0;
        for (auto at = content->find(*second); at != std::string::npos && out.size() <= longest;
            at = content->find(*second, from)) {
            out.append(*content, from, at - from).append(*third);
            from = at + second->size();
        }
        return text(out.append(*content, from, std::string::npos), bytes, sources);
    }
    return {};
}

Value Folder::join(Value separator, Value parts)
{
    const auto glue = textOf(separator);
    const auto* list = m_heap.node(parts);
    if (!glue || !list) {
        return {};
    }
    if (const auto letters = textOf(parts); letters) { // a text is joined letter by letter
        return glue->empty() ? text(*letters, isBytes(parts), std::span(&parts, 1)) : Value();
    }
    if (list->kind > NodeKind::List || list->kept != list->total) {
        return {};
    }
    std::string out;
    const auto items = m_heap.items(*list);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto part = textOf(items[i]);
        if (!part || out.size() > longest) {
            return {};
        }
        (out += i == 0 ? "" : *glue) += *part;
    }
    const std::vector<Value> sources(items.begin(), items.end());
    return text(out, isBytes(separator), sources);
}

Value Folder::recode(Value value, std::string_view codec, bool encode)
{
    const auto content = textOf(value);
    if (!content) {
        return {};
    }
    const auto name = codecName(codec);
    const std::span<const Value> sources(&value, 1);
    if (name == "rot13") {
        return text(rot13(*content), false, sources);
    }
    if (isOneOf(name, {"utf8", "ascii", "latin1", "utf", "iso88591", "usascii"})) {
        // Megabytes of array data pass here in protocol 2.
        const bool plain = std::all_of(content->begin(), content->end(), [](char c) { return c >= 0; });
        return plain && content->size() <= 1'024 ? text(*content, encode, sources) : Value();
    }
    if (encode) {
        return {};
    }
    std::optional<std::string> decoded;
    Budget budget;
    if (isOneOf(name, {"base64"})) {
        decoded = decodeBase64(*content);
    } else if (isOneOf(name, {"hex"})) {
        decoded = decodeHex(*content);
    } else if (isOneOf(name, {"zlib", "zip"})) {
        decoded = inflate(*content, longest, budget);
    }
    return decoded ? text(*decoded, true, sources) : Value();
}

} // namespace cupel::formats::pickle
