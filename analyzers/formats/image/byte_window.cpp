// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/image/byte_window.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/encodings.h"
#include "analyzers/formats/image/base64_text.h"

#include <algorithm>
#include <string_view>

namespace cupel::formats {

namespace {

constexpr std::uint64_t bytesPerMark = 16 << 10;

// The first byte from `at` on that is no letter written as itself, of those that base64 is written with.
// All but the back slash stand below '+', the least letter of base64: two comparisons instead of nine.
std::size_t nextOdd(ByteView text, std::size_t at)
{
    constexpr std::string_view odd = "\\\r\n \t\f\"%&";
    const auto mayBe = [](ByteBlock block) -> ByteMask { return (block <= 0x26) | (block == '\\'); };
    for (at = nextByte(text, at, mayBe); at < text.size() && odd.find(text[at]) == std::string_view::npos;) {
        at = nextByte(text, at + 1, mayBe);
    }
    return at;
}

// Without padding and line breaks at its end.
ByteView withoutEnd(ByteView text)
{
    constexpr std::size_t longestReference = 16;
    while (!text.empty()) {
        if (text.back() == ';'
            && text.substr(text.size() - std::min(text.size(), longestReference)).rfind('&') != ByteView::npos) {
            break; // it may be that of a letter
        }
        if (!isBase64Letter(text.back())) {
            text.remove_suffix(1);
        } else if (text.ends_with("\\n") || text.ends_with("\\r") || text.ends_with("\\t")) {
            text.remove_suffix(2);
        } else {
            break;
        }
    }
    return text;
}

// What divides two lines at `at`; 0: nothing that could.
std::size_t breakAt(ByteView text, std::size_t at)
{
    const auto next = nextBase64Sign(text, at);
    return next.at < text.size() && next.end - next.at == 1 && isBase64Letter(next.sign)
        ? static_cast<std::size_t>(next.at) - at
        : 0;
}

// Whether lines of `line` letters are all there is, with `size` bytes between any two that are the same.
bool isEven(ByteView text, std::size_t line, std::size_t size)
{
    const auto between = text.substr(line, size);
    for (std::size_t at = line; at < text.size();) {
        const auto next = nextOdd(text, at + size);
        const auto length = next - (at + size);
        if (text.substr(at, size) != between || length > line || (next < text.size() && length < line)) {
            return false;
        }
        at = next;
    }
    return true;
}

} // namespace

ByteWindow::ByteWindow(ByteView bytes)
    : m_text(bytes)
    , m_size(bytes.size())
{
}

ByteWindow ByteWindow::ofBase64(ByteView text)
{
    ByteWindow window;
    window.m_base64 = true;
    if (isPercentCode(text)) {
        window.m_text = text;
        window.collectBytes();
        return window;
    }
    window.m_text = text = withoutEnd(text);
    const auto line = nextOdd(text, 0);
    const auto between = line < text.size() ? breakAt(text, line) : 0;
    if (line == text.size()) {
        window.m_characters = text.size();
    } else if (line > 0 && between > 0 && isEven(text, line, between)) {
        window.m_line = line;
        window.m_break = between;
        const auto full = line + between;
        window.m_characters = text.size() / full * line + std::min<std::uint64_t>(text.size() % full, line);
    } else {
        window.collect();
    }
    window.m_size = window.m_characters / 4 * 3 + (window.m_characters % 4 == 0 ? 0 : window.m_characters % 4 - 1);
    return window;
}

Base64Sign ByteWindow::nextSign(std::uint64_t at) const
{
    return m_percent ? nextAddressByte(m_text, at) : nextBase64Sign(m_text, at);
}

void ByteWindow::keep(const Base64Sign& sign)
{
    if (m_marks.empty() || sign.at - m_marks.back().at >= bytesPerMark) {
        m_marks.push_back({m_letters.size(), sign.at});
    }
    m_letters += sign.sign;
}

void ByteWindow::collectBytes()
{
    m_percent = true;
    for (auto next = nextSign(0); next.at < m_text.size(); next = nextSign(next.end)) {
        keep(next);
    }
    m_size = m_letters.size();
}

void ByteWindow::collect()
{
    for (auto next = nextBase64Sign(m_text, 0); next.at < m_text.size(); next = nextBase64Sign(m_text, next.end)) {
        if (next.sign == '\\') {
            return; // size 0: nobody can read it
        }
        keep(next);
    }
    while (m_letters.ends_with('=')) {
        m_letters.pop_back();
    }
    m_characters = m_letters.size();
}

ByteRange ByteWindow::rawOf(std::uint64_t character) const
{
    if (m_marks.empty()) {
        const auto at = m_line == 0 ? character : character / m_line * (m_line + m_break) + character % m_line;
        return {at, at + 1};
    }
    const auto behind = std::upper_bound(m_marks.begin() + 1, m_marks.end(), character,
        [](std::uint64_t letter, const Mark& mark) { return letter < mark.letter; });
    const Mark& mark = *(behind - 1);
    auto sign = nextSign(mark.at);
    for (auto i = mark.letter; i < character; ++i) {
        sign = nextSign(sign.end);
    }
    return {sign.at, sign.end};
}

ByteView ByteWindow::read(std::uint64_t at, std::uint64_t count)
{
    if (at >= m_size) {
        return {};
    }
    count = std::min(count, m_size - at);
    if (!m_base64) {
        return m_text.substr(at, count);
    }
    if (m_percent) {
        return ByteView(m_letters).substr(at, count);
    }
    const auto first = at / 3 * 4;
    const auto last = std::min(m_characters, (at + count + 2) / 3 * 4);
    std::string characters = m_marks.empty() ? std::string() : m_letters.substr(first, last - first);
    for (auto i = m_marks.empty() ? first : last; i < last;) {
        const auto run = m_line == 0 ? last - i : std::min(last - i, m_line - i % m_line);
        characters.append(m_text.substr(std::min<std::uint64_t>(rawOf(i).start, m_text.size()), run));
        i += run;
    }
    auto decoded = decodeBase64(characters);
    m_decoded = decoded ? std::move(*decoded) : std::string();
    const auto skip = at % 3;
    return skip < m_decoded.size() ? ByteView(m_decoded).substr(skip, count) : ByteView();
}

ByteRange ByteWindow::toSource(ByteRange bytes) const
{
    bytes.end = std::min(bytes.end, m_size);
    bytes.start = std::min(bytes.start, bytes.end);
    if (!m_base64) {
        return bytes;
    }
    if (m_percent) {
        return bytes.empty() ? ByteRange{} : ByteRange{rawOf(bytes.start).start, rawOf(bytes.end - 1).end};
    }
    const auto end = std::min(m_characters, (bytes.end + 2) / 3 * 4);
    const auto last = end == 0 ? 0 : rawOf(end - 1).end;
    return {
        std::min<std::uint64_t>(rawOf(bytes.start / 3 * 4).start, last), std::min<std::uint64_t>(last, m_text.size())};
}

} // namespace cupel::formats
