// SPDX-License-Identifier: GPL-3.0-or-later
// The walk over the words: brackets, clauses, and the tables between FROM and WHERE.
#include "analyzers/code/sql_reader.h"

#include <algorithm>
#include <array>

namespace cupel::code {

namespace {

constexpr std::size_t maxText = 4 << 20;
constexpr std::size_t maxDepth = 10'000;
constexpr std::size_t maxNames = 10'000; // aliases and common table expressions

bool reserved(SqlWord word)
{
    using enum SqlWord;
    constexpr std::array list = {As, Case, Cross, From, Full, Group, Having, Inner, Intersect, Into, Is, Join, Left,
        Limit, Natural, Not, Null, On, Order, Qualify, Returning, Right, Select, Set, Union, Using, Values, When, Where,
        Window, With, Except, Lateral};
    return std::find(list.begin(), list.end(), word) != list.end();
}

const SqlToken nothing;

} // namespace

std::string sqlLower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

SqlUse readSql(std::string_view text, Budget& budget)
{
    return SqlReader(text, budget).run();
}

SqlReader::SqlReader(std::string_view text, Budget& budget)
    : m_text(text.substr(0, maxText))
    , m_budget(budget)
    , m_tokens(sqlTokens(m_text, budget))
{
    m_out.partial = m_tokens.partial || text.size() > maxText;
}

SqlUse SqlReader::run() &&
{
    m_frames.emplace_back().query = true;
    while (m_at < m_tokens.list.size()) {
        if (!m_budget.spend(16)) {
            m_out.partial = true;
            break;
        }
        step();
    }
    endStatement();
    return std::move(m_out);
}

const SqlToken& SqlReader::token(std::size_t ahead) const
{
    return m_at + ahead < m_tokens.list.size() ? m_tokens.list[m_at + ahead] : nothing;
}

const SqlToken& SqlReader::before(std::size_t back) const
{
    return back <= m_at ? m_tokens.list[m_at - back] : nothing;
}

bool SqlReader::sign(char c, std::size_t ahead) const
{
    return token(ahead).kind == Kind::Sign && token(ahead).sign == c;
}

bool SqlReader::textHere(std::size_t ahead) const
{
    return token(ahead).kind == Kind::Text || (token(ahead).kind == Kind::Name && token(ahead).sign == '"');
}

bool SqlReader::nameHere(std::size_t ahead) const
{
    return token(ahead).kind == Kind::Name || (token(ahead).kind == Kind::Word && !reserved(token(ahead).word));
}

bool SqlReader::skip(Word which)
{
    const bool there = word() == which;
    m_at += there ? 1 : 0;
    return there;
}

void SqlReader::skipIfExists()
{
    if (word() == Word::If && (word(1) == Word::Exists || (word(1) == Word::Not && word(2) == Word::Exists))) {
        m_at += word(1) == Word::Exists ? 2 : 3;
    }
}

void SqlReader::step()
{
    const auto& here = token();
    if (frame().undecided) {
        decide(here);
    }
    if (here.kind == Kind::Sign) {
        switch (here.sign) {
        case '(':
            open();
            return;
        case ')':
            close();
            return;
        case ',':
            comma();
            return;
        case ';':
            endStatement();
            return;
        case '[':
            ++frame().brackets;
            break;
        case ']':
            frame().brackets -= std::min(frame().brackets, 1U);
            break;
        default:
            break;
        }
        ++m_at;
        return;
    }
    if (frame().expectTable) {
        const auto start = m_at;
        tableReference();
        if (m_at != start) {
            return;
        }
    }
    if (here.kind == Kind::Text && frame().fileNext) {
        const bool late = !frame().readsNext && (statement().verb == Verb::Create || m_lateWrite);
        file(late ? m_locations : m_out.reads, m_at);
    } else if (here.word != Word::None && keyword(here.word)) {
        return;
    }
    ++m_at;
}

void SqlReader::open()
{
    if (m_frames.size() >= maxDepth) {
        m_out.partial = true;
        m_at = m_tokens.list.size();
        return;
    }
    Frame inner;
    inner.undecided = true;
    inner.tables = inner.aliased = frame().expectTable;
    frame().expectTable = false;
    m_frames.push_back(std::move(inner));
    ++m_at;
}

void SqlReader::decide(const SqlToken& first)
{
    auto& inner = frame();
    inner.undecided = false;
    const auto& outer = m_frames[m_frames.size() - 2];
    const bool statement = inner.tables || inner.cte || (outer.query && outer.clause == Clause::Start);
    switch (first.word) {
    case Word::Select:
    case Word::With:
    case Word::Values:
        inner.query = true;
        return;
    case Word::From:
    case Word::Insert:
    case Word::Update:
    case Word::Delete:
    case Word::Merge:
    case Word::Pivot:
    case Word::Unpivot:
        inner.query = statement;
        return;
    default:
        inner.query = inner.tables;
        inner.expectTable = inner.tables;
        inner.clause = inner.tables ? Clause::From : Clause::Start;
    }
}

void SqlReader::close()
{
    if (m_frames.size() > 1) {
        endColumns();
    }
    ++m_at;
    if (m_frames.size() == 1) {
        return;
    }
    const auto inner = std::move(m_frames.back());
    m_frames.pop_back();
    for (const auto& gone : inner.ctes) {
        if (const auto found = m_ctes.find(gone); found != m_ctes.end() && --found->second == 0) {
            m_ctes.erase(found);
        }
    }
    if (inner.aliased) {
        alias({});
    }
    if (!inner.cte) {
        return;
    }
    if (!inner.name.empty() && m_ctes.size() < maxNames) {
        ++m_ctes[inner.name];
        frame().ctes.push_back(inner.name);
    }
    if (sign(',')) {
        with();
    }
}

void SqlReader::comma()
{
    auto& here = frame();
    if (here.brackets == 0) {
        here.fileNext = false;
        if (m_columnsDepth == m_frames.size() && here.clause == Clause::Select) {
            column(m_columnAt, m_at);
            m_columnAt = m_at + 1;
        }
        here.expectTable = here.query && here.clause == Clause::From && here.verb != Verb::Copy;
    }
    ++m_at;
}

void SqlReader::endStatement()
{
    while (m_frames.size() > 1) { // what was not closed
        endColumns();
        m_frames.pop_back();
    }
    endColumns();
    for (auto& target : m_targets) {
        const auto known = m_aliases.find(sqlLower(target.name));
        const bool meant = known != m_aliases.end() && !known->second.empty();
        add(m_out.writes, target.kind, meant ? known->second : target.name, target.bytes, target.temporary);
    }
    for (auto& location : m_locations) {
        add(m_lateWrite || m_hasQuery ? m_out.writes : m_out.reads, location.kind, location.name, location.bytes);
    }
    if (m_understood) {
        const auto verb = statement().verb;
        m_out.givesRows = m_rows || (m_hasQuery && (verb == Verb::None || verb == Verb::Query));
        ++m_out.statements;
    }
    m_frames.assign(1, Frame{});
    m_frames.front().query = true;
    m_ctes.clear();
    m_aliases.clear();
    m_targets.clear();
    m_locations.clear();
    m_copied.reset();
    m_copyToFile = m_hasQuery = m_understood = m_lateWrite = m_columnsDone = m_rows = false;
    m_columnsDepth = 0;
    ++m_at;
}

bool SqlReader::keyword(Word which)
{
    auto& here = frame();
    const auto& last = before();
    if (last.kind == Kind::Sign && last.sign == '.' && last.bytes.end == token().bytes.start) {
        return false; // a part of a name
    }
    if (which == Word::Select) {
        here.query = true;
        here.clause = Clause::Select;
        here.verb = here.verb == Verb::None ? Verb::Query : here.verb;
        m_hasQuery = m_understood = true;
        ++m_at;
        startColumns();
        return true;
    }
    if (here.clause == Clause::Select && last.word == Word::As) {
        return false; // the name of a column
    }
    if (locationWord(which)) {
        return true;
    }
    if (!here.query) {
        const bool argument = last.kind == Kind::Sign && (last.sign == '(' || last.sign == ',');
        if (!argument || (which != Word::Model && which != Word::Table) || !nameHere(1) || sign('(', 1)) {
            return false;
        }
        ++m_at;
        const auto model = name();
        if (which == Word::Model) { // ML.PREDICT(MODEL m, TABLE t)
            add(m_out.reads, SqlThing::Kind::Model, model->text, model->bytes);
        } else {
            readName(*model);
        }
        return true;
    }
    if (here.clause == Clause::Start || (which == Word::Insert && here.verb != Verb::Merge)) {
        if (verb(which)) {
            return true;
        }
    }
    return clauseWord(which);
}

bool SqlReader::clauseWord(Word which)
{
    auto& here = frame();
    switch (which) {
    case Word::From:
        from();
        return true;
    case Word::Into:
        into();
        return true;
    case Word::With:
        if (here.clause == Clause::Start) {
            with();
            return true;
        }
        return false;
    case Word::Join:
    case Word::Straight:
    case Word::Apply:
        if (here.clause == Clause::Select) {
            return false;
        }
        here.clause = Clause::From;
        here.expectTable = true;
        break;
    case Word::Except:
        if (before().sign == '*') { // SELECT * EXCEPT (a)
            return false;
        }
        [[fallthrough]];
    case Word::Union:
    case Word::Intersect:
    case Word::Minus:
        endColumns();
        here.clause = Clause::Start;
        break;
    case Word::Where:
    case Word::Group:
    case Word::Having:
    case Word::Limit:
    case Word::Order:
    case Word::Qualify:
        endColumns();
        here.clause = Clause::Rest;
        break;
    case Word::To:
        copyTarget();
        return true;
    default:
        return passingWord(which);
    }
    ++m_at;
    return true;
}

// Words that change what those behind them mean.
bool SqlReader::passingWord(Word which)
{
    auto& here = frame();
    switch (which) {
    case Word::Using:
        if (here.verb == Verb::Merge || here.verb == Verb::Delete) {
            here.clause = Clause::From;
            here.expectTable = true;
        }
        break;
    case Word::As:
        here.clause = here.verb == Verb::Create && !m_hasQuery ? Clause::Start : here.clause;
        break;
    case Word::Set:
    case Word::Values:
    case Word::When:
    case Word::Window:
    case Word::Fetch:
    case Word::Sort:
    case Word::Cluster:
    case Word::Distribute:
        here.clause = here.clause == Clause::Select ? Clause::Select : Clause::Rest;
        break;
    case Word::Returning:
        m_rows = m_rows || m_frames.size() == 1;
        here.clause = Clause::Rest;
        break;
    case Word::Like:
    case Word::Clone:
        if (here.verb == Verb::Create && !m_hasQuery && here.clause == Clause::Start) {
            here.expectTable = true;
        }
        break;
    default:
        return false;
    }
    ++m_at;
    return true;
}

void SqlReader::from()
{
    auto& here = frame();
    if (before().word == Word::Distinct && (before(2).word == Word::Is || before(2).word == Word::Not)) {
        ++m_at; // a IS DISTINCT FROM b
        return;
    }
    endColumns();
    here.clause = Clause::From;
    here.expectTable = true;
    m_hasQuery = m_hasQuery || here.verb == Verb::None;
    ++m_at;
    if (m_frames.size() == 1 && here.verb == Verb::Copy) {
        copySource();
    }
}

void SqlReader::into()
{
    auto& here = frame();
    const bool target = (here.clause == Clause::Select && !sign('@', 1)) || here.verb == Verb::Load;
    if (!target) {
        ++m_at;
        return;
    }
    endColumns();
    ++m_at;
    const bool temporary = skip(Word::Temp) || skip(Word::Temporary);
    if (word() == Word::Outfile || token().kind == Kind::Text) {
        skip(Word::Outfile);
        if (textHere()) {
            file(m_out.writes, m_at++);
            here.verb = Verb::Insert;
        }
        return;
    }
    skip(Word::Table);
    if (const auto table = name(); table && !table->text.starts_with('@')) {
        add(m_out.writes, SqlThing::Kind::Table, table->text, table->bytes, temporary || table->text.starts_with('#'));
        here.verb = here.verb == Verb::Query ? Verb::Insert : here.verb;
    }
}

// WITH [RECURSIVE] name [(columns)] AS [[NOT] MATERIALIZED] (, or the comma between two of them.
void SqlReader::with()
{
    const bool first = !sign(',');
    ++m_at;
    auto& here = frame();
    if (first) {
        here.recursive = skip(Word::Recursive);
    }
    if (!nameHere()) {
        return;
    }
    const auto lower = sqlLower(sqlValue(m_text, token()));
    ++m_at;
    if (sign('(')) {
        while (m_at < m_tokens.list.size() && !sign(')') && !sign(';')) {
            ++m_at;
        }
        m_at += sign(')') ? 1 : 0;
    }
    if (!skip(Word::As)) {
        return;
    }
    skip(Word::Not);
    skip(Word::Materialized);
    if (!sign('(')) {
        return;
    }
    const bool recursive = here.recursive;
    if (recursive && m_ctes.size() < maxNames) {
        ++m_ctes[lower];
        here.ctes.push_back(lower);
    }
    open();
    frame().cte = true;
    frame().name = recursive ? "" : lower;
}

} // namespace cupel::code
