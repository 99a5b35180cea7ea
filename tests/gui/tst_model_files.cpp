// SPDX-License-Identifier: GPL-3.0-or-later
// Model mode over many files: what a container shows of its members, the list of files and its filter, answers that are
// shown whole, files without a byte.
#include "made_models.h"
#include "model_bench.h"

#include "app/session/converting.h"
#include "widgets/common/states.h"
#include "widgets/model/answer_row.h"
#include "widgets/model/graph_page.h"
#include "widgets/model/model_navigator.h"
#include "widgets/model/model_tables.h"
#include "widgets/model/model_view.h"
#include "widgets/model/tensor_table.h"
#include "widgets/models/finding_list_model.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabBar>

#include <algorithm>
#include <array>
#include <numeric>

using namespace cupel;
using namespace cupel::app;
using cupel::test::array;
using cupel::test::pickled;
using cupel::test::Workbench;

class ModelFilesTest : public QObject, private test::ModelBench {
    Q_OBJECT
private Q_SLOTS:
    void aContainerShowsItsMembers();
    void aTensorOfAMemberIsMarked();
    void theChosenTensorStays();
    void whatBecameOfACopyStays();
    void theGraphIsThatOfTheModel();
    void theListOfFilesIsFiltered();
    void aFilterEndsWithItsFolder();
    void namesSayTheirFolder();
    void bytesOfTensorsHaveOneName();
    void tabsWithoutAnythingAreHidden();
    void answersAreShownWhole();
    void answersLeadToTheirFinding();
    void anEmptyModelSaysSo();
};

// Of TorchScript: the class that data.pkl makes first, not the first file by its name.
void ModelFilesTest::theGraphIsThatOfTheModel()
{
    QVERIFY(QFile::copy(
        QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/frameworks/torch-2.9.1/scripted.pt"), path("scripted.pt")));
    Workbench bench(path("home-g"));
    QVERIFY(openModel(bench, path("scripted.pt")));
    auto& state = bench.session.inspecting().state();
    auto* view = bench.window.findChild<widgets::ModelView*>();
    for (int tab = 0; tab < view->tabs()->count(); ++tab) {
        if (view->tabs()->tabText(tab) == QStringLiteral("Graph")) {
            view->tabs()->setCurrentIndex(tab);
        }
    }
    QVERIFY(QTest::qWaitFor([&] { return state.graph() && !state.graph()->empty(); }, 10'000));
    QVERIFY(state.graph()->source->analysis->artifact.path.ends_with("modules/container.py"));
}

void ModelFilesTest::aContainerShowsItsMembers()
{
    QVERIFY(QFile::copy(QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/formats/zip/torch.pt"), path("parts.pt")));
    Workbench bench(path("home-m"));
    QVERIFY(openModel(bench, path("parts.pt")));
    auto& state = bench.session.inspecting().state();
    bench.session.review().showArtifact(path("parts.pt").toStdString()); // a member may have come first
    QTRY_VERIFY(state.reading() && state.reading()->analysis->artifact.parent.empty());
    auto* view = bench.window.findChild<widgets::ModelView*>();
    QCOMPARE(view->tabs()->tabText(0), QStringLiteral("Members %1").arg(state.reading()->members.size()));
    // Their tensors, with the numbers where they stand.
    QVERIFY(state.reading()->content()->tensorCount > 0);
    QCOMPARE(view->tabs()->tabText(1), QStringLiteral("Tensors %1").arg(state.reading()->content()->tensorCount));
    view->tabs()->setCurrentIndex(1);
    auto* tensors = bench.window.findChild<widgets::TensorTable*>();
    QVERIFY(tensors->isVisible());
    tensors->table()->selectRow(0);
    QVERIFY(QTest::qWaitFor([&] { return state.values().has_value(); }, 5'000));
    QVERIFY(state.values()->count > 0);
    // Enter opens a member.
    view->tabs()->setCurrentIndex(0);
    widgets::FactTable* members = nullptr;
    for (auto* table : view->findChildren<widgets::FactTable*>()) {
        members = table->isVisible() ? table : members;
    }
    QVERIFY(members && members->rows() == static_cast<int>(state.reading()->members.size()));
    int row = 0;
    while (row < members->rows() && !members->model()->index(row, 0).data().toString().endsWith(u"data.pkl")) {
        ++row;
    }
    QVERIFY(row < members->rows());
    members->setFocus();
    members->selectRow(row);
    QTest::keyClick(members, Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return state.reading()->analysis->artifact.path.ends_with("data.pkl"); }, 5'000));
    QVERIFY(view->tabs()->tabText(0).startsWith(QStringLiteral("Program")));
}

// Members that are not packed have their bytes in the file that is shown: so have their tensors, and their programs.
void ModelFilesTest::aTensorOfAMemberIsMarked()
{
    QVERIFY(QFile::copy(QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/formats/zip/torch.pt"), path("marked.pt")));
    Workbench bench(path("home-p"));
    QVERIFY(openModel(bench, path("marked.pt")));
    auto& state = bench.session.inspecting().state();
    const auto& reading = *state.reading();
    auto* view = bench.window.findChild<widgets::ModelView*>();
    view->tabs()->setCurrentIndex(1);
    auto* table = bench.window.findChild<widgets::TensorTable*>()->table();
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        table->selectRow(row);
        const auto& tensor = reading.content()->tensors[static_cast<std::size_t>(row)];
        const auto holder = bench.session.review().analysis(m_folder.path().toStdString() + '/' + tensor.storedIn);
        QVERIFY(holder && holder->artifact.bytes);
        QCOMPARE(state.selection().size(), tensor.bytes.size());
        QVERIFY(slice(reading.analysis->artifact.view(), state.selection())
            == slice(holder->artifact.view(), tensor.bytes));
        // And back: a place in the bytes chooses the tensor.
        const auto chosen = state.selection();
        table->clearSelection();
        table->setCurrentIndex({});
        state.select({});
        state.select({chosen.start, chosen.start + 1});
        QCOMPARE(table->currentIndex().row(), row);
    }
    std::array<std::uint64_t, 4> sums{};
    for (const auto& span : reading.spans) {
        sums[static_cast<std::size_t>(span.kind)] += span.bytes.size();
    }
    QVERIFY(sums[static_cast<std::size_t>(widgets::ModelSpan::Kind::Program)] > 0);
    QVERIFY(sums[static_cast<std::size_t>(widgets::ModelSpan::Kind::Data)] > 0);
    QCOMPARE(std::accumulate(sums.begin(), sums.end(), std::uint64_t{0}), reading.analysis->size);
}

void ModelFilesTest::theChosenTensorStays()
{
    QVERIFY(
        QFile::copy(QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/frameworks/torch-2.9.1/views.pt"), path("sorted.pt")));
    Workbench bench(path("home-s"));
    QVERIFY(openModel(bench, path("sorted.pt")));
    auto& state = bench.session.inspecting().state();
    auto* view = bench.window.findChild<widgets::ModelView*>();
    QVERIFY(view->takeFilter());
    auto* tensors = bench.window.findChild<widgets::TensorTable*>();
    QCOMPARE(bench.window.focusWidget(), tensors->filter());
    QTest::keyClick(tensors->filter(), Qt::Key_Down); // from the field into the table
    QCOMPARE(bench.window.focusWidget(), tensors->table());
    QCOMPARE(tensors->table()->currentIndex().row(), 0);
    QVERIFY(tensors->table()->model()->rowCount() > 2);
    const QString name = tensors->table()->currentIndex().data().toString();
    const auto chosen = state.selection();
    for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        tensors->table()->sortByColumn(0, order);
        QVERIFY(tensors->table()->currentIndex().isValid());
        QCOMPARE(tensors->table()->currentIndex().siblingAtColumn(0).data().toString(), name);
        QVERIFY(tensors->table()->selectionModel()->isSelected(tensors->table()->currentIndex()));
        QCOMPARE(state.selection(), chosen);
    }
    QTest::keyClick(tensors->table(), Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(tensors->table()->currentIndex().row(), tensors->table()->model()->rowCount() - 1);
    QCOMPARE(state.reading()->analysis->artifact.path, path("sorted.pt").toStdString());
}

// The copy lies in the folder that is open: it is scanned at once, and what was written is still told.
void ModelFilesTest::whatBecameOfACopyStays()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("copies")));
    QVERIFY(QFile::copy(QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/formats/zip/torch.pt"), path("copies/model.pt")));
    Workbench bench(path("home-c"));
    QVERIFY(openModel(bench, path("copies")));
    auto* band = bench.window.findChild<widgets::ModelView*>()->outcome();
    QVERIFY(!band->isVisible());
    const QString copy = path("copies/model.safetensors");
    bench.session.converting().write({bench.session.inspecting().state().reading()->conversion, copy});
    auto& review = bench.session.review();
    QVERIFY(QTest::qWaitFor([&] { return review.analysis(copy.toStdString()) != nullptr; }, 20'000));
    QVERIFY(QTest::qWaitFor([&] { return !bench.session.busy(); }, 20'000));
    QVERIFY(band->isVisible());
    QVERIFY2(band->text().contains(u"model.safetensors, 3 tensor"), qPrintable(band->text()));
    for (auto* button : band->findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Open the copy")) {
            QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    QCOMPARE(review.currentArtifact(), copy.toStdString());
    QVERIFY(openModel(bench, path("copies/model.pt"))); // another review: it was not about that
    QVERIFY(!band->isVisible());
}

void ModelFilesTest::theListOfFilesIsFiltered()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("many/one"))
        && QDir(m_folder.path()).mkpath(QStringLiteral("many/two")));
    write("many/one/model.npy", array("(2,)", 8));
    write("many/two/model.npy", array("(2,)", 8));
    write("many/other.pkl", pickled("GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nSTOP\n"));
    Workbench bench(path("home-n"));
    QVERIFY(openModel(bench, path("many")));
    auto& state = bench.session.inspecting().state();
    auto* navigator = bench.window.findChild<widgets::ModelNavigator*>();
    auto* tree = navigator->tree();
    const auto names = [tree] {
        QStringList out;
        for (int row = 0; row < tree->model()->rowCount(); ++row) {
            out += tree->model()->index(row, 0).data().toString();
        }
        return out;
    };
    QCOMPARE(names(),
        (QStringList{QStringLiteral("one/model.npy"), QStringLiteral("other.pkl"), QStringLiteral("two/model.npy")}));
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Slash);
    QCOMPARE(bench.window.focusWidget(), navigator->filter());
    const auto before = state.reading()->analysis->artifact.path;
    QTest::keyClicks(navigator->filter(), QStringLiteral("NPY two"));
    QCOMPARE(names(), QStringList{QStringLiteral("two/model.npy")});
    QTest::qWait(50);
    QCOMPARE(state.reading()->analysis->artifact.path, before); // what is hidden goes on being shown
    QTest::keyClick(navigator->filter(), Qt::Key_Down);
    QCOMPARE(bench.window.focusWidget(), tree);
    QVERIFY(
        QTest::qWaitFor([&] { return state.reading()->analysis->artifact.path.ends_with("two/model.npy"); }, 5'000));
    navigator->takeFilter();
    QTest::keyClick(navigator->filter(), Qt::Key_Escape);
    QCOMPARE(names().size(), 3);
    QTest::keyClick(navigator->filter(), Qt::Key_Escape);
    QCOMPARE(bench.window.focusWidget(), tree);
}

void ModelFilesTest::aFilterEndsWithItsFolder()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("first"))
        && QDir(m_folder.path()).mkpath(QStringLiteral("second")));
    for (const char* name : {"first/a.npy", "first/b.npy", "second/c.npy", "second/d.npy"}) {
        write(name, array("(2,)", 8));
    }
    Workbench bench(path("home-f"));
    QVERIFY(openModel(bench, path("first")));
    auto* navigator = bench.window.findChild<widgets::ModelNavigator*>();
    QVERIFY(navigator->takeFilter());
    QTest::keyClicks(navigator->filter(), QStringLiteral("nowhere"));
    QCOMPARE(navigator->tree()->model()->rowCount(), 0);
    // A list without a row says why, and how it gets them back.
    QVERIFY(!navigator->tree()->isVisible());
    widgets::EmptyState* card = nullptr;
    for (auto* one : navigator->findChildren<widgets::EmptyState*>()) {
        card = one->isVisible() ? one : card;
    }
    QVERIFY(card && card->button()->isVisible());
    QTest::mouseClick(card->button(), Qt::LeftButton);
    QCOMPARE(navigator->tree()->model()->rowCount(), 2);
    QVERIFY(navigator->tree()->isVisible());
    navigator->filter()->setText(QStringLiteral("a.npy"));
    QCOMPARE(navigator->tree()->model()->rowCount(), 1);
    QVERIFY(openModel(bench, path("second")));
    QCOMPARE(navigator->filter()->text(), QString());
    QCOMPARE(navigator->tree()->model()->rowCount(), 2);
    // So for tensors.
    auto* tensors = bench.window.findChild<widgets::TensorTable*>();
    tensors->filter()->setText(QStringLiteral("nowhere"));
    QVERIFY(!tensors->table()->isVisible());
    auto* none = tensors->findChild<widgets::EmptyState*>();
    QVERIFY(none && none->isVisible());
    QTest::mouseClick(none->button(), Qt::LeftButton);
    QVERIFY(tensors->table()->isVisible() && tensors->table()->model()->rowCount() == 1);
}

void ModelFilesTest::namesSayTheirFolder()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("tree/deep/down")));
    write("tree/deep/down/model.npy", array("(2,)", 8));
    write("tree/top.pkl", pickled("GLOBAL os system\nMARK\nSTRING 'id'\nTUPLE\nREDUCE\nSTOP\n"));
    QVERIFY(QFile::copy(path("tree/top.pkl"), path("tree/deep/down/other.pkl")));
    Workbench bench(path("home-h"));
    QVERIFY(openModel(bench, path("tree")));
    auto* tree = bench.window.findChild<widgets::ModelNavigator*>()->tree();
    QStringList names;
    for (int row = 0; row < tree->model()->rowCount(); ++row) {
        names += tree->model()->index(row, 0).data().toString();
    }
    QCOMPARE(names,
        (QStringList{
            QStringLiteral("deep/down/model.npy"), QStringLiteral("deep/down/other.pkl"), QStringLiteral("top.pkl")}));
    // And the findings of the review.
    QTest::keyClick(&bench.window, Qt::Key_2, Qt::ControlModifier);
    widgets::FindingListModel list(&bench.session.review());
    QStringList places;
    const auto collect = [&](const QModelIndex& parent, const auto& self) -> void {
        for (int row = 0; row < list.rowCount(parent); ++row) {
            const auto index = list.index(row, 0, parent);
            places += index.data(widgets::FindingListModel::PlaceRole).toString();
            self(index, self);
        }
    };
    collect({}, collect);
    QVERIFY2(places.filter(QStringLiteral("deep/down/other.pkl")).size() == 1, qPrintable(places.join(u'\n')));
}

void ModelFilesTest::bytesOfTensorsHaveOneName()
{
    QVERIFY(
        QFile::copy(QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/frameworks/torch-2.9.1/views.pt"), path("views.pt")));
    Workbench bench(path("home-v"));
    QVERIFY(openModel(bench, path("views.pt")));
    auto* tree = bench.window.findChild<widgets::ModelNavigator*>()->tree();
    const auto& members = bench.session.inspecting().state().reading()->members;
    int numbers = 0;
    const auto file = tree->model()->index(0, 0);
    for (const auto& member : members) {
        for (int row = 0; row < tree->model()->rowCount(file); ++row) {
            const auto index = tree->model()->index(row, 0, file);
            if (index.data(widgets::ModelTree::PathRole).toString().toStdString() == member.path
                && member.kind == QStringLiteral("tensor data")) {
                QVERIFY(index.data(widgets::ModelTree::FactsRole).toString().startsWith(member.kind));
                ++numbers;
            }
        }
    }
    QVERIFY(numbers > 0);
}

void ModelFilesTest::tabsWithoutAnythingAreHidden()
{
    const QString data = QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/frameworks/");
    QVERIFY(QFile::copy(data + QStringLiteral("lightgbm-4.7.0/model.txt"), path("lightgbm.txt")));
    QVERIFY(QFile::copy(data + QStringLiteral("xgboost-3.0.5/model.json"), path("xgboost.json")));
    Workbench bench(path("home-t"));
    for (const char* name : {"lightgbm.txt", "xgboost.json"}) {
        QVERIFY(openModel(bench, path(name)));
        auto* view = bench.window.findChild<widgets::ModelView*>();
        QVERIFY(view->tabs()->count() > 0);
        QVERIFY2(view->tabs()->tabText(0).startsWith(QStringLiteral("Metadata")), qPrintable(view->tabs()->tabText(0)));
        widgets::FactTable* shown = nullptr;
        for (auto* table : view->findChildren<widgets::FactTable*>()) {
            shown = table->isVisible() ? table : shown;
        }
        QVERIFY(shown);
        bool trees = false;
        for (int row = 0; row < shown->rows(); ++row) {
            trees = trees
                || (shown->model()->index(row, 0).data().toString() == QStringLiteral("trees")
                    && shown->model()->index(row, 1).data().toString() == QStringLiteral("3"));
        }
        QVERIFY(trees);
    }
}

void ModelFilesTest::answersAreShownWhole()
{
    widgets::AnswerRow row;
    row.resize(700, 100);
    widgets::ModelAnswer answer{
        QStringLiteral("Is it what it says?"), QStringLiteral("Yes"), QStringLiteral("zip"), {}, true, false};
    row.setAnswers({5, answer});
    const int plain = row.height();
    auto longer = answer;
    longer.detail = QStringLiteral("PyTorch checkpoint with tensors");
    row.setAnswers({answer, longer, answer, answer, answer});
    QVERIFY(row.height() > plain); // the words go on in the next line
    QVERIFY(row.accessibleDescription().contains(longer.detail));
    longer.detail = QStringLiteral("a").repeated(10'000);
    row.setAnswers({longer});
    QVERIFY(row.height() < 4 * plain); // and end with a sign that there is more
}

void ModelFilesTest::answersLeadToTheirFinding()
{
    QVERIFY(QFile::copy(QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/formats/zip/prefixed.zip"), path("prefixed.zip")));
    Workbench bench(path("home-a"));
    QVERIFY(openModel(bench, path("prefixed.zip")));
    auto& state = bench.session.inspecting().state();
    auto& review = bench.session.review();
    auto* row = bench.window.findChild<widgets::AnswerRow*>();
    const auto& answers = row->answers();
    const auto hidden = std::find_if(answers.begin(), answers.end(),
        [](const auto& one) { return one.question == QStringLiteral("Hidden bytes?"); });
    QVERIFY(hidden != answers.end() && !hidden->artifact.empty());
    const widgets::FindingRef wanted{hidden->artifact, hidden->finding};
    review.setCurrent(std::nullopt);
    state.select({});
    // With the keyboard: to the card, which may not be the first that leads somewhere.
    QCOMPARE(row->focusPolicy(), Qt::TabFocus);
    row->setFocus();
    for (std::size_t i = 0; i < answers.size() && review.current() != wanted; ++i) {
        QTest::keyClick(row, Qt::Key_Return);
        QTest::keyClick(row, Qt::Key_Right);
    }
    QVERIFY(review.current() == wanted);
    QVERIFY(!state.selection().empty());
    QCOMPARE(state.selection(), review.finding(wanted)->location.bytes);
    // And back to it, after somebody has looked elsewhere.
    state.select({0, 1});
    Q_EMIT row->chosen(static_cast<std::size_t>(hidden - answers.begin()));
    QCOMPARE(state.selection(), review.finding(wanted)->location.bytes);
}

void ModelFilesTest::anEmptyModelSaysSo()
{
    QFile file(path("e_empty.pt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    Workbench bench(path("home-o"));
    QVERIFY(openModel(bench, path("e_empty.pt")));
    QVERIFY(bench.session.inspecting().state().reading()->analysis->artifact.path.ends_with("e_empty.pt"));
    const auto& answers = bench.window.findChild<widgets::AnswerRow*>()->answers();
    QCOMPARE(answers[0].answer, QStringLiteral("Not known"));
    QCOMPARE(answers[1].detail, QStringLiteral("The file is empty"));
    QVERIFY(!answers[4].ok);
}

QTEST_MAIN(ModelFilesTest)
#include "tst_model_files.moc"
