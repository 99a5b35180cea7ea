// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/jupytext_script.h"

#include "analyzers/formats/cell_builder.h"
#include "analyzers/formats/code_language.h"

#include <algorithm>

namespace cupel::formats {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool isWord(char c)
{
    return isLetter(c) || (c >= '0' && c <= '9');
}

std::string_view withoutBlanks(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return text;
}

// "!ls", "%pip install x", "%%bash", and not "!= 3" or "% of all".
bool startsMagic(std::string_view text)
{
    if (text.starts_with('!')) {
        text = withoutBlanks(text.substr(text.starts_with("!!") ? 2 : 1));
        return !text.empty() && (isLetter(text[0]) || std::string_view(".~$\\{(").find(text[0]) != text.npos);
    }
    const auto signs = std::min(text.find_first_not_of('%'), text.size());
    return (signs == 1 || signs == 2) && signs < text.size() && isLetter(text[signs]);
}

// "files = !ls"
bool assignsMagic(std::string_view text)
{
    const auto equals = text.find('=');
    if (equals == text.npos || equals == 0 || !isLetter(text[0])) {
        return false;
    }
    const auto name = text.substr(0, equals);
    const bool names =
        std::all_of(name.begin(), name.end(), [](char c) { return isWord(c) || c == ' ' || c == ',' || c == '.'; });
    return names && startsMagic(withoutBlanks(text.substr(equals + 1)));
}

std::string_view lineAt(ByteView text, std::uint64_t at)
{
    return takeLine(text, at);
}

// Sign and blanks of a comment line, whatever stands behind them.
MagicSign commentSign(std::string_view line)
{
    MagicSign sign;
    sign.indent = line.size() - withoutBlanks(line).size();
    const auto rest = line.substr(sign.indent);
    sign.size = rest.starts_with("# ") ? 2 : rest.starts_with('#') ? 1 : 0;
    return sign;
}

bool isCommentedMagic(std::string_view line)
{
    const auto sign = commentSign(line);
    const auto text = line.substr(sign.indent + sign.size);
    return sign.size > 0 && (startsMagic(text) || assignsMagic(text));
}

bool goesOn(std::string_view line)
{
    const auto last = line.find_last_not_of(" \t");
    return last != line.npos && line[last] == '\\';
}

// "bash" of `# + language="bash"`; empty: the marker says nothing.
std::string markerLanguage(std::string_view marker)
{
    for (const std::string_view option : {"language=\"", "\"language\": \"", "language='"}) {
        if (const auto at = marker.find(option); at != marker.npos) {
            const auto value = marker.substr(at + option.size());
            const auto end = std::min(value.find_first_of("\"'"), std::min<std::size_t>(value.size(), 40));
            return std::string(value.substr(0, end));
        }
    }
    return {};
}

bool holdsCommentedMagics(ByteView body)
{
    for (std::uint64_t at = 0; at < body.size();) {
        if (isCommentedMagic(takeLine(body, at))) {
            return true;
        }
    }
    return false;
}

} // namespace

std::uint64_t jupytextHeaderEnd(ByteView text, std::uint64_t at)
{
    auto next = at;
    if (takeLine(text, next) != "# ---") {
        return at;
    }
    for (int lines = 0; lines < 200 && next < text.size(); ++lines) {
        const auto line = takeLine(text, next);
        if (line == "# ---") {
            return std::min<std::uint64_t>(next, text.size());
        }
        if (!line.starts_with('#')) {
            break;
        }
    }
    return at;
}

JupytextSource jupytextSource(ByteView body, std::string_view marker)
{
    JupytextSource source;
    source.language = markerLanguage(marker);
    const auto first = body.find_first_not_of(" \t\r\n");
    if (first == ByteView::npos || body.find('#') == ByteView::npos) {
        return source;
    }
    const auto head = lineAt(body, first);
    const bool cell = isCommentedMagic(head) && head.substr(commentSign(head).size).starts_with("%%");
    const bool elsewhere = !source.language.empty() || marker.find("active=\"ipynb\"") != marker.npos;
    if ((cell || elsewhere) && allStartWith(body, "#")) {
        source.form = TextForm::Commented;
    } else if (source.language.empty() && holdsCommentedMagics(body)) {
        source.language = commentedMagics;
    }
    return source;
}

MagicSign magicSignAt(ByteView text, std::uint64_t at)
{
    constexpr int mostLines = 32;
    const auto sign = commentSign(lineAt(text, at));
    if (sign.size == 0) {
        return {};
    }
    auto start = at;
    for (int i = 0; i < mostLines; ++i) {
        if (isCommentedMagic(lineAt(text, start))) {
            return sign;
        }
        if (start == 0) {
            return {};
        }
        const auto before = text.substr(0, start - 1).rfind('\n');
        start = before == ByteView::npos ? 0 : before + 1;
        const auto line = lineAt(text, start);
        if (commentSign(line).size == 0 || !goesOn(line)) {
            return {};
        }
    }
    return {};
}

} // namespace cupel::formats
