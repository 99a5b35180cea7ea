// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of Share tell of one and the same result: what the head counts as left is what the list of edits leaves
// and what the line at the foot leaves to a person.
#include "analyzers/engine/analyze.h"
#include "app/session/fixing.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtTest/QTest>

#include <algorithm>
#include <cstddef>
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
        for (const bool decided : {false, true}) {
            request.decisions = decided ? everySecondOf(*request.analysis) : nullptr;
            check(workOutFix(request, {}));
        }
    }

private:
    static review::DecisionSetPtr everySecondOf(const Analysis& analysis)
    {
        auto set = std::make_shared<review::DecisionSet>();
        set->today = "2026-06-01";
        review::Decisions decisions;
        for (std::size_t i = 0; i < analysis.findings.size(); i += 2) {
            const Finding& finding = analysis.findings[i];
            review::Decision decision;
            decision.fingerprint = finding.fingerprint;
            decision.context = finding.context;
            decision.values = finding.values;
            decision.rule = finding.rule;
            decision.artifact = finding.location.artifact;
            decisions.set(std::move(decision));
        }
        set->folders.push_back({"/", std::move(decisions)});
        return set;
    }

    static void check(const widgets::FixOutcomePtr& outcome)
    {
        QVERIFY(outcome != nullptr);
        widgets::FixState state;
        state.setAnalysis(outcome->before);
        state.setOutcome(outcome);
        std::set<std::size_t> listed; // edits, by what they mend
        for (const auto& edit : outcome->plan.edits) {
            listed.insert(edit.finding);
        }
        std::size_t head = 0;
        std::size_t list = 0;
        const auto& after = outcome->after->findings;
        QCOMPARE(outcome->stamps.size(), after.size());
        for (std::size_t i = 0; i < after.size(); ++i) {
            QVERIFY(outcome->stamps[i].before.has_value());
            QCOMPARE(after[i].rule, outcome->before->findings[*outcome->stamps[i].before].rule);
            head += outcome->isOpen(after[i]) ? 1 : 0;
            list += outcome->isOpen(after[i]) && listed.contains(*outcome->stamps[i].before) ? 1 : 0;
        }
        QCOMPARE(head, list + state.personLeft());
        QCOMPARE(outcome->before->findings.size(), after.size() + outcome->gone.size());
        if (!outcome->decisions) { // nothing asks again: what no edit is for and does not go along with others
            const auto goes = [&outcome](std::size_t finding) {
                return std::find(outcome->gone.begin(), outcome->gone.end(), finding) != outcome->gone.end();
            };
            const auto& without = outcome->plan.without;
            QCOMPARE(state.personLeft(),
                without.size() - static_cast<std::size_t>(std::count_if(without.begin(), without.end(), goes)));
        }
    }
};

QTEST_MAIN(ShareCountsTest)
#include "tst_share_counts.moc"
