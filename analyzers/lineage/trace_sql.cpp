// SPDX-License-Identifier: GPL-3.0-or-later
// SQL in code: tables that queries read and write, files and frames that are named in them.
#include "analyzers/lineage/trace.h"

#include "analyzers/code/sql_tables.h"
#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

// sqlite:///a.db, sqlite+pysqlite:///a.db, duckdb:///a.db, or "./a.db" itself: the file that a database is; empty: it
// is none.
std::string_view fileOfDatabase(std::string_view written)
{
    const auto scheme = written.find("://");
    if (scheme != std::string_view::npos) {
        const auto name = written.substr(0, std::min(written.find('+'), scheme));
        const auto rest = written.substr(scheme + 3);
        const bool file = (name == "sqlite" || name == "duckdb") && rest.starts_with('/');
        return file ? rest.substr(1, rest.find('?', 1) - 1) : std::string_view();
    }
    if (written.starts_with("file:")) {
        return written.substr(5, written.find('?') - 5);
    }
    return isOneOf(extensionOf(written), {"db", "db3", "sqlite", "sqlite3", "duckdb"}) ? written : std::string_view();
}

} // namespace

// A table of the database behind `connection`: one name, however it is reached.
Locator Trace::tableAt(std::string_view name, Ref connection)
{
    std::string written(name);
    const auto& through = at(connection).kind == ThingKind::Text ? std::vector<std::string_view>{at(connection).text}
                                                                 : at(connection).locators;
    if (!through.empty() && through.front().find(hole) == std::string_view::npos) {
        written = std::string(through.front()) + '/' + written;
    }
    auto locator = readLocator(written, {}, "table", false);
    locator.kind = SourceKind::Database;
    locator.node = NodeKind::Dataset;
    locator.id = "table:" + locator.value;
    const auto file = through.empty() ? std::string_view() : fileOfDatabase(through.front());
    if (!file.empty() && file.find(hole) == std::string_view::npos) { // one file, however it is written
        auto path = joinPath(workingFolder(), file);
        path = !m_files.has(path) && m_files.has(normalPath(file)) ? normalPath(file) : path;
        locator.id = "table:" + path + '/' + std::string(name);
    }
    std::transform(locator.id.begin(), locator.id.end(), locator.id.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    locator.outside = true;
    return locator;
}

// What a call with SQL, or with the name of a table, reads; what it writes is told. 0: no SQL is known.
Ref Trace::sqlEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto named = row.locators.empty() ? std::vector<Ref>{} : argumentsFor(site, {row.locators.front()}, receiver);
    if (named.empty() || at(named.front()).kind != ThingKind::Text) {
        return 0;
    }
    const auto written = at(named.front()).text;
    auto connection = site.value(1, "con");
    connection = at(connection).kind == ThingKind::Text || !at(connection).locators.empty() ? connection : receiver;
    auto use = code::readSql(written, m_budget);
    m_cut = m_cut || use.partial || (written.size() >= maxConstant && use.statements > 0);
    if (use.statements == 0 && written.find_first_of(" \n\t") == std::string_view::npos) {
        use.reads.push_back({code::SqlThing::Kind::Table, std::string(written), {}, 0, false});
        use.givesRows = true;
    }
    if (use.reads.empty() && use.writes.empty()) {
        return 0;
    }
    const auto result = object(m_roles.type(row.returns), site.node);
    at(result).locators = at(connection).locators;
    for (const auto& thing : use.reads) {
        at(result).takeData(at(sqlSource(site, row, thing, connection)));
    }
    for (const auto& thing : use.writes) {
        sqlSink(site, row, thing, connection, result);
    }
    for (const auto& column : use.columns) {
        if (!column.name.empty() && !use.allColumns) {
            at(result).columns.push_back(keep(column.name));
        }
    }
    if (receiver != 0 && (has(at(receiver).type, "ursor") || row.returns == "Cursor")) {
        at(receiver).takeData(at(result)); // cursor.fetchall() comes later
    }
    return result;
}

Ref Trace::sqlSource(const TraceCall& site, const ApiRow& row, const code::SqlThing& thing, Ref connection)
{
    const auto where = site.where ? *site.where : place(site.node);
    if (const auto view = m_views.find(thing.name); view != m_views.end()) {
        return view->second;
    }
    // DuckDB and pandas read frames of the code by their names.
    const auto* frame = findName(thing.name);
    const bool sees = has(row.callee, "duckdb") || (site.where && at(connection).text.starts_with("duckdb"));
    if (frame && at(*frame).kind == ThingKind::Object && !at(*frame).from.empty() && sees) {
        return *frame;
    }
    const bool file = thing.kind == code::SqlThing::Kind::File;
    const auto locator =
        file ? readLocator(thing.name, workingFolder(), "path", false) : tableAt(thing.name, connection);
    const auto node = m_out.located(locator, row.callee, where);
    m_out.source(node, locator.kind, locator.value, where);
    return fromSource(node, m_roles.type(row.returns), site.node);
}

void Trace::sqlSink(const TraceCall& site, const ApiRow& row, const code::SqlThing& thing, Ref connection, Ref made)
{
    const auto where = site.where ? *site.where : place(site.node);
    const bool file = thing.kind == code::SqlThing::Kind::File;
    if (thing.temporary || thing.kind == code::SqlThing::Kind::View) {
        m_views[std::string(thing.name)] = made;
        return;
    }
    const auto locator =
        file ? readLocator(thing.name, workingFolder(), "path", false) : tableAt(thing.name, connection);
    const auto node = m_out.located(locator, row.callee, where);
    auto inputs = at(made).from;
    for (const auto& argument : site.arguments) {
        mergeMarks(inputs, at(argument.value).from);
    }
    m_out.sink(node, locator.kind, locator.value, where, inputs);
    for (const auto from : inputs) {
        m_out.edge(from, node, EdgeKind::Writes, "sql", "a statement writes it here", where);
    }
}

} // namespace cupel::lineage
