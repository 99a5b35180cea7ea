// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/query_completion.h"

#include "widgets/models/finding_query.h"
#include "widgets/models/query_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr std::size_t maxCandidates = 50;

struct Completer {
    Q_DECLARE_TR_FUNCTIONS(QueryCompletion)
public:
    const QueryVocabulary& vocabulary;
    std::vector<QueryCompletion> out;

    void offer(const QString& text, const QString& note, int start, int length)
    {
        if (out.size() < maxCandidates) {
            out.push_back({text, note, start, length});
        }
    }

    static QString keyNote(const QString& key)
    {
        if (key == u"sev") {
            return tr("Severity: critical, high, medium, low, info");
        }
        if (key == u"conf") {
            return tr("Confidence: certain, likely, possible");
        }
        if (key == u"rule") {
            return tr("Rule id, * stands for any text");
        }
        if (key == u"file") {
            return tr("File name or path");
        }
        if (key == u"cell") {
            return tr("Cell number or range, as 4-9");
        }
        if (key == u"part") {
            return tr("Source, output, metadata or attachment");
        }
        if (key == u"class") {
            return tr("Kind of secret or personal data");
        }
        if (key == u"is") {
            return tr("What was decided: open, decided, expired, reopened");
        }
        if (key == u"family") {
            return tr("Family of rules");
        }
        return tr("Words of title, message or excerpt");
    }

    void keys(const QString& typed, int start)
    {
        for (const QString& key : FindingQuery::keyNames()) {
            if (key.startsWith(typed, Qt::CaseInsensitive)) {
                const bool levels = key == u"sev" || key == u"conf";
                offer(key + (levels ? QStringLiteral(">=") : QStringLiteral(":")), keyNote(key), start,
                    static_cast<int>(typed.size()));
            }
        }
    }

    // Names that begin with what was typed come before names that only hold it.
    void names(const QStringList& candidates, const QString& typed, int start, int length)
    {
        for (const bool begins : {true, false}) {
            for (const QString& name : candidates) {
                const bool does = name.startsWith(typed, Qt::CaseInsensitive);
                if (does == begins && (does || name.contains(typed, Qt::CaseInsensitive))) {
                    offer(quoteQueryValue(name), {}, start, length);
                }
            }
        }
    }

    void values(const QueryToken& token, const QueryValueText& value, int cursor)
    {
        const QString key = token.key.toLower();
        const int typedLength = std::min(cursor - value.start, value.length);
        QString typed = value.quoted ? value.text : value.text.left(typedLength);
        while (typed.endsWith(u'*')) {
            typed.chop(1);
        }
        QStringList known = FindingQuery::valueNames(key);
        if (!known.isEmpty()) {
            if (key.startsWith(u"sev") || key.startsWith(u"conf")) {
                std::reverse(known.begin(), known.end()); // the worst and surest first
            }
            names(known, typed, value.start, value.length);
        } else if (key == u"rule") {
            names(vocabulary.rules, typed, value.start, value.length);
        } else if (key == u"file") {
            names(vocabulary.files, typed, value.start, value.length);
        } else if (key == u"class") {
            names(vocabulary.classes, typed, value.start, value.length);
        }
    }
};

} // namespace

std::vector<QueryCompletion> completeQuery(const QString& query, int cursor, const QueryVocabulary& vocabulary)
{
    Completer completer{vocabulary, {}};
    const auto tokens = cutQuery(query);
    const auto at = std::find_if(tokens.begin(), tokens.end(),
        [cursor](const QueryToken& token) { return cursor > token.start && cursor <= token.start + token.length; });
    if (at == tokens.end()) {
        completer.keys({}, cursor);
    } else if (at->key.isEmpty()) {
        const QueryValueText& word = at->values.front();
        if (!word.quoted) {
            completer.keys(word.text.left(cursor - word.start), word.start);
        }
    } else {
        const auto value = std::find_if(at->values.begin(), at->values.end(), [cursor](const QueryValueText& text) {
            return cursor >= text.start && cursor <= text.start + text.length;
        });
        if (value != at->values.end()) {
            completer.values(*at, *value, cursor);
        }
    }
    // A single candidate that is already written says nothing.
    auto& out = completer.out;
    if (out.size() == 1 && query.mid(out.front().start, out.front().length) == out.front().text) {
        out.clear();
    }
    return std::move(completer.out);
}

} // namespace cupel::widgets
