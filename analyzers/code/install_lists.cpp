// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/install_lists.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/code/install_parts.h"
#include "analyzers/code/magics.h"

#include <algorithm>
#include <set>

namespace cupel::code {

namespace {

using Token = PythonToken;
using Kind = PythonToken::Kind;

constexpr std::size_t mostTokens = 2'000; // of one expression
constexpr std::size_t mostTexts = 20'000; // over all cells
constexpr std::size_t mostNames = 2'000;
constexpr std::size_t mostPieces = 100; // of one name
constexpr std::size_t mostBytes = 1 << 20; // of a cell

bool copiesList(std::string_view name)
{
    return isOneOf(name, {"list", "tuple", "set", "sorted"});
}

// Goes through one expression, and knows whether it is nothing but lists.
class ExpressionReader {
public:
    ExpressionReader(std::string_view plain, ListExpression& out)
        : m_plain(plain)
        , m_out(out)
    {
    }

    void run(PythonTokens& tokens)
    {
        for (std::size_t count = 0; count < mostTokens; ++count) {
            const auto token = tokens.next();
            m_out.last = token;
            if (token.kind == Kind::End || token.kind == Kind::NewLine
                || (token.kind == Kind::Operator && ends(token))) {
                break;
            }
            m_out.bytes = {m_out.bytes.end == 0 ? token.bytes.start : m_out.bytes.start, token.bytes.end};
            take(token, slice(m_plain, token.bytes));
            m_previous = token;
        }
    }

private:
    [[nodiscard]] bool ends(const Token& token)
    {
        const auto text = slice(m_plain, token.bytes);
        if (text == "(" || text == "[" || text == "{") {
            const bool called = m_previous.kind == Kind::Name && !copiesList(slice(m_plain, m_previous.bytes));
            m_out.plain = m_out.plain && !called;
            ++m_depth;
            m_lists += text == "(" ? 0 : 1;
        } else if (text == ")" || text == "]" || text == "}") {
            if (m_depth == 0) {
                return true;
            }
            --m_depth;
            m_lists -= text != ")" && m_lists > 0 ? 1 : 0;
        } else if (text == "," || text == ";") {
            return m_depth == 0;
        } else if (text != "+" && text != "*") {
            m_out.plain = false;
        }
        return false;
    }

    void take(const Token& token, std::string_view text)
    {
        if (token.kind == Kind::String && m_depth > 0) {
            m_out.texts.push_back(token);
        } else if (token.kind == Kind::String && m_out.alone.kind == Kind::End) {
            m_out.alone = token;
        } else if (token.kind == Kind::Name) {
            m_out.plain = m_out.plain && text != "for";
            const bool spread = m_previous.kind == Kind::Operator && slice(m_plain, m_previous.bytes) == "*";
            if ((m_lists == 0 || spread) && !copiesList(text)) {
                m_out.names.push_back(token);
            }
        } else if (token.kind == Kind::Number) {
            m_out.plain = false;
        }
    }

    std::string_view m_plain;
    ListExpression& m_out;
    Token m_previous;
    std::size_t m_depth = 0;
    std::size_t m_lists = 0; // of these, those that are no parentheses
};

CommandWord wordOf(std::string_view plain, const Token& token)
{
    CommandWord word;
    word.bytes = token.bytes;
    word.text = stringValue(plain, token);
    word.quoted = true;
    word.hole = token.formatted && word.text.find('{') != std::string::npos;
    return word;
}

} // namespace

std::optional<InstallTool> toolOfList(std::string_view name)
{
    if (isOneOf(name, {"pip_packages", "pip_requirements", "extra_pip_requirements", "packages_to_install"})) {
        return InstallTool::Pip;
    }
    return name == "conda_packages" ? std::optional(InstallTool::Conda) : std::nullopt;
}

bool mayNameLists(std::string_view text)
{
    return holdsOneOf<"pip_packages", "pip_requirements", "packages_to_install", "conda_packages">(text);
}

ListExpression readListExpression(std::string_view plain, PythonTokens& tokens)
{
    ListExpression out;
    ExpressionReader(plain, out).run(tokens);
    return out;
}

void InstallLists::read(std::uint32_t cell, std::string_view source)
{
    m_cell = cell;
    m_plain = withoutMagics(source.substr(0, mostBytes));
    m_read = 0;
    PythonTokens tokens(m_plain);
    Token previous;
    previous.kind = Kind::NewLine;
    for (auto token = tokens.next(); token.kind != Kind::End;) {
        const auto before = slice(std::string_view(m_plain), previous.bytes);
        const bool starts = token.bytes.start >= m_read
            && (previous.kind == Kind::NewLine
                || (previous.kind == Kind::Operator && (before == ";" || before == ":")));
        previous = token;
        if (token.kind == Kind::Name) {
            const auto next = tokens.next();
            token = next.kind == Kind::Operator ? behindName(tokens, token, next, starts) : next;
        } else {
            token = tokens.next();
        }
    }
}

// Reads what is assigned or added to a name, or given to a keyword; returns the token to go on with.
PythonToken InstallLists::behindName(PythonTokens& tokens, const Token& name, const Token& sign, bool starts)
{
    const std::string_view plain = m_plain;
    const auto text = slice(plain, sign.bytes);
    const auto tool = toolOfList(slice(plain, name.bytes));
    if (text == "=" && tool) {
        const auto value = readListExpression(plain, tokens);
        give(*tool, piecesOf(value));
        if (starts) {
            bind(name, value, false, tool);
        }
        return value.last;
    }
    if (text == "=" && starts) {
        auto ahead = tokens; // a call behind it may be given a list
        const auto value = readListExpression(plain, ahead);
        m_read = value.last.bytes.start;
        bind(name, value, false, tool);
        return tokens.next();
    }
    if ((text == "+" || text == ".") && starts) {
        return added(tokens, name, tokens.next(), text == ".");
    }
    return sign;
}

// `next`: behind the sign of NAME += ..., NAME.append(...), NAME.extend(...)
PythonToken InstallLists::added(PythonTokens& tokens, const Token& name, Token next, bool method)
{
    const std::string_view plain = m_plain;
    const auto verb = slice(plain, next.bytes);
    if (method) {
        if (verb != "append" && verb != "extend") {
            return next;
        }
        next = tokens.next();
    }
    if (next.kind != Kind::Operator || slice(plain, next.bytes) != (method ? "(" : "=")) {
        return next;
    }
    auto value = readListExpression(plain, tokens);
    if (method && verb == "append" && value.alone.kind == Kind::String) {
        value.texts = {value.alone};
    }
    bind(name, value, true, toolOfList(slice(plain, name.bytes)));
    return value.last;
}

InstallLists::Pieces InstallLists::piecesOf(const ListExpression& value) const
{
    Pieces out;
    for (const auto& name : value.names) {
        const auto found = m_names.find(slice(std::string_view(m_plain), name.bytes));
        if (found != m_names.end()) {
            out.insert(out.end(), found->second.begin(), found->second.end());
        }
        if (out.size() > mostPieces) {
            break;
        }
    }
    return out;
}

void InstallLists::bind(const Token& name, const ListExpression& value, bool adds, std::optional<InstallTool> tool)
{
    const std::string_view plain = m_plain;
    auto pieces = value.plain ? piecesOf(value) : Pieces{};
    // What is assigned to a name that says it all is found where it stands.
    const bool told = tool && !adds;
    if (value.plain && !value.texts.empty() && !told && m_texts + value.texts.size() <= mostTexts) {
        m_texts += value.texts.size();
        pieces.push_back(static_cast<std::uint32_t>(m_pieces.size()));
        m_pieces.push_back({m_cell, {name.bytes.start, value.bytes.end}, value.texts, {}});
    }
    if (tool && adds) {
        give(*tool, pieces);
    }
    const auto found = m_names.find(slice(plain, name.bytes));
    // In a branch, the list may as well be the one from before.
    const bool mayStay = adds || (name.bytes.start > 0 && plain[name.bytes.start - 1] != '\n');
    if (found == m_names.end()) {
        if (!pieces.empty() && m_names.size() < mostNames) {
            m_names.emplace(slice(plain, name.bytes), std::move(pieces));
        }
        return;
    }
    if (mayStay) {
        pieces.insert(pieces.begin(), found->second.begin(), found->second.end());
    }
    std::sort(pieces.begin(), pieces.end());
    pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
    pieces.resize(std::min(pieces.size(), mostPieces));
    found->second = std::move(pieces);
}

void InstallLists::give(InstallTool tool, const Pieces& pieces)
{
    for (const auto piece : pieces) {
        m_pieces[piece].tool = tool;
    }
}

std::vector<std::uint32_t> InstallLists::cells() const
{
    std::set<std::uint32_t> out;
    for (const auto& piece : m_pieces) {
        if (piece.tool) {
            out.insert(piece.cell);
        }
    }
    return {out.begin(), out.end()};
}

std::vector<InstallCommand> InstallLists::commandsIn(
    std::uint32_t cell, std::string_view source, const InstallLimits& limits) const
{
    std::vector<InstallCommand> out;
    const InstallContext context{source, 0, limits, out};
    for (const auto& piece : m_pieces) {
        if (piece.cell != cell || !piece.tool || out.size() >= limits.commands) {
            continue;
        }
        InstallCommand command;
        command.tool = *piece.tool;
        command.bytes = piece.bytes;
        for (const auto& text : piece.texts) {
            if (*piece.tool == InstallTool::Conda) {
                addVersioned(command, wordOf(source, text), '=', context);
            } else {
                addItem(command, wordOf(source, text), context);
            }
        }
        out.push_back(std::move(command));
    }
    return out;
}

} // namespace cupel::code
