// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/made_analysis.h"
#include "widgets/models/finding_query.h"
#include "widgets/models/query_completion.h"
#include "widgets/models/query_text.h"

#include <QtTest/QTest>

using namespace cupel;
using namespace cupel::widgets;

namespace {

Finding sample()
{
    return test::makeFinding("work/churn/churn-model.ipynb",
        {"CUP-SEC-GITHUB-PAT", Severity::High, Confidence::Likely, 4, "GitHub personal access token", Family::Secret,
            "secret.github-pat", Part::Output},
        100);
}

} // namespace

class FindingQueryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matches_data()
    {
        QTest::addColumn<bool>("expected");
        const auto row = [](const char* query, bool expected) { QTest::newRow(query) << expected; };
        row("", true);
        row("   ", true);
        row("sev>=high", true);
        row("sev>=critical", false);
        row("sev>high", false);
        row("sev<critical", true);
        row("sev<=medium", false);
        row("sev=high", true);
        row("sev:high", true);
        row("sev!=high", false);
        row("-sev=high", false);
        row("-sev!=high", true);
        row("sev:low,high", true);
        row("severity>=HIGH", true);
        row("conf>=likely", true);
        row("conf=certain", false);
        row("rule:CUP-SEC*", true);
        row("rule:SEC*", true);
        row("rule:sec-github", true);
        row("rule=SEC-GITHUB", false);
        row("rule=CUP-SEC-GITHUB-PAT", true);
        row("rule:*PAT", true);
        row("rule:PKL*", false);
        row("rule:PKL*,SEC*", true);
        row("-rule:PKL*", true);
        row("file:*.ipynb", true);
        row("file:churn-model.ipynb", true);
        row("file=churn-model.ipynb", false);
        row("file=work/churn/churn-model.ipynb", true);
        row("file:\"work/churn\"", true);
        row("file:*.py", false);
        row("cell:4", true);
        row("cell:5", false);
        row("cell:2-4", true);
        row("cell:5-9,4", true);
        row("cell>=4", true);
        row("cell>4", false);
        row("part:output", true);
        row("part:source", false);
        row("class:secret.*", true);
        row("class:github", true);
        row("family:secret", true);
        row("family:pii,code", false);
        row("personal", true);
        row("\"personal access\"", true);
        row("\"access personal\"", false);
        row("personal token", true);
        row("personal missing", false);
        row("-missing", true);
        row("-personal", false);
        row("text:\"access token\"", true);
        row("per*token", true);
        row("••••", true);
        row("sev>=high rule:SEC* -part:source cell:4 token", true);
    }
    void matches()
    {
        QFETCH(bool, expected);
        const FindingQuery query = FindingQuery::parse(QString::fromUtf8(QTest::currentDataTag()));
        QVERIFY2(query.isValid(), qPrintable(query.problem().text));
        QCOMPARE(query.matches(sample()), expected);
    }

    void standing_data()
    {
        using review::DecisionState;
        QTest::addColumn<int>("open");
        QTest::addColumn<int>("active");
        QTest::addColumn<int>("expired");
        QTest::addColumn<int>("reopened");
        const auto row = [](const char* query, int open, int active, int expired, int reopened) {
            QTest::newRow(query) << open << active << expired << reopened;
        };
        row("is:open", 1, 0, 1, 1);
        row("-is:open", 0, 1, 0, 0);
        row("is:decided", 0, 1, 0, 0);
        row("is:expired", 0, 0, 1, 0);
        row("is:reopened", 0, 0, 0, 1);
        row("is:expired,reopened", 0, 0, 1, 1);
        row("triaged", 0, 1, 0, 0);
        row("-triaged sev>=high", 1, 0, 1, 1);
        row("sev:info is:open", 0, 0, 0, 0);
    }
    // What people decided is no part of a finding: it is asked for beside it.
    void standing()
    {
        using review::DecisionState;
        const FindingQuery query = FindingQuery::parse(QString::fromUtf8(QTest::currentDataTag()));
        QVERIFY2(query.isValid(), qPrintable(query.problem().text));
        QVERIFY(query.asksStanding());
        QFETCH(int, open);
        QFETCH(int, active);
        QFETCH(int, expired);
        QFETCH(int, reopened);
        QCOMPARE(query.matches(sample(), DecisionState::None), open == 1);
        QCOMPARE(query.matches(sample(), DecisionState::Active), active == 1);
        QCOMPARE(query.matches(sample(), DecisionState::Expired), expired == 1);
        QCOMPARE(query.matches(sample(), DecisionState::Reopened), reopened == 1);
    }

    void problems_data()
    {
        QTest::addColumn<int>("start");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("suggestion");
        const auto row = [](const char* query, int start, int length, const QString& suggestion) {
            QTest::newRow(query) << start << length << suggestion;
        };
        row("sev>=hihg", 5, 4, QStringLiteral("sev>=high"));
        row("sve>=high", 0, 3, QStringLiteral("sev>=high"));
        row("-fixable", 1, 7, QStringLiteral("-\"fixable\""));
        row("is:opne", 3, 4, QStringLiteral("is:open"));
        row("rule>=X", 4, 2, QStringLiteral("rule:X"));
        row("sev>=", 0, 5, QString());
        row("rule:", 0, 5, QString());
        row("cell:x", 5, 1, QString());
        row("cell:9-4", 5, 3, QString());
        row("http://a", 0, 8, QStringLiteral("\"http://a\""));
        row("part:outputs", 5, 7, QStringLiteral("part:output"));
        row("a sev>=zzzzzzz", 7, 7, QString());
        row("\"open", 0, 5, QStringLiteral("\"open\""));
    }
    void problems()
    {
        QFETCH(int, start);
        QFETCH(int, length);
        QFETCH(QString, suggestion);
        const FindingQuery query = FindingQuery::parse(QString::fromUtf8(QTest::currentDataTag()));
        QVERIFY(!query.isValid());
        QCOMPARE(query.problem().start, start);
        QCOMPARE(query.problem().length, length);
        QCOMPARE(query.problem().suggestion, suggestion);
        if (!suggestion.isEmpty()) {
            QVERIFY(FindingQuery::parse(suggestion).isValid());
        }
    }

    void echo_data()
    {
        QTest::addColumn<QString>("echo");
        const auto row = [](const char* query, const char* echo) { QTest::newRow(query) << QString::fromUtf8(echo); };
        row("", "");
        row("sev>=high rule:PKL*", "High or worse, rule starts with “PKL”");
        row("sev>=info", "Any severity");
        row("sev:critical,high", "Critical or High");
        row("-sev=low", "Not: Low");
        row("conf>=likely", "Certain or likely");
        row("conf=certain file:*.ipynb", "Certain, file ends with “.ipynb”");
        row("cell:4-9", "Cells 4 to 9");
        row("part:output -key", "In output, not: text contains “key”");
        row("family:secret class:*aws*", "Family secret, class contains “aws”");
    }
    void echo()
    {
        QFETCH(QString, echo);
        QCOMPARE(FindingQuery::parse(QString::fromUtf8(QTest::currentDataTag())).echo(), echo);
    }

    void spansLieInsideTheLineAndInOrder()
    {
        for (const QString& line : {QStringLiteral("-sev>=high rule:\"a b\",c* word"),
                 QStringLiteral("foo:bar -triaged sev>=x"), QStringLiteral("a\"b c:,,"), QStringLiteral("--- - -\"")}) {
            int before = 0;
            const FindingQuery query = FindingQuery::parse(line);
            for (const QuerySpan& span : query.spans()) {
                QVERIFY(span.start >= before);
                QVERIFY(span.length > 0);
                before = span.start + span.length;
                QVERIFY(before <= line.size());
            }
        }
    }

    void aLongLineIsRefusedQuickly()
    {
        QVERIFY(!FindingQuery::parse(QStringLiteral("a ").repeated(5000)).isValid());
        const FindingQuery stars =
            FindingQuery::parse(QStringLiteral("text:") + QStringLiteral("*a").repeated(200) + u'b');
        QVERIFY(!stars.matches(sample()));
    }

    void termsSwitchOnAndOff()
    {
        const QString term = QStringLiteral("sev>=high");
        QCOMPARE(withQueryTerm(QStringLiteral("word "), term), QStringLiteral("word sev>=high"));
        QCOMPARE(withQueryTerm(QStringLiteral("\"two wor"), term), QStringLiteral("\"two wor\" sev>=high"));
        QCOMPARE(withQueryTerm(QStringLiteral("\"a\\"), term), QStringLiteral("\"a\\\\\" sev>=high"));
        QVERIFY(hasQueryTerm(QStringLiteral("word sev>=high"), term));
        QVERIFY(!hasQueryTerm(QStringLiteral("-sev>=high"), term));
        QCOMPARE(withoutQueryTerm(QStringLiteral("a sev>=high \"b c\""), term), QStringLiteral("a \"b c\""));
    }

    void quotedValuesComeBack_data()
    {
        QTest::addColumn<QString>("value");
        for (const char* value : {"plain", "a b", "a,b", "say \"hi\"", "back\\slash", "-minus", "k:v", "", "tail\\"}) {
            QTest::newRow(value) << QString::fromUtf8(value);
        }
    }
    void quotedValuesComeBack()
    {
        QFETCH(QString, value);
        const auto tokens = cutQuery(QStringLiteral("file=") + quoteQueryValue(value));
        QCOMPARE(tokens.size(), std::size_t{1});
        QCOMPARE(tokens.front().values.size(), std::size_t{1});
        QCOMPARE(tokens.front().values.front().text, value);
        QVERIFY(!tokens.front().openQuote);
    }

    void completes()
    {
        const QueryVocabulary words{{QStringLiteral("CUP-PII-IBAN"), QStringLiteral("CUP-SEC-AWS")},
            {QStringLiteral("a b.ipynb")}, {QStringLiteral("secret.aws")}};
        const auto first = [&](const QString& line) {
            const auto found = completeQuery(line, static_cast<int>(line.size()), words);
            return found.empty() ? QString()
                                 : line.left(found.front().start) + found.front().text
                    + line.mid(found.front().start + found.front().length);
        };
        QCOMPARE(first(QStringLiteral("s")), QStringLiteral("sev>="));
        QCOMPARE(first(QStringLiteral("x -fa")), QStringLiteral("x -family:"));
        QCOMPARE(first(QStringLiteral("sev>=")), QStringLiteral("sev>=critical"));
        QCOMPARE(first(QStringLiteral("sev>=h")), QStringLiteral("sev>=high"));
        QCOMPARE(first(QStringLiteral("rule:sec")), QStringLiteral("rule:CUP-SEC-AWS"));
        QCOMPARE(first(QStringLiteral("rule:x,CUP-P")), QStringLiteral("rule:x,CUP-PII-IBAN"));
        QCOMPARE(first(QStringLiteral("file:a")), QStringLiteral("file:\"a b.ipynb\""));
        QCOMPARE(first(QStringLiteral("sev>=high")), QString());
    }
};

QTEST_GUILESS_MAIN(FindingQueryTest)
#include "tst_finding_query.moc"
