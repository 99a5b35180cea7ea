// SPDX-License-Identifier: GPL-3.0-or-later
// What data is made of: numbers, texts, containers and the memo, without a way through readOp and the table of
// handlers. Most files of a gigabyte are nothing else. Does the same as the handlers, and leaves to them what is not
// plain.
#include "analyzers/formats/pickle/literal.h"
#include "analyzers/formats/pickle/machine.h"

#include <algorithm>
#include <cstring>

namespace cupel::formats::pickle {

namespace {

constexpr std::uint64_t longest = 16; // of what is read here, but for the content of texts

template <typename Number> std::uint64_t read(const unsigned char* at)
{
    Number number = 0;
    std::memcpy(&number, at, sizeof number); // little-endian, as the format and every host here
    return number;
}

} // namespace

// Whether a pickle in hexadecimal digits may begin there: "800", maybe behind a quote.
inline bool mayBeHex(const unsigned char* text)
{
    constexpr std::uint64_t sign = 0x303038;
    const auto begin = read<std::uint32_t>(text);
    return (begin & 0xFF'FFFF) == sign || (begin >> 8 == sign && (*text == '\'' || *text == '"'));
}

// What takes the address of an opcode, or much room for its registers, is kept out of the loop.
[[gnu::noinline]] void Machine::plainLiteral(std::uint64_t at, std::uint64_t head, std::uint64_t length)
{
    Op op;
    op.code = Code{static_cast<std::uint8_t>(m_bytes[at])};
    op.at = at;
    op.end = at + head + length;
    op.text = {at + head, op.end};
    op.number = length;
    const bool bytes = op.code == Code::ShortBinBytes || op.code == Code::BinBytes;
    tellLiteral(op, !bytes);
    if (!bytes && m_events.quietUntil) {
        m_quietUntil = m_events.quietUntil(op.end);
    }
}

// As plainOne(); `place`: of the opcode, to where all must end.
[[gnu::always_inline]] inline std::uint64_t Machine::plainText(
    const unsigned char* code, ByteRange place, std::uint64_t head, std::uint64_t length)
{
    if (length >= place.size() - head) {
        return 0;
    }
    const ByteRange text{place.start + head, place.start + head + length};
    if (length < shortLiteral) {
        // holds nothing
    } else if (text.end > m_quietUntil || mayBeHex(code + head)) {
        plainLiteral(place.start, head, length);
    } else if (m_quiet.empty() || text.start > m_quiet.end + nearText) {
        tellTexts();
        m_quiet = text;
    } else {
        m_quiet.end = text.end;
    }
    m_stack.push({Tag::Text, place.start});
    return head + length;
}

[[gnu::always_inline]] inline std::uint64_t Machine::plainBytes(
    ByteRange place, std::uint64_t head, std::uint64_t length)
{
    if (length >= place.size() - head) {
        return 0;
    }
    if (length >= shortLiteral) {
        plainLiteral(place.start, head, length);
    }
    m_stack.push({Tag::Bytes, place.start});
    return head + length;
}

[[gnu::noinline]] std::uint64_t Machine::plainNew(NodeKind kind, std::uint64_t at)
{
    m_stack.push(m_heap.makeContainer(kind, at));
    return 1;
}

inline bool Machine::plainGet(std::uint64_t index)
{
    const auto* value = m_memo.near(index);
    if (value) {
        m_stack.push(*value);
    }
    return value != nullptr;
}

inline bool Machine::plainPut(std::uint64_t index)
{
    constexpr std::uint64_t far = 16 << 20; // may be an oddity
    if (m_stack.empty() || size() <= fence() || index > far) {
        return false;
    }
    m_memo.put(index, m_stack.back());
    return true;
}

inline bool Machine::plainDup()
{
    if (m_stack.empty() || size() <= fence()) {
        return false;
    }
    const auto value = m_stack.back();
    m_stack.push(value);
    return true;
}

// CPython: a mark on top goes first.
inline bool Machine::plainPop()
{
    if (!m_marks.empty() && m_marks.back() == size()) {
        m_marks.pop_back();
        return true;
    }
    if (m_stack.empty() || size() <= fence()) {
        return false;
    }
    m_stack.pop();
    return true;
}

// Numbers of protocols 0 to 2: those that are as short as most.
[[gnu::noinline]] std::uint64_t Machine::plainShort(std::uint64_t at)
{
    Op op;
    op.code = Code{static_cast<std::uint8_t>(m_bytes[at])};
    op.at = at;
    const auto rest = m_bytes.substr(at, longest);
    if (op.code == Code::Long1) {
        op.text = {at + 2, at + 2 + static_cast<unsigned char>(rest[1])};
        op.end = op.text.end;
    } else {
        op.text = {at + 1, at + std::min<std::uint64_t>(rest.find('\n', 1), longest)};
        op.end = op.text.end + 1;
    }
    if (op.end > at + longest) {
        return 0;
    }
    const auto line = slice(m_bytes, op.text);
    if (op.code == Code::Get || op.code == Code::Put) {
        const auto index = memoIndex(line);
        const bool done = index && (op.code == Code::Get ? plainGet(*index) : plainPut(*index));
        return done ? op.end - at : 0;
    }
    if (op.code == Code::Float) {
        if (!isFloatLine(line)) {
            return 0;
        }
        m_stack.push({Tag::Float, at});
        return op.end - at;
    }
    const auto value = numberOf(m_bytes, op);
    if (!value) {
        return 0;
    }
    m_stack.push(*value);
    return op.end - at;
}

[[gnu::noinline]] void Machine::plainHeavy(std::uint64_t at, Value container)
{
    Op op;
    op.at = at;
    op.end = at + 1;
    tellWeight(op, container);
}

[[gnu::noinline]] bool Machine::plainTuple(std::uint64_t at, std::size_t count)
{
    if (m_stack.size() < count || size() < fence() + count) {
        return false;
    }
    const auto tuple = m_heap.makeContainer(NodeKind::Tuple, at);
    m_heap.append(tuple, m_stack.all().last(count));
    m_stack.cut(m_stack.size() - count);
    m_stack.push(tuple);
    plainWeight(at, tuple);
    return true;
}

// Elements for a list or pairs for a dict; everything else that can be added to goes the long way.
template <bool pairs, bool marked> [[gnu::noinline]] bool Machine::plainAdd(std::uint64_t at)
{
    if (m_base > 0 || m_lostMarks > 0 || (marked && m_marks.empty())) {
        return plainMarked(at);
    }
    const std::size_t size = m_stack.size();
    const std::size_t mark = marked ? m_marks.back() : size - std::min<std::size_t>(size, pairs ? 2 : 1);
    const auto outer = m_marks.size() - (marked ? 1 : 0);
    const std::size_t lowest = outer > 0 ? m_marks[outer - 1] : 0;
    if (mark <= lowest || mark >= size || (pairs && (size - mark) % 2 != 0)) {
        return plainMarked(at);
    }
    const auto target = m_stack[mark - 1];
    auto* node = m_heap.node(target);
    if (!node || node->kind != (pairs ? NodeKind::Dict : NodeKind::List) || tensorsListen()) {
        return plainMarked(at);
    }
    const auto added = m_stack.all().subspan(mark);
    if (pairs) {
        noteKeys(target, added);
    }
    m_heap.append(*node, added);
    if (marked) {
        m_marks.pop_back();
    }
    m_stack.cut(mark);
    if (node->weight > heavy) [[unlikely]] {
        plainHeavy(at, target);
    }
    return true;
}

// What takes values from above a mark or adds to what lies below. Those that fail say why in `m_problem`.
[[gnu::noinline]] bool Machine::plainMarked(std::uint64_t at)
{
    Op op;
    op.code = Code{static_cast<std::uint8_t>(m_bytes[at])};
    op.at = at;
    op.end = at + 1;
    switch (op.code) {
    case Code::Tuple:
        m_failed = !onMarked(op);
        break;
    case Code::Append:
    case Code::Appends:
        m_failed = !onAppend(op);
        break;
    default:
        m_failed = !onSetItem(op);
        break;
    }
    return !m_failed;
}

// How many bytes the opcode at `at` takes; 0: it is not plain, or it fails. At least `longest` bytes are there.
[[gnu::always_inline]] inline std::uint64_t Machine::plainOne(
    const unsigned char* code, std::uint64_t at, std::uint64_t end)
{
    const auto push = [this](Value value, std::uint64_t length) {
        m_stack.push(value);
        return length;
    };
    switch (Code{*code}) {
    case Code::BinGet:
        return plainGet(code[1]) ? 2 : 0;
    case Code::LongBinGet:
        return plainGet(read<std::uint32_t>(code + 1)) ? 5 : 0;
    case Code::Memoize:
        return plainPut(m_memo.count()) ? 1 : 0;
    case Code::BinPut:
        return plainPut(code[1]) ? 2 : 0;
    case Code::LongBinPut:
        return plainPut(read<std::uint32_t>(code + 1)) ? 5 : 0;
    case Code::ShortBinUnicode:
        return plainText(code, {at, end}, 2, code[1]);
    case Code::BinUnicode:
        return plainText(code, {at, end}, 5, read<std::uint32_t>(code + 1));
    case Code::ShortBinBytes:
        return plainBytes({at, end}, 2, code[1]);
    case Code::BinBytes:
        return plainBytes({at, end}, 5, read<std::uint32_t>(code + 1));
    case Code::EmptyTuple:
        return plainNew(NodeKind::Tuple, at);
    case Code::EmptyList:
        return plainNew(NodeKind::List, at);
    case Code::EmptyDict:
        return plainNew(NodeKind::Dict, at);
    case Code::EmptySet:
        return plainNew(NodeKind::Set, at);
    case Code::Tuple1:
    case Code::Tuple2:
    case Code::Tuple3:
        return plainTuple(at, *code - static_cast<std::size_t>(Code::Tuple1) + 1) ? 1 : 0;
    case Code::Mark:
        if (m_marks.size() >= mostMarks) {
            return 0;
        }
        m_marks.push_back(size());
        return 1;
    case Code::Tuple:
        if (m_marks.empty() || m_base > 0 || m_lostMarks > 0 || tensorsListen()) {
            return plainMarked(at) ? 1 : 0;
        } else {
            const auto mark = m_marks.back();
            m_marks.pop_back();
            return plainTuple(at, m_stack.size() - mark) ? 1 : 0;
        }
    case Code::Append:
        return plainAdd<false, false>(at) ? 1 : 0;
    case Code::Appends:
        return plainAdd<false, true>(at) ? 1 : 0;
    case Code::SetItem:
        return plainAdd<true, false>(at) ? 1 : 0;
    case Code::SetItems:
        return plainAdd<true, true>(at) ? 1 : 0;
    case Code::BinFloat:
        return push({Tag::Float, at}, 9);
    case Code::BinInt1:
        return push(Value::integer(code[1]), 2);
    case Code::BinInt2:
        return push(Value::integer(static_cast<std::int64_t>(read<std::uint16_t>(code + 1))), 3);
    case Code::BinInt:
        return push(Value::integer(static_cast<std::int32_t>(read<std::uint32_t>(code + 1))), 5);
    case Code::None:
        return push(Tag::None, 1);
    case Code::NewTrue:
        return push(Tag::True, 1);
    case Code::NewFalse:
        return push(Tag::False, 1);
    case Code::Dup:
        return plainDup() ? 1 : 0;
    case Code::Pop:
        return plainPop() ? 1 : 0;
    case Code::Int:
    case Code::Long:
    case Code::Long1:
    case Code::Float:
    case Code::Get:
    case Code::Put:
        return plainShort(at);
    default:
        return 0;
    }
}

std::uint64_t Machine::plain(std::uint64_t at, std::uint64_t end)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(m_bytes.data());
    while (at + longest <= end && m_stack.size() < mostStack && !m_heap.isFull()) {
        ++m_opcodes;
        const bool bare = Code{bytes[at]} == Code::Mark || Code{bytes[at]} == Code::Pop;
        const auto length = plainOne(bytes + at, at, end);
        if (length == 0) {
            m_opcodes -= m_failed ? 0 : 1;
            break;
        }
        at += length;
        // Picklers remember nearly all that they write, at once. Each of these opcodes but two leaves a value on top.
        if (at < end && Code{bytes[at]} == Code::Memoize && !bare && !m_stack.empty()) {
            m_memo.remember(m_stack.back());
            ++m_opcodes;
            ++at;
        }
    }
    return at;
}

} // namespace cupel::formats::pickle
