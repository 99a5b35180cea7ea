// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/machine.h"

#include "analyzers/formats/pickle/literal.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::formats::pickle {

struct Machine::Handlers {
    static constexpr std::array<Handler, 256> make()
    {
        std::array<Handler, 256> table{};
        const auto set = [&table](Handler handler, std::initializer_list<Code> codes) {
            for (const auto code : codes) {
                table[static_cast<std::uint8_t>(code)] = handler;
            }
        };
        using M = Machine;
        set(&M::onMark, {Code::Mark});
        set(&M::onPop, {Code::Pop});
        set(&M::onPopMark, {Code::PopMark});
        set(&M::onDup, {Code::Dup});
        set(&M::onConstant, {Code::None, Code::NewTrue, Code::NewFalse, Code::BinFloat});
        set(&M::onNumber,
            {Code::BinInt, Code::BinInt1, Code::BinInt2, Code::Int, Code::Long, Code::Long1, Code::Long4, Code::Float});
        set(&M::onLine, {Code::String, Code::Unicode});
        set(&M::onText,
            {Code::BinString, Code::ShortBinString, Code::BinUnicode, Code::ShortBinUnicode, Code::BinUnicode8,
                Code::BinBytes, Code::ShortBinBytes, Code::BinBytes8, Code::ByteArray8});
        set(&M::onContainer, {Code::EmptyTuple, Code::EmptyList, Code::EmptyDict, Code::EmptySet});
        set(&M::onFixedTuple, {Code::Tuple1, Code::Tuple2, Code::Tuple3});
        set(&M::onMarked, {Code::Tuple, Code::List, Code::Dict, Code::FrozenSet});
        set(&M::onGet, {Code::Get, Code::BinGet, Code::LongBinGet});
        set(&M::onPut, {Code::Put, Code::BinPut, Code::LongBinPut, Code::Memoize});
        set(&M::onProto, {Code::Proto});
        set(&M::onFrame, {Code::Frame});
        set(&M::onAppend, {Code::Append, Code::Appends, Code::AddItems});
        set(&M::onSetItem, {Code::SetItem, Code::SetItems});
        set(&M::onGlobal, {Code::Global});
        set(&M::onStackGlobal, {Code::StackGlobal});
        set(&M::onInst, {Code::Inst});
        set(&M::onObj, {Code::Obj});
        set(&M::onReduce, {Code::Reduce});
        set(&M::onNewObj, {Code::NewObj, Code::NewObjEx});
        set(&M::onBuild, {Code::Build});
        set(&M::onPersistent, {Code::PersId, Code::BinPersId});
        set(&M::onExtension, {Code::Ext1, Code::Ext2, Code::Ext4});
        set(&M::onBuffer, {Code::NextBuffer, Code::ReadOnlyBuffer});
        return table;
    }
};

Machine::Machine(ByteView bytes, Recorder& recorder, Budget& budget, MachineEvents events)
    : m_bytes(bytes)
    , m_recorder(recorder)
    , m_budget(budget)
    , m_events(std::move(events))
{
}

void Machine::reset(std::uint64_t start, bool dropsFrames)
{
    m_heap.clear();
    m_memo.clear();
    m_stack.clear();
    m_marks.clear();
    m_globals.clear();
    m_base = 0;
    m_lostMarks = 0;
    m_start = start;
    m_opcodes = 0;
    m_frameEnd = noFrame;
    m_quietUntil = 0;
    m_quiet = {};
    m_protocol = 0;
    m_dropsFrames = dropsFrames;
    m_straddled = false;
    m_failed = false;
    m_problem = {};
    m_result = {};
}

StreamEnd Machine::readProblem(ReadResult result, const Op& op) const
{
    switch (result) {
    case ReadResult::Truncated:
        return {StreamEnd::Kind::Truncated, op.at, "it ends inside an opcode"};
    case ReadResult::UnknownOpcode:
        return {StreamEnd::Kind::Failed, op.at, "there is no such opcode"};
    case ReadResult::Ok:
    case ReadResult::End:
        break;
    }
    return {StreamEnd::Kind::Truncated, m_bytes.size(), "it ends without STOP"};
}

StreamEnd Machine::run(std::uint64_t start, bool dropsFrames)
{
    reset(start, dropsFrames);
    const auto end = follow(start, dropsFrames);
    tellTexts();
    return end;
}

void Machine::tellTexts()
{
    if (!m_quiet.empty()) {
        m_events.quietTexts(std::exchange(m_quiet, {}));
    }
}

void Machine::tellLiteral(const Op& op, bool text)
{
    if (m_events.literal) {
        tellTexts();
        m_events.literal(op, text);
    }
}

StreamEnd Machine::follow(std::uint64_t start, bool dropsFrames)
{
    constexpr std::uint64_t checkEvery = 16'384; // bytes, and so no more opcodes
    std::uint64_t checked = start;
    std::uint64_t at = start;
    Op op;
    while (true) {
        at = plain(at, std::min({m_bytes.size(), m_frameEnd, checked + checkEvery}));
        if (m_failed) {
            return {StreamEnd::Kind::Failed, at, m_problem};
        }
        if (m_heap.isFull() || m_memo.wantsCollecting()) {
            collect();
        }
        const auto result = readOp(m_bytes, at, op, m_frameEnd, dropsFrames);
        if (result != ReadResult::Ok) {
            return readProblem(result, op);
        }
        ++m_opcodes;
        m_straddled = m_straddled || op.straddles;
        if (op.crosses) {
            m_recorder.oddity("frame-crossed", {op.at, op.end});
        }
        m_frameEnd = op.end >= m_frameEnd ? noFrame : m_frameEnd;
        if (op.code == Code::Stop) {
            if (!need(1)) {
                return {StreamEnd::Kind::Failed, op.at, m_problem};
            }
            m_result = pop();
            if (m_frameEnd != noFrame) {
                // What is left of the frame is lost where files are read, and the next stream where it is not.
                m_recorder.oddity("stop-in-frame", {op.at, op.end});
            }
            return {StreamEnd::Kind::Stop, op.end, {}};
        }
        m_jump = 0;
        if (!step(op)) {
            return {StreamEnd::Kind::Failed, op.at, m_problem};
        }
        at = m_jump > op.end ? m_jump : op.end;
        if (at - checked >= checkEvery) {
            if (!m_budget.spend(at - checked)) {
                return {StreamEnd::Kind::Interrupted, at, "a limit was reached"};
            }
            checked = at;
        }
    }
}

inline bool Machine::step(const Op& op)
{
    static constexpr auto table = Handlers::make();
    return (this->*table[static_cast<std::uint8_t>(op.code)])(op);
}

bool Machine::fail(std::string_view problem)
{
    m_problem = problem;
    return false;
}

bool Machine::push(Value value)
{
    if (m_stack.size() >= mostStack) {
        m_stack.forget(mostStack / 2);
        m_base += mostStack / 2;
        m_recorder.oddity("deep-stack", {m_start, m_start + 1});
    }
    m_stack.push(value);
    return true;
}

Value Machine::pop()
{
    if (m_stack.empty()) {
        m_base -= m_base > 0 ? 1 : 0;
        return {};
    }
    const auto value = m_stack.back();
    m_stack.pop();
    return value;
}

bool Machine::need(std::uint64_t count)
{
    return size() >= fence() + count || fail(m_marks.empty() ? "the stack is empty" : "there is a mark in the way");
}

bool Machine::toMark(std::uint64_t& mark)
{
    if (m_marks.empty() && m_lostMarks == 0) {
        return fail("a mark is missing");
    }
    mark = fence();
    if (m_marks.empty()) {
        m_lostMarks = 0; // what lies below it is not known any more
    } else {
        m_marks.pop_back();
    }
    return true;
}

std::span<const Value> Machine::above(std::uint64_t mark) const
{
    return m_stack.all().subspan(mark < m_base ? 0 : std::min<std::uint64_t>(mark - m_base, m_stack.size()));
}

void Machine::cut(std::uint64_t size)
{
    if (size < m_base) {
        m_stack.clear();
        m_base = size;
    } else {
        m_stack.cut(std::min<std::uint64_t>(size - m_base, m_stack.size()));
    }
}

void Machine::collect()
{
    Heap::Collector collector(m_heap);
    std::vector<std::uint32_t> names;
    for (const auto& [key, value] : m_globals) {
        names.push_back(key);
    }
    std::sort(names.begin(), names.end());
    for (const auto key : names) {
        collector.root(m_globals[key]);
    }
    m_stack.eachNode([&collector](Value& value) { collector.root(value); });
    collector.young();
    if (collector.hasObjects()) {
        m_memo.eachNode([&collector](Value& value) { collector.rememberedObject(value); });
    }
    m_memo.eachNode([&collector](Value& value) { collector.remembered(value); });
    collector.finish();
    std::erase_if(m_globals, [](const auto& entry) { return !entry.second.isNode(); });
}

bool Machine::onMark(const Op& /*op*/)
{
    if (m_marks.size() >= mostMarks) {
        m_lostMarks = m_marks[mostMarks / 2 - 1];
        m_marks.erase(m_marks.begin(), m_marks.begin() + mostMarks / 2);
        m_recorder.oddity("deep-stack", {m_start, m_start + 1});
    }
    m_marks.push_back(size());
    return true;
}

// CPython: a mark on top goes first.
bool Machine::onPop(const Op& /*op*/)
{
    if (!m_marks.empty() && m_marks.back() == size()) {
        m_marks.pop_back();
        return true;
    }
    if (!need(1)) {
        return false;
    }
    pop();
    return true;
}

bool Machine::onPopMark(const Op& /*op*/)
{
    std::uint64_t mark = 0;
    if (!toMark(mark)) {
        return false;
    }
    cut(mark);
    return true;
}

bool Machine::onDup(const Op& /*op*/)
{
    return need(1) && push(at(size() - 1));
}

bool Machine::onConstant(const Op& op)
{
    switch (op.code) {
    case Code::NewTrue:
        return push(Tag::True);
    case Code::NewFalse:
        return push(Tag::False);
    case Code::BinFloat:
        return push({Tag::Float, op.at});
    default:
        return push(Tag::None);
    }
}

bool Machine::onNumber(const Op& op)
{
    if (op.code == Code::BinInt || op.code == Code::BinInt1 || op.code == Code::BinInt2) {
        return push(Value::integer(static_cast<std::int64_t>(op.number)));
    }
    if (op.code == Code::Float) {
        return isFloatLine(slice(m_bytes, op.text)) ? push({Tag::Float, op.at}) : fail("a line is not a number");
    }
    if (op.code == Code::Long4 && static_cast<std::int32_t>(op.number) < 0) {
        return fail("a length is negative");
    }
    const auto value = numberOf(m_bytes, op);
    return value ? push(*value) : fail("a line is not a number");
}

bool Machine::onLine(const Op& op)
{
    if (op.text.size() >= shortLiteral) {
        tellLiteral(op, true);
    }
    // Only STRING can be wrong in a way that stops it here; escapes are looked at when somebody asks.
    const auto line = slice(m_bytes, op.text);
    if (op.code == Code::String
        && (line.size() < 2 || line.front() != line.back() || (line.front() != '\'' && line.front() != '"'))) {
        return fail("a string has no quotes");
    }
    if (line.find('\\') != ByteView::npos && !decodeLiteral(m_bytes, op, line.size() * 2)) {
        return fail("an escape in a string is wrong");
    }
    return onText(op);
}

bool Machine::onText(const Op& op)
{
    const bool isBytes = op.code == Code::BinBytes || op.code == Code::ShortBinBytes || op.code == Code::BinBytes8
        || op.code == Code::ByteArray8;
    if (op.text.size() >= shortLiteral && op.code != Code::String && op.code != Code::Unicode) {
        tellLiteral(op, !isBytes);
    }
    if (op.straddles && m_dropsFrames) {
        // Read again from its opcode it would be another one.
        const auto content = decodeLiteral(m_bytes, op, 65'536);
        return push(m_heap.makeText(content.value_or(""), isBytes, op.at));
    }
    return push({isBytes ? Tag::Bytes : Tag::Text, op.at});
}

bool Machine::onContainer(const Op& op)
{
    switch (op.code) {
    case Code::EmptyTuple:
        return push(m_heap.make(NodeKind::Tuple, op.at));
    case Code::EmptyList:
        return push(m_heap.make(NodeKind::List, op.at));
    case Code::EmptyDict:
        return push(m_heap.make(NodeKind::Dict, op.at));
    default:
        return push(m_heap.make(NodeKind::Set, op.at));
    }
}

Value Machine::tupleOf(std::span<const Value> items, std::uint64_t at)
{
    const auto tuple = m_heap.make(NodeKind::Tuple, at);
    m_heap.append(tuple, items);
    return tuple;
}

bool Machine::onFixedTuple(const Op& op)
{
    const auto count = op.code == Code::Tuple1 ? 1U : op.code == Code::Tuple2 ? 2U : 3U;
    if (!need(count)) {
        return false;
    }
    std::array<Value, 3> items;
    for (auto i = count; i > 0; --i) {
        items[i - 1] = pop();
    }
    const auto tuple = tupleOf(std::span(items).first(count), op.at);
    checkWeight(op, tuple);
    return push(tuple);
}

bool Machine::onMarked(const Op& op)
{
    std::uint64_t mark = 0;
    if (!toMark(mark)) {
        return false;
    }
    const auto count = size() - mark;
    if (op.code == Code::Dict && count % 2 != 0) {
        return fail("a key has no value");
    }
    const auto kind = op.code == Code::Tuple ? NodeKind::Tuple
        : op.code == Code::List              ? NodeKind::List
        : op.code == Code::Dict              ? NodeKind::Dict
                                             : NodeKind::FrozenSet;
    const auto made = m_heap.make(kind, op.at);
    const auto items = above(mark);
    if (op.code == Code::Dict && items.size() % 2 == 0) {
        noteKeys(made, items);
    }
    noteAdded(made, items, op.code == Code::Dict);
    m_heap.append(made, items);
    if (auto* node = m_heap.node(made)) {
        node->total = count; // also those that were forgotten
    }
    cut(mark);
    checkWeight(op, made);
    return push(made);
}

bool Machine::onGet(const Op& op)
{
    const auto index = op.code == Code::Get ? memoIndex(slice(m_bytes, op.text)) : std::optional(op.number);
    const auto value = index ? m_memo.get(*index) : std::nullopt;
    return value ? push(*value) : fail("the memo has no such entry");
}

bool Machine::onPut(const Op& op)
{
    if (!need(1)) {
        return false;
    }
    const auto index = op.code == Code::Memoize ? std::optional(m_memo.count())
        : op.code == Code::Put                  ? memoIndex(slice(m_bytes, op.text))
                                                : std::optional(op.number);
    if (!index) {
        return fail("an index of the memo is no number");
    }
    // CPython makes room for twice the index.
    if (*index > (16 << 20) && *index / 64 > m_opcodes) {
        m_recorder.oddity("memo-index", {op.at, op.end}, std::to_string(*index));
    }
    m_memo.put(*index, at(size() - 1));
    return true;
}

bool Machine::onProto(const Op& op)
{
    if (op.number > 5) {
        m_recorder.oddity("protocol", {op.at, op.end}, std::to_string(op.number));
        return fail("there is no such protocol");
    }
    if (op.at != m_start) {
        m_recorder.oddity("protocol-again", {op.at, op.end});
    }
    m_protocol = static_cast<int>(op.number);
    return true;
}

bool Machine::onFrame(const Op& op)
{
    if (op.number > m_bytes.size() - op.end) {
        // The C unpickler fails here, the one in Python reads on: so do we.
        m_recorder.oddity("frame-too-long", {op.at, op.end});
        return true;
    }
    if (m_frameEnd == noFrame) {
        m_frameEnd = op.end + op.number;
        return true;
    }
    m_recorder.oddity("frame-in-frame", {op.at, op.end});
    if (op.number <= m_frameEnd - op.end) {
        return true; // it is in the buffer already: the outer frame stays what it is
    }
    // The rest of the outer frame is lost where files are read.
    m_straddled = true;
    const auto outer = m_frameEnd;
    m_frameEnd = noFrame;
    if (m_dropsFrames) {
        if (op.number > m_bytes.size() - outer) {
            return fail("a frame is longer than the file");
        }
        m_jump = outer;
        m_frameEnd = outer + op.number;
    }
    return true;
}

} // namespace cupel::formats::pickle
