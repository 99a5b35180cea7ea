// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/string_folding.h"

#include "analyzers/base/json_text.h"
#include "analyzers/code/python_tokens.h"
#include "analyzers/code/string_chain.h"
#include "analyzers/code/string_formats.h"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

namespace cupel::code {

namespace {

// What meets one of these is told: FoldedText::cutAt.
constexpr std::size_t maxFolded = 4 << 20;
constexpr std::size_t maxArguments = 64;
constexpr std::size_t maxNumbers = 64 << 10;
constexpr std::size_t maxAllOrigins = 200'000;

// Escapes stand for other characters: "\x73k-", and quotes and line breaks that patterns of several lines need.
bool hidesCharacters(ByteView content)
{
    return content.find('\\') != ByteView::npos;
}

class Folder {
public:
    Folder(ByteView source, Budget& budget, FoldedNames* earlier)
        : m_source(source)
        , m_tokens(source)
        , m_budget(budget)
        , m_constants(earlier)
    {
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() = default;

    FoldedText run()
    {
        advance();
        advance();
        while (m_token->kind != PythonToken::Kind::End && !isFull()) {
            if (!m_budget.spend(m_token->bytes.size() + 1)) {
                break;
            }
            const auto at = m_token->bytes.start;
            step();
            if (m_cut || m_constants.missed()) {
                m_out.cutAt = m_out.cutAt.value_or(at);
            }
        }
        if (isFull()) {
            m_out.cutAt = m_out.cutAt.value_or(m_token->bytes.start);
        }
        close();
        m_constants.rememberNames();
        return std::move(m_out);
    }

private:
    using Kind = PythonToken::Kind;

    [[nodiscard]] bool isFull() const
    {
        return m_out.text.size() >= maxFolded || m_out.origins.size() >= maxAllOrigins;
    }
    // Tokens are made where they stay: to copy one that was just written waits for its bytes.
    void advance()
    {
        std::swap(m_token, m_ahead);
        new (m_ahead) PythonToken(m_tokens.next());
    }
    [[nodiscard]] ByteView text(const PythonToken& token) const { return slice(m_source, token.bytes); }
    [[nodiscard]] bool is(char c) const
    {
        return m_token->kind == Kind::Operator && m_source[m_token->bytes.start] == c;
    }
    [[nodiscard]] bool aheadIs(char c) const
    {
        return m_ahead->kind == Kind::Operator && m_source[m_ahead->bytes.start] == c;
    }

    void step()
    {
        switch (m_token->kind) {
        case Kind::String:
            onString();
            return;
        case Kind::Name:
            onName();
            return;
        case Kind::Operator:
            onOperator();
            return;
        default:
            close();
            m_target = {};
            advance();
        }
    }

    void onString()
    {
        const bool joins = m_afterPlus || (!m_chain.empty() && m_afterString);
        if (!joins) {
            close();
        }
        Piece piece;
        piece.source = m_token->bytes;
        piece.value = stringValue(m_source, *m_token);
        const bool escaped = !m_token->raw && hidesCharacters(slice(m_source, m_token->content));
        if (m_token->formatted) {
            m_chain.changed = m_constants.interpolate(piece, m_cut) || m_chain.changed;
        }
        m_chain.changed = m_chain.changed || escaped || joins;
        advance();
        if (is('.') && m_ahead->kind == Kind::Name && text(*m_ahead) == "join" && m_chain.empty()) {
            join(std::move(piece));
            return;
        }
        if (m_chain.empty()) {
            format(piece);
        }
        if (is('[')) {
            reverse(piece);
        }
        append(std::move(piece));
        m_afterString = true;
        m_afterPlus = false;
    }

    // "..." % (a, b) and "...".format(a, b) at the token after the string.
    void format(Piece& piece)
    {
        const bool percent = is('%');
        const bool braces = is('.') && m_ahead->kind == Kind::Name && text(*m_ahead) == "format";
        if (!percent && !braces) {
            return;
        }
        advance();
        if (braces) {
            advance();
        }
        auto end = m_token->bytes.end;
        std::vector<FormatArgument> arguments;
        if (is('(')) {
            advance();
            arguments = readArguments(piece, end);
        } else if (percent) {
            arguments.push_back(readArgument(piece));
        }
        auto filled = percent ? fillPercent(piece.value, arguments, maxValue + 1)
                              : fillBraces(piece.value, arguments, maxValue + 1);
        if (filled) {
            m_cut = m_cut || filled->size() > maxValue;
            piece.value = std::move(*filled);
            piece.origins.push_back(piece.source);
            piece.source.end = end;
            m_chain.changed = true;
        }
    }

    // Up to and with the closing parenthesis, or the end of the line that lacks one.
    std::vector<FormatArgument> readArguments(Piece& piece, std::uint64_t& end)
    {
        std::vector<FormatArgument> arguments;
        while (arguments.size() < maxArguments && m_token->kind != Kind::End && m_token->kind != Kind::NewLine
            && !is(')')) {
            auto argument = readArgument(piece);
            std::uint32_t depth = 0;
            while (
                m_token->kind != Kind::End && m_token->kind != Kind::NewLine && (depth > 0 || (!is(',') && !is(')')))) {
                argument.value.reset(); // more than one constant: a call, a sum
                depth += is('(') || is('[') || is('{') ? 1 : 0;
                depth -= depth > 0 && (is(')') || is(']') || is('}')) ? 1 : 0;
                advance();
            }
            arguments.push_back(std::move(argument));
            if (is(',')) {
                advance();
            }
        }
        m_cut = m_cut || (arguments.size() == maxArguments && !is(')'));
        if (is(')')) {
            end = m_token->bytes.end;
            advance();
        }
        return arguments;
    }

    FormatArgument readArgument(Piece& piece)
    {
        FormatArgument argument;
        if (m_token->kind == Kind::Name && aheadIs('=')) {
            argument.name = text(*m_token);
            advance();
            advance();
        }
        if (m_token->kind == Kind::String) {
            argument.value = stringValue(m_source, *m_token);
            piece.origins.push_back(m_token->bytes);
        } else if (m_token->kind == Kind::Number) {
            argument.value = text(*m_token);
        } else if (const auto* known = m_token->kind == Kind::Name ? m_constants.find(text(*m_token)) : nullptr) {
            argument.value = known->value;
            piece.origins.insert(piece.origins.end(), known->origins.begin(), known->origins.end());
        } else {
            return argument;
        }
        advance();
        return argument;
    }

    // chr(115), bytes([115, 107]), bytearray((115, 107)) at the name.
    bool characters()
    {
        const auto name = text(*m_token);
        if (!aheadIs('(') || (name != "chr" && name != "bytes" && name != "bytearray")) {
            return false;
        }
        if (!m_afterPlus) {
            close();
        }
        const bool wide = name == "chr";
        Piece piece;
        piece.source = m_token->bytes;
        advance();
        advance();
        const bool list = is('[') || is('(');
        if (list) {
            advance();
        }
        piece.value = numbers(wide, piece.source.end);
        if (list && (is(']') || is(')'))) {
            advance();
        }
        if (!piece.value.empty() && is(')')) {
            piece.source.end = m_token->bytes.end;
            append(std::move(piece));
            m_chain.changed = true;
            advance();
        }
        m_afterPlus = false;
        m_afterString = false;
        return true;
    }

    // Numbers with commas between them, as characters or as bytes.
    std::string numbers(bool wide, std::uint64_t& end)
    {
        std::string out;
        for (std::size_t count = 0; m_token->kind == Kind::Number && count < maxNumbers; ++count) {
            const auto value = characterNumber(text(*m_token));
            if (!value || (!wide && *value > 0xFF)) {
                return {};
            }
            if (wide) {
                appendUtf8(out, *value);
            } else {
                out.push_back(static_cast<char>(*value));
            }
            end = m_token->bytes.end;
            advance();
            if (is(',')) {
                advance();
            }
        }
        m_cut = m_cut || m_token->kind == Kind::Number;
        return out;
    }

    // Names repeat their values: three bytes of source may add 64 KiB. A chain that grows beyond what a constant holds
    // is given in parts, a long literal in one.
    void append(Piece piece)
    {
        if (m_chain.bytes + piece.value.size() > maxValue || m_chain.origins + piece.origins.size() > maxOrigins) {
            if (m_chain.changed && !m_chain.empty() && !isFull()) {
                writeChain(m_out, m_target, m_chain);
            }
            m_chain.part();
        }
        m_chain.add(std::move(piece));
    }

    // "..."[::-1]
    void reverse(Piece& piece)
    {
        const auto rest = m_source.substr(m_token->bytes.start, 6);
        if (rest == "[::-1]") {
            std::reverse(piece.value.begin(), piece.value.end());
            m_chain.changed = true;
            while (!is(']') && m_token->kind != Kind::End) {
                advance();
            }
            piece.source.end = m_token->bytes.end;
            advance();
        }
    }

    // "sep".join(["a", "b"]) at the token '.'
    void join(Piece separator)
    {
        advance(); // join
        advance(); // (
        advance();
        if (m_token->kind == Kind::Name && (text(*m_token) == "chr" || text(*m_token) == "map")) {
            joinCharacters(std::move(separator));
            return;
        }
        if (is('[') || is('(') || is('{')) {
            advance();
        }
        bool first = true;
        while (m_token->kind == Kind::String || (m_token->kind == Kind::Name && m_constants.find(text(*m_token)))) {
            if (!first && !separator.value.empty()) {
                append({separator.value, separator.source, {}});
            }
            first = false;
            appendTerm();
            m_chain.changed = true;
            if (is(',')) {
                advance();
            }
        }
        m_afterString = false;
    }

    // "".join(chr(c) for c in [115, 107]), "".join(map(chr, [115, 107])) at the name
    void joinCharacters(Piece separator)
    {
        constexpr int between = 10; // tokens up to the list: no other form of this is known
        for (int i = 0; i < between && !is('[') && m_token->kind != Kind::End && m_token->kind != Kind::NewLine; ++i) {
            advance();
        }
        if (!is('[') || !separator.value.empty()) {
            return;
        }
        advance();
        separator.value = numbers(true, separator.source.end);
        if (!separator.value.empty()) {
            append(std::move(separator));
            m_chain.changed = true;
        }
    }

    void appendTerm()
    {
        if (m_token->kind == Kind::String) {
            append({stringValue(m_source, *m_token), m_token->bytes, {}});
        } else if (const auto* constant = m_constants.find(text(*m_token))) {
            append({constant->value, m_token->bytes, constant->origins});
        }
        advance();
    }

    void onName()
    {
        if (characters()) {
            return;
        }
        if ((m_afterPlus || aheadIs('+')) && m_constants.find(text(*m_token))) {
            if (!m_afterPlus) {
                close();
            }
            appendTerm();
            m_chain.changed = true;
            m_afterPlus = false;
            m_afterString = false;
            return;
        }
        close();
        if (aheadIs('=')) {
            m_target = text(*m_token);
        } else if (m_chain.empty() && !aheadIs('(') && !aheadIs('.')) {
            m_target = {};
        }
        advance();
    }

    void onOperator()
    {
        if (is('+') && !m_chain.empty()) {
            m_afterPlus = true;
            m_afterString = false;
        } else if (is('(') && (m_afterPlus || m_chain.empty())) {
            m_afterString = false;
        } else if (is(')') && !m_chain.empty()) {
            m_afterString = false;
        } else if (is('=') && m_chain.empty()) {
            if (aheadIs('=')) {
                m_target = {};
                advance();
            }
        } else {
            close();
            if (!is('.') && !is('(')) {
                m_target = {};
            }
        }
        advance();
    }

    void close()
    {
        m_afterPlus = false;
        m_afterString = false;
        if (m_chain.empty()) {
            m_chain.changed = m_chain.parted = false;
            return; // nearly always
        }
        const Chain chain = std::exchange(m_chain, {});
        const auto target = std::exchange(m_target, {});
        if (chain.changed) {
            writeChain(m_out, target, chain);
        }
        if (!target.empty()) {
            m_constants.store(std::string(target), chain);
        }
    }

    ByteView m_source;
    PythonTokens m_tokens;
    Budget& m_budget;
    std::array<PythonToken, 2> m_pair;
    PythonToken* m_token = &m_pair[0];
    PythonToken* m_ahead = &m_pair[1];
    Chain m_chain;
    bool m_afterPlus = false;
    bool m_afterString = false;
    ByteView m_target; // the name that the value is assigned to
    Constants m_constants;
    bool m_cut = false;
    FoldedText m_out;
};

} // namespace

FoldedText foldStrings(ByteView source, Budget& budget, FoldedNames* earlier)
{
    return Folder(source, budget, earlier).run();
}

} // namespace cupel::code
