// SPDX-License-Identifier: GPL-3.0-or-later
// The state that BUILD gives an object: keys on which Python, or the class, acts instead of keeping them.
#include "analyzers/formats/pickle/machine.h"

#include <algorithm>
#include <array>

namespace cupel::formats::pickle {

namespace {

// Keys of a state that Python acts on instead of keeping them.
constexpr std::array<std::string_view, 25> specialKeys{"__class__", "__setstate__", "__reduce__", "__reduce_ex__",
    "__getattr__", "__getattribute__", "__call__", "__del__", "__new__", "__init__", "__getstate__", "__globals__",
    "__code__", "__builtins__",
    // Asked of the object itself by copy.deepcopy and by NumPy.
    "__deepcopy__", "__copy__", "__array__", "__array_interface__", "__array_struct__", "__array_wrap__",
    "__array_prepare__", "__array_finalize__", "__array_function__", "__array_ufunc__", "__dlpack__"};

// Plain names that are asked of the object itself: dict(object) calls its `keys`; APPEND, APPENDS and ADDITEMS call the
// others. A column of data has such names too, so that it counts only where a function stands there.
constexpr std::array<std::string_view, 4> calledKeys{"keys", "append", "extend", "add"};

// Texts of a state on which the class acts: SciPy's __setstate__ compiles the one, old joblib loads the other.
constexpr std::array<std::string_view, 2> tellingKeys{"_parse_arg_template", "filename"};
constexpr std::size_t longestStateText = 4'096;
constexpr std::size_t mostStateTexts = 1'000;

// Node::marks of dicts
constexpr std::uint16_t hasSpecialKey = 1;
constexpr std::uint16_t hasCalledKey = 2;
constexpr std::uint16_t hasTellingKey = 4;

// Whether a text may be one of the keys above, from a look at its bytes.
bool mayBeKey(ByteView bytes, std::uint64_t at)
{
    const auto code = static_cast<Code>(static_cast<unsigned char>(bytes[at]));
    const std::uint64_t head = code == Code::ShortBinUnicode ? 2 : code == Code::BinUnicode ? 5 : 0;
    if (head == 0 || at + head + 1 >= bytes.size()) {
        return head == 0;
    }
    const char second = bytes[at + head + 1];
    switch (bytes[at + head]) {
    case '_':
        return second == '_' || second == 'p';
    case 'a':
        return second == 'p' || second == 'd';
    case 'e':
        return second == 'x';
    case 'f':
        return second == 'i';
    case 'k':
        return second == 'e';
    default:
        return false;
    }
}

std::uint16_t markOf(std::string_view key)
{
    const auto is = [key](const auto& keys) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
    return is(specialKeys) ? hasSpecialKey : is(calledKeys) ? hasCalledKey : is(tellingKeys) ? hasTellingKey : 0;
}

} // namespace

// Keys count even where the heap keeps no more elements.
void Machine::noteKeys(Value target, std::span<const Value> pairs)
{
    auto* node = m_heap.node(target);
    for (std::size_t i = 0; node && i + 1 < pairs.size(); i += 2) {
        const auto key = pairs[i];
        if (key.tag() != Tag::Text && !key.isNode()) {
            continue;
        }
        if (key.tag() == Tag::Text && !mayBeKey(m_bytes, key.payload())) {
            continue;
        }
        const auto mark = markOf(values().text(key, 32).value_or(""));
        if (mark != hasCalledKey || isFunction(pairs[i + 1])) {
            node->marks |= mark;
        }
    }
}

void Machine::buildState(const Op& op, Value object, Value state)
{
    if (isForeign(object)) {
        const std::array<Value, 1> with{state};
        foreignChange(op, PickleChange::Kind::State, object, with);
        return;
    }
    auto* node = m_heap.node(object);
    if (!node) {
        return;
    }
    specialState(op, object, state);
    if (m_events.tensors) {
        m_events.tensors->built(values(), object, state);
    }
    if (node->kind == NodeKind::Call) {
        tellStateTexts(op, object, state);
        partialState(op, object, state);
        node = m_heap.node(object); // there are new nodes
        node->state = state;
        node->weight += m_heap.weight(state);
        auto text = show(values(), object);
        text.text += ".__setstate__(";
        append(text, show(values(), state));
        text.text += ")";
        m_recorder.line(std::move(text), op.at, false);
    }
}

// The state is a dict, or a tuple of two for objects with slots.
std::vector<Value> Machine::dictsOf(Value state) const
{
    if (const auto pair = tupleItems(m_heap, state); pair && pair->size() == 2) {
        return *pair;
    }
    return {state};
}

// Whether the value can be called: a name, or a function that something made.
bool Machine::isFunction(Value value) const
{
    const auto* node = m_heap.node(value);
    if (!node || node->kind != NodeKind::Call) {
        return node && node->kind == NodeKind::Global;
    }
    const auto callee = values().calleeOf(value);
    if (callee < 0) {
        return true; // of something made, too
    }
    const auto path = m_recorder.facts().globals[static_cast<std::size_t>(callee)].path();
    return path == "functools.partial" || path == "builtins.getattr" || path.starts_with("operator.")
        || path.starts_with("types.");
}

void Machine::specialState(const Op& op, Value object, Value state)
{
    for (const auto value : dictsOf(state)) {
        const auto* dict = m_heap.node(value);
        if (!dict || (dict->marks & (hasSpecialKey | hasCalledKey)) == 0) {
            continue;
        }
        PickleChange change;
        change.special = "a special method"; // among those that are not kept
        const auto items = m_heap.items(*dict);
        for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
            const auto text = values().text(items[i], 32).value_or("");
            const auto is = [&text](
                                const auto& keys) { return std::find(keys.begin(), keys.end(), text) != keys.end(); };
            if (is(specialKeys) || (is(calledKeys) && isFunction(items[i + 1]))) {
                change.special = text;
                break;
            }
        }
        change.bytes = {op.at, op.end};
        change.shown = show(values(), object);
        change.shown.text += ".__setstate__(";
        append(change.shown, show(values(), state));
        change.shown.text += ")";
        m_recorder.change(m_heap, std::move(change), object);
    }
}

// Functions that give their dict to an object as its state.
void Machine::givenState(const Op& op, Value made, Value callee, Value arguments)
{
    const auto function = values().global(callee);
    if (function < 0) {
        return;
    }
    constexpr std::array<std::string_view, 7> givers{"types.SimpleNamespace", "argparse.Namespace", "optparse.Values",
        "torch._utils._rebuild_parameter_with_state", "torch._utils._set_obj_state", "torch._tensor._rebuild_from_type",
        "torch._tensor._rebuild_from_type_v2"};
    const auto path = m_recorder.facts().globals[static_cast<std::size_t>(function)].path();
    if (std::find(givers.begin(), givers.end(), path) == givers.end()) {
        return;
    }
    const auto* tuple = m_heap.node(arguments);
    const auto items = tuple ? m_heap.items(*tuple) : std::span<const Value>();
    for (const auto item : std::vector<Value>(items.begin(), items.end())) {
        specialState(op, made, item);
    }
}

void Machine::tellStateTexts(const Op& op, Value object, Value state)
{
    auto& told = m_recorder.facts().stateTexts;
    const auto callee = values().calleeOf(object);
    const auto path = callee < 0 ? std::string() : m_recorder.facts().globals[static_cast<std::size_t>(callee)].path();
    for (const auto value : dictsOf(state)) {
        const auto* dict = m_heap.node(value);
        if (!dict || (dict->marks & hasTellingKey) == 0) {
            continue;
        }
        const auto items = m_heap.items(*dict);
        for (const auto wanted : tellingKeys) {
            if (wanted == "filename" && !path.ends_with("ArrayWrapper")) {
                continue; // many classes have such a thing
            }
            PickleStateText text{callee, wanted, {}, {}, {op.at, op.end}};
            bool found = items.size() < dict->total; // or it is among those that are not kept
            for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
                if (values().text(items[i], 32) == wanted) {
                    text.text = values().text(items[i + 1], longestStateText).value_or("");
                    found = true;
                }
            }
            const auto equal = [&text](const PickleStateText& one) {
                return one.global == text.global && one.key == text.key && one.text == text.text;
            };
            if (!found || std::any_of(told.begin(), told.end(), equal)) {
                continue;
            }
            if (told.size() >= mostStateTexts) {
                m_recorder.facts().causesCut = true;
                return;
            }
            text.shown = show(values(), object);
            text.shown.text += ".__setstate__(";
            append(text.shown, show(values(), state));
            text.shown.text += ")";
            told.push_back(std::move(text));
        }
    }
}

// BUILD gives a partial another function: what counts is the last one.
void Machine::partialState(const Op& op, Value object, Value state)
{
    const auto parts = tupleItems(m_heap, state);
    const auto callee = values().calleeOf(object);
    if (!parts || parts->size() < 2 || callee < 0
        || m_recorder.facts().globals[static_cast<std::size_t>(callee)].path() != "functools.partial") {
        return;
    }
    std::vector<Value> given{parts->front()};
    if (const auto rest = tupleItems(m_heap, (*parts)[1])) {
        given.insert(given.end(), rest->begin(), rest->end());
    }
    const auto arguments = tupleOf(given, op.at);
    const auto function = m_heap.node(object)->callee;
    m_recorder.call(m_heap, {function, arguments, parts->size() > 2 ? (*parts)[2] : Value(), "BUILD", {op.at, op.end}});
    m_heap.node(object)->arguments = arguments;
}

} // namespace cupel::formats::pickle
