// SPDX-License-Identifier: GPL-3.0-or-later
// The pickle machine without a Python behind it: follows the stream exactly as CPython's C unpickler does, up to the
// byte where that would stop or fail, and calls nothing. One stream at a time, on one thread, in bounded memory.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/pickle/heap.h"
#include "analyzers/formats/pickle/memo.h"
#include "analyzers/formats/pickle/op_reader.h"
#include "analyzers/formats/pickle/recorder.h"
#include "analyzers/formats/pickle/torch_tensors.h"
#include "analyzers/formats/pickle/value_stack.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace cupel::formats::pickle {

struct StreamEnd {
    enum class Kind : std::uint8_t { Stop, Failed, Truncated, Interrupted };
    Kind kind = Kind::Failed;
    std::uint64_t at = 0; // first byte behind STOP, or the opcode that fails
    std::string_view problem; // why it fails
};

// What the machine tells while it runs.
struct MachineEvents {
    std::function<void(const Op& op, bool text)> literal; // a text or bytes of eight bytes or more
    // Texts that hold no pickle need not be told one by one: where they stand, from the first to the last of those that
    // are close to one another. `quietUntil` says up to where no text behind `at` holds one, unless it begins with
    // digits that could be one.
    std::function<void(ByteRange texts)> quietTexts;
    std::function<std::uint64_t(std::uint64_t at)> quietUntil;
    // After BUILD of an array wrapper of joblib: the offset behind the raw bytes that follow; 0: nothing follows.
    std::function<std::uint64_t(Value object, std::uint64_t at)> arrayFollows;
    TorchTensors* tensors = nullptr; // takes note of tensors
};

class Machine {
public:
    Machine(ByteView bytes, Recorder& recorder, Budget& budget, MachineEvents events);

    static constexpr std::uint64_t nearText = 16; // bytes between texts that are told together

    // `dropsFrames`: the reading of files, where what is left of a frame that ends inside an argument is lost.
    StreamEnd run(std::uint64_t start, bool dropsFrames);

    [[nodiscard]] std::uint64_t opcodes() const { return m_opcodes; }
    [[nodiscard]] int protocol() const { return m_protocol; }
    [[nodiscard]] bool straddled() const { return m_straddled; }
    [[nodiscard]] Value result() const { return m_result; }
    [[nodiscard]] const Heap& heap() const { return m_heap; }
    [[nodiscard]] Values values() const { return m_recorder.values(m_heap); }

private:
    using Handler = bool (Machine::*)(const Op&);
    struct Handlers;
    friend struct Handlers;

    static constexpr std::size_t mostStack = 2 << 20;
    static constexpr std::size_t mostMarks = 1 << 19;
    static constexpr std::uint64_t shortLiteral = 8; // shorter ones hold nothing
    static constexpr double heavy = 1e8; // leaves of a container, written out

    void reset(std::uint64_t start, bool dropsFrames);
    StreamEnd follow(std::uint64_t start, bool dropsFrames);
    bool step(const Op& op);
    void tellLiteral(const Op& op, bool text);
    void tellTexts();
    // machine_plain.cpp: opcodes of plain data from `at` on, as long as they end before `end`. Gives back where the
    // first other one is, or one that fails.
    std::uint64_t plain(std::uint64_t at, std::uint64_t end);
    std::uint64_t plainOne(const unsigned char* code, std::uint64_t at, std::uint64_t end);
    std::uint64_t plainText(const unsigned char* code, ByteRange place, std::uint64_t head, std::uint64_t length);
    std::uint64_t plainBytes(ByteRange place, std::uint64_t head, std::uint64_t length);
    void plainLiteral(std::uint64_t at, std::uint64_t head, std::uint64_t length);
    std::uint64_t plainNew(NodeKind kind, std::uint64_t at);
    bool plainGet(std::uint64_t index);
    bool plainPut(std::uint64_t index);
    bool plainDup();
    bool plainPop();
    std::uint64_t plainShort(std::uint64_t at);
    bool plainTuple(std::uint64_t at, std::size_t count);
    template <bool pairs, bool marked> bool plainAdd(std::uint64_t at);
    void plainWeight(std::uint64_t at, Value container)
    {
        if (m_heap.weight(container) > heavy) [[unlikely]] {
            plainHeavy(at, container);
        }
    }
    void plainHeavy(std::uint64_t at, Value container);
    bool plainMarked(std::uint64_t at);
    [[nodiscard]] bool tensorsListen() const { return m_events.tensors && m_events.tensors->wantsElements(); }
    StreamEnd readProblem(ReadResult result, const Op& op) const;
    bool fail(std::string_view problem);
    void collect();

    // The stack, by its logical index: what lies deepest in a huge one is forgotten.
    [[nodiscard]] std::uint64_t size() const { return m_base + m_stack.size(); }
    [[nodiscard]] std::uint64_t fence() const { return m_marks.empty() ? m_lostMarks : m_marks.back(); }
    [[nodiscard]] Value at(std::uint64_t index) const { return index < m_base ? Value() : m_stack[index - m_base]; }
    bool push(Value value);
    Value pop();
    bool need(std::uint64_t count);
    bool toMark(std::uint64_t& mark);
    [[nodiscard]] std::span<const Value> above(std::uint64_t mark) const;
    void cut(std::uint64_t size);

    // machine.cpp
    bool onMark(const Op& op);
    bool onPop(const Op& op);
    bool onPopMark(const Op& op);
    bool onDup(const Op& op);
    bool onConstant(const Op& op);
    bool onNumber(const Op& op);
    bool onLine(const Op& op);
    bool onText(const Op& op);
    bool onContainer(const Op& op);
    bool onFixedTuple(const Op& op);
    bool onMarked(const Op& op);
    bool onGet(const Op& op);
    bool onPut(const Op& op);
    bool onProto(const Op& op);
    bool onFrame(const Op& op);
    // machine_objects.cpp, machine_state.cpp
    bool onAppend(const Op& op);
    bool onSetItem(const Op& op);
    bool onGlobal(const Op& op);
    bool onStackGlobal(const Op& op);
    bool onInst(const Op& op);
    bool onObj(const Op& op);
    bool onReduce(const Op& op);
    bool onNewObj(const Op& op);
    bool onBuild(const Op& op);
    bool onPersistent(const Op& op);
    bool onExtension(const Op& op);
    bool onBuffer(const Op& op);

    bool addElements(const Op& op, std::uint64_t mark);
    bool addPairs(const Op& op, std::uint64_t mark);
    void noteKeys(Value target, std::span<const Value> pairs);
    void noteAdded(Value target, std::span<const Value> items, bool pairs);
    [[nodiscard]] bool isForeign(Value target) const;
    [[nodiscard]] bool isTensor(Value target) const;
    void tensorChange(const Op& op, PickleChange::Kind kind, Value target);
    void foreignChange(const Op& op, PickleChange::Kind kind, Value target, std::span<const Value> with);
    void buildState(const Op& op, Value object, Value state);
    void specialState(const Op& op, Value object, Value state);
    void givenState(const Op& op, Value made, Value callee, Value arguments);
    void tellStateTexts(const Op& op, Value object, Value state);
    void partialState(const Op& op, Value object, Value state);
    [[nodiscard]] std::vector<Value> dictsOf(Value state) const;
    [[nodiscard]] bool isFunction(Value value) const;
    Value tupleOf(std::span<const Value> items, std::uint64_t at);
    Value importName(GlobalRequest request, std::uint64_t at);
    Value call(const Op& op, Value callee, Value arguments, Value keywords, std::string_view how);
    [[nodiscard]] bool canBeCalled(Value value) const;
    void checkWeight(const Op& op, Value container)
    {
        if (m_heap.weight(container) > heavy) {
            tellWeight(op, container);
        }
    }
    void tellWeight(const Op& op, Value container);

    ByteView m_bytes;
    Recorder& m_recorder;
    Budget& m_budget;
    MachineEvents m_events;
    Heap m_heap;
    Memo m_memo;
    ValueStack m_stack;
    std::vector<std::uint64_t> m_marks;
    std::unordered_map<std::uint32_t, Value> m_globals; // nodes of names, by fact
    std::uint64_t m_base = 0;
    std::uint64_t m_lostMarks = 0; // deepest mark that was forgotten
    std::uint64_t m_start = 0;
    std::uint64_t m_opcodes = 0;
    std::uint64_t m_frameEnd = noFrame;
    std::uint64_t m_quietUntil = 0;
    ByteRange m_quiet; // texts that are not told yet
    std::uint64_t m_jump = 0; // raw bytes follow: where the next opcode is
    int m_protocol = 0;
    bool m_dropsFrames = false;
    bool m_straddled = false;
    bool m_failed = false; // in the middle of plain data
    std::string_view m_problem;
    Value m_result;
};

} // namespace cupel::formats::pickle
