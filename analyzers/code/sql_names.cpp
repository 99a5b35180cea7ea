// SPDX-License-Identifier: GPL-3.0-or-later
// Names of tables, files and stages, and what stands for them in a statement.
#include "analyzers/code/sql_reader.h"

#include <algorithm>
#include <array>

namespace cupel::code {

namespace {

constexpr std::size_t maxThings = 20'000;
constexpr std::size_t maxNames = 10'000; // aliases

bool noAlias(SqlWord word)
{
    using enum SqlWord;
    constexpr std::array list = {Tablesample, Pivot, Unpivot, For, Partition, Outer, Apply, Anti, Semi, Asof, Straight,
        Offset, Sort, Cluster, Distribute, Only, Fetch, Minus, To, Location, Clone, Insert, Update, Delete, Merge,
        Create, Drop};
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool looksLikeFile(std::string_view name)
{
    if (name.find('/') != std::string_view::npos || name.find("\\") != std::string_view::npos) {
        return true;
    }
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos) {
        return false;
    }
    static constexpr std::array<std::string_view, 18> extensions = {"csv", "tsv", "parquet", "pq", "json", "jsonl",
        "ndjson", "gz", "zst", "xlsx", "arrow", "feather", "orc", "avro", "txt", "db", "duckdb", "sqlite"};
    return std::find(extensions.begin(), extensions.end(), sqlLower(name.substr(dot + 1))) != extensions.end();
}

bool isFileFormat(std::string_view name)
{
    static constexpr std::array<std::string_view, 9> formats = {
        "parquet", "csv", "json", "orc", "delta", "avro", "text", "iceberg", "binaryfile"};
    return std::find(formats.begin(), formats.end(), name) != formats.end();
}

// Table functions whose first argument says where the data lies.
bool readsFiles(std::string_view name)
{
    static constexpr std::array<std::string_view, 14> functions = {"read_files", "glob", "st_read", "openrowset",
        "file", "url", "s3", "gcs", "hdfs", "s3cluster", "azureblobstorage", "arrow_scan_dataset", "deltalake",
        "cloud_files"};
    return name.starts_with("read_") || name.ends_with("_scan") || name.ends_with("_scanner")
        || std::find(functions.begin(), functions.end(), name) != functions.end();
}

} // namespace

std::optional<SqlReader::Name> SqlReader::name()
{
    if (!nameHere()) {
        return {};
    }
    Name out;
    out.bytes.start = token().bytes.start;
    for (;;) {
        const auto& part = token();
        auto value = sqlValue(m_text, part);
        ++m_at;
        std::size_t dashes = 0; // my-project.data.table of BigQuery
        while (part.kind == Kind::Word && out.parts == 0 && sign('-', dashes) && token(dashes).joined
            && token(dashes + 1).joined
            && (token(dashes + 1).kind == Kind::Word || token(dashes + 1).kind == Kind::Number)) {
            dashes += 2;
        }
        if (dashes > 0 && sign('.', dashes) && token(dashes).joined) {
            const ByteRange rest{token(0).bytes.start, token(dashes - 1).bytes.end};
            value += slice(m_text, rest);
            m_at += dashes;
        }
        const bool path = part.kind == Kind::Name && out.parts == 1 && isFileFormat(sqlLower(out.text));
        out.file = path || (part.kind == Kind::Name && part.sign != '{' && out.parts == 0 && looksLikeFile(value));
        out.text = path ? value : out.text + (out.parts > 0 ? "." : "") + value;
        ++out.parts;
        if (part.sign == '`' && !out.file) {
            out.parts += static_cast<std::size_t>(std::count(value.begin(), value.end(), '.'));
        }
        out.bytes.end = before().bytes.end;
        if (!sign('.') || out.parts > 16) {
            return out;
        }
        const std::size_t dots = sign('.', 1) ? 2 : 1; // server..table
        if (token(dots).kind != Kind::Name && token(dots).kind != Kind::Word) {
            return out;
        }
        m_at += dots;
    }
}

// @stage/path of Snowflake.
std::string SqlReader::stage(ByteRange& bytes)
{
    bytes.start = token().bytes.start;
    do {
        bytes.end = token().bytes.end;
        ++m_at;
    } while (token().joined && !sign('(') && !sign(')') && !sign(',') && !sign(';'));
    auto text = std::string(slice(m_text, bytes).substr(0, 4'096));
    std::replace(text.begin(), text.end(), '\x01', '*');
    return text;
}

void SqlReader::add(std::vector<SqlThing>& list, SqlThing::Kind kind, std::string name, ByteRange bytes, bool temporary)
{
    m_understood = true;
    if (name.empty()) {
        return;
    }
    if (m_seen.size() >= maxThings) {
        m_out.partial = true;
        return;
    }
    if (m_seen.emplace(&list, static_cast<std::uint8_t>(kind), m_out.statements, name).second) {
        list.push_back({kind, std::move(name), bytes, m_out.statements, temporary});
    }
}

void SqlReader::readName(const Name& name)
{
    if (name.file) {
        add(m_out.reads, SqlThing::Kind::File, name.text, name.bytes);
        return;
    }
    const auto lower = sqlLower(name.text);
    if (name.parts == 1 ? m_ctes.contains(lower) : m_aliases.contains(lower.substr(0, lower.find('.')))) {
        m_understood = true;
        return; // named in this statement, or a list in a row of a table of it
    }
    add(m_out.reads, SqlThing::Kind::Table, name.text, name.bytes, name.text.starts_with('#'));
}

void SqlReader::file(std::vector<SqlThing>& list, std::size_t at)
{
    const auto& text = m_tokens.list[at];
    add(list, SqlThing::Kind::File, sqlValue(m_text, text), text.bytes);
}

void SqlReader::tableReference()
{
    auto& here = frame();
    here.expectTable = false;
    const auto& first = token();
    if (first.kind == Kind::Text) {
        auto value = sqlValue(m_text, first);
        const bool path =
            looksLikeFile(value) || value.find('*') != std::string::npos || value.find(':') != std::string::npos;
        add(m_out.reads, path || here.verb == Verb::Copy ? SqlThing::Kind::File : SqlThing::Kind::Table, value,
            first.bytes);
        ++m_at;
        alias(value);
        return;
    }
    if ((first.word == Word::Lateral || first.word == Word::Only || first.word == Word::Table) && !sign('.', 1)
        && (sign('(', 1) || nameHere(1))) {
        ++m_at;
        here.expectTable = true;
        return;
    }
    if (first.word == Word::Dual) {
        ++m_at;
        return;
    }
    if (first.kind == Kind::Word && m_text[first.bytes.start] == '@') {
        ByteRange bytes;
        auto value = stage(bytes);
        if (here.verb == Verb::Copy || statement().verb == Verb::Copy || value.find('/') != std::string::npos) {
            add(m_out.reads, SqlThing::Kind::File, std::move(value), bytes);
        }
        return;
    }
    if (const auto table = name()) {
        afterName(*table);
    }
}

void SqlReader::afterName(const Name& name)
{
    if (!sign('(') || sqlLower(sqlValue(m_text, token(1))) == "nolock") {
        readName(name);
        alias(name.text);
        return;
    }
    m_understood = true;
    const auto lower = sqlLower(name.text);
    if (lower == "identifier" && token(1).kind == Kind::Text) {
        add(m_out.reads, SqlThing::Kind::Table, sqlValue(m_text, token(1)), token(1).bytes);
    }
    open();
    frame().fileNext = frame().readsNext = readsFiles(lower);
    frame().aliased = true;
}

void SqlReader::alias(const std::string& table)
{
    const bool as = skip(Word::As);
    if (!nameHere() || (!as && noAlias(word()))) {
        if (!table.empty() && m_aliases.size() < maxNames) { // without an alias its last part is one
            m_aliases.emplace(sqlLower(table.substr(table.rfind('.') + 1)), table);
        }
        return;
    }
    if (m_aliases.size() < maxNames) {
        m_aliases.insert_or_assign(sqlLower(sqlValue(m_text, token())), table);
    }
    ++m_at;
}

} // namespace cupel::code
