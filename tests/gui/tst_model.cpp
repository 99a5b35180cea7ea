// SPDX-License-Identifier: GPL-3.0-or-later
// Model mode with real keys and clicks: the answers, one selection of bytes in opcodes, program, objects and bytes,
// next and previous over files, tensors by the hundred thousand, secrets that stay masked, and a window that goes on.
#include "made_models.h"
#include "model_bench.h"
#include "notebook_probe.h"
#include "tests/unit/model_bytes.h"

#include "app/session/converting.h"
#include "app/settings/saver.h"
#include "app/shell/mode_page.h"
#include "widgets/model/answer_row.h"
#include "widgets/model/byte_view.h"
#include "widgets/model/model_navigator.h"
#include "widgets/model/model_tables.h"
#include "widgets/model/model_view.h"
#include "widgets/model/object_page.h"
#include "widgets/model/program_lists.h"
#include "widgets/model/tensor_panel.h"
#include "widgets/model/tensor_table.h"
#include "widgets/model/text_page.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabBar>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using cupel::test::array;
using cupel::test::LoopProbe;
using cupel::test::pickled;
using cupel::test::Workbench;

namespace {

// A dense list of numbers, then a call.
std::string longPickle(int numbers)
{
    std::string source = "MARK\n";
    for (int i = 0; i < numbers; ++i) {
        source += "BININT1 " + std::to_string(i % 200) + "\nPOP\n";
    }
    return pickled(source + "POP\nGLOBAL os system\nMARK\nSTRING 'id'\nTUPLE\nREDUCE\nSTOP\n");
}

} // namespace

class ModelTest : public QObject, private test::ModelBench {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void answersSayWhatLoadingDoes();
    void oneSelectionEverywhere();
    void nextGoesFromFileToFile();
    void theNavigatorChoosesAFile();
    void tensorsSortAndFilter();
    void secretsStayMasked();
    void largeFilesHoldNothingUp();
    void everythingHasAWord();
    void aCheckpointIsConverted();
    void nothingToShowSaysSo();
    void aModelIsSeenFirst();
    void textsAreReadWhole();
    void objectsFoldAndAreFound();
    void whatGoesWithAModelIsListed();
    void partsOfOneFileStayWithIt();
    void pictures();
};

void ModelTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("work")));
    write("work/a_bad.pkl",
        pickled("GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nPOP\nGLOBAL os system\nMARK\nSTRING 'id'\nTUPLE\n"
                "REDUCE\nSTOP\n"));
    write("work/b_good.pkl", pickled("GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nSTOP\n"));
    write("work/c_other.pkl", pickled("GLOBAL builtins eval\nMARK\nSTRING '1'\nTUPLE\nREDUCE\nSTOP\n"));
    write("work/d_plain.npy", array("(4, 2)", 32) + array("(3,)", 12) + array("(1, 1, 9)", 36));
}

void ModelTest::answersSayWhatLoadingDoes()
{
    Workbench bench(path("home-a"));
    QVERIFY(openModel(bench, path("work")));
    QCOMPARE(bench.window.mode(), QStringLiteral("model"));
    auto* row = bench.window.findChild<widgets::AnswerRow*>();
    QCOMPARE(row->answers().size(), 6U);
    QVERIFY(row->answers()[0].answer.startsWith(QStringLiteral("Yes, 1 place")));
    QCOMPARE(row->answers()[0].detail, QStringLiteral("os.system"));
    QVERIFY(row->answers()[0].loud && row->answers()[0].sign == Severity::Critical);
    QVERIFY(row->answers()[4].ok);
    QVERIFY(!row->answers()[5].ok); // nothing is signed, and nothing claims to be

    bench.session.review().showArtifact(path("work/b_good.pkl").toStdString());
    QVERIFY(QTest::qWaitFor([&] { return row->answers()[0].ok; }, 5'000));
    QCOMPARE(row->answers()[0].answer, QStringLiteral("None found"));
}

void ModelTest::oneSelectionEverywhere()
{
    Workbench bench(path("home-b"));
    QVERIFY(openModel(bench, path("work/a_bad.pkl")));
    auto& state = bench.session.inspecting().state();
    auto* opcodes = bench.window.findChild<widgets::OpcodeList*>();
    auto* program = bench.window.findChild<widgets::ProgramList*>();
    auto* bytes = bench.window.findChild<widgets::ByteList*>();
    QVERIFY(opcodes && program && bytes);
    QCOMPARE(bench.window.focusWidget(), opcodes);
    // The finding chose its call.
    QVERIFY(opcodes->lineText(opcodes->currentRow()).contains(QStringLiteral("REDUCE")));
    QVERIFY(program->lineText(program->currentRow()).contains(QStringLiteral("os.system('id')")));
    QCOMPARE(bytes->currentRow(), state.selection().start / bytes->perRow());

    QTest::keyClick(opcodes, Qt::Key_Home);
    QCOMPARE(state.selection().start, 0U);
    QCOMPARE(bytes->currentRow(), 0U);
    QTest::keyClick(opcodes, Qt::Key_Down);
    QVERIFY(program->lineText(program->currentRow()).contains(QStringLiteral("OrderedDict")));
    // And from the program to the opcodes, by the mouse.
    const auto last = program->rowCount() - 1;
    QTest::mouseClick(program->viewport(), Qt::LeftButton, {}, program->rowRect(last - 1).center());
    QVERIFY(opcodes->lineText(opcodes->currentRow()).contains(QStringLiteral("REDUCE")));
    QTest::keyClick(opcodes, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("REDUCE")));
}

void ModelTest::nextGoesFromFileToFile()
{
    Workbench bench(path("home-c"));
    QVERIFY(openModel(bench, path("work")));
    auto& state = bench.session.inspecting().state();
    QVERIFY(state.reading()->analysis->artifact.path.ends_with("a_bad.pkl"));
    QTest::keyClick(&bench.window, Qt::Key_N);
    QVERIFY(QTest::qWaitFor([&] { return state.reading()->analysis->artifact.path.ends_with("c_other.pkl"); }, 5'000));
    QCOMPARE(bench.window.mode(), QStringLiteral("model"));
    QTest::qWait(50);
    auto* opcodes = bench.window.findChild<widgets::OpcodeList*>();
    QVERIFY(opcodes->lineText(opcodes->currentRow()).contains(QStringLiteral("REDUCE")));
}

void ModelTest::theNavigatorChoosesAFile()
{
    Workbench bench(path("home-d"));
    QVERIFY(openModel(bench, path("work")));
    auto& state = bench.session.inspecting().state();
    auto* tree = bench.window.findChild<widgets::ModelNavigator*>()->tree();
    QCOMPARE(tree->model()->rowCount(), 4);
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_End);
    QVERIFY(QTest::qWaitFor([&] { return state.reading()->analysis->artifact.path.ends_with("d_plain.npy"); }, 5'000));
    auto* view = bench.window.findChild<widgets::ModelView*>();
    QCOMPARE(view->tabs()->count(), 1); // no graph: the format has none
    QVERIFY(state.selection().empty()); // it was one of the other file
    QCOMPARE(view->tabs()->tabText(0), QStringLiteral("Tensors 3"));
    // The numbers of a tensor come when it is looked at.
    auto* tensors = bench.window.findChild<widgets::TensorTable*>();
    auto* panel = bench.window.findChild<widgets::TensorPanel*>();
    tensors->table()->setFocus();
    tensors->table()->selectRow(1);
    QVERIFY(QTest::qWaitFor([&] { return state.values().has_value(); }, 5'000));
    QCOMPARE(state.values()->count, 3U);
    QVERIFY(panel->isVisible() && panel->facts().contains(QStringLiteral("2.3694e-38")));
}

void ModelTest::tensorsSortAndFilter()
{
    std::string bytes;
    const std::string one = array("(2,)", 8);
    constexpr int count = 100'000;
    bytes.reserve(one.size() * count);
    for (int i = 0; i < count; ++i) {
        bytes += one;
    }
    write("many.npy", bytes + array("(7, 3)", 84));
    Workbench bench(path("home-e"));
    QVERIFY(openModel(bench, path("many.npy")));
    auto* tensors = bench.window.findChild<widgets::TensorTable*>();
    auto* table = tensors->table();
    QCOMPARE(table->model()->rowCount(), count + 1);
    LoopProbe probe;
    QTest::qWait(50);
    probe.restart();
    table->sortByColumn(3, Qt::DescendingOrder);
    QTest::qWait(20);
    QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("7 × 3"));
    tensors->filter()->setFocus();
    QTest::keyClicks(tensors->filter(), QStringLiteral("99999"));
    QTest::qWait(20);
    QCOMPARE(table->model()->rowCount(), 1);
    tensors->filter()->clear();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_End, Qt::ControlModifier);
    QTest::qWait(20);
    qInfo("longest turn %.1f ms", probe.worstMilliseconds());
    QVERIFY(probe.worstMilliseconds() < 100); // of the build without optimisation; 50 in a release
    QCOMPARE(bench.session.inspecting().state().selection().size(), 8U);
}

void ModelTest::secretsStayMasked()
{
    const std::string secret = "ghp_" + std::string("Zq3rT7yU1pA9sD5fG8hJ2kL4xC6vB0nM3wEr");
    write("secret.pkl",
        pickled("GLOBAL collections OrderedDict\nSHORT_BINUNICODE 'token=" + secret + "'\nTUPLE1\nREDUCE\nSTOP\n"));
    Workbench bench(path("home-f"));
    QVERIFY(openModel(bench, path("secret.pkl")));
    const auto sensitive = bench.session.inspecting().state().reading()->analysis->sensitive;
    QVERIFY(!sensitive.empty());
    QString all;
    for (auto* list : bench.window.findChildren<widgets::LineList*>()) {
        for (std::uint64_t row = 0; row < list->rowCount(); ++row) {
            all += list->lineText(row) + u'\n';
        }
    }
    QVERIFY(!all.contains(QString::fromStdString(secret.substr(4))));
    QVERIFY(!all.contains(QStringLiteral("5A 71 33"))); // its bytes
}

void ModelTest::largeFilesHoldNothingUp()
{
    write("large.pkl", longPickle(1'000'000));
    Workbench bench(path("home-g"));
    LoopProbe probe;
    QVERIFY(openModel(bench, path("large.pkl")));
    auto* opcodes = bench.window.findChild<widgets::OpcodeList*>();
    QVERIFY(opcodes->rowCount() > 2'000'000);
    QVERIFY(opcodes->lineText(opcodes->currentRow()).contains(QStringLiteral("REDUCE")));
    probe.restart();
    for (const auto key : {Qt::Key_Home, Qt::Key_PageDown, Qt::Key_PageDown, Qt::Key_End, Qt::Key_PageUp}) {
        QTest::keyClick(opcodes, key);
        QTest::qWait(20);
    }
    qInfo("longest turn %.1f ms", probe.worstMilliseconds());
    QVERIFY(probe.worstMilliseconds() < 100);
}

void ModelTest::everythingHasAWord()
{
    Workbench bench(path("home-h"));
    QVERIFY(openModel(bench, path("work")));
    auto* row = bench.window.findChild<widgets::AnswerRow*>();
    QVERIFY(row->accessibleDescription().contains(QStringLiteral("Can it run code? Yes, 1 place")));
    for (auto* list : bench.window.findChildren<widgets::LineList*>()) {
        QVERIFY2(!list->accessibleName().isEmpty(), list->metaObject()->className());
    }
    auto* strip = bench.window.findChild<widgets::CoverageStrip*>();
    QVERIFY(strip->accessibleDescription().contains(QStringLiteral("program")));
    auto* tree = bench.window.findChild<widgets::ModelNavigator*>()->tree();
    QVERIFY(tree->model()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Critical")));
}

void ModelTest::aCheckpointIsConverted()
{
    QVERIFY(QFile::copy(QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/formats/zip/torch.pt"), path("model.pt")));
    Workbench bench(path("home-k"));
    QVERIFY(openModel(bench, path("model.pt")));
    auto& state = bench.session.inspecting().state();
    QVERIFY(state.reading()->conversion != nullptr);
    QCOMPARE(Converting::suggestedPath(path("model.pt")), path("model.safetensors"));
    QSignalSpy written(&bench.session.converting(), &Converting::finished);
    bench.session.converting().write({state.reading()->conversion, path("model.safetensors")});
    QVERIFY(written.wait(10'000));
    QCOMPARE(written[0][1].toString(), QString());
    // What the command line says: what is not carried over, too.
    const QString outcome = written[0][2].toString();
    QVERIFY2(outcome.contains(QStringLiteral("3 tensor")), qPrintable(outcome));
    QVERIFY(!state.reading()->conversion->notes.empty());
    for (const auto& note : state.reading()->conversion->notes) {
        QVERIFY(outcome.contains(QString::fromStdString(note)));
    }
    QCOMPARE(Converting::completePath(path("typed")), path("typed.safetensors"));
    QCOMPARE(Converting::completePath(path("typed.st")), path("typed.st"));
    QFile file(path("model.safetensors"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("\"state_dict.layer.weight\":{\"dtype\":\"F32\",\"shape\":[2,3]"));
    // Where it cannot be written, a sentence says why.
    bench.session.converting().write({state.reading()->conversion, path("no/such/folder.safetensors")});
    QVERIFY(written.wait(10'000));
    QVERIFY(!written[1][1].toString().isEmpty());
}

void ModelTest::nothingToShowSaysSo()
{
    write("notes.txt", "just words\n");
    Workbench bench(path("home-i"));
    bench.window.open({OpenTarget{path("notes.txt"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::keyClick(&bench.window, Qt::Key_3, Qt::ControlModifier);
    QTest::qWait(100);
    QVERIFY(!bench.session.inspecting().state().reading());
    QTest::keyClick(&bench.window, Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
}

void ModelTest::aModelIsSeenFirst()
{
    Workbench bench(path("home-m"));
    bench.window.open({OpenTarget{path("work/b_good.pkl"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTRY_COMPARE(bench.window.mode(), QStringLiteral("model"));
    // Who has gone elsewhere stays there, and text is read where text is read.
    QTest::keyClick(&bench.window, Qt::Key_2, Qt::ControlModifier);
    QTest::qWait(100);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
    write("script.py", "import os\n");
    bench.window.open({OpenTarget{path("script.py"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::qWait(100);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
}

void ModelTest::textsAreReadWhole()
{
    const auto text = [](const std::string& value) { return test::number(value.size(), 8) + value; };
    std::string chat;
    for (int i = 0; i < 200; ++i) {
        chat += "{# remark number " + std::to_string(i) + " #}\n";
    }
    chat += "{{ ''.__class__.__mro__[1].__subclasses__() }}\n";
    write("chat.gguf",
        "GGUF" + test::number(3, 4) + test::number(0, 8) + test::number(2, 8) + text("general.architecture")
            + test::number(8, 4) + text("llama") + text("tokenizer.chat_template") + test::number(8, 4) + text(chat));
    Workbench bench(path("home-n"));
    QVERIFY(openModel(bench, path("chat.gguf")));
    auto* view = bench.window.findChild<widgets::ModelView*>();
    const auto tables = view->findChildren<widgets::FactTable*>();
    const auto table = std::find_if(tables.begin(), tables.end(),
        [](const auto* one) { return one->accessibleName() == QStringLiteral("Metadata"); });
    QVERIFY(table != tables.end());
    for (int i = 0; i < view->tabs()->count(); ++i) {
        if (view->tabs()->tabText(i).startsWith(QStringLiteral("Metadata"))) {
            view->tabs()->setCurrentIndex(i);
        }
    }
    QTRY_VERIFY((*table)->isVisible());
    (*table)->setFocus();
    (*table)->setCurrentIndex((*table)->model()->index(1, 0));
    QTest::keyClick(*table, Qt::Key_Return);
    QTRY_VERIFY(view->text()->isVisible());
    QVERIFY(view->text()->text().contains(QStringLiteral("remark number 199 #}\n")));
    QVERIFY(view->text()->notes() >= 1);
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY((*table)->isVisible() && !view->text()->isVisible());
}

void ModelTest::objectsFoldAndAreFound()
{
    write("nested.pkl",
        pickled("EMPTY_DICT\nMARK\nBINUNICODE 'first'\nEMPTY_DICT\nMARK\nBINUNICODE 'inner'\nBININT1 1\nBINUNICODE "
                "'deep'\nBININT1 2\nSETITEMS\nBINUNICODE 'second'\nBININT1 3\nSETITEMS\nSTOP\n"));
    Workbench bench(path("home-o"));
    QVERIFY(openModel(bench, path("nested.pkl")));
    auto* page = bench.window.findChild<widgets::ObjectPage*>();
    auto* list = page->list();
    const auto all = list->rowCount();
    QVERIFY(all >= 5);
    QTest::keyClick(list, Qt::Key_Down);
    QVERIFY(list->lineText(list->currentRow()).contains(QStringLiteral("first")));
    QTest::keyClick(list, Qt::Key_Left);
    QCOMPARE(list->rowCount(), all - 2);
    QCOMPARE(list->matches(QStringLiteral("deep")), std::size_t{1});
    page->field()->setText(QStringLiteral("DEEP"));
    QTest::keyClick(page->field(), Qt::Key_Return); // what is folded is found, and opened
    QCOMPARE(list->rowCount(), all);
    QVERIFY(list->lineText(list->currentRow()).contains(QStringLiteral("deep")));
    QTest::keyClick(list, Qt::Key_Left); // to what it lies in
    QVERIFY(list->lineText(list->currentRow()).contains(QStringLiteral("first")));
    list->foldAll(true);
    QCOMPARE(list->rowCount(), 1U);
    QVERIFY(!list->find(QStringLiteral("not there")));
}

void ModelTest::whatGoesWithAModelIsListed()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("hub")));
    write("hub/config.json", R"({"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 8})");
    write("hub/chat_template.jinja", "{{ ''.__class__.__mro__[1].__subclasses__() }}\n");
    write("hub/modeling_own.py", "import os\nos.system('id')\n");
    write("hub/other.py", "print('hello')\n");
    Workbench bench(path("home-p"));
    QVERIFY(openModel(bench, path("hub")));
    auto* tree = bench.window.findChild<widgets::ModelNavigator*>()->tree();
    QStringList names;
    for (int i = 0; i < tree->model()->rowCount(); ++i) {
        names += tree->model()->index(i, 0).data(Qt::AccessibleTextRole).toString();
    }
    const QString all = names.join(u'\n');
    QVERIFY2(all.contains(QStringLiteral("chat_template.jinja")) && all.contains(QStringLiteral("modeling_own.py")),
        qPrintable(all));
    QVERIFY(!all.contains(QStringLiteral("other.py")));
    bench.session.review().showArtifact(path("hub/chat_template.jinja").toStdString());
    auto* tabs = bench.window.findChild<widgets::ModelView*>()->tabs();
    QTRY_COMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Text"));
    bench.session.review().showArtifact(path("hub/config.json").toStdString());
    auto* row = bench.window.findChild<widgets::AnswerRow*>();
    QTRY_COMPARE(row->answers()[0].answer, QStringLiteral("Not this file"));
    QVERIFY(!row->answers()[0].ok && row->answers()[0].loud);
    QVERIFY2(all.contains(QStringLiteral("Critical")) || all.contains(QStringLiteral("High")), qPrintable(all));
}

// A tab that a file had alone does not stay in front for one that has more.
void ModelTest::partsOfOneFileStayWithIt()
{
    const QString made = QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/frameworks/tensorflow-2.21.0/doubler");
    Workbench bench(path("home-q"));
    QVERIFY(openModel(bench, made));
    auto& review = bench.session.review();
    auto& state = bench.session.inspecting().state();
    auto* view = bench.window.findChild<widgets::ModelView*>();
    const auto show = [&](const char* name) {
        const std::string wanted = (made + QLatin1Char('/') + QLatin1String(name)).toStdString();
        review.showArtifact(wanted);
        return QTest::qWaitFor(
            [&] { return state.reading() && state.reading()->analysis->artifact.path == wanted; }, 5'000);
    };
    QVERIFY(show("fingerprint.pb"));
    for (int i = 0; i < view->tabs()->count(); ++i) {
        QVERIFY(view->tabs()->tabText(i) != QStringLiteral("Graph"));
    }
    QVERIFY(show("variables/variables.index"));
    QVERIFY(view->tabs()->tabText(view->tabs()->currentIndex()).startsWith(QStringLiteral("Tensors")));
    QVERIFY(show("saved_model.pb"));
    bool graph = false;
    for (int i = 0; i < view->tabs()->count(); ++i) {
        graph = graph || view->tabs()->tabText(i) == QStringLiteral("Graph");
    }
    QVERIFY(graph);
}

// For people: CUPEL_SHOTS=folder keeps them.
void ModelTest::pictures()
{
    if (qEnvironmentVariableIsEmpty("CUPEL_SHOTS")) {
        QSKIP("CUPEL_SHOTS names no folder");
    }
    Workbench bench(path("home-j"));
    QVERIFY(openModel(bench, path("work")));
    auto* view = bench.window.findChild<widgets::ModelView*>();
    for (const auto* theme : {"light", "dark", "contrast-light", "contrast-dark"}) {
        QVERIFY(bench.settings.set(u"appearance/theme", QString::fromLatin1(theme)));
        for (int tab = 0; tab < view->tabs()->count(); ++tab) {
            view->tabs()->setCurrentIndex(tab);
            QTest::qWait(150);
            test::keep(bench.window, QStringLiteral("model-%1-%2").arg(tab).arg(QString::fromLatin1(theme)));
        }
    }
    bench.window.resize(900, 700);
    QTest::qWait(150);
    test::keep(bench.window, QStringLiteral("model-narrow"));
    bench.session.close();
    bench.window.showMode(QStringLiteral("model"));
    QTest::qWait(100);
    test::keep(bench.window, QStringLiteral("model-nothing"));
}

QTEST_MAIN(ModelTest)
#include "tst_model.moc"
