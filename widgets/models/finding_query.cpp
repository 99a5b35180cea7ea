// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/finding_query.h"

#include "widgets/models/query_text.h"

#include <QtCore/QCoreApplication>

#include <limits>
#include <optional>

namespace cupel::widgets {

namespace {

constexpr std::size_t maxTerms = 64;

struct KeyName {
    const char* name;
    QueryKey key;
    bool ordered; // takes < and >
};
constexpr KeyName keys[] = {
    {"sev", QueryKey::Severity, true},
    {"conf", QueryKey::Confidence, true},
    {"rule", QueryKey::Rule, false},
    {"file", QueryKey::File, false},
    {"cell", QueryKey::Cell, true},
    {"part", QueryKey::Part, false},
    {"class", QueryKey::Class, false},
    {"family", QueryKey::Family, false},
    {"is", QueryKey::Standing, false},
    {"text", QueryKey::Text, false},
    {"severity", QueryKey::Severity, true},
    {"confidence", QueryKey::Confidence, true},
};

const KeyName* findKey(const QString& name)
{
    for (const KeyName& key : keys) {
        if (name.compare(QLatin1String(key.name), Qt::CaseInsensitive) == 0) {
            return &key;
        }
    }
    return nullptr;
}

template <typename Enum> QStringList names(Enum first, Enum last)
{
    QStringList list;
    for (int i = static_cast<int>(first); i <= static_cast<int>(last); ++i) {
        const std::string_view name = toString(static_cast<Enum>(i));
        list << QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    }
    return list;
}

const QStringList& valueNamesOf(QueryKey key)
{
    static const QStringList severities = names(Severity::Info, Severity::Critical);
    static const QStringList confidences = names(Confidence::Possible, Confidence::Certain);
    static const QStringList parts = names(Part::Source, Part::Attachment);
    static const QStringList families = names(Family::Secret, Family::Lineage);
    static const QStringList standings{
        QStringLiteral("open"), QStringLiteral("decided"), QStringLiteral("expired"), QStringLiteral("reopened")};
    static const QStringList none;
    switch (key) {
    case QueryKey::Severity:
        return severities;
    case QueryKey::Confidence:
        return confidences;
    case QueryKey::Part:
        return parts;
    case QueryKey::Family:
        return families;
    case QueryKey::Standing:
        return standings;
    default:
        return none;
    }
}

std::optional<QueryOp> readOp(const QString& op)
{
    if (op == u":") {
        return QueryOp::Has;
    }
    if (op == u"=" || op == u"==" || op == u"!=") {
        return QueryOp::Is;
    }
    if (op == u">=") {
        return QueryOp::AtLeast;
    }
    if (op == u"<=") {
        return QueryOp::AtMost;
    }
    if (op == u">") {
        return QueryOp::More;
    }
    return op == u"<" ? std::optional(QueryOp::Less) : std::nullopt;
}

} // namespace

// Turns tokens into terms; stops collecting problems after the first.
struct FindingQuery::Reader {
    Q_DECLARE_TR_FUNCTIONS(FindingQuery)
public:
    const QString& line;
    FindingQuery& out;

    void span(QuerySpan::Kind kind, int start, int length) const
    {
        if (length > 0) {
            out.m_spans.push_back({kind, start, length});
        }
    }

    void problem(int start, int length, const QString& text, const QString& word = {}) const
    {
        if (!out.m_problem.text.isEmpty()) {
            return;
        }
        out.m_problem = {start, length, text, {}, word};
        if (!word.isEmpty()) {
            out.m_problem.suggestion = QString(line).replace(start, length, word);
        }
    }

    void readWord(const QueryToken& token) const
    {
        const QueryValueText& value = token.values.front();
        static const QStringList later{QStringLiteral("fixed"), QStringLiteral("fixable")};
        if (!value.quoted && later.contains(value.text, Qt::CaseInsensitive)) {
            span(QuerySpan::Kind::Wrong, value.start, value.length);
            problem(value.start, value.length,
                tr("“%1” cannot be asked for yet. To search for the word, put it in quotes.").arg(value.text),
                u'"' + value.text + u'"');
            return;
        }
        span(QuerySpan::Kind::Word, value.start, value.length);
        if (value.text.isEmpty()) {
            return;
        }
        if (!value.quoted && value.text.compare(u"triaged", Qt::CaseInsensitive) == 0) { // short for is:decided
            QueryTerm decided{QueryKey::Standing, QueryOp::Has, token.negated, {}};
            decided.values.push_back(plainValue(value.text));
            decided.values.back().from = static_cast<std::uint32_t>(Standing::Decided);
            out.m_terms.push_back(std::move(decided));
            return;
        }
        QueryTerm term{QueryKey::Text, QueryOp::Has, token.negated, {}};
        term.values.push_back(plainValue(value.text));
        loosen(term);
        out.m_terms.push_back(std::move(term));
    }

    void unknownKey(const QueryToken& token) const
    {
        const auto length = static_cast<int>(token.key.size());
        span(QuerySpan::Kind::Wrong, token.keyStart, length);
        const QString near = nearestWord(token.key, keyNames());
        if (!near.isEmpty()) {
            problem(token.keyStart, length, tr("There is no key “%1”.").arg(token.key), near);
            return;
        }
        const int start = token.keyStart;
        const int rest = token.start + token.length - start;
        problem(start, rest,
            tr("There is no key “%1”. Keys are %2. To search for the text itself, put it in quotes.")
                .arg(token.key, keyNames().join(QStringLiteral(", "))),
            token.openQuote ? QString() : quoteQueryValue(line.mid(start, rest)));
    }

    void readKeyed(const QueryToken& token) const
    {
        const KeyName* key = findKey(token.key);
        if (key == nullptr) {
            unknownKey(token);
            return;
        }
        span(QuerySpan::Kind::Key, token.keyStart, static_cast<int>(token.key.size()));
        QueryTerm term{key->key, *readOp(token.op), token.negated != (token.op == u"!="), {}};
        const bool comparing = term.op != QueryOp::Has && term.op != QueryOp::Is;
        if (comparing && !key->ordered) {
            span(QuerySpan::Kind::Wrong, token.opStart, static_cast<int>(token.op.size()));
            problem(token.opStart, static_cast<int>(token.op.size()),
                tr("“%1” has no order: use : instead of %2.").arg(token.key, token.op), QStringLiteral(":"));
            return;
        }
        span(QuerySpan::Kind::Operator, token.opStart, static_cast<int>(token.op.size()));
        for (const QueryValueText& text : token.values) {
            QueryValue value = plainValue(text.text);
            const bool good = readValue(token, *key, text, value);
            span(good ? QuerySpan::Kind::Value : QuerySpan::Kind::Wrong, text.start, text.length);
            if (good) {
                term.values.push_back(std::move(value));
            }
        }
        loosen(term);
        if (!term.values.empty()) {
            out.m_terms.push_back(std::move(term)); // what can be understood filters already
        }
    }

    bool readValue(const QueryToken& token, const KeyName& key, const QueryValueText& text, QueryValue& value) const
    {
        const QStringList& known = valueNamesOf(key.key);
        if (text.text.isEmpty()) {
            const QString hint = key.key == QueryKey::Cell ? tr("a number") : known.join(QStringLiteral(", "));
            problem(token.start, token.length,
                hint.isEmpty() ? tr("“%1” needs a value after it.").arg(token.key)
                               : tr("“%1” needs a value: %2.").arg(token.key, hint));
            return false;
        }
        if (key.key == QueryKey::Cell) {
            return readCells(text, value);
        }
        if (known.isEmpty()) {
            return true;
        }
        const auto at = known.indexOf(text.text.toLower());
        if (at >= 0) {
            // Part::None has no name, so parts start at one.
            value.from = static_cast<std::uint32_t>(at) + (key.key == QueryKey::Part ? 1U : 0U);
            return true;
        }
        const QString near = nearestWord(text.text, known);
        problem(text.start, text.length,
            tr("“%1” is not a value of “%2”. It knows %3.").arg(text.text, token.key, known.join(QStringLiteral(", "))),
            near);
        return false;
    }

    bool readCells(const QueryValueText& text, QueryValue& value) const
    {
        const auto dash = text.text.indexOf(u'-');
        bool firstGood = false;
        bool lastGood = true;
        value.from = text.text.left(dash < 0 ? text.text.size() : dash).toUInt(&firstGood);
        value.to = dash < 0 ? value.from : text.text.mid(dash + 1).toUInt(&lastGood);
        if (!firstGood || !lastGood || value.to < value.from) {
            problem(text.start, text.length, tr("A cell is a number or a range: cell:4 or cell:4-9."));
            return false;
        }
        return true;
    }

    // Words are looked for anywhere, also with wildcards in them.
    static void loosen(QueryTerm& term)
    {
        for (QueryValue& value : term.values) {
            if (term.key == QueryKey::Text && value.wildcards) {
                value.folded = '*' + value.folded + '*';
            }
        }
    }

    static QueryValue plainValue(const QString& text)
    {
        return {text, text.toLower().toStdString(), text.contains(u'*') || text.contains(u'?'), 0, 0};
    }
};

FindingQuery FindingQuery::parse(const QString& text)
{
    FindingQuery query;
    const Reader reader{text, query};
    for (const QueryToken& token : cutQuery(text)) {
        if (query.m_terms.size() >= maxTerms) {
            reader.problem(
                token.start, static_cast<int>(text.size()) - token.start, Reader::tr("The query has too many terms."));
            break;
        }
        if (token.negated) {
            reader.span(QuerySpan::Kind::Minus, token.start, 1);
        }
        if (token.openQuote && query.isValid()) {
            query.m_problem = {
                token.start, token.length, Reader::tr("A quote is not closed."), text + u'"', QStringLiteral("\"")};
        }
        if (token.key.isEmpty()) {
            reader.readWord(token);
        } else {
            reader.readKeyed(token);
        }
    }
    return query;
}

const QStringList& FindingQuery::keyNames()
{
    static const QStringList list = [] {
        QStringList result;
        for (const KeyName& key : keys) {
            result << QLatin1String(key.name);
        }
        return result.mid(0, 10); // the long spellings are understood but not advertised
    }();
    return list;
}

QStringList FindingQuery::valueNames(const QString& key)
{
    const KeyName* known = findKey(key);
    return known == nullptr ? QStringList() : valueNamesOf(known->key);
}

} // namespace cupel::widgets
