// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of Share tell of one and the same result: what the head counts as left is what the list of edits leaves
// and what the line at the foot leaves to a person.
#include "analyzers/engine/analyze.h"
#include "app/session/fixing.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtTest/QTest>

#include <algorithm>
#include <set>

using namespace cupel;
using namespace cupel::app;

namespace {

AnalysisPtr read(const QString& path)
{
    QFile file(path);
    Artifact artifact;
    artifact.path = path.toStdString();
    artifact.bytes = std::make_shared<const std::string>(
        file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string());
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
}

} // namespace

class ShareCountsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headListAndFootAgree_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("profile");
        const QString more = qEnvironmentVariable("CUPEL_NOTEBOOKS"); // others, for a look by hand
        QDirIterator files(more.isEmpty() ? QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples") : more,
            {QStringLiteral("*.ipynb")}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            for (const auto* profile : {"public", "customer", "regulator", "internal"}) {
                QTest::addRow("%s %s", profile, qPrintable(path)) << path << QString::fromLatin1(profile);
            }
        }
    }
    void headListAndFootAgree()
    {
        QFETCH(QString, path);
        QFETCH(QString, profile);
        FixRequest request;
        request.analysis = read(path);
        request.profile = *review::builtInProfile(profile.toStdString());
        request.options.keepBytes = true;
        const auto outcome = workOutFix(request, {});
        QVERIFY(outcome != nullptr);
        const auto gone = [&outcome](std::size_t finding) {
            return std::find(outcome->gone.begin(), outcome->gone.end(), finding) != outcome->gone.end();
        };
        std::size_t foot = 0;
        for (const auto finding : outcome->plan.without) {
            foot += gone(finding) ? 0 : 1;
        }
        std::set<std::size_t> off;
        for (std::size_t i = 0; i < outcome->plan.edits.size(); ++i) {
            if (!gone(outcome->plan.edits[i].finding)) {
                off.insert(outcome->plan.edits[i].finding);
            }
        }
        QCOMPARE(outcome->after->findings.size(), foot + off.size());
        QCOMPARE(outcome->before->findings.size(), outcome->after->findings.size() + outcome->gone.size());
    }
};

QTEST_MAIN(ShareCountsTest)
#include "tst_share_counts.moc"
