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
#include <tuple>
#include <utility>

using namespace cupel;
using namespace cupel::app;

namespace {

AnalysisPtr analyzed(const std::string& path, std::string bytes)
{
    Artifact artifact;
    artifact.path = path;
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
}

AnalysisPtr read(const QString& path)
{
    QFile file(path);
    return analyzed(path.toStdString(), file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string());
}

FixRequest requestFor(AnalysisPtr analysis, const std::string& profile)
{
    FixRequest request;
    request.analysis = std::move(analysis);
    request.profile = *review::builtInProfile(profile);
    request.options.keepBytes = true;
    return request;
}

// What somebody made of these findings.
review::DecisionSetPtr decided(const Analysis& analysis, const std::vector<std::size_t>& findings)
{
    auto set = std::make_shared<review::DecisionSet>();
    set->today = "2026-06-01";
    review::Decisions decisions;
    for (const auto index : findings) {
        const Finding& finding = analysis.findings[index];
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

// An address that an edit takes out, three calls that only a person can mend, and a fourth one whose line holds another
// address: taking that out makes another line of it, so that a decision about the call asks again.
std::string fewFindings()
{
    return R"x({"cells":[{"cell_type":"code","execution_count":1,"id":"a1","metadata":{},
"outputs":[{"output_type":"stream","name":"stdout","text":["written by robert.lindqvist@unibe.org\n"]}],
"source":["import pickle\n","eval(input())\n","exec(input())\n","x = pickle.load(open('m.pkl', 'rb'))\n",
"eval(input('ask maria.keller@unibe.org'))\n"]}],"metadata":{},"nbformat":4,"nbformat_minor":5})x";
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
        auto request = requestFor(read(path), profile.toStdString());
        std::vector<std::size_t> everySecond;
        for (std::size_t i = 0; i < request.analysis->findings.size(); i += 2) {
            everySecond.push_back(i);
        }
        for (const bool some : {false, true}) {
            request.decisions = some ? decided(*request.analysis, everySecond) : nullptr;
            check(workOutFix(request, {}));
        }
    }

    // Counted by hand.
    void whatIsDecidedIsNotLeft_data()
    {
        QTest::addColumn<QStringList>("answered"); // places of findings
        QTest::addColumn<QStringList>("off"); // places whose edit is off
        QTest::addColumn<int>("head");
        QTest::addColumn<int>("person");
        const auto output = QStringLiteral("cell 0, output 0, line 1");
        const auto line = [](int number) { return QStringLiteral("cell 0, line %1").arg(number); };
        QTest::newRow("nothing") << QStringList() << QStringList() << 4 << 4;
        QTest::newRow("a call") << QStringList{line(2)} << QStringList() << 3 << 3;
        QTest::newRow("two calls") << QStringList{line(2), line(4)} << QStringList() << 2 << 2;
        QTest::newRow("what an edit is for") << QStringList{output} << QStringList() << 4 << 4;
        QTest::newRow("an edit is off") << QStringList() << QStringList{output} << 5 << 4;
        QTest::newRow("an edit is off, and a call") << QStringList{line(3)} << QStringList{output} << 4 << 3;
        QTest::newRow("a call that asks again") << QStringList{line(5)} << QStringList() << 4 << 4;
        QTest::newRow("a call that does not") << QStringList{line(5)} << QStringList{line(5)} << 4 << 3;
    }
    void whatIsDecidedIsNotLeft()
    {
        QFETCH(QStringList, answered);
        QFETCH(QStringList, off);
        QFETCH(int, head);
        QFETCH(int, person);
        auto request = requestFor(analyzed("/a.ipynb", fewFindings()), "public");
        const auto& findings = request.analysis->findings;
        QCOMPARE(findings.size(), std::size_t{6});
        const auto outcome = workOutFix(request, {});
        std::vector<std::size_t> some;
        for (std::size_t i = 0; i < findings.size(); ++i) {
            const bool mail = findings[i].rule == "CUP-PII-EMAIL";
            const auto place = QString::fromStdString(findings[i].location.human);
            if (answered.contains(place) && (!mail || place.contains(QStringLiteral("output")))) {
                some.push_back(i);
            }
        }
        for (std::size_t i = 0; i < outcome->plan.edits.size(); ++i) {
            const auto& finding = findings[outcome->plan.edits[i].finding];
            if (off.contains(QString::fromStdString(finding.location.human))) {
                request.choices[widgets::FixState::keyOf(outcome->plan, i)] = false;
            }
        }
        QCOMPARE(static_cast<qsizetype>(some.size()), answered.size());
        QCOMPARE(static_cast<qsizetype>(request.choices.size()), off.size());
        request.decisions = decided(*request.analysis, some);
        const auto now = workOutFix(request, {});
        widgets::FixState state;
        state.setAnalysis(request.analysis);
        state.setOutcome(now);
        const auto& after = now->after->findings;
        QCOMPARE(std::count_if(after.begin(), after.end(), [&now](const Finding& one) { return now->isOpen(one); }),
            std::ptrdiff_t{head});
        QCOMPARE(static_cast<int>(state.personLeft()), person);
    }

private:
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
        // What no edit is for and does not go along with others, but for what somebody answered for and stands there as
        // it did.
        const auto& without = outcome->plan.without;
        const auto left = std::count_if(without.begin(), without.end(), [&outcome, &after](std::size_t index) {
            const Finding& before = outcome->before->findings[index];
            const bool goes = std::find(outcome->gone.begin(), outcome->gone.end(), index) != outcome->gone.end();
            const bool same = std::any_of(after.begin(), after.end(), [&before](const Finding& now) {
                return std::tie(now.fingerprint, now.context, now.values)
                    == std::tie(before.fingerprint, before.context, before.values);
            });
            return !goes && !(same && outcome->decisions && outcome->decisions->settles(before));
        });
        QCOMPARE(static_cast<std::ptrdiff_t>(state.personLeft()), left);
    }
};

QTEST_MAIN(ShareCountsTest)
#include "tst_share_counts.moc"
