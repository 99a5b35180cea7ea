// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/image/byte_window.h"

#include "analyzers/base/byte_scan.h"

#include "analyzers/base/encodings.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cupel::formats {

namespace {

bool isBase64(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '/' || c == '-' || c == '_';
}

// The line break that `text` starts with; 0: none.
std::size_t breakAt(ByteView text)
{
    static constexpr std::array<std::string_view, 4> breaks{"\\r\\n", "\\n", "\r\n", "\n"};
    for (const auto sign : breaks) {
        if (text.starts_with(sign)) {
            return sign.size();
        }
    }
    return 0;
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
    while (!text.empty() && !isBase64(text.back())) { // padding, a last line break; its letter goes below
        text.remove_suffix(1);
    }
    if (text.size() >= 2 && text.back() == 'n' && text[text.size() - 2] == '\\') {
        text.remove_suffix(2);
        while (!text.empty() && !isBase64(text.back())) {
            text.remove_suffix(1);
        }
    }
    window.m_text = text;
    const auto broken = nextByte(text, 0, [](ByteBlock block) { return isOneOf<'\\', '\r', '\n'>(block); });
    if (broken < text.size()) {
        window.m_line = broken;
        window.m_break = breakAt(text.substr(broken));
        if (broken == 0 || window.m_break == 0) {
            return window; // size 0: nothing to read
        }
        const auto full = window.m_line + window.m_break;
        window.m_characters =
            text.size() / full * window.m_line + std::min<std::uint64_t>(text.size() % full, window.m_line);
    } else {
        window.m_characters = text.size();
    }
    window.m_size = window.m_characters / 4 * 3 + (window.m_characters % 4 == 0 ? 0 : window.m_characters % 4 - 1);
    return window;
}

std::uint64_t ByteWindow::rawOf(std::uint64_t character) const
{
    return m_line == 0 ? character : character / m_line * (m_line + m_break) + character % m_line;
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
    const auto first = at / 3 * 4;
    const auto last = std::min(m_characters, (at + count + 2) / 3 * 4);
    std::string characters;
    for (auto i = first; i < last;) {
        const auto run = m_line == 0 ? last - i : std::min(last - i, m_line - i % m_line);
        characters.append(m_text.substr(std::min<std::uint64_t>(rawOf(i), m_text.size()), run));
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
    const auto end = std::min(m_characters, (bytes.end + 2) / 3 * 4);
    const auto last = end == 0 ? 0 : rawOf(end - 1) + 1;
    return {std::min<std::uint64_t>(rawOf(bytes.start / 3 * 4), last), std::min<std::uint64_t>(last, m_text.size())};
}

} // namespace cupel::formats
