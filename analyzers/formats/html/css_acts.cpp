// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/css_acts.h"

#include "analyzers/base/json_text.h"
#include "analyzers/base/offset_map.h"
#include "analyzers/formats/html/html_tags.h"
#include "analyzers/formats/html/html_tokens.h"
#include "analyzers/formats/html/html_url.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace {

using Kind = CssAct::Kind;

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
bool isNameChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}
int hexDigit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

// Escapes and comments undone, with the way back.
struct PlainCss {
    std::string text;
    OffsetMap map;
};

// Appends the escape at css[at] and moves behind it.
std::size_t undoEscape(std::string_view css, std::size_t at, PlainCss& out)
{
    const auto start = at++;
    char32_t point = 0;
    const auto first = at;
    while (at < css.size() && at < first + 6 && hexDigit(css[at]) >= 0) {
        point = point * 16 + static_cast<char32_t>(hexDigit(css[at++]));
    }
    if (at == first) {
        if (at < css.size() && css[at] != '\n') {
            out.map.addBlock(out.text.size(), start, 2);
            out.text.push_back(css[at]);
        }
        return std::min(at + 1, css.size());
    }
    at += at < css.size() && isSpace(css[at]) ? 1 : 0;
    out.map.addBlock(out.text.size(), start, at - start);
    appendUtf8(out.text, point);
    return at;
}

PlainCss undo(std::string_view css)
{
    PlainCss out;
    bool linear = false;
    for (std::size_t at = 0; at < css.size();) {
        if (css[at] == '\\') {
            at = undoEscape(css, at, out);
            linear = false;
        } else if (css.substr(at, 2) == "/*") {
            const auto close = css.find("*/", at + 2);
            at = close == std::string_view::npos ? css.size() : close + 2;
            linear = false;
        } else {
            if (!linear) {
                out.map.addLinear(out.text.size(), at);
                linear = true;
            }
            out.text.push_back(css[at++]);
        }
    }
    return out;
}

class CssReader {
public:
    CssReader(std::string_view css, bool attribute, std::size_t limit)
        : m_css(css)
        , m_attribute(attribute)
        , m_limit(limit)
    {
    }

    std::vector<CssAct> run()
    {
        for (std::size_t at = 0; at < m_css.size() && m_acts.size() < m_limit; ++at) {
            switch (m_css[at]) {
            case '(':
                function(at);
                break;
            case '@':
                rule(at);
                break;
            case ':':
                property(at);
                break;
            case '{':
                m_block = at;
                break;
            default:
                break;
            }
        }
        return std::move(m_acts);
    }

private:
    // The name that ends before `at`, lower case.
    [[nodiscard]] std::string nameBefore(std::size_t at, std::size_t longest) const
    {
        while (at > 0 && isSpace(m_css[at - 1])) {
            --at;
        }
        auto start = at;
        while (start > 0 && at - start < longest && isNameChar(m_css[start - 1])) {
            --start;
        }
        return asciiLower(m_css.substr(start, at - start));
    }

    void add(Kind kind, std::size_t start, std::size_t end, std::string what, std::string host = {})
    {
        m_acts.push_back({kind, {start, std::min(end, m_css.size())}, std::move(host), std::move(what), false});
    }

    [[nodiscard]] std::string_view argument(std::size_t from) const
    {
        while (from < m_css.size() && (isSpace(m_css[from]) || m_css[from] == '"' || m_css[from] == '\'')) {
            ++from;
        }
        const auto end = m_css.substr(from, 2'048).find_first_of("\"')\n");
        return m_css.substr(from, std::min<std::size_t>(end, 2'048));
    }

    void function(std::size_t at)
    {
        auto name = nameBefore(at, 20);
        if (name == "-webkit-image-set") {
            name.erase(0, std::string_view("-webkit-").size());
        }
        if (name == "expression") {
            add(Kind::Script, at - name.size(), at + 1, "expression()");
        } else if (name == "url" || name == "src") {
            address(at - std::min(at, name.size()), at + 1, name + "()", Kind::Load);
        } else if (name == "image-set") {
            imageSet(at - std::min(at, name.size()), at + 1);
        }
    }

    // Texts in quotes are addresses as well; those in url() are found by it. Escapes are undone here, so that a quote
    // may be part of a text: whatever follows one is looked at, up to a bracket that ends it with quotes heeded and
    // without.
    void imageSet(std::size_t start, std::size_t from)
    {
        if (from < m_setEnd) {
            return; // one inside another is none
        }
        int depth = 1;
        int depthOutside = 1; // of brackets outside of texts
        char text = '\0'; // the quote it began with
        std::size_t looked = from; // addresses begin behind it
        for (auto at = from; at < m_css.size() && (depth > 0 || depthOutside > 0); ++at) {
            m_setEnd = at + 1;
            const char c = m_css[at];
            const int step = c == '(' ? 1 : c == ')' ? -1 : 0;
            depth += step;
            depthOutside += text == '\0' ? step : 0;
            if (c != '"' && c != '\'') {
                continue;
            }
            text = text == '\0' ? c : text == c ? '\0' : text;
            const auto first = at < looked ? looked : m_css.find_first_not_of("\"' \t\r\n\f", at);
            if (first != looked && first != std::string_view::npos && !isUrl(at)) {
                address(start, first, "image-set()", Kind::Load);
            }
            looked = first == std::string_view::npos ? m_css.size() : first;
        }
    }

    // A quote that begins the text of url("...").
    [[nodiscard]] bool isUrl(std::size_t quote) const
    {
        constexpr std::size_t beside = 16;
        const auto from = quote - std::min(quote, beside);
        const auto last = m_css.substr(from, quote - from).find_last_not_of(" \t\r\n\f");
        if (last == std::string_view::npos || m_css[from + last] != '(') {
            return false;
        }
        const auto name = nameBefore(from + last, 20);
        return name == "url" || name == "src";
    }

    void address(std::size_t start, std::size_t from, const std::string& what, Kind kind)
    {
        const auto target = argument(from);
        const auto url = readUrl(target, false);
        const auto end = from + target.size() + 1;
        if (url.kind == HtmlUrl::Kind::Script) {
            add(Kind::Script, start, end, "script in " + what);
        } else if (url.kind == HtmlUrl::Kind::Remote || (url.kind == HtmlUrl::Kind::LocalFile && !url.host.empty())) {
            add(kind, start, end, what, url.host);
        }
    }

    void rule(std::size_t at)
    {
        if (!sameName(m_css.substr(at + 1, 6), "import")) {
            return;
        }
        auto from = at + 7;
        while (from < m_css.size() && isSpace(m_css[from])) {
            ++from;
        }
        if (sameName(m_css.substr(from, 4), "url(")) {
            from += 4;
        }
        address(at, from, "@import", Kind::Import);
    }

    [[nodiscard]] std::string value(std::size_t colon) const
    {
        const auto text = m_css.substr(colon + 1, 200);
        auto out = asciiLower(text.substr(0, text.find_first_of(";}")));
        out.erase(0, std::min(out.find_first_not_of(" \t\r\n\f"), out.size()));
        if (const auto bang = out.find('!'); bang != std::string::npos) {
            out.resize(bang);
        }
        while (!out.empty() && isSpace(out.back())) {
            out.pop_back();
        }
        return out;
    }

    void property(std::size_t at)
    {
        const auto name = nameBefore(at, 16);
        if (name == "behavior" || name == "-moz-binding") {
            if (value(at).starts_with("url")) {
                add(Kind::Script, at - std::min(at, name.size()), at + 1, name);
            }
        } else if (name == "position") {
            const auto how = value(at);
            if ((how == "fixed" || how == "sticky") && coversMuch(at, how)) {
                add(Kind::Overlay, at - std::min<std::size_t>(at, 8), at + 1 + how.size(), "position: " + how);
            }
        } else if (m_attribute && hides(name, at)) {
            add(Kind::Hide, at - std::min(at, name.size()), at + 1, name + ": " + value(at).substr(0, 24));
        }
    }

    // The declarations around `at`.
    [[nodiscard]] std::string block(std::size_t at) const
    {
        const auto start = m_attribute ? 0 : m_block;
        const auto end = std::min(m_css.find('}', at), m_css.size());
        auto text = asciiLower(m_css.substr(start, std::min<std::size_t>(end - start, 4'096)));
        text.erase(std::remove_if(text.begin(), text.end(), isSpace), text.end());
        return text;
    }

    [[nodiscard]] bool coversMuch(std::size_t at, std::string_view how) const
    {
        static constexpr std::array<std::string_view, 8> signs{"width:100%", "width:100vw", "height:100%",
            "height:100vh", "inset:0", "right:0;bottom:0", "bottom:0;right:0", "left:0;top:0"};
        const auto text = block(at);
        return how == "fixed"
            && (text.find("z-index") != std::string::npos || std::any_of(signs.begin(), signs.end(), [&](auto sign) {
                   return text.find(sign) != std::string::npos;
               }));
    }

    [[nodiscard]] bool hides(std::string_view name, std::size_t at) const
    {
        if (name == "display") {
            return value(at) == "none";
        }
        if (name == "visibility") {
            return value(at) == "hidden";
        }
        if (name == "opacity" || name == "font-size") {
            const auto text = value(at);
            return !text.empty() && text.find_first_not_of("0.") == text.find_first_not_of("0123456789.")
                && text.find_first_of("123456789") == std::string::npos;
        }
        if (name == "text-indent" || name == "left" || name == "top") {
            const auto text = value(at);
            return text.starts_with('-')
                && std::min(text.find_first_not_of("0123456789", 1), text.size()) >= 5; // -9999px
        }
        return name == "color" && sameAsGround(at);
    }

    [[nodiscard]] static std::string colour(std::string text)
    {
        text.erase(std::remove_if(text.begin(), text.end(), isSpace), text.end());
        if (text == "white" || text == "#fff" || text == "rgb(255,255,255)") {
            return "#ffffff";
        }
        if (text == "black" || text == "#000" || text == "rgb(0,0,0)") {
            return "#000000";
        }
        return text;
    }

    // Text in the colour of what is behind it, as far as this element says.
    [[nodiscard]] bool sameAsGround(std::size_t at) const
    {
        const auto text = colour(value(at));
        if (text == "transparent" || text == "rgba(0,0,0,0)") {
            return true;
        }
        const auto all = block(at);
        auto ground = all.find("background");
        if (ground == std::string::npos) {
            return text == "#ffffff"; // most pages are white
        }
        ground = all.find(':', ground);
        return ground != std::string::npos
            && colour(all.substr(ground + 1, all.find_first_of(";}", ground) - ground - 1)) == text;
    }

    std::string_view m_css;
    bool m_attribute;
    std::size_t m_limit;
    std::size_t m_block = 0;
    std::size_t m_setEnd = 0; // as far as image-set() was read
    std::vector<CssAct> m_acts;
};

} // namespace

std::vector<CssAct> readCss(std::string_view css, bool attribute, std::size_t limit)
{
    if (css.find('\\') == std::string_view::npos && css.find("/*") == std::string_view::npos) {
        return CssReader(css, attribute, limit).run();
    }
    const auto plain = undo(css);
    auto acts = CssReader(plain.text, attribute, limit).run();
    for (auto& act : acts) {
        const auto bytes = plain.map.toRaw(act.bytes);
        act.hidden = bytes.size() > act.bytes.size() && act.kind == Kind::Script;
        act.bytes = bytes;
    }
    return acts;
}

} // namespace cupel::formats
