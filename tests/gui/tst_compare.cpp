// SPDX-License-Identifier: GPL-3.0-or-later
// Compare mode with real keys and clicks: an earlier file, an earlier revision of git whose repository is hostile,
// lines and cells side by side, errors and cancel; and sharing profiles of the user's own.
#include "shell_bench.h"

#include "app/session/comparing.h"
#include "app/session/fixing.h"
#include "app/shell/actions.h"
#include "app/shell/mode_page.h"
#include "widgets/fixes/compare_model.h"
#include "widgets/fixes/compare_panel.h"
#include "widgets/fixes/compare_view.h"
#include "widgets/fixes/fix_panel.h"

#include <QtCore/QBuffer>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtGui/QImage>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>

using namespace cupel;
using namespace cupel::app;
using cupel::test::Workbench;
using Kind = cupel::review::FindingChange::Kind;

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

QByteArray cell(const QByteArray& id, const QByteArray& source)
{
    return "{\"cell_type\":\"code\",\"execution_count\":1,\"id\":\"" + id
        + "\",\"metadata\":{},\"outputs\":[],\"source\":[" + source + "]}";
}

QByteArray notebook(const QByteArray& cells)
{
    return "{\"cells\":[" + cells + "],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}\n";
}

const QByteArray loads = "\"import pickle\\n\",\"model = pickle.load(open('m.pkl', 'rb'))\\n\",\"print(model)\"";
const QByteArray evaluates = "\"value = eval(input())\"";
const QByteArray plain = "\"a = 1\\n\",\"b = 2\\n\",\"c = a + b\"";
const QByteArray plainLater = "\"a = 1\\n\",\"b = 3\\n\",\"c = a + b\"";

QByteArray older()
{
    return notebook(cell("c1", plain) + ',' + cell("c2", loads));
}
QByteArray newer()
{
    return notebook(cell("c1", plainLater) + ',' + cell("c3", evaluates));
}

bool git(const QString& folder, const QStringList& words)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral("git"),
        QStringList{QStringLiteral("-c"), QStringLiteral("user.name=t"), QStringLiteral("-c"),
            QStringLiteral("user.email=t@example.org")}
            + words);
    return process.waitForFinished(20'000) && process.exitCode() == 0;
}

} // namespace

class CompareTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void anEarlierFile();
    void anEarlierRevision();
    void aRevisionOfAFolder();
    void nothingOfTheRepositoryIsRun();
    void whatCannotBeReadIsSaid();
    void chooseOpensAChooser();
    void outputsAndPicturesAreToldAsPeopleSeeThem();
    void foldedLinesOpenByKey();
    void itCanBeStopped();
    void everythingHasAName();
    void aProfileOfOnesOwn();

private:
    [[nodiscard]] bool open(Workbench& bench, const QString& path) const;
    static bool done(Workbench& bench);
    static QStringList rows(Workbench& bench);
    [[nodiscard]] QString at(const QString& name) const { return m_folder->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void CompareTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    write(at(QStringLiteral("old.ipynb")), older());
    write(at(QStringLiteral("new.ipynb")), newer());
}

bool CompareTest::open(Workbench& bench, const QString& path) const
{
    bench.window.open({OpenTarget{path, {}, {}, {}}});
    if (!bench.waitForScan()) {
        return false;
    }
    QTest::keyClick(&bench.window, Qt::Key_D, Qt::ControlModifier);
    return bench.window.mode() == u"compare";
}

bool CompareTest::done(Workbench& bench)
{
    auto& state = bench.session.comparing().state();
    return QTest::qWaitFor(
        [&] {
            return !state.working() && state.outcome()
                && (!state.outcome()->trouble.isEmpty() || !state.currentFile() || state.file());
        },
        30'000);
}

QStringList CompareTest::rows(Workbench& bench)
{
    QStringList out;
    auto* view = bench.window.findChild<widgets::CompareView*>();
    auto* list = view->findChild<QListView*>();
    for (int i = 0; i < list->model()->rowCount(); ++i) {
        out += list->model()->index(i, 0).data(Qt::AccessibleTextRole).toString();
    }
    return out;
}

void CompareTest::anEarlierFile()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(open(bench, at(QStringLiteral("new.ipynb"))));
    auto& state = bench.session.comparing().state();
    QVERIFY(!state.outcome());
    bench.session.comparing().compareWithPath(at(QStringLiteral("old.ipynb")));
    QVERIFY(done(bench));
    QVERIFY(state.outcome()->trouble.isEmpty());
    QVERIFY(state.count(Kind::Fresh) >= 1);
    QVERIFY(state.count(Kind::Gone) >= 1);

    const QStringList shown = rows(bench);
    const auto has = [&shown](const QString& words) {
        return std::any_of(shown.begin(), shown.end(), [&](const QString& row) { return row.contains(words); });
    };
    QVERIFY2(has(QStringLiteral("before: b = 2; after: b = 3")), qPrintable(shown.join(u'\n')));
    QVERIFY(has(QStringLiteral("Cell 1, removed")));
    QVERIFY(has(QStringLiteral("Cell 1, new")));
    QVERIFY(has(QStringLiteral("New: ")));
    QVERIFY(has(QStringLiteral("Fixed: ")));

    // N and P walk the findings that changed; the list follows.
    const auto first = state.current();
    QVERIFY(first.has_value());
    QTest::keyClick(&bench.window, Qt::Key_N);
    QVERIFY(state.current() != first || state.visible().size() == 1);
    QTest::keyClick(&bench.window, Qt::Key_P);
    QVERIFY(state.current() == first);
    auto* panel = bench.window.findChild<widgets::ComparePanel*>();
    auto* list = panel->findChild<QListView*>();
    QCOMPARE(list->model()->rowCount(), static_cast<int>(state.visible().size()));

    // The filter is the one of Review.
    auto* filter = panel->findChildren<QLineEdit*>().last();
    QTest::keyClicks(filter, QStringLiteral("text:nothing-has-this"));
    QVERIFY(state.visible().empty());
    filter->clear();
    QVERIFY(!state.visible().empty());
    QTest::keyClick(bench.window.findChild<widgets::CompareView*>(), Qt::Key_Escape);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
}

void CompareTest::anEarlierRevision()
{
    const QString folder = at(QStringLiteral("repo"));
    write(folder + QStringLiteral("/a.ipynb"), older());
    if (!git(folder, {QStringLiteral("init"), QStringLiteral("-q")})) {
        QSKIP("there is no git");
    }
    QVERIFY(git(folder, {QStringLiteral("add"), QStringLiteral(".")}));
    QVERIFY(git(folder, {QStringLiteral("commit"), QStringLiteral("-q"), QStringLiteral("-m"), QStringLiteral("x")}));
    write(folder + QStringLiteral("/a.ipynb"), newer());
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(open(bench, folder + QStringLiteral("/a.ipynb")));
    auto* panel = bench.window.findChild<widgets::ComparePanel*>();
    auto* revision = panel->findChildren<QLineEdit*>().first();
    QCOMPARE(revision->text(), QStringLiteral("HEAD"));
    QTest::keyClick(revision, Qt::Key_Return);
    QVERIFY(done(bench));
    auto& state = bench.session.comparing().state();
    QCOMPARE(state.outcome()->trouble, QString());
    QVERIFY(state.count(Kind::Fresh) >= 1 && state.count(Kind::Gone) >= 1);

    revision->setText(QStringLiteral("no-such-branch"));
    QTest::keyClick(revision, Qt::Key_Return);
    QVERIFY(done(bench));
    QVERIFY(state.outcome()->trouble.contains(QStringLiteral("no-such-branch")));
    // Neither an option nor a path.
    for (const char* odd : {"--help", "HEAD:a.ipynb"}) {
        revision->setText(QString::fromUtf8(odd));
        QTest::keyClick(revision, Qt::Key_Return);
        QVERIFY(done(bench));
        QVERIFY(!state.outcome()->trouble.isEmpty());
    }
}

void CompareTest::aRevisionOfAFolder()
{
    const QString folder = at(QStringLiteral("repo"));
    write(folder + QStringLiteral("/sub/a.ipynb"), older());
    write(folder + QStringLiteral("/sub/gone.py"), "eval(input())\n");
    write(folder + QStringLiteral("/outside.py"), "eval(input())\n");
    if (!git(folder, {QStringLiteral("init"), QStringLiteral("-q")})) {
        QSKIP("there is no git");
    }
    QVERIFY(git(folder, {QStringLiteral("add"), QStringLiteral(".")}));
    QVERIFY(git(folder, {QStringLiteral("commit"), QStringLiteral("-q"), QStringLiteral("-m"), QStringLiteral("x")}));
    write(folder + QStringLiteral("/sub/a.ipynb"), newer());
    QVERIFY(QFile::remove(folder + QStringLiteral("/sub/gone.py")));
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(open(bench, folder + QStringLiteral("/sub")));
    bench.session.comparing().compareWithRevision(QStringLiteral("HEAD"));
    QVERIFY(done(bench));
    auto& state = bench.session.comparing().state();
    QCOMPARE(state.outcome()->trouble, QString());
    QCOMPARE(state.outcome()->files.size(), std::size_t{2});
    QVERIFY(state.outcome()->files[0].before && state.outcome()->files[0].after);
    QVERIFY(state.outcome()->files[1].before && !state.outcome()->files[1].after);
    QVERIFY(state.outcome()->files[1].count(Kind::Gone) >= 1);
}

// A partial clone whose missing object would be fetched by a program that the repository names.
void CompareTest::nothingOfTheRepositoryIsRun()
{
    const QString folder = at(QStringLiteral("repo"));
    write(folder + QStringLiteral("/a.ipynb"), older());
    if (!git(folder, {QStringLiteral("init"), QStringLiteral("-q")})) {
        QSKIP("there is no git");
    }
    QVERIFY(git(folder, {QStringLiteral("add"), QStringLiteral(".")}));
    QVERIFY(git(folder, {QStringLiteral("commit"), QStringLiteral("-q"), QStringLiteral("-m"), QStringLiteral("x")}));
    QProcess hash;
    hash.setWorkingDirectory(folder);
    hash.start(QStringLiteral("git"), {QStringLiteral("rev-parse"), QStringLiteral("HEAD:a.ipynb")});
    QVERIFY(hash.waitForFinished());
    const QString object = QString::fromLatin1(hash.readAllStandardOutput().trimmed());
    QVERIFY(QFile::remove(folder + QStringLiteral("/.git/objects/") + object.left(2) + u'/' + object.mid(2)));
    const QString mark = at(QStringLiteral("was-run"));
    const auto set = [&](const QString& key, const QString& value) {
        return git(folder, {QStringLiteral("config"), key, value});
    };
    QVERIFY(set(QStringLiteral("core.repositoryformatversion"), QStringLiteral("1")));
    QVERIFY(set(QStringLiteral("extensions.partialClone"), QStringLiteral("origin")));
    QVERIFY(set(QStringLiteral("remote.origin.promisor"), QStringLiteral("true")));
    QVERIFY(set(QStringLiteral("remote.origin.url"), QStringLiteral("ext::sh -c touch%% \"") + mark + u'"'));
    QVERIFY(set(QStringLiteral("remote.origin.url"), QStringLiteral("ext::touch ") + mark));
    QVERIFY(set(QStringLiteral("protocol.ext.allow"), QStringLiteral("always")));
    QVERIFY(set(QStringLiteral("core.fsmonitor"), QStringLiteral("touch ") + mark));
    // The trap works when git is asked plainly.
    QProcess trap;
    trap.setWorkingDirectory(folder);
    trap.start(QStringLiteral("git"), {QStringLiteral("cat-file"), QStringLiteral("blob"), object});
    QVERIFY(trap.waitForFinished(20'000));
    const bool armed = QFile::exists(mark);
    QFile::remove(mark);
    qInfo("the trap %s", armed ? "is armed" : "does not work with this git");
    write(folder + QStringLiteral("/a.ipynb"), newer());
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(open(bench, folder));
    bench.session.comparing().compareWithRevision(QStringLiteral("HEAD"));
    QVERIFY(done(bench));
    QVERIFY(!QFile::exists(mark));
}

void CompareTest::whatCannotBeReadIsSaid()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(open(bench, at(QStringLiteral("new.ipynb"))));
    bench.session.comparing().compareWithPath(at(QStringLiteral("nowhere.ipynb")));
    QVERIFY(done(bench));
    QVERIFY(bench.session.comparing().state().outcome()->trouble.contains(QStringLiteral("nowhere.ipynb")));
    bench.session.comparing().compareWithRevision(QStringLiteral("HEAD")); // no repository
    QVERIFY(done(bench));
    QVERIFY(!bench.session.comparing().state().outcome()->trouble.isEmpty());
    // Another review: nothing is left of the old comparison.
    bench.window.open({OpenTarget{at(QStringLiteral("old.ipynb")), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QVERIFY(!bench.session.comparing().state().outcome());
    QCOMPARE(bench.session.comparing().state().subject(), QStringLiteral("old.ipynb"));
}

void CompareTest::chooseOpensAChooser()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(open(bench, at(QStringLiteral("new.ipynb"))));
    auto* view = bench.window.findChild<widgets::CompareView*>();
    const auto choose = [&] {
        QTest::qWait(50); // the page that has come is laid out
        for (auto* button : view->findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text().startsWith(u"Choose")) {
                QTest::mouseClick(button, Qt::LeftButton);
                break;
            }
        }
        auto* dialog = bench.window.findChild<QFileDialog*>();
        const bool there = dialog != nullptr;
        delete dialog;
        return there;
    };
    QVERIFY(choose());
    auto* revision = bench.window.findChild<widgets::ComparePanel*>()->findChild<QLineEdit*>();
    revision->setFocus();
    revision->selectAll();
    QTest::keyClicks(revision, QStringLiteral("some-branch"));
    QTest::keyClick(revision, Qt::Key_Return); // there is no repository
    QVERIFY(done(bench));
    const QString trouble = bench.session.comparing().state().outcome()->trouble;
    QVERIFY2(!trouble.isEmpty() && trouble.front().isUpper(), qPrintable(trouble));
    QVERIFY(choose());
    bench.window.open({OpenTarget{at(QStringLiteral("old.ipynb")), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QCOMPARE(revision->text(), QStringLiteral("HEAD")); // what was typed was about another file
}

// Each output for itself, with its own lines; a picture without its letters.
void CompareTest::outputsAndPicturesAreToldAsPeopleSeeThem()
{
    const auto png = [](bool author) {
        QImage image(8, 8, QImage::Format_RGB32);
        image.fill(Qt::darkGreen);
        if (author) {
            image.setText(QStringLiteral("Author"), QStringLiteral("Nora Field"));
        }
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        return bytes.toBase64();
    };
    const auto made = [&](const QByteArray& last, bool author) {
        return notebook(
            "{\"cell_type\":\"code\",\"execution_count\":1,\"id\":\"a\",\"metadata\":{},\"source\":[\"f()\"],"
            "\"outputs\":[{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":[\"one\\n\",\"two\\n\",\"three\\n\"]"
            "},"
            "{\"output_type\":\"stream\",\"name\":\"stderr\",\"text\":[\"four\\n\",\""
            + last + "\\n\"]},{\"output_type\":\"display_data\",\"metadata\":{},\"data\":{\"image/png\":\""
            + png(author)
            + "\"}}]},{\"cell_type\":\"markdown\",\"id\":\"b\",\"metadata\":{},\"source\":[\"<img "
              "src='data:image/png;base64,"
            + png(author) + "' alt='dots'/>\"]}");
    };
    write(at(QStringLiteral("old.ipynb")), made("five", true));
    write(at(QStringLiteral("new.ipynb")), made("six", false));
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(open(bench, at(QStringLiteral("new.ipynb"))));
    bench.session.comparing().compareWithPath(at(QStringLiteral("old.ipynb")));
    QVERIFY(done(bench));
    const QString shown = rows(bench).join(u'\n');
    QVERIFY2(shown.contains(QStringLiteral("Cell 0, output 1")), qPrintable(shown));
    QVERIFY2(!shown.contains(QStringLiteral("Cell 0, output 0")), qPrintable(shown)); // it is the same
    QVERIFY2(shown.contains(QStringLiteral("before: five; after: six")), qPrintable(shown));
    QCOMPARE(shown.count(QStringLiteral("with metadata, pixels equal")), 2);
    QCOMPARE(shown.count(QStringLiteral("metadata removed, pixels equal")), 2);
    QVERIFY2(!shown.contains(QStringLiteral("iVBOR")), qPrintable(shown));
    const auto& parts = bench.session.comparing().state().file()->parts;
    const auto part = std::find_if(parts.begin(), parts.end(), [](const auto& one) { return one.output == 1U; });
    QVERIFY(part != parts.end());
    QCOMPARE(part->rows.back().after.number, 2U); // as "output 1, line 2"
}

void CompareTest::foldedLinesOpenByKey()
{
    const QByteArray lines = QByteArray("\"x = 1\\n\",").repeated(30);
    for (const QByteArray number : {"1", "2"}) {
        const QByteArray source = "\"a = " + number + "\\n\"," + lines + "\"b = " + number + '"';
        write(at(number == "1" ? QStringLiteral("old.ipynb") : QStringLiteral("new.ipynb")),
            notebook(cell("c1", source)));
    }
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(open(bench, at(QStringLiteral("new.ipynb"))));
    bench.session.comparing().compareWithPath(at(QStringLiteral("old.ipynb")));
    QVERIFY(done(bench));
    auto* list = bench.window.findChild<widgets::CompareView*>()->findChild<QListView*>();
    const QStringList before = rows(bench);
    const auto fold = before.indexOf(QRegularExpression(QStringLiteral(".*unchanged line.*Enter.*")));
    QVERIFY2(fold > 0, qPrintable(before.join(u'\n')));
    const QModelIndex index = list->model()->index(static_cast<int>(fold), 0);
    list->setCurrentIndex(index);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(rows(bench).size(), before.size() + 27); // 28 lines in the place of one
    QVERIFY(rows(bench)[fold].contains(QStringLiteral("x = 1")));
}

void CompareTest::itCanBeStopped()
{
    const QString many = at(QStringLiteral("many"));
    for (int i = 0; i < 400; ++i) {
        write(many + QStringLiteral("/%1.ipynb").arg(i), newer());
    }
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(open(bench, at(QStringLiteral("new.ipynb"))));
    bench.session.comparing().compareWithPath(many);
    QVERIFY(bench.session.comparing().state().working());
    auto* panel = bench.window.findChild<widgets::ComparePanel*>();
    QPushButton* cancel = nullptr;
    for (auto* button : panel->findChildren<QPushButton*>()) {
        cancel = button->text() == u"Cancel" ? button : cancel;
    }
    QVERIFY(cancel && cancel->isVisible());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(QTest::qWaitFor([&] { return !bench.session.comparing().state().working(); }, 10'000));
    QVERIFY(!bench.session.comparing().state().outcome());
}

void CompareTest::everythingHasAName()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(open(bench, at(QStringLiteral("new.ipynb"))));
    bench.session.comparing().compareWithPath(at(QStringLiteral("old.ipynb")));
    QVERIFY(done(bench));
    auto* page = bench.window.findChild<ModePage*>(QStringLiteral("compare"));
    for (auto* widget : page->findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus) {
            auto* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }
}

void CompareTest::aProfileOfOnesOwn()
{
    const QString file = at(QStringLiteral("lab.json"));
    write(file,
        "{ \"name\": \"lab\", \"title\": \"The lab\", \"gates\": [\n"
        "  {\"id\": \"code\", \"title\": \"No code that runs files\", \"families\": [\"code\"],\n"
        "   \"atLeast\": \"hihg\"}\n] }\n");
    Workbench bench(at(QStringLiteral("data")));
    bench.window.open({OpenTarget{at(QStringLiteral("new.ipynb")), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::keyClick(&bench.window, Qt::Key_9, Qt::ControlModifier);
    auto& fixes = bench.session.fixing();
    auto& state = fixes.state();
    const auto builtIn = state.profiles().size();
    fixes.addProfile(file);
    QVERIFY(QTest::qWaitFor([&] { return !state.profileTroubles().empty(); }));
    QCOMPARE(state.profileTroubles().front().file, QStringLiteral("lab.json"));
    QVERIFY2(state.profileTroubles().front().why.startsWith(QStringLiteral("Line 3: ")),
        qPrintable(state.profileTroubles().front().why));
    QCOMPARE(state.profiles().size(), builtIn);

    // Mended, and read again with the button of the band.
    QFile text(file);
    QVERIFY(text.open(QIODevice::ReadOnly));
    QByteArray mended = text.readAll();
    text.close();
    mended.replace("hihg", "high");
    write(file, mended);
    auto* panel = bench.window.findChild<widgets::FixPanel*>();
    QPushButton* again = nullptr;
    for (auto* button : panel->findChildren<QPushButton*>()) {
        again = button->text() == u"Read again" ? button : again;
    }
    QVERIFY(again && again->isVisible());
    QTest::mouseClick(again, Qt::LeftButton);
    QVERIFY(QTest::qWaitFor([&] { return state.profiles().size() == builtIn + 1; }));
    QVERIFY(state.profileTroubles().empty());
    state.setProfile(builtIn);
    QVERIFY(QTest::qWaitFor([&] { return state.outcome() && !state.working(); }, 20'000));
    QCOMPARE(state.outcome()->verdictBefore.title, std::string("The lab"));
    QCOMPARE(state.outcome()->verdictBefore.gates.front().gate.title, std::string("No code that runs files"));

    for (auto* button : panel->findChildren<QPushButton*>()) {
        if (button->text() == u"Remove" && button->isVisible()) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QVERIFY(QTest::qWaitFor([&] { return state.profiles().size() == builtIn; }));
    bench.session.undo().undo();
    QVERIFY(QTest::qWaitFor([&] { return state.profiles().size() == builtIn + 1; }));
}

QTEST_MAIN(CompareTest)
#include "tst_compare.moc"
