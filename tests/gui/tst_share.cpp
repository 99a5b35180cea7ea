// SPDX-License-Identifier: GPL-3.0-or-later
// Share mode with real keys and clicks: the verdict for a profile, edits on and off, the clean copy, the file itself
// and undo; nothing sensitive in what is shown or copied, everything named for screen readers.
#include "shell_bench.h"

#include "app/session/fixing.h"
#include "app/shell/actions.h"
#include "app/shell/mode_page.h"
#include "widgets/fixes/edit_model.h"
#include "widgets/fixes/fix_view.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QListView>

using namespace cupel;
using namespace cupel::app;
using cupel::test::LoopProbe;
using cupel::test::Workbench;

namespace {

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class ShareTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void theVerdictFollowsProfileAndEdits();
    void aCleanCopyIsWritten();
    void theFileItselfCanBeChangedAndUndone();
    void aFileThatChangedMeanwhileIsLeftAlone();
    void nothingSensitiveIsShownOrCopied();
    void everythingHasAName();
    void theWindowNeverWaits();

private:
    [[nodiscard]] bool openShare(Workbench& bench) const;
    QTemporaryDir m_folder;
    QString m_file;
    QByteArray m_original;
};

void ShareTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_original = read(QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn/notebooks/01-explore-churn.ipynb"));
    QVERIFY(m_original.contains("AKIA"));
    m_file = m_folder.filePath(QStringLiteral("explore.ipynb"));
}

void ShareTest::init()
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_original) == m_original.size());
}

bool ShareTest::openShare(Workbench& bench) const
{
    bench.window.open({OpenTarget{m_file, {}, {}, {}}});
    if (!bench.waitForScan()) {
        return false;
    }
    QTest::keyClick(&bench.window, Qt::Key_3, Qt::ControlModifier);
    return QTest::qWaitFor([&] { return bench.session.fixing().state().outcome() != nullptr; }, 20'000);
}

void ShareTest::theVerdictFollowsProfileAndEdits()
{
    Workbench bench(m_folder.filePath(QStringLiteral("a")));
    QVERIFY(openShare(bench));
    auto& state = bench.session.fixing().state();
    QCOMPARE(bench.window.mode(), QStringLiteral("share"));
    QVERIFY(!state.outcome()->verdictBefore.meets());
    QVERIFY(state.outcome()->verdictAfter.meets());
    QVERIFY(state.outcome()->problems.empty());
    const auto on = state.onCount();
    QVERIFY(on > 0);

    // One edit off: the file does not meet the profile any more.
    auto* list = bench.window.findChild<ModePage*>(QStringLiteral("share"))->parts().navigator->findChild<QListView*>();
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Space);
    QVERIFY(QTest::qWaitFor([&] { return !state.working(); }, 20'000));
    QVERIFY(state.onCount() < on);
    QVERIFY(!state.outcome()->verdictAfter.meets());
    QTest::keyClick(list, Qt::Key_Space);
    QVERIFY(QTest::qWaitFor([&] { return !state.working(); }, 20'000));
    QVERIFY(state.outcome()->verdictAfter.meets());

    auto* profiles = bench.window.findChild<QComboBox*>();
    for (auto* box : bench.window.findChildren<QComboBox*>()) {
        profiles = box->accessibleName() == u"Share with" ? box : profiles;
    }
    profiles->setFocus();
    QTest::keyClick(profiles, Qt::Key_End);
    Q_EMIT profiles->activated(profiles->currentIndex());
    QVERIFY(QTest::qWaitFor([&] { return !state.working(); }, 20'000));
    QCOMPARE(QString::fromStdString(state.profile().name), QStringLiteral("internal"));
}

void ShareTest::aCleanCopyIsWritten()
{
    Workbench bench(m_folder.filePath(QStringLiteral("b")));
    QVERIFY(openShare(bench));
    const auto copy = bench.session.fixing().suggestedCopy();
    QVERIFY(copy.endsWith(QStringLiteral("explore.public.ipynb")));
    QCOMPARE(bench.session.fixing().writeCopy(copy), QString());
    const auto clean = read(copy);
    QVERIFY(!clean.isEmpty() && !clean.contains("AKIA"));
    QVERIFY(clean.contains("<AWS_ACCESS_KEY_ID_01>"));
    QCOMPARE(read(m_file), m_original);
    QCOMPARE(clean.count('\n'), m_original.count('\n'));
    QFile::remove(copy);
}

void ShareTest::theFileItselfCanBeChangedAndUndone()
{
    Workbench bench(m_folder.filePath(QStringLiteral("c")));
    QVERIFY(openShare(bench));
    QCOMPARE(bench.session.fixing().writeInPlace(), QString());
    QVERIFY(!read(m_file).contains("AKIA"));
    QVERIFY(bench.waitForScan());
    bench.session.undo().undo();
    QCOMPARE(read(m_file), m_original);
    QVERIFY(bench.waitForScan());
    bench.session.undo().redo();
    QVERIFY(!read(m_file).contains("AKIA"));
    QVERIFY(bench.waitForScan());
}

void ShareTest::aFileThatChangedMeanwhileIsLeftAlone()
{
    Workbench bench(m_folder.filePath(QStringLiteral("d")));
    QVERIFY(openShare(bench));
    const QByteArray newer = m_original + "\n";
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(newer) == newer.size());
    file.close();
    QVERIFY(!bench.session.fixing().writeInPlace().isEmpty());
    QCOMPARE(read(m_file), newer);
}

void ShareTest::nothingSensitiveIsShownOrCopied()
{
    Workbench bench(m_folder.filePath(QStringLiteral("e")));
    QVERIFY(openShare(bench));
    const auto& outcome = *bench.session.fixing().state().outcome();
    auto* view =
        qobject_cast<widgets::FixView*>(bench.window.findChild<ModePage*>(QStringLiteral("share"))->parts().canvas);
    QVERIFY(view != nullptr);
    QString shown = view->patch();
    for (auto* list : bench.window.findChildren<QListView*>()) {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            shown += list->model()->index(row, 0).data(Qt::AccessibleTextRole).toString() + u'\n';
        }
    }
    QVERIFY(shown.contains(QStringLiteral("<AWS_ACCESS_KEY_ID_01>")));
    for (const auto& range : outcome.before->sensitive) {
        const auto value = QString::fromUtf8(
            m_original.mid(static_cast<qsizetype>(range.start), static_cast<qsizetype>(range.size())));
        QVERIFY2(value.size() < 8 || !shown.contains(value), "a value is shown");
    }
}

void ShareTest::everythingHasAName()
{
    Workbench bench(m_folder.filePath(QStringLiteral("f")));
    QVERIFY(openShare(bench));
    auto* page = bench.window.findChild<ModePage*>(QStringLiteral("share"));
    for (auto* widget : page->findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus) {
            auto* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }
    QTest::keyClick(page->parts().canvas, Qt::Key_Escape);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
}

void ShareTest::theWindowNeverWaits()
{
    Workbench bench(m_folder.filePath(QStringLiteral("g")));
    LoopProbe probe;
    QVERIFY(openShare(bench));
    for (int i = 0; i < 5; ++i) {
        bench.session.fixing().state().setAllOn(i % 2 == 0);
        QVERIFY(QTest::qWaitFor([&] { return !bench.session.fixing().state().working(); }, 20'000));
    }
    qInfo("longest turn %.1f ms", probe.worstMilliseconds());
}

QTEST_MAIN(ShareTest)
#include "tst_share.moc"
