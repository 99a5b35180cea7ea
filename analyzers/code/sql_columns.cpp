// SPDX-License-Identifier: GPL-3.0-or-later
// The columns that the outermost SELECT of a statement gives.
#include "analyzers/code/sql_reader.h"

namespace cupel::code {

namespace {

constexpr std::size_t maxColumns = 5'000;
constexpr std::size_t maxOuter = 64; // brackets around a query whose columns count

} // namespace

// Behind SELECT: of the statement itself, or of brackets that are all of it.
void SqlReader::startColumns()
{
    if (m_columnsDone || m_inner || m_frames.size() > maxOuter) {
        return;
    }
    for (std::size_t i = 0; i < m_frames.size(); ++i) {
        const bool last = i + 1 == m_frames.size();
        if (m_frames[i].cte || (!last && (!m_frames[i].query || m_frames[i].clause != Clause::Start))
            || m_frames[i].tables) {
            return;
        }
    }
    m_columnsDone = true;
    m_columnsDepth = m_frames.size();
    m_columnAt = m_at;
    m_out.columns.clear();
    m_out.allColumns = false;
}

void SqlReader::endColumns()
{
    if (m_columnsDepth != m_frames.size() || frame().clause != Clause::Select) {
        return;
    }
    column(m_columnAt, std::min(m_at, m_tokens.list.size()));
    m_columnsDepth = 0;
}

void SqlReader::column(std::size_t begin, std::size_t end)
{
    const auto& list = m_tokens.list;
    while (begin < end && (list[begin].word == Word::Distinct || list[begin].word == Word::All)) {
        ++begin;
    }
    if (begin + 1 < end && list[begin].word == Word::Top && list[begin + 1].kind == Kind::Number) {
        begin += 2;
    }
    if (begin >= end || m_out.columns.size() >= maxColumns) {
        m_out.partial = m_out.partial || begin < end;
        return;
    }
    const auto isName = [&](std::size_t at) {
        const auto word = list[at].word;
        return list[at].kind == Kind::Name
            || (list[at].kind == Kind::Word && word != Word::Null && word != Word::Case && word != Word::Not);
    };
    const auto isSign = [&](std::size_t at, char c) { return list[at].kind == Kind::Sign && list[at].sign == c; };
    SqlColumn out;
    auto at = begin;
    while (at < end && isName(at)) {
        out.table += out.source.empty() || out.table.empty() ? "" : ".";
        out.table += out.source;
        out.source = sqlValue(m_text, list[at]);
        ++at;
        if (at + 1 >= end || !isSign(at, '.')) {
            break;
        }
        ++at;
    }
    if (at < end && isSign(at, '*') && (at == begin || isSign(at - 1, '.'))) {
        m_out.allColumns = true; // and what EXCEPT takes out of them is not followed
        return;
    }
    out.name = out.source;
    const auto rest = end - at;
    if (at > begin && rest > 0) {
        const bool as = rest == 2 && list[at].word == Word::As && isName(at + 1);
        if (as || (rest == 1 && isName(at))) {
            out.name = sqlValue(m_text, list[end - 1]);
            m_out.columns.push_back(std::move(out));
            return;
        }
    }
    if (at == begin || rest > 0) { // computed
        out = {};
        const bool named = end - begin > 1 && isName(end - 1)
            && (list[end - 2].word == Word::As || isSign(end - 2, ')') || list[end - 2].kind == Kind::Number
                || list[end - 2].kind == Kind::Text);
        out.name = named ? sqlValue(m_text, list[end - 1]) : "";
    }
    m_out.columns.push_back(std::move(out));
}

} // namespace cupel::code
