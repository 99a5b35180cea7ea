// SPDX-License-Identifier: GPL-3.0-or-later
// A worker on the session's ticks: which results come back, and that nothing is looked at once they have.
#include "app/session/session.h"
#include "app/session/session_worker.h"
#include "app/settings/saver.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <atomic>
#include <chrono>
#include <memory>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

using namespace cupel::app;
using namespace std::chrono_literals;

namespace {

// Its work ends when it is let through, whether or not somebody asked it to stop: the worst that can be overtaken.
struct Bench {
    [[nodiscard]] bool waitForTicks(int count)
    {
        left = count;
        session.watch([this] {
            waitedThen = waited;
            return --left > 0;
        });
        return QTest::qWaitFor([this] { return left == 0; });
    }
    // Nobody but the thread can tell when exactly its result lies there; every answer is the same a moment before.
    void letThroughUnseen()
    {
        gate.release();
        std::this_thread::sleep_for(50ms);
    }

    QTemporaryDir folder;
    Paths paths = portablePaths(folder.path());
    Saver saver;
    Settings settings{paths.settingsFile(), saver};
    Session session{settings, saver, paths};
    std::counting_semaphore<> gate{0};
    std::atomic<int> begun = 0;
    std::vector<int> taken;
    int waited = 0; // ticks that brought nothing
    int waitedThen = 0; // at the last of the ticks that were waited for
    int left = 0;
    int next = 0; // asked for when a result comes; 0: nothing
    std::unique_ptr<SessionWorker<int, int>> worker = std::make_unique<SessionWorker<int, int>>(
        session,
        [this](int number, const std::stop_token&) {
            ++begun;
            static_cast<void>(gate.try_acquire_for(5s)); // a test that failed ends, too
            return number * 10;
        },
        [this](int result) {
            taken.push_back(result);
            if (const int more = std::exchange(next, 0); more != 0) {
                worker->request(more);
            }
        },
        [this] { ++waited; });
};

} // namespace

class SessionWorkerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void looksUntilTheResultIsTaken();
    void looksOnceATick();
    void anOvertakenResultIsDropped();
    void aResultThatWaitsIsOvertakenToo();
    void whatIsCancelledIsDropped();
    void theNextIsAskedForWhileOneIsTaken();
    void nothingReachesItOnceItIsGone();
};

void SessionWorkerTest::looksUntilTheResultIsTaken()
{
    Bench bench;
    QVERIFY(!bench.worker->busy());
    bench.worker->request(1);
    QVERIFY(bench.worker->busy());
    QTRY_VERIFY(bench.begun == 1 && bench.waited > 0);
    QVERIFY(bench.taken.empty());
    bench.gate.release();
    QTRY_COMPARE(bench.taken, std::vector<int>{10});
    QVERIFY(!bench.worker->busy());
    const int waited = bench.waited;
    QVERIFY(bench.waitForTicks(10));
    QCOMPARE(bench.waitedThen, waited);
    QCOMPARE(bench.taken, std::vector<int>{10});
    bench.gate.release();
    bench.worker->request(2); // it begins anew
    QTRY_COMPARE(bench.taken, (std::vector<int>{10, 20}));
}

void SessionWorkerTest::looksOnceATick()
{
    Bench bench;
    for (int number = 1; number <= 3; ++number) {
        bench.worker->request(number);
        QTRY_VERIFY(bench.waited > 0);
    }
    const int waited = bench.waited;
    QVERIFY(bench.waitForTicks(10));
    QCOMPARE(bench.waitedThen, waited + 10);
    bench.gate.release(3);
}

void SessionWorkerTest::anOvertakenResultIsDropped()
{
    Bench bench;
    bench.worker->request(1);
    QTRY_COMPARE(bench.begun.load(), 1);
    bench.worker->request(2);
    bench.gate.release();
    QTRY_COMPARE(bench.begun.load(), 2); // the first has come to its end
    QVERIFY(bench.waitForTicks(10));
    QVERIFY(bench.taken.empty());
    bench.gate.release();
    QTRY_COMPARE(bench.taken, std::vector<int>{20});
    QVERIFY(!bench.worker->busy());
    QVERIFY(bench.waitForTicks(10));
    QCOMPARE(bench.taken, std::vector<int>{20});
}

void SessionWorkerTest::aResultThatWaitsIsOvertakenToo()
{
    Bench bench;
    bench.worker->request(1);
    bench.letThroughUnseen();
    bench.worker->request(2);
    bench.gate.release();
    QTRY_COMPARE(bench.taken, std::vector<int>{20});
    QVERIFY(bench.waitForTicks(10));
    QCOMPARE(bench.taken, std::vector<int>{20});
}

void SessionWorkerTest::whatIsCancelledIsDropped()
{
    Bench bench;
    bench.worker->request(1);
    QTRY_COMPARE(bench.begun.load(), 1);
    bench.worker->cancel(); // while it works
    QVERIFY(!bench.worker->busy());
    bench.gate.release();
    QVERIFY(bench.waitForTicks(10));
    const int waited = bench.waited;
    QVERIFY(bench.waitForTicks(10));
    QCOMPARE(bench.waitedThen, waited);
    bench.worker->request(2);
    bench.letThroughUnseen();
    bench.worker->cancel(); // while its result waits
    QVERIFY(bench.waitForTicks(10));
    QVERIFY(bench.taken.empty());
    bench.gate.release();
    bench.worker->request(3);
    QTRY_COMPARE(bench.taken, std::vector<int>{30});
}

void SessionWorkerTest::theNextIsAskedForWhileOneIsTaken()
{
    Bench bench;
    bench.next = 2;
    bench.gate.release(2);
    bench.worker->request(1);
    QTRY_COMPARE(bench.taken, (std::vector<int>{10, 20}));
    QVERIFY(!bench.worker->busy());
}

void SessionWorkerTest::nothingReachesItOnceItIsGone()
{
    Bench bench;
    bench.worker->request(1);
    QTRY_VERIFY(bench.begun == 1 && bench.waited > 0);
    bench.letThroughUnseen();
    bench.worker.reset();
    const int waited = bench.waited;
    QVERIFY(bench.waitForTicks(10));
    QCOMPARE(bench.waitedThen, waited);
    QVERIFY(bench.taken.empty());
}

QTEST_GUILESS_MAIN(SessionWorkerTest)

#include "tst_session_worker.moc"
