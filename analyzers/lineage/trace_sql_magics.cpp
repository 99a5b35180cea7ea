// SPDX-License-Identifier: GPL-3.0-or-later
// Magics of SQL: %%sql and %sql with their options, where they connect to, tables of the query, and the name that gets
// the rows.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using code::Command;
using code::Syntax;

constexpr std::string_view blanks = " \t\r\n";

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool startsName(char c)
{
    return isWord(c) && !(c >= '0' && c <= '9');
}

std::string_view nextWord(std::string_view text, std::size_t& at)
{
    at = std::min(text.find_first_not_of(blanks, at), text.size());
    const auto end = std::min(text.find_first_of(blanks, at), text.size());
    const auto word = text.substr(at, end - at);
    at = end;
    return word;
}

std::string_view unquoted(std::string_view word)
{
    const bool quoted = word.size() > 1 && (word.front() == '"' || word.front() == '\'') && word.back() == word.front();
    return quoted ? word.substr(1, word.size() - 2) : word;
}

// What stands between the name of the magic and the query.
struct Opening {
    std::string_view connection; // an address, or the name of what holds it
    std::string_view target; // of `rows <<`
    std::string_view frame; // that --persist writes into a table of its name
    std::string_view destination; // a table that BigQuery writes the rows to
    std::string_view query; // its part on this line
};

Opening opened(const Command& command)
{
    const std::string_view text = command.arguments;
    Opening out;
    for (std::size_t at = 0; at < text.size();) {
        const auto before = at;
        const auto word = nextWord(text, at);
        auto behind = at;
        const auto next = nextWord(text, behind);
        if (word == "--persist" || word == "--append" || word == "-p") {
            out.frame = next;
            at = behind;
        } else if (word == "--destination_table") {
            out.destination = next;
            at = behind;
        } else if (word.size() > 1 && word.front() == '-' && word != "--") {
            const bool flag = isOneOf(word, {"-l", "--connections", "--no-index", "--no-execute", "--persist-replace"})
                || has(word, "=") || next.starts_with('-');
            at = flag ? at : behind;
        } else if (command.name == "bigquery") {
            continue; // the name that gets the rows
        } else if (next == "<<") {
            out.target = word;
            at = behind;
        } else if (has(word, "://") || word.front() == '@') {
            out.connection = unquoted(word);
        } else {
            out.query = text.substr(before);
            return out;
        }
    }
    return out;
}

// {{name}} is {name}: both are filled in from Python.
std::string withSingleBraces(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i];
        i += i + 1 < text.size() && text[i + 1] == text[i] && (text[i] == '{' || text[i] == '}') ? 1 : 0;
    }
    return out;
}

// What nobody could fill in, $name or {name}, is not known.
std::string withHoles(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool mark = (text[i] == '$' || text[i] == '{') && i + 1 < text.size() && startsName(text[i + 1]);
        auto end = i + 1;
        while (mark && end < text.size() && isWord(text[end])) {
            ++end;
        }
        const bool braces = text[i] == '{';
        const bool whole = mark && (!braces || (end < text.size() && text[end] == '}'));
        out += whole ? hole : text[i];
        i = whole ? end - (braces ? 0 : 1) : i;
    }
    return out;
}

} // namespace

void Trace::sqlMagic(const Command& command, const Place& where)
{
    const auto opening = opened(command);
    auto query = std::string(opening.query);
    std::size_t at_ = 0;
    const auto* engine = findName(nextWord(opening.query, at_));
    if (engine && at(*engine).kind == ThingKind::Object && !at(*engine).locators.empty()) {
        m_connection = *engine;
        query.erase(0, at_);
    } else if (!opening.connection.empty() && opening.connection.front() != '@') {
        m_connection = text(filledIn(opening.connection), Syntax::none);
    }
    const auto body = command.kind == code::CommandKind::Cell ? slice(cellOf(m_unit).text, command.body) : "";
    query += '\n' + std::string(body.substr(0, maxConstant));
    const auto name = (command.kind == code::CommandKind::Cell ? "%%" : "%") + command.name;
    ApiRow row;
    row.callee = keep(name);
    row.locators = {{0, "text"}};
    row.returns = "pandas.DataFrame";
    TraceCall site;
    site.unit = m_unit;
    site.where = &where;
    site.arguments = {{{}, text(withHoles(filledIn(withSingleBraces(query))), Syntax::none)}, {"con", m_connection}};
    auto result = sqlEffect(site, row, 0);
    result = result != 0 ? result : object({}, Syntax::none);
    const auto* frame = opening.frame.empty() ? nullptr : findName(opening.frame);
    for (const auto table : {opening.destination, frame ? opening.frame : std::string_view()}) {
        if (!table.empty()) {
            site.arguments.front().value = frame ? *frame : result;
            sqlSink(site, row, {code::SqlThing::Kind::Table, std::string(unquoted(table)), {}, 0, false}, m_connection,
                site.arguments.front().value);
        }
    }
    for (const auto& target : command.targets) {
        setName(m_scope, keep(target), result);
    }
    if (!opening.target.empty()) {
        setName(m_scope, keep(std::string(opening.target)), result);
    }
}

} // namespace cupel::lineage
