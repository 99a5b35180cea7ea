// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 at 100 random moments: a child process saves one version after the other and says which ones are safe on the
// disk; whenever it dies, the file is whole and at least as new as the last version it vouched for.
#include "app/settings/saver.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cstdio>

using namespace cupel::app;

namespace {

// Self-checking content of varying length, so that a torn or mixed file cannot pass.
QByteArray version(int number)
{
    QByteArray body = QByteArray::number(number) + '\n';
    body += QByteArray(1000 + (number * 7919) % 60000, static_cast<char>('a' + number % 26)) + '\n';
    return body + QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
}

int versionOf(const QByteArray& bytes)
{
    const QByteArray body = bytes.left(bytes.size() - 64);
    if (QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex() != bytes.right(64)) {
        return -1;
    }
    return body.left(body.indexOf('\n')).toInt();
}

int saveForever(const QString& file, int first)
{
    Saver saver;
    for (int number = first;; ++number) {
        saver.save(file, version(number));
        if (number % 3 == 0) {
            continue; // overtaken before it was flushed: latest wins
        }
        saver.flush();
        std::printf("%d\n", number);
        std::fflush(stdout);
    }
}

} // namespace

class SavingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void survivesKill();
    void newestWins();
    void tellsFailure();
};

void SavingTest::survivesKill()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("state/session.json"));
    int acknowledged = 0;
    int killedLate = 0;
    for (int run = 0; run < 100; ++run) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
            {QStringLiteral("--save-forever"), file, QString::number(acknowledged + 1)});
        QVERIFY(child.waitForStarted());
        QTest::qWait(static_cast<int>(QRandomGenerator::global()->bounded(1, 60)));
        child.kill();
        QVERIFY(child.waitForFinished());
        const QList<QByteArray> said = child.readAllStandardOutput().split('\n');
        for (qsizetype i = 0; i + 1 < said.size(); ++i) { // the last one may be torn
            acknowledged = std::max(acknowledged, said[i].toInt());
            ++killedLate;
        }
        QFile in(file);
        if (!in.open(QIODevice::ReadOnly)) {
            QCOMPARE(acknowledged, 0);
            continue;
        }
        const int found = versionOf(in.readAll());
        QVERIFY2(found >= 0, "the file is torn");
        QVERIFY2(found >= acknowledged, "a version that was vouched for is lost");
        acknowledged = found;
    }
    QVERIFY2(killedLate > 100, "the child must have been at work when it was killed");
}

void SavingTest::newestWins()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("a"));
    {
        Saver saver;
        for (int number = 0; number <= 500; ++number) {
            saver.save(file, version(number));
        }
    } // the destructor writes what waits
    QFile in(file);
    QVERIFY(in.open(QIODevice::ReadOnly));
    QCOMPARE(versionOf(in.readAll()), 500);
    QCOMPARE(in.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void SavingTest::tellsFailure()
{
    QTemporaryDir folder;
    QFile blocker(folder.filePath(QStringLiteral("file")));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    Saver saver;
    saver.save(folder.filePath(QStringLiteral("file/below")), "x");
    saver.flush();
    QCOMPARE(saver.takeFailures().size(), std::size_t(1));
}

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == u"--save-forever") {
        return saveForever(arguments[2], arguments[3].toInt());
    }
    SavingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_saving.moc"
