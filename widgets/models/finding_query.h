// SPDX-License-Identifier: GPL-3.0-or-later
// The query of the filter field: `sev>=high rule:CUP-SEC* -part:output cell:4-9 words`. All terms must hold, `-` turns
// one around, commas give alternatives, `*` and `?` are wildcards. A pure value: parse once, match many findings.
#pragma once

#include "analyzers/model/finding.h"
#include "analyzers/review/decisions.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <cstdint>
#include <string>
#include <vector>

namespace cupel::widgets {

enum class QueryKey : std::uint8_t { Text, Severity, Confidence, Rule, File, Cell, Part, Class, Family, Standing };
// `is:open`: whether somebody has to act. Open are those nobody decided about, or whose decision does not hold any
// more.
enum class Standing : std::uint8_t { Open, Decided, Expired, Reopened };
enum class QueryOp : std::uint8_t { Has, Is, Less, AtMost, More, AtLeast };

struct QueryValue {
    QString text; // as typed, without quotes
    std::string folded; // UTF-8 in lower case
    bool wildcards = false;
    std::uint32_t from = 0; // level of a severity, confidence, part, family or standing; first cell
    std::uint32_t to = 0; // last cell
};

struct QueryTerm {
    QueryKey key = QueryKey::Text;
    QueryOp op = QueryOp::Has;
    bool negated = false;
    std::vector<QueryValue> values; // one of them must hold
};

// A coloured piece of the line.
struct QuerySpan {
    enum class Kind : std::uint8_t { Minus, Key, Operator, Value, Word, Wrong };
    Kind kind = Kind::Word;
    int start = 0;
    int length = 0;
};

struct QueryProblem {
    int start = 0;
    int length = 0;
    QString text; // a sentence for people; empty: no problem
    QString suggestion; // the whole query, mended; empty when nothing is near
    QString suggestedWord; // what was changed: "severity"
};

class FindingQuery {
public:
    [[nodiscard]] static FindingQuery parse(const QString& text);

    [[nodiscard]] bool isEmpty() const { return m_terms.empty(); }
    [[nodiscard]] bool isValid() const { return m_problem.text.isEmpty(); }
    [[nodiscard]] const QueryProblem& problem() const { return m_problem; } // the first one
    // Those that could be understood: a line with a problem in one place filters by the rest of it.
    [[nodiscard]] const std::vector<QueryTerm>& terms() const { return m_terms; }
    [[nodiscard]] const std::vector<QuerySpan>& spans() const { return m_spans; }
    [[nodiscard]] bool matches(const Finding& finding, review::DecisionState state = review::DecisionState::None) const;
    [[nodiscard]] bool asksStanding() const; // what people decide changes its matches
    [[nodiscard]] QString echo() const; // plain words; empty for an empty query

    // Keys as written in a query, and the words a key knows ("critical" ...); empty for keys with free values.
    [[nodiscard]] static const QStringList& keyNames();
    [[nodiscard]] static QStringList valueNames(const QString& key);

private:
    struct Reader;
    std::vector<QueryTerm> m_terms;
    std::vector<QuerySpan> m_spans;
    QueryProblem m_problem;
};

// Cell number as people see it in "cell 4, line 2".
[[nodiscard]] std::uint32_t shownCell(std::uint32_t cell);

} // namespace cupel::widgets
