// SPDX-License-Identifier: GPL-3.0-or-later
// The card of a verdict: its numbers add up, for every profile.
#include "share_bench.h"

#include "app/shell/mode_page.h"
#include "widgets/fixes/verdict_card.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>

using namespace cupel;
using cupel::test::Shared;

class VerdictTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsTakenOutAddsUp();
};

// What the rows say was taken out is the difference of the two lines above them.
void VerdictTest::whatIsTakenOutAddsUp()
{
    static const QRegularExpression taken(QStringLiteral("(\\d+) finding\\S* taken out"));
    QTemporaryDir folder;
    Shared shared(folder.path());
    QVERIFY(shared.opened);
    auto& state = shared.bench.session.fixing().state();
    const auto* card = shared.bench.window.findChild<widgets::VerdictCard*>();
    QVERIFY(card);
    const auto profiles = state.profiles().size();
    QVERIFY(profiles >= 4);
    for (std::size_t i = 0; i < profiles; ++i) {
        state.setProfile(i);
        QVERIFY(QTest::qWaitFor([&] { return state.outcome() && !state.working(); }, 20'000));
        qsizetype sum = 0;
        for (auto hits = taken.globalMatch(card->text()); hits.hasNext();) {
            sum += hits.next().captured(1).toInt();
        }
        const auto& outcome = *state.outcome();
        const auto less = qsizetype(outcome.before->findings.size()) - qsizetype(outcome.after->findings.size());
        QVERIFY2(sum == less,
            qPrintable(QString::fromStdString(state.profile().title)
                + QStringLiteral(": %1, and %2 are gone. ").arg(sum).arg(less) + card->text()));
        QVERIFY(less > 0);
    }
}

QTEST_MAIN(VerdictTest)
#include "tst_verdict.moc"
