// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/query_text.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <numeric>

namespace cupel::widgets {

namespace {

bool isKeyLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

int operatorLength(QStringView text, int at)
{
    const QChar c = at < text.size() ? text[at] : QChar();
    const QChar after = at + 1 < text.size() ? text[at + 1] : QChar();
    if (c == u'!') {
        return after == u'=' ? 2 : 0;
    }
    if (c == u'<' || c == u'>' || c == u'=') {
        return after == u'=' ? 2 : 1;
    }
    return c == u':' ? 1 : 0;
}

// Reads one value from `at`; stops at white space and, in a list, at a comma.
QueryValueText readValue(const QString& text, int& at, bool list, bool& openQuote)
{
    QueryValueText value;
    value.start = at;
    const int size = static_cast<int>(text.size());
    if (at < size && text[at] == u'"') {
        value.quoted = true;
        ++at;
        while (at < size && text[at] != u'"') {
            if (text[at] == u'\\' && at + 1 < size && (text[at + 1] == u'"' || text[at + 1] == u'\\')) {
                ++at;
            }
            value.text += text[at++];
        }
        openQuote = at >= size;
        at = std::min(at + 1, size);
    }
    while (at < size && !text[at].isSpace() && !(list && text[at] == u',')) {
        value.text += text[at++];
    }
    value.length = at - value.start;
    return value;
}

void readKeyed(const QString& text, int& at, QueryToken& token)
{
    while (true) {
        token.values.push_back(readValue(text, at, true, token.openQuote));
        if (at >= text.size() || text[at] != u',') {
            return;
        }
        ++at;
    }
}

// Inserted, missing, wrong and swapped letters count one each.
int editDistance(const QString& a, const QString& b)
{
    const auto width = static_cast<std::size_t>(b.size()) + 1;
    std::vector<int> older(width);
    std::vector<int> old(width);
    std::vector<int> row(width);
    std::iota(row.begin(), row.end(), 0);
    for (int i = 0; i < a.size(); ++i) {
        older.swap(old);
        old = row;
        row[0] = i + 1;
        for (int j = 0; j < b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            const bool same = a[i].toLower() == b[j].toLower();
            row[at + 1] = std::min({old[at] + (same ? 0 : 1), row[at] + 1, old[at + 1] + 1});
            if (i > 0 && j > 0 && a[i].toLower() == b[j - 1].toLower() && a[i - 1].toLower() == b[j].toLower()) {
                row[at + 1] = std::min(row[at + 1], older[at - 1] + 1);
            }
        }
    }
    return row.back();
}

} // namespace

std::vector<QueryToken> cutQuery(const QString& text)
{
    std::vector<QueryToken> tokens;
    int at = 0;
    const int size = static_cast<int>(text.size());
    while (at < size) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        QueryToken token;
        token.start = at;
        if (text[at] == u'-' && at + 1 < size && !text[at + 1].isSpace()) {
            token.negated = true;
            ++at;
        }
        int end = at;
        while (end < size && isKeyLetter(text[end])) {
            ++end;
        }
        const int op = end > at ? operatorLength(text, end) : 0;
        if (op > 0) {
            token.key = text.mid(at, end - at);
            token.keyStart = at;
            token.op = text.mid(end, op);
            token.opStart = end;
            at = end + op;
            readKeyed(text, at, token);
        } else {
            token.values.push_back(readValue(text, at, false, token.openQuote));
        }
        token.length = at - token.start;
        tokens.push_back(std::move(token));
    }
    return tokens;
}

QString quoteQueryValue(const QString& value)
{
    const bool plain =
        !value.isEmpty() && !value.startsWith(u'-') && std::all_of(value.begin(), value.end(), [](QChar c) {
            return !c.isSpace() && c != u'"' && c != u',' && c != u':' && c != u'=' && c != u'<' && c != u'>'
                && c != u'\\';
        });
    if (plain) {
        return value;
    }
    QString quoted = value;
    quoted.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + quoted + u'"';
}

QString nearestWord(const QString& typed, const QStringList& words)
{
    constexpr int longest = 40;
    if (typed.isEmpty() || typed.size() > longest) {
        return {};
    }
    QString best;
    int bestDistance = typed.size() <= 3 ? 2 : 3; // one less is allowed
    for (const QString& word : words) {
        int distance = editDistance(typed, word);
        if (typed.size() >= 3 && word.startsWith(typed, Qt::CaseInsensitive)) {
            distance = std::min(distance, 1);
        }
        if (distance < bestDistance) {
            bestDistance = distance;
            best = word;
        }
    }
    return best;
}

bool hasQueryTerm(const QString& query, const QString& term)
{
    const auto tokens = cutQuery(query);
    return std::any_of(tokens.begin(), tokens.end(),
        [&](const QueryToken& token) { return QStringView(query).mid(token.start, token.length) == term; });
}

QString withQueryTerm(const QString& query, const QString& term)
{
    if (hasQueryTerm(query, term)) {
        return query;
    }
    QString line = query.trimmed();
    const auto tokens = cutQuery(line);
    if (!tokens.empty() && tokens.back().openQuote) {
        // Still being typed: behind an open quote the term would be part of the words. A backslash at its end stands
        // for itself and goes on doing so.
        const auto& words = tokens.back().values.back().text;
        const bool escapes = line.endsWith(u'\\') && cutQuery(line + u'"').back().values.back().text != words;
        line += escapes ? QStringLiteral("\\\"") : QStringLiteral("\"");
    }
    return line.isEmpty() ? term : line + u' ' + term;
}

QString withoutQueryTerm(const QString& query, const QString& term)
{
    QStringList kept;
    for (const QueryToken& token : cutQuery(query)) {
        const QString text = query.mid(token.start, token.length);
        if (text != term) {
            kept << text;
        }
    }
    return kept.join(u' ');
}

} // namespace cupel::widgets
