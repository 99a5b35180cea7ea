// SPDX-License-Identifier: GPL-3.0-or-later
// The window as a whole, offscreen, with real clicks and keys: open, walk, filter, undo, restore, drop, and nothing
// without a name for screen readers.
#include "shell_bench.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "app/shell/actions.h"
#include "app/shell/drop_overlay.h"
#include "app/shell/mode_rail.h"
#include "app/shell/palette.h"
#include "app/shell/tour.h"
#include "widgets/common/style.h"
#include "widgets/notebook/notebook_canvas.h"

#include <QtCore/QMimeData>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtGui/QDropEvent>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <functional>

using namespace cupel;
using namespace cupel::app;
using cupel::test::Workbench;

namespace {

QString sample()
{
    return QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn");
}

QPushButton* button(QWidget& window, const QString& text)
{
    for (QPushButton* one : window.findChildren<QPushButton*>()) {
        if (one->isVisible() && one->text().startsWith(text)) {
            return one;
        }
    }
    return nullptr;
}

void press(QWidget& window, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QWidget* target = window.focusWidget() ? window.focusWidget() : &window;
    QTest::keyClick(target, key, modifiers);
}

// Depth first without recursion; invisible branches are left out.
void walk(QAccessibleInterface* root, const std::function<void(QAccessibleInterface*)>& visit)
{
    std::vector<QAccessibleInterface*> open{root};
    while (!open.empty()) {
        QAccessibleInterface* one = open.back();
        open.pop_back();
        if (!one || !one->isValid() || (one != root && one->state().invisible)) {
            continue;
        }
        visit(one);
        for (int i = 0; i < std::min(one->childCount(), 400); ++i) {
            open.push_back(one->child(i));
        }
    }
}

QStringList unnamed(QWidget& window)
{
    QStringList out;
    walk(QAccessible::queryAccessibleInterface(&window), [&out](QAccessibleInterface* one) {
        const bool isWindow = one->role() == QAccessible::Window;
        if (one->state().focusable && !isWindow && one->text(QAccessible::Name).trimmed().isEmpty()) {
            const QObject* object = one->object();
            out += object ? QString::fromUtf8(object->metaObject()->className()) + u' ' + object->objectName()
                          : QStringLiteral("item of role %1").arg(one->role());
        }
    });
    return out;
}

} // namespace

class ShellTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void sampleByClick();
    void walksFindingsByKey();
    void foldsByKeyFromAnywhere();
    void cellsCountFromZero();
    void actionsWithoutKeysHaveNone();
    void keysRestWhileTyping();
    void paletteRunsWhatItFinds();
    void historyAndModes();
    void regionsByKey();
    void narrowWindowFloats();
    void dropOpens();
    void sessionComesBack();
    void aFileWithoutFindingsComesBack();
    void everythingHasAName();
    void secretsStayHidden();
    void tourEndsForGood();

private:
    QTemporaryDir m_folder;
};

void ShellTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

void ShellTest::sampleByClick()
{
    Workbench bench(m_folder.filePath(QStringLiteral("sample")));
    QPushButton* sampleButton = button(bench.window, QStringLiteral("Try the sample"));
    QVERIFY(sampleButton);
    QTest::mouseClick(sampleButton, Qt::LeftButton);
    QVERIFY(bench.waitForScan());
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
    QVERIFY(bench.session.review().total() >= 12);
    for (const std::uint64_t count : bench.session.coverage().bySeverity) {
        QVERIFY(count > 0);
    }
    QVERIFY(bench.session.review().current());
    QCOMPARE(bench.session.recents().list().size(), std::size_t(1));
    QVERIFY(bench.session.recents().list().front().scanned);
}

void ShellTest::walksFindingsByKey()
{
    Workbench bench(m_folder.filePath(QStringLiteral("walk")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    widgets::ReviewState& review = bench.session.review();
    const auto first = review.visible().front();
    QCOMPARE(*review.current(), first);
    press(bench.window, Qt::Key_N);
    QCOMPARE(*review.current(), review.visible()[1]);
    press(bench.window, Qt::Key_F8);
    QCOMPARE(*review.current(), review.visible()[2]);
    press(bench.window, Qt::Key_F8, Qt::ShiftModifier);
    press(bench.window, Qt::Key_P);
    press(bench.window, Qt::Key_P); // wraps
    QCOMPARE(*review.current(), review.visible().back());
}

// With the focus outside of the canvas the key reaches it as an action: that must not press the key once more.
void ShellTest::foldsByKeyFromAnywhere()
{
    Workbench bench(m_folder.filePath(QStringLiteral("fold")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto* cells = bench.window.findChild<widgets::NotebookCanvas*>();
    QPushButton* elsewhere = nullptr; // of the inspector, which fills itself in a turn of its own
    QTRY_VERIFY((elsewhere = button(bench.window, QStringLiteral("Copy"))));
    QVERIFY(cells);
    elsewhere->setFocus();
    QVERIFY(!cells->hasFocus());
    const auto& items = cells->document()->items();
    const auto* facts = cells->document()->notebook();
    QVERIFY(facts);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const int cell = items[i].cell;
        if (cell >= 0 && !facts->cells[static_cast<std::size_t>(cell)].outputs.empty()) {
            cells->setCurrentItem(static_cast<int>(i));
            break;
        }
    }
    const int item = cells->currentItem();
    const double open = cells->itemRect(item).height();
    press(bench.window, Qt::Key_O);
    QVERIFY(cells->itemRect(item).height() < open);
    press(bench.window, Qt::Key_O);
    QCOMPARE(cells->itemRect(item).height(), open);
}

// As in every output of the program: the list, the palette, links and names for screen readers agree.
void ShellTest::cellsCountFromZero()
{
    Workbench bench(m_folder.filePath(QStringLiteral("cells")));
    const QString notebook = sample() + QStringLiteral("/notebooks/01-explore-churn.ipynb");
    bench.window.open({parseTarget(notebook + QStringLiteral(":2"), {})});
    QVERIFY(bench.waitForScan());
    auto* cells = bench.window.findChild<widgets::NotebookCanvas*>();
    QVERIFY(cells && cells->document());
    const int item = cells->currentItem();
    QCOMPARE(cells->document()->items()[static_cast<std::size_t>(item)].cell, 2);
    QCOMPARE(cells->cell(item).name, QStringLiteral("Code cell 2"));
}

void ShellTest::actionsWithoutKeysHaveNone()
{
    Workbench bench(m_folder.filePath(QStringLiteral("keys")));
    QVERIFY(bench.window.actions().keysOf(u"file.sample").isEmpty());
    QCOMPARE(bench.window.actions().keysOf(u"finding.next").size(), 2);
}

void ShellTest::keysRestWhileTyping()
{
    Workbench bench(m_folder.filePath(QStringLiteral("typing")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    const auto before = *bench.session.review().current();
    press(bench.window, Qt::Key_Slash);
    auto* field = qobject_cast<QLineEdit*>(bench.window.focusWidget());
    QVERIFY(field);
    // C copies and P goes back elsewhere; every rule has these letters, so the filter itself moves nothing either.
    QTest::keyClicks(field, QStringLiteral("cup-"));
    QCOMPARE(field->text(), QStringLiteral("cup-"));
    QCOMPARE(bench.session.review().query(), QStringLiteral("cup-"));
    QCOMPARE(*bench.session.review().current(), before);
    bench.window.actions().at(u"edit.clearFilter")->trigger();
    QVERIFY(bench.session.review().query().isEmpty());
}

void ShellTest::paletteRunsWhatItFinds()
{
    Workbench bench(m_folder.filePath(QStringLiteral("palette")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    const QWidget* before = bench.window.focusWidget();
    press(bench.window, Qt::Key_K, Qt::ControlModifier);
    Palette& palette = bench.window.palettePanel();
    QVERIFY(palette.isOpen());
    // A view behind it that asks for the keyboard late does not get it.
    const QWidget* input = bench.window.focusWidget();
    QVERIFY(palette.isAncestorOf(input));
    bench.window.findChild<widgets::NotebookCanvas*>()->setFocus();
    QTRY_COMPARE(bench.window.focusWidget(), input);
    std::size_t actions = 0;
    for (const PaletteEntry& entry : palette.index().entries()) {
        actions += entry.kind == PaletteKind::Action ? 1 : 0;
    }
    std::size_t enabled = 0;
    for (const QAction* action : bench.window.actions().all()) {
        enabled += action->isEnabled() ? 1 : 0;
    }
    QCOMPARE(actions, enabled); // every action there is
    press(bench.window, Qt::Key_Escape);
    QVERIFY(!palette.isOpen());
    QCOMPARE(bench.window.focusWidget(), before);
    press(bench.window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(bench.window.focusWidget(), QStringLiteral(">settings"));
    press(bench.window, Qt::Key_Return);
    QCOMPARE(bench.window.mode(), QStringLiteral("settings"));
}

void ShellTest::historyAndModes()
{
    Workbench bench(m_folder.filePath(QStringLiteral("history")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    press(bench.window, Qt::Key_7, Qt::ControlModifier);
    QCOMPARE(bench.window.mode(), QStringLiteral("report"));
    press(bench.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
    press(bench.window, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(bench.window.mode(), QStringLiteral("report"));
    QTest::mouseClick(bench.window.findChild<RailButton*>(QStringLiteral("home")), Qt::LeftButton);
    QCOMPARE(bench.window.mode(), QStringLiteral("home"));
}

void ShellTest::regionsByKey()
{
    Workbench bench(m_folder.filePath(QStringLiteral("regions")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QSet<QWidget*> seen;
    for (int i = 0; i < 6; ++i) {
        press(bench.window, Qt::Key_F6);
        seen += bench.window.focusWidget();
    }
    QCOMPARE(seen.size(), 6); // rail, list, canvas, inspector, status bar, top bar
    press(bench.window, Qt::Key_J, Qt::ControlModifier);
    QVERIFY(bench.window.actions().at(u"view.drawer")->isChecked());
}

void ShellTest::narrowWindowFloats()
{
    Workbench bench(m_folder.filePath(QStringLiteral("narrow")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QAction* inspector = bench.window.actions().at(u"view.inspector");
    QVERIFY(inspector->isChecked());
    bench.window.resize(1000, 700);
    QTRY_VERIFY(!inspector->isChecked()); // floats, closed
    press(bench.window, Qt::Key_I, Qt::ControlModifier);
    QVERIFY(inspector->isChecked());
    press(bench.window, Qt::Key_Escape);
    bench.window.resize(1440, 900);
    QTRY_VERIFY(inspector->isChecked()); // stands where it stood
}

void ShellTest::dropOpens()
{
    Workbench bench(m_folder.filePath(QStringLiteral("drop")));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(sample())});
    QWidget* somewhere = bench.window.findChild<RailButton*>(QStringLiteral("home"));
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(somewhere, &enter);
    QVERIFY(enter.isAccepted());
    auto* overlay = bench.window.findChild<DropOverlay*>();
    QVERIFY(overlay->isVisible());
    QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    static_cast<QObject*>(overlay)->event(&drop); // QApplication delivers drops of a running drag only
    QVERIFY(!overlay->isVisible());
    QVERIFY(bench.waitForScan());
    QCOMPARE(bench.session.roots(), QStringList{sample()});
    QVERIFY(DropOverlay::describe({QStringLiteral("/a/b.ipynb")}, true).contains(QStringLiteral("b.ipynb")));
    QVERIFY(DropOverlay::describe({}, false).isEmpty());
}

void ShellTest::sessionComesBack()
{
    const QString folder = m_folder.filePath(QStringLiteral("back"));
    std::string fingerprint;
    {
        Workbench bench(folder);
        bench.window.open({OpenTarget{sample(), {}, {}, {}}});
        QVERIFY(bench.waitForScan());
        bench.session.review().setQuery(QStringLiteral("sev>=high"));
        press(bench.window, Qt::Key_F8);
        press(bench.window, Qt::Key_F8);
        fingerprint = bench.session.review().finding(*bench.session.review().current())->fingerprint;
        bench.window.close();
    }
    Workbench bench(folder);
    bench.window.restoreReview();
    QVERIFY(bench.waitForScan());
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
    QCOMPARE(bench.session.review().query(), QStringLiteral("sev>=high"));
    QVERIFY(bench.session.review().current());
    QCOMPARE(bench.session.review().finding(*bench.session.review().current())->fingerprint, fingerprint);
    press(bench.window, Qt::Key_F5); // a re-scan keeps the place
    QVERIFY(bench.waitForScan());
    QCOMPARE(bench.session.review().finding(*bench.session.review().current())->fingerprint, fingerprint);
}

// A file without findings is shown: neither a restart nor another scan jumps to the first finding of another file.
void ShellTest::aFileWithoutFindingsComesBack()
{
    const QString folder = m_folder.filePath(QStringLiteral("bare"));
    const std::string quiet = (sample() + QStringLiteral("/README.md")).toStdString();
    {
        Workbench bench(folder);
        bench.window.open({OpenTarget{sample(), {}, {}, {}}});
        QVERIFY(bench.waitForScan());
        bench.session.review().showArtifact(quiet);
        QVERIFY(!bench.session.review().current());
        bench.window.close();
    }
    Workbench bench(folder);
    bench.window.restoreReview();
    QVERIFY(bench.waitForScan());
    QCOMPARE(bench.session.review().currentArtifact(), quiet);
    QVERIFY(!bench.session.review().current());
    press(bench.window, Qt::Key_F5);
    QVERIFY(bench.waitForScan());
    QCOMPARE(bench.session.review().currentArtifact(), quiet);
    QVERIFY(!bench.session.review().current());
}

void ShellTest::everythingHasAName()
{
    Workbench bench(m_folder.filePath(QStringLiteral("names")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    bench.window.actions().at(u"view.drawer")->trigger();
    for (const ViewEntry& entry : viewTable()) {
        bench.window.showMode(QString::fromUtf8(entry.id));
        QTest::qWait(20);
        const QStringList missing = unnamed(bench.window);
        QVERIFY2(missing.isEmpty(),
            qPrintable(QString::fromUtf8(entry.id) + QStringLiteral(": ") + missing.join(QStringLiteral("; "))));
    }
    for (const char16_t* id : {u"help.keys", u"help.about", u"help.shield", u"go.palette"}) {
        bench.window.actions().at(id)->trigger();
        const QStringList missing = unnamed(bench.window);
        QVERIFY2(missing.isEmpty(),
            qPrintable(QString::fromUtf16(id) + QStringLiteral(": ") + missing.join(QStringLiteral("; "))));
        press(bench.window, Qt::Key_Escape);
    }
}

void ShellTest::secretsStayHidden()
{
    Workbench bench(m_folder.filePath(QStringLiteral("secrets")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QStringList secrets;
    for (const auto& [path, analysis] : bench.session.review().workspace().analyses) {
        for (const ByteRange& range : analysis->sensitive) {
            const ByteView bytes = slice(analysis->artifact.view(), range);
            if (bytes.size() >= 16) {
                secrets += QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
            }
        }
    }
    QVERIFY(secrets.size() > 5);
    QString sinks;
    for (std::size_t i = 0; i < bench.session.review().visible().size(); ++i) {
        bench.window.actions().at(u"edit.copyMarkdown")->trigger();
        sinks += QGuiApplication::clipboard()->text();
        walk(QAccessible::queryAccessibleInterface(&bench.window), [&sinks](QAccessibleInterface* one) {
            sinks += one->text(QAccessible::Name) + one->text(QAccessible::Value) + one->text(QAccessible::Description)
                + u'\n';
        });
        press(bench.window, Qt::Key_F8);
    }
    bench.window.actions().at(u"go.palette")->trigger();
    for (const PaletteEntry& entry : bench.window.palettePanel().index().entries()) {
        sinks += entry.title + entry.note + u'\n';
    }
    bench.window.actions().at(u"help.diagnostics")->trigger();
    const QString diagnostics = QGuiApplication::clipboard()->text();
    QVERIFY(diagnostics.contains(QStringLiteral("findings:")));
    QVERIFY(!diagnostics.contains(m_folder.path()) && !diagnostics.contains(sample()));
    sinks += diagnostics;
    bench.session.saveNow(true);
    for (const QString& path : {bench.paths.logFile(), bench.paths.sessionFile(), bench.paths.recentsFile()}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        sinks += QString::fromUtf8(file.readAll());
    }
    for (const QString& secret : secrets) {
        QVERIFY2(!sinks.contains(secret), "a secret got out in clear");
    }
}

void ShellTest::tourEndsForGood()
{
    const QString folder = m_folder.filePath(QStringLiteral("tour"));
    {
        Workbench bench(folder);
        bench.session.state().tourSeen = false; // as on the first day
        bench.window.openSample();
        QVERIFY(bench.waitForScan());
        auto* tour = bench.window.findChild<Tour*>();
        QTRY_VERIFY(tour->isRunning());
        int steps = 0;
        while (tour->isRunning() && steps < 10) {
            QPushButton* next = button(bench.window, QStringLiteral("Next"));
            next = next ? next : button(bench.window, QStringLiteral("Done"));
            QVERIFY(next);
            QTest::mouseClick(next, Qt::LeftButton);
            ++steps;
        }
        QVERIFY(steps <= 5);
        bench.window.close();
    }
    Saver saver;
    const Paths paths = portablePaths(folder);
    Settings settings(paths.settingsFile(), saver);
    Session session(settings, saver, paths);
    QVERIFY(session.state().tourSeen);
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    cupel::widgets::installStyle(application);
    ShellTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_shell.moc"
