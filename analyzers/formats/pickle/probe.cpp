// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/probe.h"

#include "analyzers/formats/pickle/op_reader.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace cupel::formats::pickle {

namespace {

// Lines of text opcodes in a real stream: short and printable.
bool isName(ByteView line)
{
    return !line.empty() && line.size() < 300
        && std::all_of(
            line.begin(), line.end(),
            [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
                    || c == '.' || static_cast<unsigned char>(c) >= 0x80;
            });
}

bool isPlausible(ByteView bytes, const Op& op)
{
    const auto line = slice(bytes, op.text);
    switch (op.code) {
    case Code::Global:
    case Code::Inst:
        return isName(line) && isName(slice(bytes, op.second));
    case Code::Int:
    case Code::Long:
    case Code::Get:
    case Code::Put:
        return !line.empty() && line.size() < 10'000
            && line.find_first_not_of("0123456789abcdefxABCDEFXLl-+_ \r") == ByteView::npos;
    case Code::Float:
        return !line.empty() && line.find_first_not_of("0123456789.eE-+infaINFA\r") == ByteView::npos;
    case Code::String:
        return line.size() >= 2 && (line.front() == '\'' || line.front() == '"');
    default:
        return true;
    }
}

class Prober {
public:
    bool take(const Op& op)
    {
        const auto& info = opcodeInfo(op.code);
        if (op.code == Code::Mark) {
            m_marks.push_back(m_height);
            return m_marks.size() < 10'000;
        }
        if (op.code == Code::Pop && !m_marks.empty() && m_marks.back() == m_height) {
            m_marks.pop_back();
            return true;
        }
        if (info.toMark) {
            if (m_marks.empty()) {
                return false;
            }
            const auto above = m_height - m_marks.back();
            m_height = m_marks.back();
            m_marks.pop_back();
            const bool pairs = op.code == Code::Dict || op.code == Code::SetItems;
            if ((pairs && above % 2 != 0) || (op.code == Code::Obj && above == 0)) {
                return false;
            }
        }
        const auto floor = m_marks.empty() ? 0 : m_marks.back();
        if (m_height < floor + info.pops) {
            return false;
        }
        m_height += info.pushes;
        m_height -= info.pops;
        return true;
    }

private:
    std::vector<std::uint64_t> m_marks;
    std::uint64_t m_height = 0;
};

} // namespace

ProbeResult probe(ByteView bytes, std::uint64_t at, std::uint64_t mostOpcodes)
{
    ProbeResult out;
    Prober prober;
    Op op;
    out.end = at;
    while (out.opcodes < mostOpcodes) {
        const auto result = readOp(bytes, out.end, op);
        if (result != ReadResult::Ok) {
            out.outOfBytes = result != ReadResult::UnknownOpcode;
            return out;
        }
        if ((op.code == Code::Proto && op.number > 5) || !isPlausible(bytes, op) || !prober.take(op)) {
            return out;
        }
        ++out.opcodes;
        out.end = op.end;
        out.names = out.names || op.code == Code::Global || op.code == Code::StackGlobal || op.code == Code::Inst;
        out.calls = out.calls || op.code == Code::Reduce || op.code == Code::Inst || op.code == Code::Obj
            || op.code == Code::NewObj || op.code == Code::NewObjEx;
        if (op.code == Code::Stop) {
            out.stopped = true;
            return out;
        }
    }
    return out;
}

namespace {

// A long literal ends outside of the window that is probed: it has to fit into the bytes there are.
bool continues(ByteView bytes, std::uint64_t at)
{
    Op op;
    const auto argument =
        at < bytes.size() ? opcodeInfo(static_cast<std::uint8_t>(bytes[at])).argument : Argument::None;
    return argument >= Argument::Counted1 && readOp(bytes, at, op) == ReadResult::Ok;
}

} // namespace

std::uint64_t nextCandidate(ByteView bytes, std::uint64_t from, Budget& budget)
{
    constexpr std::uint64_t enough = 48; // opcodes in order: no accident
    constexpr std::uint64_t window = 16 << 10;
    constexpr std::uint64_t piece = 1 << 20; // looked through at a time, so that a mapped file is let go of meanwhile
    auto paid = from;
    while (from + 2 < bytes.size()) {
        if (from >= paid) {
            if (!budget.spend(std::min(piece, bytes.size() - paid))) {
                break;
            }
            paid += piece;
        }
        const auto here = std::min<std::uint64_t>(paid, bytes.size() - 2);
        const auto* found = static_cast<const char*>(std::memchr(bytes.data() + from, '\x80', here - from));
        if (!found) {
            from = here;
            continue;
        }
        const auto at = static_cast<std::uint64_t>(found - bytes.data());
        const auto version = static_cast<unsigned char>(bytes[at + 1]);
        if (version >= 1 && version <= 5) {
            const auto result = probe(bytes.substr(at, window), 0, enough);
            // Numbers of a tensor look like short streams now and then; one without a name does nothing.
            const bool complete = result.stopped && result.names;
            const bool long_ = result.outOfBytes && result.opcodes >= 4 && continues(bytes, at + result.end);
            if (complete || long_ || result.opcodes >= enough || (result.calls && result.names)) {
                return at;
            }
        }
        from = at + 1;
    }
    return nowhere;
}

bool isPickle(ByteView bytes, bool needsName)
{
    constexpr std::uint64_t enough = 100'000;
    const auto result = probe(bytes, 0, enough);
    const bool protocol = bytes.size() > 2 && bytes[0] == '\x80';
    const bool complete = result.stopped && result.opcodes >= (protocol ? 3 : 4);
    return (complete || result.opcodes >= enough || (result.names && result.calls)) && (!needsName || result.names);
}

} // namespace cupel::formats::pickle
