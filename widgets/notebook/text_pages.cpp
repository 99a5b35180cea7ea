// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/text_pages.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr std::uint64_t nearEnd = TextPages::pageBytes / 4; // how far before the end of a part a line end is looked for

bool isLineEnd(ByteView text, std::uint64_t escape)
{
    const auto code = text.substr(escape, 6);
    return code.starts_with("\\n") || code == "\\u000a" || code == "\\u000A";
}

std::uint64_t escapeLength(ByteView text, std::uint64_t at)
{
    return at + 1 < text.size() && text[at + 1] == 'u' ? 6 : 2;
}

} // namespace

TextPages::TextPages(ByteView text, const Region& region)
    : m_text(text)
    , m_form(region.form)
    , m_at(std::min<std::uint64_t>(region.bytes.start, text.size()))
    , m_end(std::clamp<std::uint64_t>(region.bytes.end, m_at, text.size()))
{
    findMore();
    if (m_pages.empty()) {
        m_pages.push_back({{m_at, m_end}, m_form, 1});
    }
}

std::uint64_t TextPages::wholeCharacter(std::uint64_t at) const
{
    for (int i = 0; i < 3 && at < m_end && (static_cast<unsigned char>(m_text[at]) & 0xC0) == 0x80; ++i) {
        ++at;
    }
    return std::min(at, m_end);
}

TextPages::Cut TextPages::cutPlain(std::uint64_t start) const
{
    auto at = wholeCharacter(start + pageBytes);
    for (const char end : {'\n', ' '}) {
        const auto found = m_text.rfind(end, at - 1);
        if (found != ByteView::npos && found >= start + pageBytes - nearEnd) {
            at = found + 1;
            break;
        }
    }
    const auto part = m_text.substr(start, at - start);
    return {at, static_cast<int>(std::count(part.begin(), part.end(), '\n'))};
}

TextPages::Cut TextPages::cutString(std::uint64_t start) const
{
    const auto target = start + pageBytes;
    Cut cut{start, 0};
    Cut line;
    while (cut.at < target) {
        const auto escape = m_text.find('\\', cut.at);
        if (escape == ByteView::npos || escape >= target) {
            cut.at = target;
            break;
        }
        const bool lineEnd = isLineEnd(m_text, escape);
        cut.at = escape + escapeLength(m_text, escape);
        cut.lines += lineEnd ? 1 : 0;
        line = lineEnd ? cut : line;
    }
    if (line.at >= target - nearEnd) {
        return line;
    }
    const auto space = m_text.rfind(' ', target - 1);
    if (space != ByteView::npos && space >= target - nearEnd && m_text[space - 1] != '\\') {
        cut.at = space + 1;
    } else {
        cut.at = wholeCharacter(cut.at);
    }
    return cut;
}

// Lists of strings and other JSON: between two of them if that is near, else inside a string.
TextPages::Cut TextPages::cutValues(std::uint64_t start, bool& inString) const
{
    const auto target = start + pageBytes;
    Cut cut{start, 0};
    Cut between;
    while (cut.at < std::min(target, m_end)) {
        const char c = m_text[cut.at];
        if (inString && c == '\\') {
            cut.lines += isLineEnd(m_text, cut.at) ? 1 : 0;
            cut.at += escapeLength(m_text, cut.at);
            continue;
        }
        ++cut.at;
        if (c == '"') {
            inString = !inString;
            if (!inString && m_form == TextForm::JsonStringList) {
                between = cut;
            }
        } else if (c == ',' && !inString) {
            between = cut;
        }
    }
    if (between.at >= start + pageBytes / 4 || (between.at > start && !inString)) {
        inString = false;
        return between;
    }
    cut.at = inString ? wholeCharacter(cut.at) : std::min(cut.at, m_end);
    return cut;
}

bool TextPages::findMore()
{
    if (m_at >= m_end) {
        return false;
    }
    const bool list = m_form == TextForm::JsonStringList;
    Page page{{m_at, m_end}, list && m_inString ? TextForm::JsonString : m_form, m_line};
    Cut cut{m_end, 0};
    auto next = m_end;
    if (list && m_inString) { // the rest of one long string, up to its quote
        const auto stop = std::min(cutString(m_at).at, m_end);
        auto at = m_at;
        while (at < stop && m_text[at] != '"') {
            const bool escape = m_text[at] == '\\';
            cut.lines += escape && isLineEnd(m_text, at) ? 1 : 0;
            at += escape ? escapeLength(m_text, at) : 1;
        }
        page.bytes.end = next = std::min(at, m_end);
        m_inString = next < m_end && m_text[next] != '"';
        next += !m_inString && next < m_end ? 1 : 0; // the quote
    } else if (m_end - m_at > pageBytes + nearEnd) {
        cut = m_form == TextForm::Plain      ? cutPlain(m_at)
            : m_form == TextForm::JsonString ? cutString(m_at)
                                             : cutValues(m_at, m_inString);
        page.bytes.end = next = std::clamp(cut.at, m_at + 1, m_end);
    }
    m_line += cut.lines;
    m_at = next;
    m_pages.push_back(page);
    return true;
}

bool TextPages::has(std::size_t page)
{
    while (m_pages.size() <= page && findMore()) { }
    return page < m_pages.size();
}

const TextPages::Page& TextPages::at(std::size_t page)
{
    return m_pages[has(page) ? page : m_pages.size() - 1];
}

std::size_t TextPages::indexOf(std::uint64_t byte)
{
    std::size_t page = 0;
    while (byte >= at(page).bytes.end && has(page + 1)) {
        ++page;
    }
    return page;
}

std::size_t TextPages::guessedCount() const
{
    return m_pages.size() + (m_end - m_at + pageBytes - 1) / pageBytes;
}

} // namespace cupel::widgets
