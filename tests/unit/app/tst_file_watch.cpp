// SPDX-License-Identifier: GPL-3.0-or-later
// What the watching thread tells about a real folder: writes in place, atomic replacement, files that are still being
// written, folders that come and go, and what it does when there are no watches left.
#include "app/session/file_watch.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <atomic>
#include <filesystem>

using namespace cupel::app;

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

// Collects what is told.
struct Listener {
    std::atomic<int> wakes = 0;
    FileWatch watch{[this] { ++wakes; }};
    FileChanges all;
    int batches = 0;
    WatchCover cover;

    bool begin(const QString& root, FileWatch::Options options = {})
    {
        watch.begin({root.toStdString()}, std::move(options));
        const bool there = QTest::qWaitFor(
            [&] {
                const auto told = watch.takeCover();
                cover = told.value_or(cover);
                return told.has_value();
            },
            10'000);
        QTest::qWait(400); // files of this very moment count as changed
        take();
        all = {};
        batches = 0;
        return there;
    }
    void take()
    {
        const auto more = watch.take();
        batches += more.empty() ? 0 : 1;
        all.changed.insert(all.changed.end(), more.changed.begin(), more.changed.end());
        all.gone.insert(all.gone.end(), more.gone.begin(), more.gone.end());
    }
    bool waitFor(std::size_t changed, std::size_t gone)
    {
        return QTest::qWaitFor(
            [&] {
                take();
                return all.changed.size() >= changed && all.gone.size() >= gone;
            },
            10'000);
    }
    bool staysQuiet()
    {
        QTest::qWait(700);
        take();
        return all.empty();
    }
};

} // namespace

class FileWatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void writingInPlaceAndReplacing();
    void nothingIsToldBeforeTheWriterIsDone();
    void filesAndFoldersComeAndGo();
    void aLoneFileAndItsNeighbours();
    void aFloodIsOneBatch();
    void withoutWatchesItLooksWhenAsked();
    void whatIsLeftOutStaysOut();
    void decisionsAreNoChangeOfTheReview();
    void anotherReviewForgetsTheFirst();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void FileWatchTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    write(path("a.txt"), "one");
    write(path("b.txt"), "two");
}

void FileWatchTest::writingInPlaceAndReplacing()
{
    Listener listener;
    QVERIFY(listener.begin(m_folder->path()));
    QVERIFY(listener.cover.complete());
    QVERIFY(listener.staysQuiet());
    write(path("a.txt"), "three");
    QVERIFY(listener.waitFor(1, 0));
    QCOMPARE(listener.all.changed.front(), path("a.txt").toStdString());

    // As editors save: a new file takes the name of the old one.
    write(path("a.txt.tmp"), "four!");
    std::filesystem::rename(path("a.txt.tmp").toStdString(), path("a.txt").toStdString());
    QVERIFY(listener.waitFor(2, 0));
    QTest::qWait(500);
    listener.take();
    QCOMPARE(listener.all.changed.size(), 2U);
    QCOMPARE(listener.all.changed.back(), path("a.txt").toStdString());
    QVERIFY(listener.all.gone.empty()); // neither the old file nor the one for a moment
}

void FileWatchTest::nothingIsToldBeforeTheWriterIsDone()
{
    Listener listener;
    QVERIFY(listener.begin(m_folder->path()));
    QFile file(path("a.txt"));
    QVERIFY(file.open(QIODevice::Append));
    for (int i = 0; i < 4; ++i) { // with pauses longer than those that count as rest
        file.write("more\n");
        file.flush();
        QTest::qWait(350);
        listener.take();
        QVERIFY(listener.all.empty());
    }
    file.close();
    QVERIFY(listener.waitFor(1, 0));
    QVERIFY(listener.all.gone.empty());
    QTest::qWait(500);
    listener.take();
    QCOMPARE(listener.batches, 1);
}

void FileWatchTest::filesAndFoldersComeAndGo()
{
    Listener listener;
    QVERIFY(listener.begin(m_folder->path()));
    QVERIFY(QDir().mkpath(path("deep/er")));
    write(path("deep/er/c.txt"), "three");
    QVERIFY(listener.waitFor(1, 0));
    QCOMPARE(listener.all.changed.front(), path("deep/er/c.txt").toStdString());
    write(path("deep/er/c.txt"), "watched by now");
    QVERIFY(listener.waitFor(2, 0));
    QFile::remove(path("b.txt"));
    QVERIFY(QDir(path("deep")).removeRecursively());
    QVERIFY(listener.waitFor(2, 2));
    // Another folder of the same name is watched again.
    QVERIFY(QDir().mkpath(path("deep/er")));
    QTest::qWait(500);
    write(path("deep/er/d.txt"), "four");
    QVERIFY(listener.waitFor(3, 2));
    write(path("deep/er/d.txt"), "five and more");
    QVERIFY(listener.waitFor(4, 2));
    QCOMPARE(listener.all.gone.size(), 2U);
}

void FileWatchTest::aLoneFileAndItsNeighbours()
{
    Listener listener;
    QVERIFY(listener.begin(path("a.txt")));
    write(path("b.txt"), "not open");
    write(path("c.txt"), "new, and not open");
    QVERIFY(listener.staysQuiet());
    QFile::remove(path("a.txt"));
    QVERIFY(listener.waitFor(0, 1));
    write(path("a.txt"), "back again");
    QVERIFY(listener.waitFor(1, 1));
    QCOMPARE(listener.all.changed.front(), path("a.txt").toStdString());
}

void FileWatchTest::aFloodIsOneBatch()
{
    Listener listener;
    QVERIFY(listener.begin(m_folder->path()));
    const int before = listener.wakes;
    for (int i = 0; i < 2'000; ++i) {
        const QString folder = path("many/%1").arg(i % 40);
        QDir().mkpath(folder);
        write(folder + QStringLiteral("/%1.txt").arg(i), "x");
    }
    QVERIFY(listener.waitFor(2'000, 0));
    QCOMPARE(listener.all.changed.size(), 2'000U);
    QVERIFY2(listener.wakes - before < 20, qPrintable(QString::number(listener.wakes - before)));
}

void FileWatchTest::withoutWatchesItLooksWhenAsked()
{
    QVERIFY(QDir().mkpath(path("one/two")));
    Listener listener;
    FileWatch::Options options;
    options.mostWatches = 0;
    QVERIFY(listener.begin(m_folder->path(), options));
    QVERIFY(!listener.cover.complete());
    QCOMPARE(listener.cover.folders, 3U);
    QCOMPARE(listener.cover.unwatched, 3U);
    write(path("one/two/new.txt"), "x");
    QFile::remove(path("b.txt"));
    QVERIFY(listener.staysQuiet());
    listener.watch.look();
    QVERIFY(listener.waitFor(1, 1));
}

void FileWatchTest::whatIsLeftOutStaysOut()
{
    Listener listener;
    FileWatch::Options options;
    options.exclude = {"*.log"};
    QVERIFY(listener.begin(m_folder->path(), options));
    write(path("x.log"), "x");
    QVERIFY(QDir().mkpath(path(".git")));
    write(path(".git/index"), "x");
    QVERIFY(listener.staysQuiet());
}

void FileWatchTest::decisionsAreNoChangeOfTheReview()
{
    Listener listener;
    QVERIFY(listener.begin(m_folder->path()));
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral(".cupel")));
    write(path(".cupel/decisions.jsonl"), "{}\n");
    QVERIFY(listener.staysQuiet());
    write(path(".cupel/decisions.jsonl"), "{}\n{}\n");
    QVERIFY(listener.staysQuiet());
    // Nothing else can hide there.
    write(path(".cupel/other.jsonl"), "{}\n");
    QVERIFY(listener.waitFor(1, 0));
    QCOMPARE(listener.all.changed.front(), path(".cupel/other.jsonl").toStdString());
}

void FileWatchTest::anotherReviewForgetsTheFirst()
{
    QTemporaryDir other;
    Listener listener;
    QVERIFY(listener.begin(m_folder->path()));
    write(path("a.txt"), "of the first");
    QVERIFY(listener.begin(other.path()));
    write(path("a.txt"), "still of the first");
    QVERIFY(listener.staysQuiet());
    listener.watch.end();
    QTest::qWait(100);
    write(other.filePath(QStringLiteral("b")), "nobody listens");
    QVERIFY(listener.staysQuiet());
}

QTEST_GUILESS_MAIN(FileWatchTest)
#include "tst_file_watch.moc"
