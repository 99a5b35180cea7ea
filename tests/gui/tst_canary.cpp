// SPDX-License-Identifier: GPL-3.0-or-later
// No secret that was found comes out in clear: not on any way out of the window, not in any file, not in any output of
// the command line. One long walk through the program, then a look into everything it left behind.
#include "tests/gui/canary_project.h"
#include "tests/gui/shell_bench.h"
#include "tests/gui/text_sinks.h"

#include "app/shell/actions.h"
#include "app/shell/drawer.h"
#include "app/shell/export_runner.h"
#include "app/shell/palette.h"
#include "widgets/common/style.h"
#include "widgets/editor/source_view.h"
#include "widgets/notebook/notebook_canvas.h"

#include <QtCore/QDirIterator>
#include <QtCore/QMimeData>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLineEdit>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::test;

namespace {

QString root; // of the sandbox: home, XDG folders, temporary files, project, exports

QString inside(const char* name)
{
    return root + u'/' + QString::fromUtf8(name);
}

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Latin-1 keeps every byte apart; the canaries are ASCII.
QString textOf(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes) + u'\n' + QString::fromLatin1(QByteArray(bytes).replace('\0', ""));
}

QByteArray outputOf(const QString& program, const QStringList& arguments, bool* started = nullptr)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(root);
    process.start(program, arguments);
    const bool ran = process.waitForStarted() && process.waitForFinished(120'000);
    if (started) {
        *started = ran;
    }
    return process.readAll();
}

} // namespace

class CanaryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyCanaryIsFound();
    void window();
    void exports_data();
    void exports();
    void commandLine_data();
    void commandLine();
    void filesLeftBehind();

private:
    void look(const QString& where, bool widgets = true);
    void check(const QString& where, const QString& text);
    void clipboard(const QString& where);
    void walkFindings(Workbench& bench);
    void walkCells(Workbench& bench);
    void unfold(widgets::NotebookCanvas& canvas, int item);
    void hold(Workbench& bench, widgets::NotebookCanvas& canvas);
    void palette(Workbench& bench);

    CanaryProject m_project = canaryProject();
    CanaryWatch m_watch{m_project.canaries};
    TextSink m_sink;
    QStringList m_leaks;
    int m_held = 0;
    int m_painted = 0; // of those, in clear
};

void CanaryTest::check(const QString& where, const QString& text)
{
    for (const QString& place : m_watch.seenIn(text)) {
        if (const QString leak = where + QStringLiteral(": ") + place; !m_leaks.contains(leak)) {
            m_leaks += leak;
        }
    }
}

void CanaryTest::look(const QString& where, bool widgets)
{
    for (QWidget* window : QApplication::topLevelWidgets()) {
        readAccessible(QAccessible::queryAccessibleInterface(window), m_sink);
    }
    check(where + QStringLiteral(", accessible tree"), m_sink.take());
    if (widgets) {
        readWidgets(m_sink);
        check(where + QStringLiteral(", widgets"), m_sink.take());
    }
}

void CanaryTest::clipboard(const QString& where)
{
    for (const auto mode : {QClipboard::Clipboard, QClipboard::Selection}) {
        const QMimeData* data = QGuiApplication::clipboard()->mimeData(mode);
        for (const QString& format : data ? data->formats() : QStringList()) {
            m_sink.add(textOf(data->data(format)));
        }
    }
    check(where, m_sink.take());
}

void CanaryTest::initTestCase()
{
    m_project.write(inside("project"));
    QVERIFY(QDir().mkpath(inside("exports")));
    QVERIFY(m_project.canaries.size() >= 25);
    // The watch itself: it sees values, pieces, base64 and broken lines.
    for (const Canary& canary : m_project.canaries) {
        const QString value = QString::fromStdString(canary.value);
        const QStringList place{QString::fromStdString(canary.place)};
        QCOMPARE(m_watch.seenIn(QStringLiteral("a ") + value + QStringLiteral(" b")), place);
        QCOMPARE(m_watch.seenIn(value.left(15) + u'\n' + value.mid(15)), place);
        QCOMPARE(m_watch.seenIn(QString::fromLatin1(("to " + value.toLatin1()).toBase64())), place);
        QVERIFY(m_watch.seenIn(value.left(4)).isEmpty());
    }
}

// Nothing can be hidden that was not found: each one, wherever it stands, is masked.
void CanaryTest::everyCanaryIsFound()
{
    ScanOptions options;
    options.keepBytes = true;
    const Workspace workspace = engine::scanAll({inside("project").toStdString()}, options);
    QStringList missed;
    for (const Canary& canary : m_project.canaries) {
        const auto found = workspace.analyses.find(inside("project").toStdString() + '/' + canary.file);
        QVERIFY2(found != workspace.analyses.end(), canary.file.c_str());
        const std::string_view bytes = found->second->artifact.view();
        for (const std::string& part : canary.spelled) {
            std::size_t times = 0;
            for (auto at = bytes.find(part); at != std::string_view::npos; at = bytes.find(part, at + 1)) {
                ++times;
                const auto& ranges = found->second->sensitive;
                if (!std::any_of(ranges.begin(), ranges.end(),
                        [&](const ByteRange& range) { return range.start <= at && at + part.size() <= range.end; })) {
                    missed += QString::fromStdString(canary.place) + QStringLiteral(" (time %1)").arg(times);
                }
            }
            QVERIFY2(times > 0, canary.place.c_str());
        }
    }
    QVERIFY2(missed.isEmpty(), qPrintable(QStringLiteral("not masked: ") + missed.join(QStringLiteral("; "))));
}

void CanaryTest::walkFindings(Workbench& bench)
{
    const auto refs = bench.session.review().visible();
    QVERIFY(refs.size() + 4 >= m_project.canaries.size());
    for (const widgets::FindingRef& ref : refs) {
        bench.session.review().setCurrent(ref);
        QCoreApplication::processEvents();
        bench.window.actions().at(u"edit.copyMarkdown")->trigger();
        clipboard(QStringLiteral("finding copied"));
        bench.window.actions().at(u"edit.copyLink")->trigger();
        clipboard(QStringLiteral("link copied"));
        bench.window.actions().at(u"finding.explain")->trigger();
        QTest::qWait(1);
        look(QStringLiteral("finding"));
        auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
        hold(bench, *canvas);
    }
    QVERIFY2(
        m_held > 10 && m_painted > 10, qPrintable(QStringLiteral("%1 held, %2 painted").arg(m_held).arg(m_painted)));
}

// R held: the picture may show it, everything else reads as before.
void CanaryTest::hold(Workbench& bench, widgets::NotebookCanvas& canvas)
{
    canvas.setFocus();
    // The page goes to the finding in turns of its own: until it is still.
    QImage before = canvas.viewport()->grab().toImage();
    for (int i = 0, same = 0; i < 100 && same < 4; ++i) {
        QTest::qWait(20);
        const QImage now = canvas.viewport()->grab().toImage();
        same = now == std::exchange(before, now) ? same + 1 : 0;
    }
    QTest::keyPress(&canvas, Qt::Key_R);
    if (!canvas.isRevealing()) {
        QTest::keyRelease(&canvas, Qt::Key_R);
        return;
    }
    ++m_held;
    m_painted += canvas.viewport()->grab().toImage() != before ? 1 : 0;
    look(QStringLiteral("R held"), m_held < 5);
    canvas.copySelection();
    bench.window.actions().at(u"edit.copyMarkdown")->trigger();
    clipboard(QStringLiteral("copied while R was held"));
    QTest::keyRelease(&canvas, Qt::Key_R);
    QTRY_VERIFY(!canvas.isRevealing());
    if (canvas.viewport()->grab().toImage() != before) {
        QTest::qWait(500); // cells are laid out again in turns
        const QImage after = canvas.viewport()->grab().toImage();
        if (after != before && qEnvironmentVariableIsSet("CUPEL_SHOTS")) {
            before.save(qEnvironmentVariable("CUPEL_SHOTS") + QStringLiteral("/r-before.png"));
            after.save(qEnvironmentVariable("CUPEL_SHOTS") + QStringLiteral("/r-after.png"));
        }
        QVERIFY(after == before);
    }
    look(QStringLiteral("after R"), false);
}

// Whatever a click can open: folded parts, sources of outputs, outputs themselves.
void CanaryTest::unfold(widgets::NotebookCanvas& canvas, int item)
{
    using Kind = widgets::Action::Kind;
    for (const Kind kind : {Kind::Expand, Kind::ShowSource, Kind::Expand, Kind::ShowRendered}) {
        std::vector<widgets::Action> actions;
        for (const auto& placed : canvas.cell(item).blocks()) {
            for (const auto& hot : placed.block->hots()) {
                if (hot.action.kind == kind) {
                    actions.push_back(hot.action);
                }
            }
        }
        for (const auto& action : actions) {
            canvas.perform(action, item);
        }
        canvas.setCurrentItem(item);
        canvas.setFocus();
        QTest::keyClick(&canvas, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&canvas, Qt::Key_C, Qt::ControlModifier);
        clipboard(QStringLiteral("cell copied"));
        for (const auto& placed : canvas.cell(item).blocks()) {
            m_sink.add(placed.block->text());
            m_sink.add(placed.block->spoken());
            for (const auto& hot : placed.block->hots()) {
                m_sink.add(hot.name);
            }
        }
        check(QStringLiteral("blocks of a cell"), m_sink.take());
    }
}

void CanaryTest::walkCells(Workbench& bench)
{
    auto& review = bench.session.review();
    for (const auto& [path, analysis] : review.workspace().analyses) {
        review.setCurrentArtifact(path);
        QTest::qWait(20);
        auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
        QVERIFY(canvas);
        for (const auto policy :
            {widgets::OutputPolicy::FoldLong, widgets::OutputPolicy::Hide, widgets::OutputPolicy::ShowAll}) {
            canvas->setOutputPolicy(policy);
            for (int item = 0; item < canvas->itemCount(); ++item) {
                unfold(*canvas, item);
            }
            look(QStringLiteral("cells"), false);
        }
        for (int item = 0; item < canvas->itemCount(); ++item) {
            canvas->editItem(item);
            if (auto* editor = canvas->editor(); editor && editor->isVisible()) {
                QTest::keyClick(editor->focusWidget(), Qt::Key_A, Qt::ControlModifier);
                QTest::keyClick(editor->focusWidget(), Qt::Key_C, Qt::ControlModifier);
                clipboard(QStringLiteral("editor copied"));
                check(QStringLiteral("editor"), editor->source());
            }
        }
        look(QStringLiteral("editor"));
    }
}

void CanaryTest::palette(Workbench& bench)
{
    for (const char* text : {"", "churn", "token", "ghp", "#", "@", ">", "password", "train"}) {
        bench.window.actions().at(u"go.palette")->trigger();
        Palette& panel = bench.window.palettePanel();
        QVERIFY(panel.isOpen());
        QTest::keyClicks(bench.window.focusWidget(), QString::fromUtf8(text));
        QTest::qWait(20);
        look(QStringLiteral("palette"));
        for (const PaletteEntry& entry : panel.index().entries()) {
            m_sink.add(entry.title + u'\n' + entry.note + u'\n' + entry.target);
        }
        check(QStringLiteral("palette"), m_sink.take());
        panel.close();
    }
}

void CanaryTest::window()
{
    m_leaks.clear();
    {
        Workbench bench(inside("data"));
        bench.window.open({OpenTarget{inside("project"), {}, {}, {}}});
        QVERIFY(bench.waitForScan());
        bench.window.actions().at(u"view.drawer")->trigger();
        for (const ViewEntry& entry : viewTable()) {
            bench.window.showMode(QString::fromUtf8(entry.id));
            QTest::qWait(150);
            look(QString::fromUtf8(entry.id));
        }
        bench.window.showMode(QStringLiteral("review"));
        for (const auto grouping : {widgets::Grouping::File, widgets::Grouping::Rule, widgets::Grouping::Cell,
                 widgets::Grouping::None, widgets::Grouping::Severity}) {
            bench.session.review().setGrouping(grouping);
            QTest::qWait(5);
            look(QStringLiteral("list"));
        }
        walkFindings(bench);
        walkCells(bench);
        palette(bench);
        for (const auto page : {Drawer::Page::Jobs, Drawer::Page::Log, Drawer::Page::NotChecked}) {
            bench.window.findChild<Drawer*>()->show(page);
            look(QStringLiteral("drawer"));
        }
        bench.window.actions().at(u"help.diagnostics")->trigger();
        clipboard(QStringLiteral("diagnostics"));
        QVERIFY(m_sink.count() > 500); // it did look at something
        bench.window.close();
        bench.session.saveNow(true);
    }
    QVERIFY2(m_leaks.isEmpty(), qPrintable(m_leaks.join(u'\n')));
}

void CanaryTest::exports_data()
{
    QTest::addColumn<QString>("suffix");
    for (const char* suffix : {"pdf", "html", "md", "sarif", "json"}) {
        QTest::newRow(suffix) << QString::fromUtf8(suffix);
    }
}

void CanaryTest::exports()
{
    QFETCH(QString, suffix);
    m_leaks.clear();
    Workbench bench(inside("data"));
    bench.window.open({OpenTarget{inside("project"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    bench.window.showMode(QStringLiteral("report"));
    QTest::qWait(100);
    bench.window.actions().at(u"file.export")->trigger();
    auto* dialog = bench.window.findChild<QFileDialog*>();
    QVERIFY(dialog);
    const QString path = inside("exports/report.") + suffix;
    dialog->selectFile(path);
    look(QStringLiteral("dialog"));
    QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    auto* runner = bench.window.findChild<ExportRunner*>();
    QVERIFY(runner);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path) && !runner->busy(), 60'000);
    QTest::qWait(50);
    look(QStringLiteral("exported"));
    const QByteArray bytes = readAll(path);
    QVERIFY(bytes.size() > 1'000);
    check(suffix, textOf(bytes));
    if (suffix == u"pdf") {
        const bool tools = !QStandardPaths::findExecutable(QStringLiteral("qpdf")).isEmpty()
            && !QStandardPaths::findExecutable(QStringLiteral("pdftotext")).isEmpty();
        if (tools) {
            const auto streams = outputOf(QStringLiteral("qpdf"), {QStringLiteral("--qdf"), path, QStringLiteral("-")});
            QVERIFY(streams.contains("endstream") && streams.size() > bytes.size());
            check(QStringLiteral("streams of the PDF"), textOf(streams));
            const auto text = outputOf(QStringLiteral("pdftotext"), {path, QStringLiteral("-")});
            QVERIFY(text.contains("churn.ipynb"));
            check(QStringLiteral("text of the PDF"), QString::fromUtf8(text));
        } else {
            qWarning("qpdf or pdftotext is missing: only the compressed PDF was looked at");
        }
    }
    QVERIFY2(m_leaks.isEmpty(), qPrintable(m_leaks.join(u'\n')));
}

void CanaryTest::commandLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char* format : {"text", "json", "jsonl", "sarif", "html", "md"}) {
        QTest::newRow(format) << QStringList{QStringLiteral("scan"), QStringLiteral("-v"), QStringLiteral("-f"),
            QString::fromUtf8(format), QStringLiteral("project")};
    }
    QTest::newRow("progress") << QStringList{
        QStringLiteral("scan"), QStringLiteral("--progress"), QStringLiteral("json"), QStringLiteral("project")};
    for (const char* file :
        {"churn.ipynb", "train.py", ".env", "wide.py", "cut.ipynb", "pack.zip", "weights.pkl", "weights.safetensors"}) {
        const QString path = QStringLiteral("project/") + QString::fromUtf8(file);
        QTest::newRow(file) << QStringList{QStringLiteral("inspect"), path};
        QTest::addRow("%s as JSON", file)
            << QStringList{QStringLiteral("inspect"), QStringLiteral("-f"), QStringLiteral("json"), path};
    }
}

void CanaryTest::commandLine()
{
    QFETCH(QStringList, arguments);
    m_leaks.clear();
    bool started = false;
    const QByteArray output = outputOf(QStringLiteral(CUPEL_BINARY_DIR "/bin/cupel"), arguments, &started);
    QVERIFY(started);
    QVERIFY2(output.size() > 40 && !output.startsWith("cupel: "), output.left(200).constData());
    check(QStringLiteral("cupel ") + arguments.join(u' '), textOf(output));
    QVERIFY2(m_leaks.isEmpty(), qPrintable(m_leaks.join(u'\n')));
}

// Settings, session, recents, log, temporary files, whatever anything wrote anywhere.
void CanaryTest::filesLeftBehind()
{
    m_leaks.clear();
    QStringList names;
    QDirIterator files(root, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (!path.startsWith(inside("project/"))) {
            names += path.mid(root.size());
            check(names.back(), path + u'\n' + textOf(readAll(path)));
        }
    }
    for (const char* expected : {"/data/state/cupel.log", "/data/state/session.json", "/data/state/recents.json"}) {
        QVERIFY2(names.contains(QString::fromUtf8(expected)), qPrintable(names.join(u' ')));
    }
    QVERIFY2(m_leaks.isEmpty(), qPrintable(m_leaks.join(u'\n')));
}

int main(int argc, char** argv)
{
    const QTemporaryDir sandbox;
    root = sandbox.path();
    for (const auto& [variable, folder] : {std::pair{"HOME", "home"}, {"XDG_CONFIG_HOME", "home/config"},
             {"XDG_STATE_HOME", "home/state"}, {"XDG_CACHE_HOME", "home/cache"}, {"XDG_DATA_HOME", "home/data"},
             {"XDG_RUNTIME_DIR", "home/run"}, {"TMPDIR", "tmp"}}) {
        QDir().mkpath(inside(folder));
        QFile::setPermissions(inside(folder), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv(variable, inside(folder).toUtf8());
    }
    QApplication application(argc, argv);
    cupel::widgets::installStyle(application);
    CanaryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_canary.moc"
