// SPDX-License-Identifier: GPL-3.0-or-later
// Model mode by the keyboard alone: from finding to finding, from part to part.
#include "made_models.h"
#include "model_bench.h"

#include "widgets/common/style.h"
#include "widgets/model/byte_view.h"
#include "widgets/model/model_view.h"
#include "widgets/model/program_lists.h"
#include "widgets/model/tensor_table.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollArea>

#include <set>
#include <string>

using namespace cupel;
using namespace cupel::app;
using cupel::test::pickled;
using cupel::test::Workbench;

class ModelWalkTest : public QObject, private test::ModelBench {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void walkingEndsInNoField();
    void theLastRowEndsWithTheFile();
    void theWholeIsNoStopOfItsOwn();
    void aFindingIsInSightInLargeText();
};

void ModelWalkTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

// N goes on from file to file, whatever their pages are: a field would take the letter.
void ModelWalkTest::walkingEndsInNoField()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("walk")));
    const std::string header = R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"run":"x"}})";
    std::string length(8, '\0');
    length[0] = static_cast<char>(header.size());
    for (const char* name : {"walk/a.pkl", "walk/c.pkl"}) {
        write(name, pickled("GLOBAL os system\nBINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n"));
    }
    for (const char* name : {"walk/b.safetensors", "walk/d.safetensors"}) {
        write(name, length + header + "1234");
    }
    Workbench bench(path("home-walk"));
    QVERIFY(openModel(bench, path("walk")));
    auto& state = bench.session.inspecting().state();
    bench.window.findChild<widgets::OpcodeList*>()->setFocus(Qt::TabFocusReason);
    std::set<std::string> seen;
    for (int i = 0; i < 6; ++i) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &bench.window, Qt::Key_N);
        QTest::qWait(120);
        QVERIFY(!qobject_cast<QLineEdit*>(QApplication::focusWidget()));
        if (state.reading()) {
            seen.insert(state.reading()->analysis->artifact.path);
        }
    }
    QCOMPARE(seen.size(), 4U);
    QVERIFY(bench.window.findChild<widgets::TensorTable*>()->filter()->text().isEmpty());
}

// What is chosen ends where the file does.
void ModelWalkTest::theLastRowEndsWithTheFile()
{
    write("row.pkl", pickled("BINUNICODE 'abcdefghijklmno'\nSTOP\n"));
    Workbench bench(path("home-row"));
    QVERIFY(openModel(bench, path("row.pkl")));
    auto& state = bench.session.inspecting().state();
    auto* bytes = bench.window.findChild<widgets::ByteList*>();
    bytes->setFocus();
    QTest::keyClick(bytes, Qt::Key_End);
    QTest::keyClick(bytes, Qt::Key_Up);
    QTest::keyClick(bytes, Qt::Key_End);
    QCOMPARE(state.selection().end, state.reading()->analysis->size);
    QVERIFY(state.reading()->analysis->size % 16 != 0);
}

// Where something is shown, its parts have the keyboard, and each shows it.
void ModelWalkTest::theWholeIsNoStopOfItsOwn()
{
    Workbench bench(path("home-stop"));
    QVERIFY(openModel(bench, path("row.pkl")));
    auto* view = bench.window.findChild<widgets::ModelView*>();
    QCOMPARE(view->focusPolicy(), Qt::NoFocus);
}

// The chosen opcode is not below the fold, however large the text is.
void ModelWalkTest::aFindingIsInSightInLargeText()
{
    std::string source;
    for (int i = 0; i < 5; ++i) {
        source += "GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nPOP\n";
    }
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("large")));
    write("large/a.pkl", pickled("GLOBAL os system\nBINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n"));
    write("large/late.pkl", pickled(source + "GLOBAL os system\nBINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n"));
    const widgets::Style style;
    for (const double zoom : {1.0, 1.85}) {
        Workbench bench(path(zoom > 1 ? "home-large" : "home-small"));
        bench.window.resize(1440, 860);
        widgets::setTextZoom(zoom);
        QVERIFY(openModel(bench, path("large")));
        auto& state = bench.session.inspecting().state();
        for (int i = 0; i < 3 && !state.reading()->analysis->artifact.path.ends_with("late.pkl"); ++i) {
            QTest::keyClick(&bench.window, Qt::Key_N);
            QTest::qWait(200);
        }
        QVERIFY(state.reading()->analysis->artifact.path.ends_with("late.pkl"));
        auto* opcodes = bench.window.findChild<widgets::OpcodeList*>();
        QVERIFY(!state.selection().empty());
        const QRect row = opcodes->rowRect(opcodes->currentRow());
        QVERIFY(!row.isEmpty());
        const QRect seen = opcodes->viewport()->visibleRegion().boundingRect();
        QVERIFY2(
            seen.contains(QRect(seen.left(), row.top() + 1, 1, row.height() - 2)), qPrintable(QString::number(zoom)));
        widgets::setTextZoom(1.0);
    }
}

QTEST_MAIN(ModelWalkTest)
#include "tst_model_walk.moc"
