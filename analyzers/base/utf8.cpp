// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/utf8.h"

#include <algorithm>
#include <cstring>

namespace cupel {

namespace {

// Length of the valid UTF-8 sequence at `at`, 0 when it is invalid (overlong, surrogate, truncated ...).
std::size_t sequenceLength(ByteView s, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const auto tail = [&](std::size_t i) { return i < s.size() && (byte(i) & 0xC0) == 0x80; };
    const unsigned lead = byte(at);
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead < 0xE0) {
        return tail(at + 1) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead < 0xF0) {
        if (!tail(at + 1) || !tail(at + 2)) {
            return 0;
        }
        const unsigned second = byte(at + 1);
        return (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) ? 0 : 3;
    }
    if (lead >= 0xF0 && lead < 0xF5) {
        if (!tail(at + 1) || !tail(at + 2) || !tail(at + 3)) {
            return 0;
        }
        const unsigned second = byte(at + 1);
        return (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second >= 0x90) ? 0 : 4;
    }
    return 0;
}

} // namespace

bool isUtf8(ByteView bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        // Eight ASCII bytes at a time: most of every file.
        if (at + 8 <= bytes.size()) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data() + at, 8);
            if ((word & 0x8080808080808080ULL) == 0) {
                at += 8;
                continue;
            }
        }
        const auto length = sequenceLength(bytes, at);
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

std::string toDisplay(ByteView bytes, std::size_t maxBytes)
{
    std::string out;
    std::size_t at = 0;
    while (at < bytes.size()) {
        const auto length = sequenceLength(bytes, at);
        const auto c = static_cast<unsigned char>(bytes[at]);
        const bool control = length == 1 && (c < 0x20 || c == 0x7F) && c != '\t';
        const auto piece = length == 0 ? ByteView("\xEF\xBF\xBD") : control ? ByteView(" ") : bytes.substr(at, length);
        if (out.size() + piece.size() > maxBytes) {
            break;
        }
        out.append(piece);
        at += std::max<std::size_t>(length, 1);
    }
    return out;
}

std::uint64_t countCodePoints(ByteView bytes)
{
    std::uint64_t tails = 0; // bytes 10xxxxxx; eight at a time, for lines may have megabytes
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, 8);
        tails += (((word >> 7) & (~word >> 6) & 0x0101010101010101ULL) * 0x0101010101010101ULL) >> 56;
    }
    for (; at < bytes.size(); ++at) {
        tails += (static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80 ? 1 : 0;
    }
    return bytes.size() - tails;
}

namespace {
constexpr std::uint32_t linesPerCheckpoint = 64;
}

LineIndex::LineIndex(ByteView text)
    : m_text(text)
{
    constexpr std::size_t longStretch = 32 << 10; // bytes that a question may have to count
    Checkpoint last;
    std::uint32_t line = 1;
    for (std::size_t at = 0; at < text.size();) {
        const auto* hit = static_cast<const char*>(std::memchr(text.data() + at, '\n', text.size() - at));
        const auto end = hit ? static_cast<std::size_t>(hit - text.data()) : text.size();
        // A line of megabytes, as compact JSON has: its columns are noted on the way.
        std::uint32_t column = 0;
        for (auto from = at; end - from > longStretch;) {
            auto to = from + longStretch;
            while (to > from + 1 && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80) {
                --to;
            }
            column += static_cast<std::uint32_t>(countCodePoints(text.substr(from, to - from)));
            last = {to, line, column};
            m_checkpoints.push_back(last);
            from = to;
        }
        at = end + 1;
        ++line;
        if (hit && (line - last.line >= linesPerCheckpoint || at - last.offset > longStretch)) {
            last = {at, line, 0};
            m_checkpoints.push_back(last);
        }
    }
}

LineIndex::Position LineIndex::at(std::uint64_t offset) const
{
    offset = std::min<std::uint64_t>(offset, m_text.size());
    const auto after = std::upper_bound(m_checkpoints.begin(), m_checkpoints.end(), offset,
        [](std::uint64_t wanted, const Checkpoint& point) { return wanted < point.offset; });
    const auto base = after == m_checkpoints.begin() ? Checkpoint{} : *std::prev(after);
    const auto before = m_text.substr(base.offset, offset - base.offset);
    Position position;
    position.line = base.line + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    const auto lineBreak = before.rfind('\n');
    const auto inLine = lineBreak == ByteView::npos ? before : before.substr(lineBreak + 1);
    position.column =
        (lineBreak == ByteView::npos ? base.column : 0) + static_cast<std::uint32_t>(countCodePoints(inLine)) + 1;
    return position;
}

} // namespace cupel
