// SPDX-License-Identifier: GPL-3.0-or-later
// Two versions of a model in Compare mode, with real keys: sections of one page, filter and kinds, sorting, both
// versions of a row, copies, what was stopped, many rows; and that no secret is shown.
#include "notebook_probe.h"
#include "shell_bench.h"

#include "app/session/comparing.h"
#include "tests/gui/two_models.h"
#include "widgets/common/buttons.h"
#include "widgets/common/states.h"
#include "widgets/fixes/compare_tables_view.h"
#include "widgets/fixes/compare_view.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtTest/QAbstractItemModelTester>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>

#include <limits>

using namespace cupel;
using namespace cupel::app;
using cupel::test::Workbench;
using Stage = widgets::CompareState::ModelStage;

class CompareModelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void everySectionSaysWhatChanged();
    void onlyTheChosenFile();
    void whatBecameNoNumberIsCounted();
    void keysWalkFoldAndOpen();
    void textAndKindFilter();
    void columnsSort();
    void rowsAreCopiedWithoutSecrets();
    void unchangedRowsAreThere();
    void aPageWithoutLinesSaysWhy();
    void theSameModelSaysSo();
    void itStopsAndGoesOn();
    void manyRows();
    void notebooksKeepTheirLines();
    void everythingHasAName();

private:
    bool compare(Workbench& bench, const QString& now, const QString& before);
    static QStringList rows(const widgets::CompareTree& tree);
    static QModelIndex row(const widgets::CompareTree& tree, const QString& words);
    [[nodiscard]] QString at(const QString& name) const { return m_folder->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void CompareModelsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QVERIFY(test::writeTwoModels(at(QStringLiteral("then")), at(QStringLiteral("now"))));
}

bool CompareModelsTest::compare(Workbench& bench, const QString& now, const QString& before)
{
    bench.window.open({OpenTarget{at(now), {}, {}, {}}});
    if (!bench.waitForScan()) {
        return false;
    }
    QTest::keyClick(&bench.window, Qt::Key_D, Qt::ControlModifier);
    bench.session.comparing().compareWithPath(at(before));
    return QTest::qWaitFor([&] { return bench.session.comparing().state().modelStage() == Stage::Done; }, 30'000);
}

QStringList CompareModelsTest::rows(const widgets::CompareTree& tree)
{
    QStringList out;
    const auto* model = tree.model();
    for (int i = 0; i < model->rowCount(); ++i) {
        const auto head = model->index(i, 0);
        out += head.data(Qt::AccessibleTextRole).toString();
        for (int k = 0; k < model->rowCount(head); ++k) {
            out += model->index(k, 0, head).data(Qt::AccessibleTextRole).toString();
        }
    }
    return out;
}

QModelIndex CompareModelsTest::row(const widgets::CompareTree& tree, const QString& words)
{
    const auto* model = tree.model();
    for (int i = 0; i < model->rowCount(); ++i) {
        const auto head = model->index(i, 0);
        for (int k = 0; k < model->rowCount(head); ++k) {
            if (model->index(k, 0, head).data(Qt::AccessibleTextRole).toString().contains(words)) {
                return model->index(k, 0, head);
            }
        }
    }
    return {};
}

void CompareModelsTest::everySectionSaysWhatChanged()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(compare(bench, QStringLiteral("now"), QStringLiteral("then")));
    auto* tree = bench.window.findChild<widgets::CompareTree*>();
    QVERIFY(tree->isVisible());
    const QAbstractItemModelTester tester(tree->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QStringList shown = rows(*tree);
    const QString all = shown.join(u'\n');
    for (const char* words :
        {"Members: 1 added, 1 removed, 2 changed", "Added: vocab.txt; now: ", "Removed: merges.txt; before: ",
            "Tensors: 1 added, 1 removed, 1 changed, 1 renamed, 1 as before",
            "Changed: encoder.weight in model.safetensors; before: F32  4; now: F32  4; 25 % changed (1), by at most 6",
            "Renamed: encoder.offset in model.safetensors; ", "; was encoder.bias, the same bytes",
            "Added: head.new in model.safetensors; now: F32  2", "Removed: head.old in model.safetensors",
            "Changed: steps in model.safetensors; before: 100; now: 200", "Templates: 1 changed", "Findings: "}) {
        QVERIFY2(all.contains(QString::fromUtf8(words)), qPrintable(QString::fromUtf8(words) + u'\n' + all));
    }
    QVERIFY(std::any_of(shown.begin(), shown.end(), [](const QString& one) { return one.startsWith(u"New: "); }));
    QVERIFY(!all.contains(QString::fromLatin1(test::inventedToken())));
}

// A folder is open: a file is the earlier version of the chosen file alone, a folder that of all.
void CompareModelsTest::onlyTheChosenFile()
{
    QTemporaryDir data;
    Workbench bench(data.path());
    bench.window.open({OpenTarget{at(QStringLiteral("now")), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    const QString model = at(QStringLiteral("now/model.safetensors"));
    bench.session.review().showArtifact(model.toStdString());
    QTest::keyClick(&bench.window, Qt::Key_D, Qt::ControlModifier);
    auto& comparing = bench.session.comparing();
    auto* only = bench.window.findChild<QCheckBox*>();
    QVERIFY(only && only->isVisible() && !only->isChecked());
    QCOMPARE(only->accessibleName(), QStringLiteral("Only model.safetensors"));
    const auto done = [&comparing] { return comparing.state().modelStage() == Stage::Done; };

    comparing.compareWithPath(at(QStringLiteral("then/model.safetensors")));
    QVERIFY(QTest::qWaitFor(done, 30'000));
    QCOMPARE(comparing.state().outcome()->files.size(), std::size_t{1});
    QCOMPARE(comparing.state().outcome()->files.front().path, model.toStdString());
    QCOMPARE(comparing.state().outcome()->afterName, QStringLiteral("model.safetensors"));
    QVERIFY(only->isChecked());

    comparing.compareWithPath(at(QStringLiteral("then")));
    QVERIFY(!only->isChecked());
    QVERIFY(QTest::qWaitFor(done, 30'000));
    QVERIFY(comparing.state().outcome()->files.size() > 2);
    QCOMPARE(comparing.state().outcome()->afterName, QStringLiteral("now"));
}

void CompareModelsTest::whatBecameNoNumberIsCounted()
{
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    constexpr float infinity = std::numeric_limits<float>::infinity();
    QVERIFY(test::writeBytes(
        at(QStringLiteral("a.safetensors")), test::tensorFile({{"broken", {1, 2, 3, 4}}, {"mixed", {1, 2, nan, 4}}})));
    QVERIFY(test::writeBytes(at(QStringLiteral("b.safetensors")),
        test::tensorFile({{"broken", {1, nan, nan, 4}}, {"mixed", {3, infinity, 1, 4}}})));
    QTemporaryDir data;
    Workbench bench(data.path());
    QVERIFY(compare(bench, QStringLiteral("b.safetensors"), QStringLiteral("a.safetensors")));
    const QString all = rows(*bench.window.findChild<widgets::CompareTree*>()).join(u'\n');
    QVERIFY2(all.contains(u"now: F32  4; 50 % changed (2), 2 became NaN\n"), qPrintable(all));
    QVERIFY2(all.contains(u"75 % changed (3), by at most 2, 1 became infinite, 1 became finite"), qPrintable(all));
}

void CompareModelsTest::keysWalkFoldAndOpen()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(compare(bench, QStringLiteral("now"), QStringLiteral("then")));
    auto* view = bench.window.findChild<widgets::CompareView*>();
    auto* tree = view->findChild<widgets::CompareTree*>();
    auto* tables = view->findChild<widgets::CompareTablesView*>();
    auto* detail = tables->findChild<QListView*>();
    const auto said = [detail] {
        QStringList out;
        for (int i = 0; i < detail->model()->rowCount(); ++i) {
            out += detail->model()->index(i, 0).data(Qt::AccessibleTextRole).toString();
        }
        return out.join(u'\n');
    };
    view->takeFocus();
    QVERIFY(tree->hasFocus());
    QVERIFY(!tree->currentIndex().parent().isValid() && tree->currentIndex().row() == 0);
    QVERIFY(tree->isExpanded(tree->model()->index(0, 0)));
    QTest::keyClick(tree, Qt::Key_Left);
    QVERIFY(!tree->isExpanded(tree->model()->index(0, 0)));
    // What is folded stays so when rows are sorted.
    QTest::keyClicks(tables->filter(), QStringLiteral("e"));
    QVERIFY(!tree->isExpanded(tree->model()->index(0, 0)));
    tables->filter()->clear();
    QTest::keyClick(tree, Qt::Key_Home);
    QTest::keyClick(tree, Qt::Key_Down); // the next section
    QTest::keyClick(tree, Qt::Key_Down);
    QVERIFY2(said().contains(u"encoder.") || said().contains(u"head."), qPrintable(said()));

    tree->setCurrentIndex(row(*tree, QStringLiteral("encoder.weight")));
    for (const char* words : {"before: Smallest 1; now: Smallest -3", "unchanged: Largest 6",
             "before: Mean 3; now: Mean 1.5", "SHA-256", "25 % changed (1), by at most 6"}) {
        QVERIFY2(said().contains(QString::fromUtf8(words)), qPrintable(said()));
    }
    QTest::keyClick(tree, Qt::Key_Return);
    QVERIFY(detail->hasFocus());
    tree->setFocus();
    tree->setCurrentIndex(row(*tree, QStringLiteral("chat_template")));
    const auto templates = row(*tree, QStringLiteral("side by side"));
    QVERIFY(templates.isValid());
    tree->setCurrentIndex(templates);
    QVERIFY2(said().contains(u"before: {{ m.content }}; after: {{ m.role }}: {{ m.content }}"), qPrintable(said()));

    // The page begins at its head; N leads to the finding wherever one stands, other rows leave it alone.
    QVERIFY(bench.session.comparing().state().current().has_value());
    QTest::keyClick(tree, Qt::Key_N);
    QVERIFY2(said().startsWith(u"GitHub") || said().contains(u"New"), qPrintable(said()));

    // A finding leads to its lines, Escape back to the review.
    const auto finding = row(*tree, QStringLiteral("New: "));
    tree->setCurrentIndex(finding);
    QTest::keyClick(tree, Qt::Key_Return);
    QVERIFY(!tree->isVisible());
    QTest::keyClick(view, Qt::Key_Escape);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
}

void CompareModelsTest::textAndKindFilter()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(compare(bench, QStringLiteral("now"), QStringLiteral("then")));
    auto* tables = bench.window.findChild<widgets::CompareTablesView*>();
    auto* tree = tables->tree();
    QTest::keyClicks(tables->filter(), QStringLiteral("WEIGHT encoder"));
    QVERIFY(row(*tree, QStringLiteral("encoder.weight")).isValid());
    QVERIFY(!row(*tree, QStringLiteral("head.new")).isValid());
    QVERIFY(rows(*tree).join(u'\n').contains(u"(1 of 4 rows shown)"));
    tables->filter()->clear();
    widgets::Chip* renamed = nullptr;
    for (auto* chip : tables->findChildren<widgets::Chip*>()) {
        renamed = chip->accessibleName() == u"Renamed 1" ? chip : renamed;
    }
    QVERIFY(renamed && renamed->isChecked());
    renamed->setFocus();
    QTest::keyClick(renamed, Qt::Key_Space);
    QVERIFY(!renamed->isChecked());
    QVERIFY(!row(*tree, QStringLiteral("encoder.offset")).isValid());
    QVERIFY(row(*tree, QStringLiteral("head.new")).isValid());
    QTest::keyClicks(tables->filter(), QStringLiteral("nothing-is-called-so"));
    QVERIFY(!row(*tree, QStringLiteral("")).isValid());
}

void CompareModelsTest::columnsSort()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(compare(bench, QStringLiteral("now"), QStringLiteral("then")));
    auto* tree = bench.window.findChild<widgets::CompareTree*>();
    tree->setCurrentIndex(row(*tree, QStringLiteral("encoder.weight")));
    const QString before = tree->currentIndex().data().toString();
    const auto order = [&] {
        const auto parent = row(*tree, QStringLiteral("head.new")).parent();
        QStringList out;
        for (int i = 0; i < tree->model()->rowCount(parent); ++i) {
            out += tree->model()->index(i, 0, parent).data().toString().section(u' ', 0, 0).remove(u',');
        }
        return out.join(u' ');
    };
    tree->sortByColumn(0, Qt::AscendingOrder);
    QCOMPARE(order(), QStringLiteral("encoder.offset encoder.weight head.new head.old"));
    tree->sortByColumn(0, Qt::DescendingOrder);
    QCOMPARE(order(), QStringLiteral("head.old head.new encoder.weight encoder.offset"));
    QCOMPARE(tree->currentIndex().data().toString(), before); // one stands where one stood
    tree->sortByColumn(static_cast<int>(widgets::CompareColumn::Difference), Qt::DescendingOrder);
    QVERIFY(order().startsWith(u"encoder.weight"));
}

void CompareModelsTest::rowsAreCopiedWithoutSecrets()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(compare(bench, QStringLiteral("now"), QStringLiteral("then")));
    auto* tables = bench.window.findChild<widgets::CompareTablesView*>();
    auto* tree = tables->tree();
    tree->setFocus();
    tree->setCurrentIndex(row(*tree, QStringLiteral("encoder.weight")));
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.contains(u"~ Changed\tencoder.weight in model.safetensors\tF32  4\tF32  4\t25 %"), qPrintable(text));
    QVERIFY(!text.contains(u"head.new"));
    const auto* model = qobject_cast<widgets::CompareTreeModel*>(tree->model());
    const QString markdown = model->asMarkdown({});
    QVERIFY2(markdown.contains(u"### Tensors: 1 added") && markdown.contains(u"|---|---|"), qPrintable(markdown));
    QVERIFY(markdown.contains(u"head.new") && markdown.contains(u"### Findings"));
    QVERIFY(!(markdown + model->asText({})).contains(QString::fromLatin1(test::inventedToken())));
}

void CompareModelsTest::unchangedRowsAreThere()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(compare(bench, QStringLiteral("now"), QStringLiteral("then")));
    auto* tables = bench.window.findChild<widgets::CompareTablesView*>();
    auto* tree = bench.window.findChild<widgets::CompareTree*>();
    QVERIFY(!rows(*tree).join(u'\n').contains(QStringLiteral("Unchanged: norm")));
    widgets::Chip* chip = nullptr;
    for (auto* one : tables->findChildren<widgets::Chip*>()) {
        chip = one->accessibleName().startsWith(QStringLiteral("Unchanged")) ? one : chip;
    }
    QVERIFY(chip);
    const auto& model = bench.session.comparing().state().tables()->model;
    const auto wanted = model.sameMembers.count + model.sameTensors.count + model.sameMetadata.count
        + model.sameTemplates.count + model.sameCallables.count + model.sameOperators.count
        + bench.session.comparing().state().count(widgets::CompareState::Kind::Same);
    QVERIFY(wanted > 0);
    QCOMPARE(chip->accessibleName(), QStringLiteral("Unchanged %1").arg(wanted));
    chip->click();
    const QString all = rows(*tree).join(u'\n');
    QVERIFY2(all.contains(QStringLiteral("Unchanged: norm in model.safetensors; before: F32  2; now: F32  2")),
        qPrintable(all));
    QVERIFY2(
        all.contains(QStringLiteral("Unchanged: author in model.safetensors; before: lab; now: lab")), qPrintable(all));
    QCOMPARE(all.count(QStringLiteral("Unchanged: ")), static_cast<qsizetype>(wanted));
    // Each can be chosen and sorted.
    for (int column = 0; column < 5; ++column) {
        tree->sortByColumn(column, Qt::DescendingOrder);
    }
    const auto index = row(*tree, QStringLiteral("Unchanged: norm"));
    QVERIFY(index.isValid());
    tree->setCurrentIndex(index);
    QVERIFY(tables->findChild<QListView*>()->model()->rowCount() > 1);
    test::keep(bench.window, QStringLiteral("compare-unchanged"));
}

void CompareModelsTest::aPageWithoutLinesSaysWhy()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(test::writeBytes(at(QStringLiteral("then/same.bin")), QByteArray(64, '\1')));
    QVERIFY(test::writeBytes(at(QStringLiteral("now/same.bin")), QByteArray(64, '\1')));
    // A compressed file that says the same with other bytes: its level stands in the header.
    const QByteArray packed = QByteArray::fromHex("1f8b0800000000000003030000000000000000"
                                                  "00");
    QByteArray other = packed;
    other[8] = 2;
    QVERIFY(test::writeBytes(at(QStringLiteral("then/other.gz")), packed));
    QVERIFY(test::writeBytes(at(QStringLiteral("now/other.gz")), other));
    QVERIFY(compare(bench, QStringLiteral("now"), QStringLiteral("then")));
    auto* view = bench.window.findChild<widgets::CompareView*>();
    for (auto* one : view->findChildren<widgets::SegmentedControl*>()) {
        if (one->isVisible() && one->accessibleName() == QStringLiteral("What is shown of the models")) {
            Q_EMIT one->currentChanged(1);
        }
    }
    auto& state = bench.session.comparing().state();
    int blank = 0;
    for (std::size_t i = 0; i < state.outcome()->files.size(); ++i) {
        state.setCurrentFile(i);
        QVERIFY(QTest::qWaitFor([&] { return state.file() != nullptr; }, 5'000));
        QListView* list = nullptr;
        for (auto* one : view->findChildren<QListView*>()) {
            list = one->accessibleName() == QStringLiteral("Changed cells and lines") ? one : list;
        }
        QVERIFY(list);
        bool said = false;
        for (auto* card : view->findChildren<widgets::EmptyState*>()) {
            said = said || card->isVisible();
        }
        QVERIFY2(list->isVisible() != said, state.outcome()->files[i].path.c_str());
        QVERIFY(said || list->model()->rowCount() > 1);
        if (said) {
            test::keep(bench.window, QStringLiteral("compare-no-lines-%1").arg(i));
        }
        blank += said ? 1 : 0;
    }
    QVERIFY(blank >= 2);
}

void CompareModelsTest::theSameModelSaysSo()
{
    QVERIFY(test::writeBytes(at(QStringLiteral("a.safetensors")), test::tensorFile({{"w", {1, 2}}})));
    QVERIFY(test::writeBytes(at(QStringLiteral("b.safetensors")), test::tensorFile({{"w", {1, 2}}})));
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(compare(bench, QStringLiteral("a.safetensors"), QStringLiteral("b.safetensors")));
    auto* tables = bench.window.findChild<widgets::CompareTablesView*>();
    QVERIFY(rows(*tables->tree()).join(u'\n').contains(u"Tensors: 1 as before"));
    QString said;
    for (auto* label : tables->findChildren<QLabel*>()) {
        said += label->isVisible() ? label->text() + u'\n' : QString();
    }
    QVERIFY2(said.contains(u"Nothing differs") && said.contains(u"a.safetensors"), qPrintable(said));
}

void CompareModelsTest::itStopsAndGoesOn()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(compare(bench, QStringLiteral("now"), QStringLiteral("then")));
    auto& comparing = bench.session.comparing();
    auto* tables = bench.window.findChild<widgets::CompareTablesView*>();
    comparing.compareModel();
    QVERIFY(comparing.state().modelStage() == Stage::Working);
    QVERIFY(!comparing.state().tables());
    comparing.stopModel();
    QVERIFY(comparing.state().modelStage() == Stage::Stopped);
    QTest::qWait(200); // what was stopped does not come after all
    QVERIFY(comparing.state().modelStage() == Stage::Stopped);
    QPushButton* again = nullptr;
    for (auto* button : tables->findChildren<QPushButton*>()) {
        again = button->text() == u"Compare again" ? button : again;
    }
    QVERIFY(again && again->isVisible());
    again->setFocus();
    QTest::keyClick(again, Qt::Key_Space);
    QVERIFY(QTest::qWaitFor([&] { return comparing.state().modelStage() == Stage::Done; }, 30'000));
    QVERIFY(row(*tables->tree(), QStringLiteral("encoder.weight")).isValid());
    // Another review: nothing is left.
    bench.window.open({OpenTarget{at(QStringLiteral("then")), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QVERIFY(comparing.state().modelStage() == Stage::None && !comparing.state().tables());
}

// Rows are values, not widgets: many of them are sorted, filtered and walked.
void CompareModelsTest::manyRows()
{
    auto outcome = std::make_shared<widgets::CompareOutcome>();
    review::ModelComparison model;
    constexpr int many = 100'000;
    for (int i = 0; i < many; ++i) {
        review::TensorChange change;
        change.kind = i % 2 == 0 ? review::ModelChange::Added : review::ModelChange::Removed;
        change.name = "layer." + std::to_string((i * 7919LL) % many) + ".weight";
        (i % 2 == 0 ? change.after : change.before) = review::TensorSide{"F32", {2, 3}, {}, {}};
        model.tensors.push_back(std::move(change));
    }
    const auto tables = widgets::makeCompareTables(outcome, std::move(model));
    widgets::CompareState state;
    widgets::CompareTablesView view(&state);
    view.resize(900, 600);
    view.show();
    state.setOutcome(outcome);
    state.setModel(Stage::Done, tables);
    auto* tree = view.tree();
    const auto head = [tree] { return tree->model()->index(0, 0); };
    QCOMPARE(tree->model()->rowCount(head()), many);
    const auto widgets = view.findChildren<QWidget*>().size();
    QVERIFY(tree->uniformRowHeights());
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_End);
    QCOMPARE(tree->currentIndex().row(), many - 1);
    tree->sortByColumn(0, Qt::AscendingOrder);
    QCOMPARE(tree->model()->index(0, 0, head()).data().toString(), QStringLiteral("layer.0.weight"));
    view.filter()->setText(QStringLiteral("layer.77777."));
    QCOMPARE(tree->model()->rowCount(head()), 1);
    QCOMPARE(view.findChildren<QWidget*>().size(), widgets);
}

void CompareModelsTest::notebooksKeepTheirLines()
{
    const QByteArray cells = "{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":1,\"id\":\"a\",\"metadata\":{},"
                             "\"outputs\":[],\"source\":[\"a = 1\"]}],\"metadata\":{},\"nbformat\":4,"
                             "\"nbformat_minor\":5}\n";
    for (const char* folder : {"then/use.ipynb", "now/use.ipynb"}) {
        QVERIFY(test::writeBytes(at(QString::fromUtf8(folder)), cells));
    }
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(compare(bench, QStringLiteral("now"), QStringLiteral("then")));
    auto* view = bench.window.findChild<widgets::CompareView*>();
    auto* tree = view->findChild<widgets::CompareTree*>();
    QVERIFY(!tree->isVisible());
    for (auto* button : view->findChildren<QAbstractButton*>()) {
        if (button->text() == u"Tables") {
            QVERIFY(button->isVisible());
            button->setFocus();
            QTest::keyClick(button, Qt::Key_Space);
        }
    }
    QVERIFY(tree->isVisible());
}

void CompareModelsTest::everythingHasAName()
{
    Workbench bench(at(QStringLiteral("data")));
    QVERIFY(compare(bench, QStringLiteral("now"), QStringLiteral("then")));
    auto* view = bench.window.findChild<widgets::CompareView*>();
    for (auto* widget : view->findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus) {
            auto* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }
}

QTEST_MAIN(CompareModelsTest)
#include "tst_compare_models.moc"
