// SPDX-License-Identifier: GPL-3.0-or-later
// The window among other programs and in little room: drops from a file manager, a second start, what comes back after
// a restart, narrow windows, and what is said while nothing, or not everything, is known.
#include "shell_bench.h"

#include "app/shell/actions.h"
#include "app/shell/drop_overlay.h"
#include "app/shell/mode_page.h"
#include "app/shell/palette.h"
#include "app/shell/single_instance.h"
#include "widgets/common/style.h"
#include "widgets/home/home_view.h"
#include "widgets/report/preview_bar.h"

#include <QtCore/QMimeData>
#include <QtCore/QTemporaryDir>
#include <QtGui/QDropEvent>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <thread>

using namespace cupel;
using namespace cupel::app;
using cupel::test::Workbench;

namespace {

QString sample()
{
    return QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn");
}

void press(QWidget& window, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QTest::keyClick(window.focusWidget() ? window.focusWidget() : &window, key, modifiers);
}

QStringList words(const QWidget& widget)
{
    QStringList out;
    for (const QLabel* label : widget.findChildren<QLabel*>()) {
        if (label->isVisible()) {
            out += label->text();
        }
    }
    return out;
}

} // namespace

class DesktopTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dropsInEveryModeAreCopies();
    void aMoveOnlyDropMovesNothing();
    void aThousandFilesAtOnce();
    void webLinksAreRefused();
    void sampleIsHandedOver();
    void fileInViewComesBack();
    void otherReviewBeginsAnew();
    void runningScanIsNotClean();
    void emptyFolderSaysSo();
    void narrowReportCutsNothing();
    void floatingPanelClosesByKey();
    void completionsGoWithTheFocus();

private:
    QTemporaryDir m_folder;
};

// With Shift a file manager proposes to move; only a copy must be answered.
void DesktopTest::dropsInEveryModeAreCopies()
{
    Workbench bench(m_folder.filePath(QStringLiteral("modes")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto* overlay = bench.window.findChild<DropOverlay*>();
    auto* home = bench.window.findChild<widgets::HomeView*>();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(sample() + QStringLiteral("/notebooks/")),
        QUrl::fromLocalFile(sample() + QStringLiteral("/README.md"))});
    for (const ViewEntry& entry : viewTable()) {
        bench.window.showMode(QString::fromUtf8(entry.id));
        auto* somewhere = bench.window.findChild<ModePage*>(QString::fromUtf8(entry.id))->parts().canvas;
        QDragEnterEvent enter({50, 50}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::ShiftModifier);
        enter.setDropAction(Qt::MoveAction);
        QApplication::sendEvent(somewhere, &enter);
        QVERIFY2(enter.isAccepted() && enter.dropAction() == Qt::CopyAction, entry.id);
        QVERIFY(overlay->isVisible());
        QVERIFY(home->showsDrag() == (QString::fromUtf8(entry.id) == u"home"));
        QDropEvent drop({50, 50}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        drop.setDropAction(Qt::MoveAction);
        static_cast<QObject*>(overlay)->event(&drop);
        QCOMPARE(drop.dropAction(), Qt::CopyAction);
        QCOMPARE(bench.session.roots(),
            (QStringList{sample() + QStringLiteral("/notebooks"), sample() + QStringLiteral("/README.md")}));
        QVERIFY(bench.waitForScan());
    }
    // With Shift it adds. A list that was open is closed: it is of the review before.
    press(bench.window, Qt::Key_K, Qt::ControlModifier);
    QVERIFY(bench.window.palettePanel().isOpen());
    QMimeData more;
    more.setUrls({QUrl::fromLocalFile(sample() + QStringLiteral("/score_customers.py"))});
    QDropEvent add({50, 50}, Qt::CopyAction | Qt::MoveAction, &more, Qt::LeftButton, Qt::ShiftModifier);
    static_cast<QObject*>(overlay)->event(&add);
    QCOMPARE(bench.session.roots().size(), 3);
    QVERIFY(!bench.window.palettePanel().isOpen());
}

void DesktopTest::aMoveOnlyDropMovesNothing()
{
    Workbench bench(m_folder.filePath(QStringLiteral("move")));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(sample())});
    QDropEvent drop({5, 5}, Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    static_cast<QObject*>(bench.window.findChild<DropOverlay*>())->event(&drop);
    QCOMPARE(drop.dropAction(), Qt::IgnoreAction); // the source deletes nothing
    QCOMPARE(bench.session.roots(), QStringList{sample()});
    QVERIFY(bench.waitForScan());
}

void DesktopTest::aThousandFilesAtOnce()
{
    const QString folder = m_folder.filePath(QStringLiteral("many"));
    QVERIFY(QDir().mkpath(folder));
    QList<QUrl> urls;
    for (int i = 0; i < 1'000; ++i) {
        const QString path = folder + QStringLiteral("/%1.py").arg(i);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x = 1\n") > 0);
        urls += QUrl::fromLocalFile(path);
    }
    Workbench bench(m_folder.filePath(QStringLiteral("thousand")));
    QMimeData data;
    data.setUrls(urls);
    cupel::test::LoopProbe probe;
    QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    static_cast<QObject*>(bench.window.findChild<DropOverlay*>())->event(&drop);
    QVERIFY(bench.waitForScan());
    qInfo("longest turn of the event loop: %.1f ms", probe.worstMilliseconds());
    QCOMPARE(bench.session.coverage().files, std::uint64_t(1'000));
}

void DesktopTest::webLinksAreRefused()
{
    Workbench bench(m_folder.filePath(QStringLiteral("web")));
    QMimeData data;
    data.setUrls({QUrl(QStringLiteral("https://example.org/a.ipynb"))});
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QApplication::sendEvent(bench.window.centralWidget(), &enter);
    QVERIFY(!enter.isAccepted());
    QVERIFY(!bench.window.findChild<DropOverlay*>()->isVisible());
}

void DesktopTest::sampleIsHandedOver()
{
    const Paths paths = portablePaths(m_folder.filePath(QStringLiteral("handover")));
    SingleInstance first(paths);
    QVERIFY(first.listen());
    std::optional<Handover> got;
    connect(&first, &SingleInstance::received, this, [&got](const Handover& handover) { got = handover; });
    std::thread second([&paths] {
        SingleInstance other(paths);
        (void)other.handOver({{}, QStringLiteral("/"), true});
    });
    QTRY_VERIFY(got.has_value());
    second.join();
    QVERIFY(got->sample && got->arguments.isEmpty());
}

// The finding may be in another file than the one in view.
void DesktopTest::fileInViewComesBack()
{
    const QString folder = m_folder.filePath(QStringLiteral("view"));
    const std::string readme = (sample() + QStringLiteral("/README.md")).toStdString();
    std::string fingerprint;
    {
        Workbench bench(folder);
        bench.window.open({OpenTarget{sample(), {}, {}, {}}});
        QVERIFY(bench.waitForScan());
        QVERIFY(bench.session.review().analysis(readme));
        QVERIFY(bench.session.review().analysis(readme)->findings.empty());
        fingerprint = bench.session.review().finding(*bench.session.review().current())->fingerprint;
        bench.session.review().setCurrentArtifact(readme);
        bench.window.close();
    }
    for (int i = 0; i < 5; ++i) { // files come in any order
        Workbench bench(folder);
        bench.window.restoreReview();
        bench.session.saveNow(false); // killed here: what is not there yet is still remembered
        QCOMPARE(bench.session.state().artifact.toStdString(), readme);
        QCOMPARE(bench.session.state().fingerprint.toStdString(), fingerprint);
        QVERIFY(bench.waitForScan());
        QCOMPARE(bench.session.review().currentArtifact(), readme);
        QCOMPARE(bench.session.review().finding(*bench.session.review().current())->fingerprint, fingerprint);
    }
}

// Fingerprints do not hold the path: a copy of the same notebook has the same ones.
void DesktopTest::otherReviewBeginsAnew()
{
    Workbench bench(m_folder.filePath(QStringLiteral("anew")));
    bench.window.open({OpenTarget{sample() + QStringLiteral("/notebooks/02-train-model.ipynb"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QCOMPARE(*bench.session.review().current(), bench.session.review().visible().front());
}

void DesktopTest::runningScanIsNotClean()
{
    Workbench bench(m_folder.filePath(QStringLiteral("running")));
    bench.window.showMode(QStringLiteral("review"));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.session.review().scanning());
    bench.session.cancel();
    QVERIFY(bench.waitForScan());
    QVERIFY(!bench.session.review().scanning());
    QCOMPARE(bench.session.review().workspace().cancelled, bench.session.stoppedEarly());
    press(bench.window, Qt::Key_F5);
    QVERIFY(bench.waitForScan());
    QVERIFY(!bench.session.review().workspace().cancelled);
}

void DesktopTest::emptyFolderSaysSo()
{
    const QString folder = m_folder.filePath(QStringLiteral("nothing"));
    QVERIFY(QDir().mkpath(folder));
    Workbench bench(m_folder.filePath(QStringLiteral("empty")));
    bench.window.showMode(QStringLiteral("review"));
    QVERIFY(words(bench.window).contains(QStringLiteral("No notebook open")));
    bench.window.open({OpenTarget{folder, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QCOMPARE(words(bench.window).count(QStringLiteral("Nothing to check here")), 2); // list and canvas
    QVERIFY(!words(bench.window).contains(QStringLiteral("No notebook open")));
}

void DesktopTest::narrowReportCutsNothing()
{
    Workbench bench(m_folder.filePath(QStringLiteral("report")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    bench.window.showMode(QStringLiteral("report"));
    QTest::qWait(300);
    auto* bar = bench.window.findChild<widgets::PreviewBar*>();
    for (const double zoom : {1.0, 1.5}) {
        bench.settings.set(keys::textZoom, QString::number(zoom));
        for (const int width : {1600, 1024, 900, 800}) {
            bench.window.resize(width, 700);
            QTest::qWait(30);
            int shown = 0;
            for (const QWidget* part : bar->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
                if (part->isVisible()) {
                    const QByteArray what = QByteArray(part->metaObject()->className()) + ' '
                        + part->accessibleName().toUtf8() + " at " + QByteArray::number(width);
                    // The pages are still laid out, and the zoom that the button names changes with them.
                    QTRY_VERIFY2(part->width() >= std::min(part->minimumSizeHint().width(), part->maximumWidth()),
                        what.constData());
                    QTRY_VERIFY2(bar->rect().contains(part->geometry()), what.constData());
                    ++shown;
                }
            }
            QVERIFY(shown >= 4); // pages and zoom stay
        }
    }
    bench.settings.reset(keys::textZoom);
}

void DesktopTest::floatingPanelClosesByKey()
{
    Workbench bench(m_folder.filePath(QStringLiteral("float")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    bench.window.resize(1000, 700);
    QAction* inspector = bench.window.actions().at(u"view.inspector");
    QTRY_VERIFY(!inspector->isChecked());
    press(bench.window, Qt::Key_I, Qt::ControlModifier);
    QVERIFY(inspector->isChecked());
    press(bench.window, Qt::Key_Escape);
    QVERIFY(!inspector->isChecked());
}

void DesktopTest::completionsGoWithTheFocus()
{
    Workbench bench(m_folder.filePath(QStringLiteral("completions")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    press(bench.window, Qt::Key_F, Qt::ControlModifier);
    auto* field = qobject_cast<QLineEdit*>(bench.window.focusWidget());
    QVERIFY(field);
    QTest::keyClicks(field, QStringLiteral("file:train"));
    QWidget* list = QApplication::activePopupWidget();
    QVERIFY(list && list->isVisible());
    bench.window.showMode(QStringLiteral("report"));
    QVERIFY(!QApplication::activePopupWidget());
    QCOMPARE(bench.session.review().query(), QStringLiteral("file:train"));
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    cupel::widgets::installStyle(application);
    DesktopTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_desktop.moc"
