// SPDX-License-Identifier: GPL-3.0-or-later
// Rows and keys lead to what they speak of, and to nothing that is not on the screen.
#include "shell_bench.h"

#include "app/shell/drawer.h"
#include "app/shell/sheet.h"
#include "widgets/models/not_checked_model.h"
#include "widgets/models/review_state.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/review_document.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QTreeView>

using namespace cupel;
using namespace cupel::app;
using cupel::test::Workbench;

namespace {

// Cells that are fine, one that is no Python, and one with a finding.
QByteArray notebook()
{
    QByteArray cells;
    for (int i = 0; i < 14; ++i) {
        const QByteArray source = i == 11 ? "def broken(:\\n    pass" : i == 2 ? "eval(input())" : "value = 1";
        cells += QByteArray(i == 0 ? "" : ",")
            + "{\"cell_type\":\"code\",\"execution_count\":null,\"metadata\":{},\"outputs\":[],\"source\":\"" + source
            + "\"}";
    }
    return "{\"cells\":[" + cells
        + "],\"metadata\":{\"language_info\":{\"name\":\"python\"}},\"nbformat\":4,\"nbformat_minor\":4}";
}

} // namespace

class NotOnScreenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whatWasNotCheckedLeadsToItsCell();
    void triageIsOnlyOfWhatIsShown();

private:
    [[nodiscard]] QString inside(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void NotOnScreenTest::initTestCase()
{
    QFile file(inside("a.ipynb"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(notebook());
}

void NotOnScreenTest::whatWasNotCheckedLeadsToItsCell()
{
    Workbench bench(inside("one"));
    bench.window.open({OpenTarget{inside("a.ipynb"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto* drawer = bench.window.findChild<Drawer*>();
    bench.window.showMode(QStringLiteral("report"));
    QTreeView* list = nullptr;
    for (auto* view : drawer->findChildren<QTreeView*>()) {
        list = dynamic_cast<widgets::NotCheckedModel*>(view->model()) ? view : list;
    }
    QVERIFY(list != nullptr);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    const auto row = list->model()->index(0, 0);
    QVERIFY(row.siblingAtColumn(1).data().toString().contains(QStringLiteral("cell 11")));
    QVERIFY(!list->isColumnHidden(widgets::NotCheckedModel::OffsetColumn));
    const auto at = row.data(widgets::NotCheckedModel::OffsetRole).toLongLong();
    QVERIFY(notebook().mid(at).startsWith("def broken"));
    Q_EMIT list->activated(row);
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    const auto cell = [canvas] {
        const int item = canvas->document() ? canvas->currentItem() : -1;
        return item < 0 ? -1 : canvas->document()->items()[static_cast<std::size_t>(item)].cell;
    };
    QTRY_COMPARE(cell(), 11);
}

void NotOnScreenTest::triageIsOnlyOfWhatIsShown()
{
    Workbench bench(inside("two"));
    bench.window.open({OpenTarget{inside("a.ipynb"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto& review = bench.session.review();
    QVERIFY(!review.visible().empty());
    review.setCurrent(review.visible().front());
    bench.window.showMode(QStringLiteral("compare"));
    QTest::qWait(50);
    QTest::keyClick(&bench.window, Qt::Key_T);
    QTest::qWait(50);
    QVERIFY(bench.window.findChildren<Sheet*>().isEmpty());
    bench.window.showMode(QStringLiteral("review"));
    QTest::qWait(50);
    QTest::keyClick(&bench.window, Qt::Key_T);
    QTRY_COMPARE(bench.window.findChildren<Sheet*>().size(), 1);
}

QTEST_MAIN(NotOnScreenTest)
#include "tst_not_on_screen.moc"
