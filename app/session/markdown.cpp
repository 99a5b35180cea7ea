// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/markdown.h"

#include "analyzers/rules/advice.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>
#include <utility>

namespace cupel::app {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Markdown", text);
}

QString text(const std::string& bytes)
{
    return QString::fromStdString(bytes);
}

// Text of a file must not become markup.
QString escaped(const QString& plain)
{
    QString out;
    out.reserve(plain.size());
    for (const QChar c : plain) {
        if (QStringView(u"\\`*_{}[]<>#|!~").contains(c)) {
            out += u'\\';
        }
        out += c == u'\n' ? QChar(u' ') : c;
    }
    return out;
}

// A code span whose fence is longer than any run of backticks inside.
QString code(const QString& plain)
{
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar c : plain) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, u'`');
    return fence + (longest > 0 ? u" "_qs + plain + u' ' : plain) + fence;
}

QString place(const Location& location)
{
    const QString file = widgets::shownFileName(location.artifact);
    return location.human.empty() ? code(file) : code(file) + QStringLiteral(", ") + escaped(text(location.human));
}

QString references(const References& references)
{
    QStringList out;
    for (const auto* list : {&references.cwe, &references.atlas, &references.owasp}) {
        for (const std::string& id : *list) {
            out += escaped(text(id));
        }
    }
    for (const std::string& url : references.url) {
        out += u'<' + text(url) + u'>';
    }
    return out.join(QStringLiteral(", "));
}

} // namespace

QString findingMarkdown(const Finding& finding, const RuleInfo* rule)
{
    QStringList out;
    out += QStringLiteral("### ") + escaped(text(finding.title));
    out += QString();
    out += QStringLiteral("**%1**, %2, %3 (%4)")
               .arg(widgets::word(finding.severity), widgets::word(finding.confidence), place(finding.location),
                   code(text(finding.rule)));
    out += QString();
    out += escaped(text(finding.message));
    bool listStarted = false;
    for (const Evidence& evidence : finding.evidence) {
        if (!evidence.excerpt.empty()) {
            if (!std::exchange(listStarted, true)) {
                out += QString(); // else some readers take the list for a line of the paragraph
            }
            const QString where =
                evidence.location.human.empty() ? QString() : u" ("_qs + escaped(text(evidence.location.human)) + u')';
            out += QStringLiteral("- ") + escaped(text(evidence.role)) + where + QStringLiteral(": ")
                + code(text(evidence.excerpt));
        }
    }
    if (rule) {
        if (!rule->howToFix.empty()) {
            out += QString();
            out += translated("**Fix:** %1").arg(escaped(text(rules::adviceFor(*rule, finding).howToFix)));
        }
        if (const QString list = references(rule->references); !list.isEmpty()) {
            out += QString();
            out += translated("References: %1").arg(list);
        }
    }
    return out.join(u'\n') + u'\n';
}

} // namespace cupel::app
