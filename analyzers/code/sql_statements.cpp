// SPDX-License-Identifier: GPL-3.0-or-later
// What statements begin with, and where they say that files lie.
#include "analyzers/code/sql_reader.h"

#include <algorithm>
#include <array>

namespace cupel::code {

namespace {

constexpr std::size_t maxAdjectives = 8; // CREATE OR REPLACE GLOBAL TEMPORARY ... TABLE

bool describesTable(std::string_view word)
{
    static constexpr std::array<std::string_view, 24> words = {"or", "replace", "refresh", "temp", "temporary",
        "global", "local", "external", "transient", "unlogged", "materialized", "virtual", "foreign", "live",
        "streaming", "recursive", "snapshot", "dynamic", "hybrid", "iceberg", "secure", "force", "volatile", "managed"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

bool SqlReader::verb(Word which)
{
    auto& here = frame();
    switch (which) {
    case Word::Create:
        create();
        return true;
    case Word::Drop:
    case Word::Truncate:
        drop(which == Word::Truncate);
        return true;
    case Word::Alter:
        alter();
        return true;
    case Word::Copy:
        copy();
        return true;
    case Word::Explain:
        ++m_at;
        return true;
    case Word::Describe:
    case Word::Desc:
    case Word::Show:
    case Word::Pragma:
        here.query = false;
        here.verb = Verb::Other;
        ++m_at;
        return true;
    case Word::Summarize:
    case Word::Pivot:
    case Word::Unpivot:
    case Word::Table:
        here.expectTable = true;
        here.clause = Clause::From;
        m_rows = m_rows || m_frames.size() == 1;
        ++m_at;
        return true;
    case Word::Attach:
        ++m_at;
        skip(Word::Database);
        skipIfExists();
        if (textHere()) {
            file(m_out.reads, m_at);
        }
        here.query = false;
        here.verb = Verb::Other;
        return true;
    case Word::Execute:
        ++m_at;
        if (skip(Word::Immediate) && token().kind == Kind::Text) {
            nested(token());
        }
        here.verb = Verb::Other;
        return true;
    default:
        return changes(which);
    }
}

bool SqlReader::changes(Word which)
{
    auto& here = frame();
    switch (which) {
    case Word::Insert:
    case Word::Upsert:
        if (here.clause != Clause::Start && word(1) != Word::Into && word(1) != Word::Overwrite) {
            return false;
        }
        insert();
        return true;
    case Word::Replace:
        if (word(1) != Word::Into) {
            return false;
        }
        insert();
        return true;
    case Word::Update:
        update();
        return true;
    case Word::Delete:
        remove();
        return true;
    case Word::Merge:
        merge();
        return true;
    case Word::Unload:
        here.verb = Verb::Unload;
        ++m_at;
        if (sign('(') && token(1).kind == Kind::Text) {
            nested(token(1));
        }
        return true;
    case Word::Load:
        here.verb = word(1) == Word::Data ? Verb::Load : Verb::Other;
        ++m_at;
        return true;
    case Word::Export:
    case Word::Import:
        here.verb = which == Word::Export ? Verb::Export : Verb::Other;
        m_lateWrite = which == Word::Export && word(1) == Word::Data;
        ++m_at;
        if (skip(Word::Database) && textHere()) {
            file(which == Word::Export ? m_out.writes : m_out.reads, m_at);
        }
        return true;
    default:
        return false;
    }
}

// INSERT [OR word] [OVERWRITE] [INTO] [TABLE] name, or INSERT OVERWRITE [LOCAL] DIRECTORY 'path'.
void SqlReader::insert()
{
    auto& here = frame();
    ++m_at;
    m_at += word() == Word::Or ? 2 : 0;
    while (skip(Word::Ignore) || skip(Word::Overwrite) || skip(Word::Into) || skip(Word::Local)) { }
    here.verb = Verb::Insert;
    here.clause = Clause::Start;
    if (word() == Word::Directory && textHere(1)) {
        file(m_out.writes, m_at + 1);
        m_at += 2;
        return;
    }
    if (word() == Word::Table && nameHere(1)) {
        ++m_at;
    }
    if (const auto table = name()) {
        add(m_out.writes, table->file ? SqlThing::Kind::File : SqlThing::Kind::Table, table->text, table->bytes,
            table->text.starts_with('#'));
    }
}

void SqlReader::update()
{
    auto& here = frame();
    ++m_at;
    m_at += word() == Word::Or ? 2 : 0;
    skip(Word::Only);
    here.verb = Verb::Update;
    here.clause = Clause::From;
    if (const auto table = name()) {
        m_targets.push_back({SqlThing::Kind::Table, table->text, table->bytes, 0, false});
        m_understood = true;
        alias(table->text);
    }
}

void SqlReader::remove()
{
    auto& here = frame();
    ++m_at;
    const bool from = skip(Word::From);
    skip(Word::Only);
    here.verb = Verb::Delete;
    here.clause = from ? Clause::From : Clause::Rest;
    if (const auto table = name()) {
        m_targets.push_back({SqlThing::Kind::Table, table->text, table->bytes, 0, false});
        m_understood = true;
        if (from) {
            alias(table->text);
        }
    }
}

void SqlReader::merge()
{
    auto& here = frame();
    ++m_at;
    skip(Word::Into);
    here.verb = Verb::Merge;
    here.clause = Clause::Rest;
    if (const auto table = name()) {
        add(m_out.writes, table->file ? SqlThing::Kind::File : SqlThing::Kind::Table, table->text, table->bytes);
        alias(table->text);
    }
}

void SqlReader::create()
{
    auto& here = frame();
    ++m_at;
    bool temporary = false;
    for (std::size_t i = 0; i < maxAdjectives && token().kind == Kind::Word; ++i) {
        temporary = temporary || word() == Word::Temp || word() == Word::Temporary;
        if (!describesTable(sqlLower(slice(m_text, token().inside).substr(0, 16)))) {
            break;
        }
        ++m_at;
    }
    const auto kind = word();
    if (kind != Word::Table && kind != Word::View && kind != Word::Model) {
        here.query = false; // an index, a function ...: nothing flows
        here.verb = Verb::Other;
        return;
    }
    ++m_at;
    skipIfExists();
    here.verb = Verb::Create;
    if (const auto made = name()) {
        add(m_out.writes,
            kind == Word::Model      ? SqlThing::Kind::Model
                : made->file         ? SqlThing::Kind::File
                : kind == Word::View ? SqlThing::Kind::View
                                     : SqlThing::Kind::Table,
            made->text, made->bytes, temporary || made->text.starts_with('#'));
    }
}

void SqlReader::drop(bool truncate)
{
    auto& here = frame();
    ++m_at;
    here.verb = Verb::Other;
    while (word() == Word::Materialized || word() == Word::Temporary
        || sqlLower(slice(m_text, token().inside).substr(0, 16)) == "external") {
        ++m_at;
    }
    auto kind = SqlThing::Kind::Table;
    if (word() == Word::View || word() == Word::Model) {
        kind = word() == Word::View ? SqlThing::Kind::View : SqlThing::Kind::Model;
    } else if (word() != Word::Table && !truncate) {
        here.query = false;
        return;
    }
    m_at += word() == Word::Table || word() == Word::View || word() == Word::Model ? 1 : 0;
    skipIfExists();
    while (const auto gone = name()) {
        add(m_out.drops, kind, gone->text, gone->bytes);
        if (!sign(',')) {
            break;
        }
        ++m_at;
    }
}

// ALTER TABLE a RENAME TO b moves; what else changes a table moves no data.
void SqlReader::alter()
{
    auto& here = frame();
    ++m_at;
    here.verb = Verb::Other;
    here.query = false;
    if (word() != Word::Table && word() != Word::View) {
        return;
    }
    ++m_at;
    skipIfExists();
    const auto old = name();
    if (!old || word() != Word::Rename || word(1) != Word::To) {
        return;
    }
    m_at += 2;
    if (auto renamed = name()) {
        readName(*old);
        const auto dot = old->text.rfind('.');
        const bool same = renamed->parts == 1 && dot != std::string::npos;
        add(m_out.writes, SqlThing::Kind::Table, same ? old->text.substr(0, dot + 1) + renamed->text : renamed->text,
            renamed->bytes);
    }
}

// COPY t FROM 'file', COPY t TO 'file', COPY (query) TO 'file', COPY INTO t FROM 'place', COPY INTO 'place' FROM t.
void SqlReader::copy()
{
    auto& here = frame();
    ++m_at;
    skip(Word::Into);
    here.verb = Verb::Copy;
    const bool isStage = token().kind == Kind::Word && m_text[token().bytes.start] == '@';
    if (isStage) {
        ByteRange bytes;
        auto place = stage(bytes);
        add(m_out.writes, SqlThing::Kind::File, std::move(place), bytes);
        m_copyToFile = true;
    } else if (token().kind == Kind::Text) {
        file(m_out.writes, m_at++);
        m_copyToFile = true;
    } else {
        m_copied = name();
    }
}

// Behind FROM of a COPY.
void SqlReader::copySource()
{
    if (!m_copyToFile && m_copied) {
        add(m_out.writes, m_copied->file ? SqlThing::Kind::File : SqlThing::Kind::Table, m_copied->text,
            m_copied->bytes);
        m_copied.reset();
        const bool place =
            textHere() || sign('(') || (token().kind == Kind::Word && m_text[token().bytes.start] == '@');
        statement().expectTable = place; // else STDIN, PROGRAM 'command'
        if (token().kind == Kind::Name && token().sign == '"') {
            file(m_out.reads, m_at++);
            statement().expectTable = false;
        }
    }
}

// Behind TO: where COPY and UNLOAD put it.
void SqlReader::copyTarget()
{
    ++m_at;
    const auto verb = statement().verb;
    if (m_frames.size() != 1 || (verb != Verb::Copy && verb != Verb::Unload)) {
        return;
    }
    if (m_copied) {
        readName(*m_copied);
        m_copied.reset();
    }
    if (textHere()) {
        file(m_out.writes, m_at++);
    }
}

// Words in front of a text that says where data lies. False: none, or not here.
bool SqlReader::locationWord(Word which)
{
    auto& here = frame();
    const auto verb = statement().verb;
    switch (which) {
    case Word::Infile:
    case Word::Inpath:
        if (verb != Verb::Load || !textHere(1)) {
            return false;
        }
        file(m_out.reads, m_at + 1);
        break;
    case Word::Location:
        if (verb != Verb::Create || m_frames.size() != 1 || !textHere(1)) {
            return false;
        }
        file(m_locations, m_at + 1);
        break;
    case Word::Bulk:
        if (here.query || !textHere(1)) {
            return false;
        }
        file(m_out.reads, m_at + 1);
        break;
    case Word::Uri:
    case Word::Uris:
    case Word::Path:
        if (here.query || (verb != Verb::Create && verb != Verb::Export && verb != Verb::Load)) {
            return false;
        }
        here.fileNext = true;
        ++m_at;
        return true;
    default:
        return false;
    }
    m_at += 2;
    return true;
}

// UNLOAD ('select ...'), EXECUTE IMMEDIATE 'select ...': one level deep.
void SqlReader::nested(const SqlToken& text)
{
    if (m_inner) {
        return;
    }
    std::string sql;
    const auto inside = slice(m_text, text.inside);
    for (std::size_t i = 0; i < inside.size(); ++i) {
        sql.push_back(inside[i]);
        i += inside[i] == text.sign && i + 1 < inside.size() && inside[i + 1] == text.sign ? 1 : 0;
    }
    SqlReader inner(sql, m_budget);
    inner.m_inner = true;
    const auto use = std::move(inner).run();
    const auto take = [&](const std::vector<SqlThing>& from, std::vector<SqlThing>& to) {
        for (const auto& thing : from) {
            add(to, thing.kind, thing.name, text.bytes, thing.temporary);
        }
    };
    take(use.reads, m_out.reads);
    take(use.writes, m_out.writes);
    take(use.drops, m_out.drops);
    m_out.partial = m_out.partial || use.partial;
    ++m_at;
}

} // namespace cupel::code
