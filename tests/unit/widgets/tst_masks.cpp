// SPDX-License-Identifier: GPL-3.0-or-later
// What the cells show of values that must not be shown: credentials keep their public beginning, persons nothing.
#include "tests/unit/rules/made.h"
#include "widgets/notebook/region_display.h"

#include <QtTest/QTest>

using namespace cupel;

namespace {

QString shownLine(const std::string& line)
{
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    Artifact artifact;
    artifact.path = "t.txt";
    artifact.bytes = std::make_shared<const std::string>(line);
    const auto analysis = engine::analyze(std::move(artifact), options, budget);
    if (analysis.facts.regions.empty()) {
        return {};
    }
    const auto text = widgets::readMasked(analysis, analysis.facts.regions.front(), 1 << 16);
    return widgets::ShownText(text.utf8).string();
}

} // namespace

class MasksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void personsKeepNothing_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("part");
        QTest::newRow("author") << "Author: Robert Lindqvist-Something <robert.lindqvist@unibe.org>" << "Robe";
        QTest::newRow("address of the author") << "Author: Robert Lindqvist <robert.lindqvist@unibe.org>" << "robe";
        QTest::newRow("address") << "mail to katharina.grossmann@unibe.org please" << "kath";
        QTest::newRow("home") << "in /home/maximilian-mustermann/book.ipynb" << "maxi";
    }
    void personsKeepNothing()
    {
        QFETCH(QString, line);
        QFETCH(QString, part);
        const auto shown = shownLine(line.toStdString());
        QVERIFY2(shown.contains(QStringLiteral("\u2022\u2022\u2022\u2022")), qPrintable(shown));
        QVERIFY2(!shown.contains(part), qPrintable(shown));
    }
    void credentialsKeepTheirKind()
    {
        test::Letters letters;
        const auto shown = shownLine("token = " + test::githubToken(letters));
        QVERIFY2(shown.contains(QStringLiteral("ghp_\u2022")), qPrintable(shown));
    }
};

QTEST_MAIN(MasksTest)
#include "tst_masks.moc"
