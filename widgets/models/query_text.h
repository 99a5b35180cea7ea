// SPDX-License-Identifier: GPL-3.0-or-later
// The query line cut into tokens: `-key>=value,"a value"` and plain words, each with its place in the line. Knows no
// keys; finding_query gives the tokens their meaning. Plain values, any thread.
#pragma once

#include <QtCore/QString>

#include <vector>

namespace cupel::widgets {

struct QueryValueText {
    QString text; // without quotes
    int start = 0; // with the quotes
    int length = 0;
    bool quoted = false;
};

struct QueryToken {
    int start = 0;
    int length = 0;
    bool negated = false;
    QString key; // empty: a plain word
    int keyStart = 0;
    QString op; // ":", "=", "!=", ">=", "<=", ">", "<"; empty for a word
    int opStart = 0;
    std::vector<QueryValueText> values; // exactly one for a word
    bool openQuote = false; // a quote that never closes
};

[[nodiscard]] std::vector<QueryToken> cutQuery(const QString& text);
// `value` as one writes it in a query: quoted when it has spaces, commas, quotes or could be read as something else.
[[nodiscard]] QString quoteQueryValue(const QString& value);
// The nearest of `words` within two typing errors (one for short words); empty when none is near.
[[nodiscard]] QString nearestWord(const QString& typed, const QStringList& words);

// Chips switch single terms on and off without touching the rest of the line. Terms are compared as written.
[[nodiscard]] bool hasQueryTerm(const QString& query, const QString& term);
[[nodiscard]] QString withQueryTerm(const QString& query, const QString& term);
[[nodiscard]] QString withoutQueryTerm(const QString& query, const QString& term);

} // namespace cupel::widgets
