// SPDX-License-Identifier: GPL-3.0-or-later
// Names, calls, and changes of objects: where a pickle stops being data.
#include "analyzers/formats/pickle/fold.h"
#include "analyzers/formats/pickle/literal.h"
#include "analyzers/formats/pickle/machine.h"

#include <algorithm>
#include <array>

namespace cupel::formats::pickle {

void Machine::tellWeight(const Op& op, Value container)
{
    const auto weight = m_heap.weight(container);
    // Each opcode may make it heavier again: only the first is put into words.
    if (weight > 1'000 * static_cast<double>(m_opcodes) && !m_recorder.countsAgain("expansion")) {
        int zeros = 0;
        for (double rest = weight; rest >= 10 && zeros < 308; rest /= 10) {
            ++zeros;
        }
        m_recorder.oddity("expansion", {op.at, op.end}, "10^" + std::to_string(zeros));
    }
}

// Not made by the stream: changing it changes the program that loads.
bool Machine::isForeign(Value target) const
{
    const auto* node = m_heap.node(target);
    const auto kind = node ? node->kind : NodeKind{target.extra()};
    if (kind == NodeKind::Call && node) { // and what these hand out was there before
        constexpr std::array<std::string_view, 4> givers{
            "builtins.type", "builtins.getattr", "builtins.vars", "dill._dill._load_type"};
        const auto callee = values().calleeOf(target);
        return callee >= 0
            && std::find(
                   givers.begin(), givers.end(), m_recorder.facts().globals[static_cast<std::size_t>(callee)].path())
            != givers.end();
    }
    return (node || target.tag() == Tag::Spilled)
        && (kind == NodeKind::Global || kind == NodeKind::Persistent || kind == NodeKind::Extension);
}

void Machine::foreignChange(const Op& op, PickleChange::Kind kind, Value target, std::span<const Value> with)
{
    PickleChange change;
    change.kind = kind;
    change.foreign = true;
    change.bytes = {op.at, op.end};
    const auto seen = values();
    change.shown = show(seen, target);
    switch (kind) {
    case PickleChange::Kind::State:
        change.shown.text += ".__setstate__(";
        break;
    case PickleChange::Kind::Item:
        change.shown.text += ".update(";
        break;
    case PickleChange::Kind::Element:
        change.shown.text += ".extend(";
        break;
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(with.size(), 4); ++i) {
        change.shown.text += i == 0 ? "" : ", ";
        append(change.shown, show(seen, with[i]));
    }
    change.shown.text += ")";
    m_recorder.line(change.shown, op.at, true);
    m_recorder.change(m_heap, std::move(change), target);
}

// Picklers write the numbers of a tensor apart from it. Torch writes what stands here into its memory, unchecked
// before 2.10 (CVE-2026-24747).
bool Machine::isTensor(Value target) const
{
    const auto* node = m_heap.node(target);
    const auto callee = node && node->kind == NodeKind::Call ? values().calleeOf(target) : -1;
    if (callee < 0) {
        return false;
    }
    const auto path = m_recorder.facts().globals[static_cast<std::size_t>(callee)].path();
    return path.starts_with("torch._utils._rebuild_") || path.starts_with("torch._tensor._rebuild_")
        || path.starts_with("torch.nn.parameter.") || path == "torch.Tensor";
}

void Machine::tensorChange(const Op& op, PickleChange::Kind kind, Value target)
{
    PickleChange change;
    change.kind = kind;
    change.special = "numbers of its own";
    change.bytes = {op.at, op.end};
    change.shown = show(values(), target);
    change.shown.text += kind == PickleChange::Kind::Item ? "[\u2026] = \u2026" : ".append(\u2026)";
    m_recorder.line(change.shown, op.at, true);
    m_recorder.change(m_heap, std::move(change), target);
}

bool Machine::onAppend(const Op& op)
{
    if (op.code == Code::Append) {
        return need(2) ? addElements(op, size() - 1) : false;
    }
    std::uint64_t mark = 0;
    return toMark(mark) && addElements(op, mark);
}

bool Machine::addElements(const Op& op, std::uint64_t mark)
{
    if (mark > size() || mark <= fence()) {
        return fail("there is nothing to add to");
    }
    if (mark == size()) {
        return true;
    }
    const auto target = at(mark - 1);
    const auto items = above(mark);
    const auto* node = m_heap.node(target);
    const bool constant = target.tag() != Tag::Node && target.tag() != Tag::Unknown && target.tag() != Tag::Spilled;
    if (constant || (node && (node->kind == NodeKind::Tuple || node->kind == NodeKind::FrozenSet))) {
        return fail("nothing can be added to what is there");
    }
    if (isForeign(target)) {
        foreignChange(op, PickleChange::Kind::Element, target, items);
    } else if (isTensor(target)) {
        tensorChange(op, PickleChange::Kind::Element, target);
    } else if (node && (node->kind <= NodeKind::Set || node->kind == NodeKind::Call)) {
        noteAdded(target, items, false);
        m_heap.append(target, items);
        checkWeight(op, target);
    }
    cut(mark);
    return true;
}

bool Machine::onSetItem(const Op& op)
{
    if (op.code == Code::SetItem) {
        return need(3) ? addPairs(op, size() - 2) : false;
    }
    std::uint64_t mark = 0;
    return toMark(mark) && addPairs(op, mark);
}

bool Machine::addPairs(const Op& op, std::uint64_t mark)
{
    if (mark > size() || mark <= fence()) {
        return fail("there is nothing to add to");
    }
    if (mark == size()) {
        return true;
    }
    if ((size() - mark) % 2 != 0) {
        return fail("a key has no value");
    }
    const auto target = at(mark - 1);
    const auto pairs = above(mark);
    const auto* node = m_heap.node(target);
    const bool constant = target.tag() != Tag::Node && target.tag() != Tag::Unknown && target.tag() != Tag::Spilled;
    if (constant
        || (node
            && (node->kind == NodeKind::Tuple || node->kind == NodeKind::Set || node->kind == NodeKind::FrozenSet))) {
        return fail("what is there has no items");
    }
    if (isForeign(target)) {
        foreignChange(op, PickleChange::Kind::Item, target, pairs);
    } else if (isTensor(target)) {
        tensorChange(op, PickleChange::Kind::Item, target);
    } else if (node && (node->kind == NodeKind::Dict || node->kind == NodeKind::Call)) {
        noteKeys(target, pairs);
        noteAdded(target, pairs, true);
        m_heap.append(target, pairs);
        checkWeight(op, target);
    }
    cut(mark);
    return true;
}

void Machine::noteAdded(Value target, std::span<const Value> items, bool pairs)
{
    if (tensorsListen()) {
        const auto* node = m_heap.node(target);
        m_events.tensors->added(values(), target, items, pairs, node ? node->total : 0);
    }
}

Value Machine::importName(GlobalRequest request, std::uint64_t at)
{
    const auto fact = m_recorder.global(request);
    const auto [known, fresh] = m_globals.try_emplace(fact);
    if (fresh) {
        known->second = m_heap.make(NodeKind::Global, at);
        if (auto* node = m_heap.node(known->second)) {
            node->name = fact;
        }
    }
    return known->second;
}

bool Machine::onGlobal(const Op& op)
{
    GlobalRequest request;
    request.module = std::string(slice(m_bytes, op.text).substr(0, 1'024));
    request.name = std::string(slice(m_bytes, op.second).substr(0, 1'024));
    request.bytes = {op.at, op.end};
    request.oldNames = m_protocol < 3;
    return push(importName(std::move(request), op.at));
}

bool Machine::onStackGlobal(const Op& op)
{
    if (!need(2)) {
        return false;
    }
    const auto name = pop();
    const auto module = pop();
    const auto seen = values();
    GlobalRequest request;
    request.how = PickleGlobal::How::StackGlobal;
    request.bytes = {op.at, op.end};
    request.oldNames = m_protocol < 3;
    for (const auto part : {module, name}) {
        const auto text = seen.text(part, 1'024);
        const auto* node = m_heap.node(part);
        const bool mayBeText = seen.isText(part) || part.tag() == Tag::Unknown
            || (node && (node->kind == NodeKind::Call || node->kind >= NodeKind::Persistent))
            || part.tag() == Tag::Spilled;
        if (!mayBeText || (node && node->kind == NodeKind::ByteText)) {
            return fail("a name is no text");
        }
        request.resolved = request.resolved && text;
        if (!text || seen.isBuilt(part)) {
            request.how = PickleGlobal::How::Computed;
        }
        (part == module && request.sources.empty() ? request.module : request.name) = text.value_or("?");
        const auto range = literalRange(m_bytes, part);
        request.sources.push_back(range.empty() ? request.bytes : range);
    }
    if (module == name) {
        request.name = request.module;
    }
    return push(importName(std::move(request), op.at));
}

bool Machine::canBeCalled(Value value) const
{
    const auto* node = m_heap.node(value);
    switch (value.tag()) {
    case Tag::Unknown:
        return true;
    case Tag::Node:
        return node->kind >= NodeKind::Global && node->kind <= NodeKind::Extension;
    case Tag::Spilled:
        return NodeKind{value.extra()} >= NodeKind::Global && NodeKind{value.extra()} <= NodeKind::Extension;
    default:
        return false;
    }
}

Value Machine::call(const Op& op, Value callee, Value arguments, Value keywords, std::string_view how)
{
    CallRequest request{callee, arguments, keywords, how, {op.at, op.end}};
    const auto variable = m_recorder.call(m_heap, request);
    Folder folder(m_heap, m_recorder, m_bytes, request.bytes);
    folder.onName = [this, &op](GlobalRequest name) { return importName(std::move(name), op.at); };
    if (const auto folded = folder.fold(callee, arguments); folded.tag() != Tag::Unknown) {
        return folded;
    }
    const auto made = m_heap.make(NodeKind::Call, op.at);
    if (auto* node = m_heap.node(made)) {
        node->how = static_cast<std::uint8_t>(op.code);
        node->name = variable;
        node->callee = callee;
        node->arguments = arguments;
        node->state = keywords;
        node->weight = m_heap.weight(arguments);
    }
    givenState(op, made, callee, arguments);
    if (m_events.tensors) {
        m_events.tensors->called(values(), made, op);
    }
    return made;
}

bool Machine::onReduce(const Op& op)
{
    if (!need(2)) {
        return false;
    }
    const auto arguments = pop();
    const auto callee = pop();
    const auto* node = m_heap.node(arguments);
    const bool maybeTuple = arguments.tag() == Tag::Unknown
        || (node && (node->kind == NodeKind::Tuple || node->kind >= NodeKind::Call))
        || (arguments.tag() == Tag::Spilled && NodeKind{arguments.extra()} != NodeKind::List);
    if (!maybeTuple) {
        return fail("arguments are no tuple");
    }
    if (!canBeCalled(callee)) {
        return fail("what is called is no function");
    }
    return push(call(op, callee, arguments, {}, "REDUCE"));
}

bool Machine::onInst(const Op& op)
{
    std::uint64_t mark = 0;
    if (!toMark(mark)) {
        return false;
    }
    const auto arguments = tupleOf(above(mark), op.at);
    cut(mark);
    GlobalRequest request;
    request.module = std::string(slice(m_bytes, op.text).substr(0, 1'024));
    request.name = std::string(slice(m_bytes, op.second).substr(0, 1'024));
    request.how = PickleGlobal::How::Inst;
    request.bytes = {op.at, op.end};
    request.oldNames = m_protocol < 3;
    const auto callee = importName(std::move(request), op.at);
    return push(call(op, callee, arguments, {}, "INST"));
}

bool Machine::onObj(const Op& op)
{
    std::uint64_t mark = 0;
    if (!toMark(mark)) {
        return false;
    }
    if (size() <= mark) {
        return fail("there is no class");
    }
    const auto callee = at(mark);
    const auto arguments = tupleOf(above(mark + 1), op.at);
    cut(mark);
    if (!canBeCalled(callee)) {
        return fail("what is called is no function");
    }
    return push(call(op, callee, arguments, {}, "OBJ"));
}

bool Machine::onNewObj(const Op& op)
{
    const bool keywords = op.code == Code::NewObjEx;
    if (!need(keywords ? 3 : 2)) {
        return false;
    }
    const auto named = keywords ? pop() : Value();
    const auto arguments = pop();
    const auto callee = pop();
    if (!canBeCalled(callee)) {
        return fail("what shall be an object has no class");
    }
    return push(call(op, callee, arguments, named, keywords ? "NEWOBJ_EX" : "NEWOBJ"));
}

bool Machine::onBuild(const Op& op)
{
    if (!need(2)) {
        return false;
    }
    const auto state = pop();
    buildState(op, at(size() - 1), state);
    if (m_events.arrayFollows) {
        tellTexts(); // before those of the stream that may follow
        m_jump = m_events.arrayFollows(at(size() - 1), op.end);
        if (m_jump != 0) {
            m_frameEnd = noFrame;
        }
    }
    return true;
}

bool Machine::onPersistent(const Op& op)
{
    Value id;
    if (op.code == Code::PersId) {
        id = {Tag::Text, op.at};
    } else if (need(1)) {
        id = pop();
    } else {
        return false;
    }
    // ('storage', class, key, place, elements) is how PyTorch refers to the members of its archive.
    const auto parts = tupleItems(m_heap, id);
    const auto seen = values();
    const bool torch = parts && parts->size() >= 5 && seen.text((*parts)[0], 16) == "storage"
        && seen.global((*parts)[1]) >= 0 && seen.isText((*parts)[2]) && seen.isText((*parts)[3])
        && (*parts)[4].tag() == Tag::Int;
    // ('module', class, file, source) stands for the class in its form before 1.6: what is called is the class.
    if (parts && parts->size() == 4 && seen.text((*parts)[0], 16) == "module" && seen.global((*parts)[1]) >= 0
        && seen.isText((*parts)[2]) && seen.isText((*parts)[3])) {
        return push((*parts)[1]);
    }
    if (m_events.tensors) {
        m_events.tensors->persistent(seen, id, op);
    }
    if (!torch) {
        m_recorder.oddity("persistent", {op.at, op.end});
    } else if (auto& keys = m_recorder.facts().storages; keys.size() < 1'000) {
        auto key = seen.text((*parts)[2], 80).value_or("");
        if (std::find(keys.rbegin(), keys.rend(), key) == keys.rend()) {
            keys.push_back(std::move(key));
        }
    }
    const auto made = m_heap.make(NodeKind::Persistent, op.at);
    if (auto* node = m_heap.node(made)) {
        node->callee = id;
    }
    return push(made);
}

bool Machine::onExtension(const Op& op)
{
    const auto code = static_cast<std::int64_t>(op.number);
    if (code <= 0) {
        return fail("the number of an extension is not positive");
    }
    m_recorder.oddity("extension", {op.at, op.end}, std::to_string(code));
    const auto made = m_heap.make(NodeKind::Extension, op.at);
    if (auto* node = m_heap.node(made)) {
        node->name = static_cast<std::uint32_t>(code);
    }
    return push(made);
}

bool Machine::onBuffer(const Op& op)
{
    if (op.code == Code::ReadOnlyBuffer) {
        return need(1);
    }
    m_recorder.oddity("buffer", {op.at, op.end});
    return push(m_heap.make(NodeKind::Buffer, op.at));
}

} // namespace cupel::formats::pickle
