// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editor/code_spans.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cupel::widgets {

namespace {

using Words = std::pair<const QLatin1StringView*, const QLatin1StringView*>;

constexpr std::array pythonWords{QLatin1StringView("False"), QLatin1StringView("None"), QLatin1StringView("True"),
    QLatin1StringView("and"), QLatin1StringView("as"), QLatin1StringView("assert"), QLatin1StringView("async"),
    QLatin1StringView("await"), QLatin1StringView("break"), QLatin1StringView("class"), QLatin1StringView("continue"),
    QLatin1StringView("def"), QLatin1StringView("del"), QLatin1StringView("elif"), QLatin1StringView("else"),
    QLatin1StringView("except"), QLatin1StringView("finally"), QLatin1StringView("for"), QLatin1StringView("from"),
    QLatin1StringView("global"), QLatin1StringView("if"), QLatin1StringView("import"), QLatin1StringView("in"),
    QLatin1StringView("is"), QLatin1StringView("lambda"), QLatin1StringView("nonlocal"), QLatin1StringView("not"),
    QLatin1StringView("or"), QLatin1StringView("pass"), QLatin1StringView("raise"), QLatin1StringView("return"),
    QLatin1StringView("try"), QLatin1StringView("while"), QLatin1StringView("with"), QLatin1StringView("yield")};
constexpr std::array rWords{QLatin1StringView("FALSE"), QLatin1StringView("Inf"), QLatin1StringView("NA"),
    QLatin1StringView("NULL"), QLatin1StringView("TRUE"), QLatin1StringView("break"), QLatin1StringView("else"),
    QLatin1StringView("for"), QLatin1StringView("function"), QLatin1StringView("if"), QLatin1StringView("in"),
    QLatin1StringView("library"), QLatin1StringView("next"), QLatin1StringView("repeat"), QLatin1StringView("return"),
    QLatin1StringView("while")};
constexpr std::array juliaWords{QLatin1StringView("abstract"), QLatin1StringView("begin"), QLatin1StringView("break"),
    QLatin1StringView("catch"), QLatin1StringView("const"), QLatin1StringView("do"), QLatin1StringView("else"),
    QLatin1StringView("elseif"), QLatin1StringView("end"), QLatin1StringView("export"), QLatin1StringView("false"),
    QLatin1StringView("finally"), QLatin1StringView("for"), QLatin1StringView("function"), QLatin1StringView("global"),
    QLatin1StringView("if"), QLatin1StringView("import"), QLatin1StringView("in"), QLatin1StringView("let"),
    QLatin1StringView("local"), QLatin1StringView("macro"), QLatin1StringView("module"), QLatin1StringView("mutable"),
    QLatin1StringView("return"), QLatin1StringView("struct"), QLatin1StringView("true"), QLatin1StringView("try"),
    QLatin1StringView("using"), QLatin1StringView("while")};
constexpr std::array jsonWords{QLatin1StringView("false"), QLatin1StringView("null"), QLatin1StringView("true")};

Words wordsOf(Language language)
{
    switch (language) {
    case Language::Python:
        return {pythonWords.begin(), pythonWords.end()};
    case Language::R:
        return {rWords.begin(), rWords.end()};
    case Language::Julia:
        return {juliaWords.begin(), juliaWords.end()};
    case Language::Json:
        return {jsonWords.begin(), jsonWords.end()};
    case Language::Other:
        break;
    }
    return {nullptr, nullptr};
}

bool isWordStart(QChar c)
{
    return c.isLetter() || c == u'_';
}
bool isWord(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

class Tokenizer {
public:
    Tokenizer(QStringView code, Language language)
        : m_code(code)
        , m_language(language)
        , m_words(wordsOf(language))
    {
    }

    std::vector<Span> run()
    {
        while (m_at < m_code.size()) {
            step();
        }
        return std::move(m_spans);
    }

private:
    [[nodiscard]] QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_code.size() ? m_code[m_at + ahead] : QChar();
    }

    void add(qsizetype from, Ink ink)
    {
        m_spans.push_back({static_cast<int>(from), static_cast<int>(m_at - from), ink});
    }

    void step()
    {
        const auto c = m_code[m_at];
        const auto lineStart = m_lineStart;
        m_lineStart = c == u'\n' || (lineStart && c.isSpace());
        if (lineStart && m_language == Language::Python && (c == u'%' || c == u'!')) {
            magic(c);
        } else if (c == u'#' && m_language != Language::Json) {
            const auto from = m_at;
            toLineEnd();
            add(from, Ink::Comment);
        } else if (c == u'"' || c == u'\'') {
            string(m_at, true);
        } else if (isWordStart(c)) {
            word();
        } else if (c.isDigit()) {
            number();
        } else {
            ++m_at;
        }
    }

    void toLineEnd()
    {
        while (m_at < m_code.size() && m_code[m_at] != u'\n') {
            ++m_at;
        }
    }

    // %magic words are not Python; a cell magic hands the rest of the cell to another language.
    void magic(QChar sign)
    {
        const auto from = m_at;
        const auto cellMagic = sign == u'%' && peek(1) == u'%';
        if (sign == u'!') {
            toLineEnd();
            return;
        }
        while (peek() == u'%' || isWord(peek())) {
            ++m_at;
        }
        add(from, Ink::Keyword);
        toLineEnd();
        const auto name = m_code.mid(from, m_at - from);
        constexpr std::array samePython{
            QLatin1StringView("%%time"), QLatin1StringView("%%capture"), QLatin1StringView("%%prun")};
        if (cellMagic
            && std::none_of(samePython.begin(), samePython.end(), [&](auto p) { return name.startsWith(p); })) {
            m_at = m_code.size();
        }
    }

    void string(qsizetype from, bool escapes)
    {
        const auto quote = m_code[m_at];
        const bool triple = m_language != Language::Json && peek(1) == quote && peek(2) == quote;
        m_at += triple ? 3 : 1;
        while (m_at < m_code.size()) {
            const auto c = m_code[m_at];
            if (c == u'\\' && (escapes || peek(1) == quote)) {
                m_at = std::min<qsizetype>(m_at + 2, m_code.size());
            } else if (!triple && c == u'\n') {
                break;
            } else if (c == quote && (!triple || (peek(1) == quote && peek(2) == quote))) {
                m_at += triple ? 3 : 1;
                break;
            } else {
                ++m_at;
            }
        }
        add(from, Ink::String);
    }

    void word()
    {
        const auto from = m_at;
        while (m_at < m_code.size() && isWord(m_code[m_at])) {
            ++m_at;
        }
        const auto text = m_code.mid(from, m_at - from);
        const auto next = peek();
        if (text.size() <= 2 && (next == u'"' || next == u'\'') && m_language == Language::Python) {
            string(from, !text.contains(u'r', Qt::CaseInsensitive));
            return;
        }
        if (m_words.first && std::any_of(m_words.first, m_words.second, [&](auto w) { return w == text; })) {
            add(from, Ink::Keyword);
        }
    }

    void number()
    {
        const auto from = m_at;
        while (m_at < m_code.size()) {
            const auto c = m_code[m_at];
            const auto exponent = (c == u'+' || c == u'-') && m_at > from
                && (m_code[m_at - 1] == u'e' || m_code[m_at - 1] == u'E') && peek(1).isDigit() && m_code[from] != u'0';
            if (!isWord(c) && c != u'.' && !exponent) {
                break;
            }
            ++m_at;
        }
        add(from, Ink::Number);
    }

    QStringView m_code;
    Language m_language;
    Words m_words;
    qsizetype m_at = 0;
    bool m_lineStart = true;
    std::vector<Span> m_spans;
};

} // namespace

Language languageOf(QStringView name)
{
    const auto is = [&](QLatin1StringView other) { return name.compare(other, Qt::CaseInsensitive) == 0; };
    if (name.isEmpty() || name.startsWith(QLatin1StringView("python"), Qt::CaseInsensitive)
        || is(QLatin1StringView("ipython"))) {
        return Language::Python;
    }
    if (is(QLatin1StringView("r"))) {
        return Language::R;
    }
    if (is(QLatin1StringView("julia"))) {
        return Language::Julia;
    }
    return is(QLatin1StringView("json")) ? Language::Json : Language::Other;
}

std::vector<Span> codeSpans(QStringView code, Language language)
{
    return Tokenizer(code, language).run();
}

} // namespace cupel::widgets
