// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/fold.h"

#include "analyzers/formats/pickle/literal.h"

#include <algorithm>
#include <array>

namespace cupel::formats::pickle {

namespace {

constexpr unsigned deepest = 8; // calls in calls in calls

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
    auto text = m_recorder.values(m_heap).text(value, longestFolded + 1);
    return text && text->size() <= longestFolded ? text : std::nullopt;
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

bool Folder::mayFold(std::string_view path)
{
    constexpr std::array<std::string_view, 25> modules{"builtins.", "operator.", "_operator.", "codecs.", "_codecs.",
        "base64.", "binascii.", "zlib.", "importlib.", "_frozen_importlib.", "pydoc.", "pkgutil.", "functools.",
        "_functools.", "itertools.", "inspect.", "dill.", "cloudpickle.", "collections.OrderedDict.", "django.",
        "numpy._core._ufunc_reconstruct", "numpy.core._ufunc_reconstruct", "torch._utils._import_dotted_name",
        "pandas.compat._optional.", "lazy_loader."};
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
    if (isOneOf(path, {"numpy._core._ufunc_reconstruct", "numpy.core._ufunc_reconstruct"}) && items.size() == 2) {
        const auto found = module(items[0], false); // it is getattr(__import__(module), name)
        return found.isNode() ? attribute(found, items[1]) : Value();
    }
    if (path == "torch._utils._import_dotted_name") {
        return dotted(items[0]);
    }
    if (isOneOf(path, {"pandas.compat._optional.import_optional_dependency", "lazy_loader.load"})) {
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

// "os.system": what stands behind the first dot is an attribute.
Value Folder::dotted(Value name)
{
    const auto word = textOf(name);
    if (!word || word->empty() || word->size() > 400) {
        return {};
    }
    GlobalRequest request;
    const auto dot = std::min(word->find('.'), word->size());
    request.module = word->substr(0, dot);
    request.name = dot < word->size() ? word->substr(dot + 1) : std::string();
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

} // namespace cupel::formats::pickle
