// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/html_tokens.h"

#include "analyzers/formats/html/html_tags.h"

#include <algorithm>

namespace cupel::formats {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct Attribute {
    std::string_view name;
    std::string_view value;
};

// Reads the attribute at `at` and moves behind it. False at the end.
bool nextAttribute(std::string_view text, std::size_t& at, Attribute& out)
{
    while (at < text.size() && (isSpace(text[at]) || text[at] == '/')) {
        ++at;
    }
    if (at >= text.size()) {
        return false;
    }
    const auto start = at;
    while (at < text.size() && !isSpace(text[at]) && text[at] != '=' && text[at] != '/') {
        ++at;
    }
    at = std::max(at, start + 1); // a lone '=': always move on
    out.name = text.substr(start, at - start);
    out.value = text.substr(at, 0);
    auto after = at;
    while (after < text.size() && isSpace(text[after])) {
        ++after;
    }
    if (after >= text.size() || text[after] != '=') {
        return true;
    }
    at = after + 1;
    while (at < text.size() && isSpace(text[at])) {
        ++at;
    }
    if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
        const auto close = std::min(text.find(text[at], at + 1), text.size());
        out.value = text.substr(at + 1, close - at - 1);
        at = std::min(close + 1, text.size());
        return true;
    }
    const auto from = at;
    while (at < text.size() && !isSpace(text[at])) {
        ++at;
    }
    out.value = text.substr(from, at - from);
    return true;
}

} // namespace

bool sameName(std::string_view a, std::string_view lowerName)
{
    return a.size() == lowerName.size()
        && std::equal(a.begin(), a.end(), lowerName.begin(), [](char x, char y) { return lower(x) == y; });
}

HtmlToken HtmlTokens::next()
{
    if (m_at >= m_html.size()) {
        return {};
    }
    if (m_html[m_at] == '<' && m_at + 1 < m_html.size()) {
        const auto c = m_html[m_at + 1];
        if (isLetter(c) || (c == '/' && m_at + 2 < m_html.size() && isLetter(m_html[m_at + 2]))) {
            return tag();
        }
        if (c == '!' || c == '?' || c == '/') {
            return comment();
        }
    }
    // A '<' that opens nothing is text.
    const auto start = m_at;
    m_at = std::min(m_html.find('<', m_at + 1), m_html.size());
    return {HtmlToken::Kind::Text, {start, m_at}, {}, {}};
}

HtmlToken HtmlTokens::comment()
{
    const auto start = m_at;
    if (m_html.substr(m_at, 4) == "<!--") {
        const auto close = m_html.find("-->", m_at + 4);
        m_at = close == std::string_view::npos ? m_html.size() : close + 3;
    } else {
        const auto close = m_html.find('>', m_at);
        m_at = close == std::string_view::npos ? m_html.size() : close + 1;
    }
    return {HtmlToken::Kind::Comment, {start, m_at}, {}, {}};
}

HtmlToken HtmlTokens::tag()
{
    const auto start = m_at;
    HtmlToken token;
    token.kind = m_html[m_at + 1] == '/' ? HtmlToken::Kind::Close : HtmlToken::Kind::Open;
    auto at = m_at + (token.kind == HtmlToken::Kind::Close ? 2 : 1);
    const auto nameStart = at;
    while (at < m_html.size() && !isSpace(m_html[at]) && m_html[at] != '>' && m_html[at] != '/') {
        ++at;
    }
    token.name = m_html.substr(nameStart, at - nameStart);
    const auto attributesStart = at;
    char quote = 0;
    for (; at < m_html.size(); ++at) {
        const auto c = m_html[at];
        if (quote != 0) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = at > attributesStart && m_html[at - 1] == '=' ? c : '\0';
        } else if (c == '>') {
            break;
        }
    }
    token.attributes = m_html.substr(attributesStart, at - attributesStart);
    m_at = std::min(at + 1, m_html.size());
    token.bytes = {start, m_at};
    return token;
}

void HtmlTokens::skipRaw(std::string_view name)
{
    while (m_at < m_html.size()) {
        const auto open = m_html.find("</", m_at);
        if (open == std::string_view::npos) {
            m_at = m_html.size();
            return;
        }
        m_at = open + 2;
        if (sameName(m_html.substr(m_at, name.size()), name)) {
            const auto close = m_html.find('>', m_at);
            m_at = close == std::string_view::npos ? m_html.size() : close + 1;
            return;
        }
    }
}

std::string_view htmlAttribute(std::string_view attributes, std::string_view name)
{
    Attribute attribute;
    for (std::size_t at = 0; nextAttribute(attributes, at, attribute);) {
        if (sameName(attribute.name, name)) {
            return attribute.value;
        }
    }
    return {};
}

bool hasActiveAttribute(std::string_view attributes)
{
    Attribute attribute;
    for (std::size_t at = 0; nextAttribute(attributes, at, attribute);) {
        if (attribute.name.size() > 2 && sameName(attribute.name.substr(0, 2), "on")) {
            return true;
        }
        // Browsers ignore spaces and control characters in front of and inside the scheme.
        std::string scheme;
        for (const char c : undoEntities(attribute.value.substr(0, 1'024), 64)) {
            if (static_cast<unsigned char>(c) > 0x20) {
                scheme.push_back(lower(c));
            }
        }
        if (scheme.starts_with("javascript:") || scheme.starts_with("vbscript:")
            || scheme.starts_with("data:text/html")) {
            return true;
        }
    }
    return false;
}

} // namespace cupel::formats
