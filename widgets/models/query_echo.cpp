// SPDX-License-Identifier: GPL-3.0-or-later
// A query said back in plain words: "High or worse, rule starts with CUP-SEC".
#include "widgets/common/severity.h"
#include "widgets/models/finding_query.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace cupel::widgets {

namespace {

struct Echo {
    Q_DECLARE_TR_FUNCTIONS(QueryEcho)
public:
    static QString anyOf(const QStringList& words)
    {
        if (words.size() < 2) {
            return words.join(QString());
        }
        return tr("%1 or %2", "list of alternatives")
            .arg(words.mid(0, words.size() - 1).join(QStringLiteral(", ")), words.last());
    }

    static QString severity(const QueryTerm& term)
    {
        const auto level = term.values.front().from;
        const QString name = word(static_cast<Severity>(level));
        switch (term.op) {
        case QueryOp::AtLeast:
            return level == 0 ? tr("any severity") : tr("%1 or worse").arg(name);
        case QueryOp::AtMost:
            return tr("%1 or milder").arg(name);
        case QueryOp::More:
            return tr("worse than %1").arg(name);
        case QueryOp::Less:
            return tr("milder than %1").arg(name);
        case QueryOp::Has:
        case QueryOp::Is:
            break;
        }
        QStringList names;
        for (const QueryValue& value : term.values) {
            names << word(static_cast<Severity>(value.from));
        }
        return anyOf(names);
    }

    static QString confidence(const QueryTerm& term)
    {
        QStringList names;
        for (int i = static_cast<int>(Confidence::Certain); i >= 0; --i) {
            const auto at = static_cast<std::uint32_t>(i);
            const bool held = std::any_of(term.values.begin(), term.values.end(), [&](const QueryValue& value) {
                switch (term.op) {
                case QueryOp::AtLeast:
                    return at >= value.from;
                case QueryOp::AtMost:
                    return at <= value.from;
                case QueryOp::More:
                    return at > value.from;
                case QueryOp::Less:
                    return at < value.from;
                default:
                    return at == value.from;
                }
            });
            if (held) {
                names << word(static_cast<Confidence>(i));
            }
        }
        if (names.size() > 2) {
            return tr("any confidence");
        }
        return names.isEmpty() ? tr("no confidence at all") : anyOf(names);
    }

    static QString cells(const QueryTerm& term)
    {
        const QueryValue& first = term.values.front();
        switch (term.op) {
        case QueryOp::AtLeast:
            return tr("cell %1 or later").arg(first.from);
        case QueryOp::AtMost:
            return tr("cell %1 or earlier").arg(first.to);
        case QueryOp::More:
            return tr("after cell %1").arg(first.to);
        case QueryOp::Less:
            return tr("before cell %1").arg(first.from);
        case QueryOp::Has:
        case QueryOp::Is:
            break;
        }
        QStringList names;
        for (const QueryValue& value : term.values) {
            names << (value.from == value.to ? tr("cell %1").arg(value.from)
                                             : tr("cells %1 to %2").arg(value.from).arg(value.to));
        }
        return anyOf(names);
    }

    static QString part(const QueryTerm& term)
    {
        QStringList names;
        for (const QueryValue& value : term.values) {
            switch (static_cast<Part>(value.from)) {
            case Part::Source:
                names << tr("in source");
                break;
            case Part::Output:
                names << tr("in output");
                break;
            case Part::Metadata:
                names << tr("in metadata");
                break;
            case Part::Attachment:
                names << tr("in an attachment");
                break;
            case Part::None:
                break;
            }
        }
        return anyOf(names);
    }

    static QString family(const QueryTerm& term)
    {
        QStringList names;
        for (const QueryValue& value : term.values) {
            names << value.text.toLower();
        }
        return tr("family %1").arg(anyOf(names));
    }

    static QString standing(const QueryTerm& term)
    {
        QStringList names;
        for (const QueryValue& value : term.values) {
            switch (static_cast<Standing>(value.from)) {
            case Standing::Open:
                names << tr("open");
                break;
            case Standing::Decided:
                names << tr("decided");
                break;
            case Standing::Expired:
                names << tr("decision expired");
                break;
            case Standing::Reopened:
                names << tr("re-opened");
                break;
            }
        }
        return anyOf(names);
    }

    // "rule starts with CUP-SEC": a whole sentence per way, because languages order these words differently.
    static QString textOf(const QString& what, const QueryTerm& term, const QueryValue& value)
    {
        const QString shown = QStringLiteral("“%1”").arg(value.text);
        const QString inner = value.text.mid(1, std::max<qsizetype>(value.text.size() - 2, 0));
        const auto free = [](const QString& text) { return !text.contains(u'*') && !text.contains(u'?'); };
        if (term.op == QueryOp::Is) {
            return tr("%1 is %2").arg(what, shown);
        }
        if (!value.wildcards) {
            return tr("%1 contains %2").arg(what, shown);
        }
        const QString head = value.text.left(value.text.size() - 1);
        if (value.text.endsWith(u'*') && free(head)) {
            return tr("%1 starts with %2").arg(what, QStringLiteral("“%1”").arg(head));
        }
        if (value.text.startsWith(u'*') && free(value.text.mid(1))) {
            return tr("%1 ends with %2").arg(what, QStringLiteral("“%1”").arg(value.text.mid(1)));
        }
        if (value.text.size() > 2 && value.text.startsWith(u'*') && value.text.endsWith(u'*') && free(inner)) {
            return tr("%1 contains %2").arg(what, QStringLiteral("“%1”").arg(inner));
        }
        return tr("%1 looks like %2").arg(what, shown);
    }

    static QString texts(const QString& what, const QueryTerm& term)
    {
        QStringList parts;
        for (const QueryValue& value : term.values) {
            parts << textOf(what, term, value);
        }
        return anyOf(parts);
    }

    static QString term(const QueryTerm& term)
    {
        switch (term.key) {
        case QueryKey::Severity:
            return severity(term);
        case QueryKey::Confidence:
            return confidence(term);
        case QueryKey::Cell:
            return cells(term);
        case QueryKey::Part:
            return part(term);
        case QueryKey::Family:
            return family(term);
        case QueryKey::Standing:
            return standing(term);
        case QueryKey::Rule:
            return texts(tr("rule"), term);
        case QueryKey::File:
            return texts(tr("file"), term);
        case QueryKey::Class:
            return texts(tr("class"), term);
        case QueryKey::Text:
            break;
        }
        return texts(tr("text"), term);
    }
};

} // namespace

QString FindingQuery::echo() const
{
    QStringList parts;
    for (const QueryTerm& term : m_terms) {
        if (term.values.empty()) {
            continue;
        }
        const QString said = Echo::term(term);
        parts << (term.negated ? Echo::tr("not: %1").arg(said) : said);
    }
    QString text = parts.join(QStringLiteral(", "));
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
    }
    return text;
}

} // namespace cupel::widgets
