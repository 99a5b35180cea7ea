// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a finding fulfils a query. Runs over every finding at each key press: bytes are compared as ASCII first and
// only other scripts go through QString.
#include "widgets/models/finding_query.h"

#include <algorithm>
#include <string_view>

namespace cupel::widgets {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool same(char a, char b)
{
    return lower(a) == b;
} // b is folded already

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

QString decoded(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool contains(std::string_view text, const QueryValue& value)
{
    if (isAscii(value.folded)) {
        return std::search(text.begin(), text.end(), value.folded.begin(), value.folded.end(), same) != text.end();
    }
    return decoded(text).contains(value.text, Qt::CaseInsensitive);
}

bool equals(std::string_view text, const QueryValue& value)
{
    if (isAscii(value.folded)) {
        return text.size() == value.folded.size() && std::equal(text.begin(), text.end(), value.folded.begin(), same);
    }
    return decoded(text).compare(value.text, Qt::CaseInsensitive) == 0;
}

// `*` any run, `?` any one byte; goes back to the last star only, so the time is bounded by text times pattern.
bool globMatches(std::string_view text, std::string_view pattern)
{
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t retry = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            retry = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || same(text[t], pattern[p]))) {
            ++t;
            ++p;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool textMatches(std::string_view text, const QueryValue& value, QueryOp op)
{
    if (op == QueryOp::Is) {
        return equals(text, value);
    }
    return value.wildcards ? globMatches(text, value.folded) : contains(text, value);
}

bool ruleMatches(std::string_view rule, const QueryValue& value, QueryOp op)
{
    constexpr std::string_view prefix = "CUP-"; // people leave it out
    return textMatches(rule, value, op)
        || (rule.substr(0, prefix.size()) == prefix && textMatches(rule.substr(prefix.size()), value, op));
}

bool fileMatches(std::string_view path, const QueryValue& value, QueryOp op)
{
    if (textMatches(path, value, op)) {
        return true;
    }
    const auto cut = path.find_last_of("/!\\");
    return op != QueryOp::Is && cut != std::string_view::npos && textMatches(path.substr(cut + 1), value, op);
}

bool anyText(const Finding& finding, const QueryValue& value)
{
    const auto holds = [&](std::string_view text) {
        return value.wildcards ? globMatches(text, value.folded) : contains(text, value);
    };
    return holds(finding.title) || holds(finding.message) || holds(finding.rule) || holds(finding.cls)
        || holds(finding.location.artifact) || holds(finding.location.human)
        || std::any_of(finding.evidence.begin(), finding.evidence.end(),
            [&](const Evidence& evidence) { return holds(evidence.excerpt); });
}

bool compare(std::uint32_t level, QueryOp op, std::uint32_t from, std::uint32_t to)
{
    switch (op) {
    case QueryOp::Less:
        return level < from;
    case QueryOp::AtMost:
        return level <= to;
    case QueryOp::More:
        return level > to;
    case QueryOp::AtLeast:
        return level >= from;
    case QueryOp::Has:
    case QueryOp::Is:
        break;
    }
    return level >= from && level <= to;
}

bool levelMatches(std::uint32_t level, const QueryValue& value, QueryOp op)
{
    return compare(level, op, value.from, value.from);
}

bool stands(review::DecisionState state, Standing wanted)
{
    switch (wanted) {
    case Standing::Open:
        return state != review::DecisionState::Active;
    case Standing::Decided:
        return state == review::DecisionState::Active;
    case Standing::Expired:
        return state == review::DecisionState::Expired;
    case Standing::Reopened:
        break;
    }
    return state == review::DecisionState::Reopened;
}

bool holds(const QueryTerm& term, const QueryValue& value, const Finding& finding, review::DecisionState state)
{
    switch (term.key) {
    case QueryKey::Severity:
        return levelMatches(static_cast<std::uint32_t>(finding.severity), value, term.op);
    case QueryKey::Confidence:
        return levelMatches(static_cast<std::uint32_t>(finding.confidence), value, term.op);
    case QueryKey::Part:
        return levelMatches(static_cast<std::uint32_t>(finding.location.part), value, QueryOp::Is);
    case QueryKey::Family:
        return levelMatches(static_cast<std::uint32_t>(finding.family), value, QueryOp::Is);
    case QueryKey::Cell:
        return finding.location.cell && compare(shownCell(*finding.location.cell), term.op, value.from, value.to);
    case QueryKey::Rule:
        return ruleMatches(finding.rule, value, term.op);
    case QueryKey::File:
        return fileMatches(finding.location.artifact, value, term.op);
    case QueryKey::Class:
        return textMatches(finding.cls, value, term.op);
    case QueryKey::Standing:
        return stands(state, static_cast<Standing>(value.from));
    case QueryKey::Text:
        break;
    }
    return anyText(finding, value);
}

} // namespace

bool FindingQuery::matches(const Finding& finding, review::DecisionState state) const
{
    return std::all_of(m_terms.begin(), m_terms.end(), [&](const QueryTerm& term) {
        const bool any = std::any_of(term.values.begin(), term.values.end(),
            [&](const QueryValue& value) { return holds(term, value, finding, state); });
        return any != term.negated;
    });
}

bool FindingQuery::asksStanding() const
{
    return std::any_of(
        m_terms.begin(), m_terms.end(), [](const QueryTerm& term) { return term.key == QueryKey::Standing; });
}

std::uint32_t shownCell(std::uint32_t cell)
{
    return cell;
}

} // namespace cupel::widgets
