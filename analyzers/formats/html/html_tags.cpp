// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/html_tags.h"

#include "analyzers/base/json_text.h"
#include "analyzers/formats/html/html_tokens.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isAlnum(char c)
{
    return isLetter(c) || (c >= '0' && c <= '9');
}

// Old entities that browsers read without a semicolon.
HtmlEntity bareEntity(std::string_view text, std::size_t at)
{
    static constexpr std::array<std::pair<std::string_view, char32_t>, 8> table{
        {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"LT", '<'}, {"GT", '>'}, {"AMP", '&'}, {"QUOT", '"'}}};
    for (const auto& [name, point] : table) {
        if (text.substr(at + 1, name.size()) == name) {
            const auto after = at + 1 + name.size();
            if (after >= text.size() || text[after] == ';') {
                return {point, name.size() + (after < text.size() ? 2 : 1)};
            }
            if (text[after] != '=' && !isAlnum(text[after])) {
                return {point, name.size() + 1};
            }
        }
    }
    return {};
}

} // namespace

std::string asciiLower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string undoEntities(std::string_view raw, std::size_t maxBytes, bool* changed)
{
    std::string out;
    if (changed) {
        *changed = false;
    }
    for (std::size_t at = 0; at < raw.size() && out.size() < maxBytes;) {
        if (raw[at] != '&') {
            const auto stop = std::min(raw.find('&', at), raw.size());
            const auto take = std::min(stop - at, maxBytes - out.size());
            out.append(raw.substr(at, take));
            at += take;
            continue;
        }
        auto entity = readEntity(raw, at);
        if (entity.length == 0) {
            entity = bareEntity(raw, at);
        }
        if (entity.length == 0) {
            out.push_back('&');
            ++at;
            continue;
        }
        appendUtf8(out, entity.point);
        at += entity.length;
        if (changed) {
            *changed = true;
        }
    }
    return out;
}

void HtmlTagReader::moveTo(std::size_t at)
{
    m_at = std::min(at, m_html.size());
    m_inTag = false;
}

void HtmlTagReader::comment(HtmlTag& tag)
{
    const auto start = m_at;
    tag.name = {};
    const auto end = [this](std::size_t found, std::size_t size) {
        m_at = found == std::string_view::npos ? m_html.size() : found + size;
    };
    if (m_html.substr(m_at, 4) == "<!--") {
        tag.kind = HtmlTag::Kind::Comment;
        // "<!-->" and "<!--->" are whole comments; "--!>" ends one too.
        if (m_html.substr(m_at + 4, 1) == ">") {
            m_at += 5;
        } else if (m_html.substr(m_at + 4, 2) == "->") {
            m_at += 6;
        } else {
            auto found = m_html.find("--", m_at + 4);
            while (found != std::string_view::npos && m_html.substr(found + 2, 1) != ">"
                && m_html.substr(found + 2, 2) != "!>") {
                found = m_html.find("--", found + 1);
            }
            end(found, found != std::string_view::npos && m_html[found + 2] == '!' ? 4 : 3);
        }
    } else {
        tag.kind = HtmlTag::Kind::Declaration;
        end(m_html.find('>', m_at + 1), 1);
        tag.name = m_html.substr(start + 1, m_at - start - 1);
    }
    tag.bytes = {start, m_at};
}

bool HtmlTagReader::next(HtmlTag& tag)
{
    HtmlAttribute rest;
    while (m_inTag && nextAttribute(rest)) { }
    m_unterminated = false;
    while (true) {
        m_at = std::min(m_html.find('<', m_at), m_html.size());
        if (m_at + 1 >= m_html.size()) {
            m_at = m_html.size();
            return false;
        }
        const char c = m_html[m_at + 1];
        const bool closes = c == '/';
        if (isLetter(c) || (closes && m_at + 2 < m_html.size() && isLetter(m_html[m_at + 2]))) {
            const auto nameStart = m_at + (closes ? 2 : 1);
            auto end = nameStart;
            while (end < m_html.size() && !isSpace(m_html[end]) && m_html[end] != '/' && m_html[end] != '>') {
                ++end;
            }
            tag.kind = closes ? HtmlTag::Kind::Close : HtmlTag::Kind::Open;
            tag.name = m_html.substr(nameStart, end - nameStart);
            tag.bytes = {m_at, end};
            m_at = end;
            m_inTag = true;
            return true;
        }
        if (c == '!' || c == '?' || closes) {
            comment(tag);
            return true;
        }
        ++m_at;
    }
}

bool HtmlTagReader::nextAttribute(HtmlAttribute& out)
{
    const auto skipSpace = [this] {
        while (m_at < m_html.size() && isSpace(m_html[m_at])) {
            ++m_at;
        }
    };
    if (!m_inTag) {
        return false;
    }
    while (m_at < m_html.size() && (isSpace(m_html[m_at]) || m_html[m_at] == '/')) {
        ++m_at;
    }
    if (m_at >= m_html.size() || m_html[m_at] == '>') {
        m_unterminated = m_at >= m_html.size();
        m_at = std::min(m_at + 1, m_html.size());
        m_inTag = false;
        return false;
    }
    const auto start = m_at++; // a leading '=' is part of the name
    while (m_at < m_html.size() && !isSpace(m_html[m_at]) && m_html[m_at] != '/' && m_html[m_at] != '>'
        && m_html[m_at] != '=') {
        ++m_at;
    }
    out.name = m_html.substr(start, m_at - start);
    out.value = {};
    out.valueBytes = {m_at, m_at};
    const auto nameEnd = m_at;
    skipSpace();
    if (m_at >= m_html.size() || m_html[m_at] != '=') {
        out.bytes = {start, nameEnd};
        return true;
    }
    ++m_at;
    skipSpace();
    const char quote = m_at < m_html.size() ? m_html[m_at] : '\0';
    const auto from = m_at + (quote == '"' || quote == '\'' ? 1 : 0);
    auto to = from;
    if (from != m_at) {
        to = std::min(m_html.find(quote, from), m_html.size());
        m_at = std::min(to + 1, m_html.size());
    } else {
        while (to < m_html.size() && !isSpace(m_html[to]) && m_html[to] != '>') {
            ++to;
        }
        m_at = to;
    }
    out.value = m_html.substr(from, to - from);
    out.valueBytes = {from, to};
    out.bytes = {start, m_at};
    return true;
}

std::size_t HtmlTagReader::rawEnd(std::string_view lowerName) const
{
    for (auto at = m_html.find("</", m_at); at != std::string_view::npos; at = m_html.find("</", at + 2)) {
        const auto after = at + 2 + lowerName.size();
        if (sameName(m_html.substr(at + 2, lowerName.size()), lowerName)
            && (after >= m_html.size() || isSpace(m_html[after]) || m_html[after] == '/' || m_html[after] == '>')) {
            return at;
        }
    }
    return m_html.size();
}

} // namespace cupel::formats
