// SPDX-License-Identifier: GPL-3.0-or-later
// What the eye does not see: direction marks, invisible letters, look-alikes, code far to the right.
#include "analyzers/rules/code/checks/checks.h"

#include "analyzers/base/json_text.h"
#include "analyzers/code/python_tokens.h"

#include <algorithm>

namespace cupel::rules::code {

namespace {

constexpr std::size_t farRight = 200;
constexpr std::size_t longLine = 4'000;
constexpr std::size_t blobSize = 2'000;
constexpr std::size_t maxPerCell = 200;

struct Letter {
    char32_t code = 0;
    std::size_t size = 1;
};

Letter letterAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const auto first = byte(0);
    const auto tail = [&](std::size_t i) { return static_cast<char32_t>(byte(i) & 0x3FU); };
    if (first >= 0xF0 && (byte(3) & 0xC0U) == 0x80) {
        return {(static_cast<char32_t>(first & 7U) << 18) | tail(1) << 12 | tail(2) << 6 | tail(3), 4};
    }
    if (first >= 0xE0 && first < 0xF0 && (byte(2) & 0xC0U) == 0x80) {
        return {(static_cast<char32_t>(first & 15U) << 12) | tail(1) << 6 | tail(2), 3};
    }
    if (first >= 0xC0 && first < 0xE0 && (byte(1) & 0xC0U) == 0x80) {
        return {(static_cast<char32_t>(first & 31U) << 6) | tail(1), 2};
    }
    return {first, 1};
}

bool isBidi(char32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}
bool isZeroWidth(char32_t c)
{
    return c == 0x200B || c == 0x200C || c == 0x200D || c == 0x2060 || c == 0xFEFF || c == 0x180E || c == 0x2063
        || c == 0x2062 || c == 0x2064 || c == 0x00AD;
}
bool isTag(char32_t c)
{
    return c >= 0xE0020 && c <= 0xE007F;
}
// Letters of other scripts, or other forms of our letters, that look like ASCII.
bool looksLatin(char32_t c)
{
    constexpr std::u32string_view alike = U"асеорхуіјѕһԁԛԝԌАВЕКМНОРСТХЅІЈοΟαΑΒΕΖΗΙΚΜΝΡΤΥΧνρυικ";
    return alike.find(c) != std::u32string_view::npos || (c >= 0xFF21 && c <= 0xFF5A) || (c >= 0x1D400 && c <= 0x1D6A3)
        || (c >= 0x2100 && c <= 0x214F && c != 0x2103);
}

class TextCheck {
public:
    TextCheck(const CodeCell& cell, std::uint32_t index, Reporter& reporter)
        : m_text(cell.text)
        , m_cell(index)
        , m_reporter(reporter)
    {
    }

    void run(const CodeCell& cell)
    {
        const bool plain = std::none_of(
            m_text.begin(), m_text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == '\x1b'; });
        if (!plain) {
            letters();
        }
        lines();
        // A name of plain letters imitates none, and in a short cell no text is long.
        if (cell.python && (!plain || m_text.size() > blobSize)) {
            names();
        }
    }

private:
    void add(std::string_view rule, ByteRange bytes, bool once = false)
    {
        if (++m_count > maxPerCell) {
            return;
        }
        Draft draft;
        draft.rule = rule;
        draft.place = {m_cell, bytes};
        draft.once = once;
        if (rule == "CUP-CODE-BIDI" || rule == "CUP-CODE-ZERO-WIDTH" || rule == "CUP-CODE-TAG-CHARACTERS") {
            draft.fix = Fix{"reveal-hidden", false, {TextEdit{bytes, {}}}};
        }
        m_reporter.add(std::move(draft));
    }

    void letters()
    {
        char32_t before = 0;
        for (std::size_t at = 0; at < m_text.size();) {
            const auto [code, size] = letterAt(m_text, at);
            auto end = at + size;
            if (isBidi(code)) {
                add("CUP-CODE-BIDI", {at, end});
            } else if (isTag(code)) {
                while (end < m_text.size() && isTag(letterAt(m_text, end).code)) {
                    end += 4;
                }
                // A flag of a region is written with tags too.
                if (before != 0x1F3F4) {
                    add("CUP-CODE-TAG-CHARACTERS", {at, end});
                }
            } else if (isZeroWidth(code) && at > 0) {
                // Joiners belong to emoji and to scripts that need them.
                const auto after = end < m_text.size() ? letterAt(m_text, end).code : 0;
                if ((before < 0x80 || before == 0) && after < 0x80) {
                    add("CUP-CODE-ZERO-WIDTH", {at, end});
                }
            } else if (code == 0x1B) {
                add("CUP-CODE-ANSI-CODE", {at, end});
            }
            before = code;
            at = end;
        }
    }

    void lines()
    {
        for (std::size_t line = 0; line < m_text.size();) {
            const auto end = std::min(m_text.find('\n', line), m_text.size());
            if (end - line > farRight) {
                farOut(line, end);
                if (end - line > longLine) {
                    const auto shown = std::min(end, line + 80);
                    add("CUP-CODE-LONG-LINE", {line, shown}, true);
                }
            }
            line = end + 1;
        }
    }

    void farOut(std::size_t line, std::size_t end)
    {
        std::size_t blanks = 0;
        for (auto at = line; at < end; ++at) {
            if (m_text[at] == ' ' || m_text[at] == '\t') {
                ++blanks;
                continue;
            }
            const bool visible = m_text[at] != '\r' && m_text[at] != '#' && m_text[at] != '\\';
            if (blanks >= farRight && visible
                && std::count(m_text.begin() + static_cast<std::ptrdiff_t>(at),
                       m_text.begin() + static_cast<std::ptrdiff_t>(end), ' ')
                    < static_cast<std::ptrdiff_t>(farRight)) {
                add("CUP-CODE-FAR-RIGHT", {at, end});
                return;
            }
            blanks = 0;
        }
    }

    // Python's own names, not what stands in texts and comments.
    void names()
    {
        cupel::code::PythonTokens tokens(m_text);
        for (auto token = tokens.next(); token.kind != cupel::code::PythonToken::Kind::End; token = tokens.next()) {
            const auto text = slice(m_text, token.bytes);
            if (token.kind == cupel::code::PythonToken::Kind::String) {
                blob(token.content);
                continue;
            }
            if (token.kind == cupel::code::PythonToken::Kind::Name && mixesScripts(text)) {
                add("CUP-CODE-HOMOGLYPH", token.bytes);
            }
        }
    }

    // One look-alike among plain letters, or a name of nothing but other forms of plain letters. A word of one other
    // script is a word of that language.
    static bool mixesScripts(std::string_view name)
    {
        bool ascii = false;
        bool alike = false;
        bool forms = false;
        bool other = false;
        for (std::size_t at = 0; at < name.size();) {
            const auto [code, size] = letterAt(name, at);
            at += size;
            ascii = ascii || (code < 0x80 && code != '_' && (code < '0' || code > '9'));
            const bool like = code >= 0x80 && looksLatin(code);
            alike = alike || like;
            forms = forms || (like && code > 0xFF00);
            other = other || (code >= 0x80 && !like);
        }
        // One letter is a formula: letters of mathematics are written so on purpose.
        forms = forms && name.size() > 4;
        return (forms && !other) || (ascii && alike && !other && !isGreekOnly(name));
    }
    // alpha, nu, rho in formulas: dν, xα.
    static bool isGreekOnly(std::string_view name)
    {
        for (std::size_t at = 0; at < name.size();) {
            const auto [code, size] = letterAt(name, at);
            at += size;
            if (code >= 0x400) {
                return false;
            }
        }
        return true;
    }

    void blob(ByteRange content)
    {
        if (content.size() < blobSize) {
            return;
        }
        const auto text = slice(m_text, content);
        constexpr std::string_view images[] = {"iVBOR", "/9j/", "R0lG", "data:", "PHN2Zy", "UklGR", "JVBERi"};
        const bool image =
            std::any_of(std::begin(images), std::end(images), [&](auto start) { return text.starts_with(start); });
        const auto odd = std::count_if(text.begin(), text.end(), [](char c) {
            return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
                || c == '=' || c == '-' || c == '_' || c == '\n' || c == '\\');
        });
        if (!image && odd == 0) {
            add("CUP-CODE-BLOB", {content.start, content.start + 60}, true);
        }
    }

    std::string_view m_text;
    std::uint32_t m_cell;
    Reporter& m_reporter;
    std::size_t m_count = 0;
};

} // namespace

void checkText(const CodeCell& cell, std::uint32_t index, Reporter& reporter)
{
    TextCheck(cell, index, reporter).run(cell);
}

} // namespace cupel::rules::code
