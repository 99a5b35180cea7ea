// SPDX-License-Identifier: GPL-3.0-or-later
// The row changes a TreeModel tells, held against random trees.
#include "widgets/models/tree_model.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace cupel::widgets;

namespace {

class NumberModel final : public TreeModel<int> {
public:
    using TreeModel::assign;
    [[nodiscard]] QVariant valueData(const int& value, int, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(value) : QVariant();
    }
};

using Items = std::vector<NumberModel::Item>;

void compare(const NumberModel& model, const QModelIndex& parent, const Items& items)
{
    QCOMPARE(model.rowCount(parent), static_cast<int>(items.size()));
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const auto& item = items[static_cast<std::size_t>(row)];
        QCOMPARE(index.data().toInt(), item.value);
        QCOMPARE(model.parent(index), parent);
        compare(model, index, item.children);
    }
}

Items flat(std::initializer_list<int> keys)
{
    Items items;
    for (const int key : keys) {
        items.push_back({std::to_string(key), key, {}});
    }
    return items;
}

} // namespace

class TreeModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsTheFewestChanges()
    {
        NumberModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.assign(flat({1, 2, 3, 4, 5}));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy added(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        const QPersistentModelIndex four = model.index(3, 0);
        model.assign(flat({1, 3, 4, 10, 11, 5}));
        QCOMPARE(reset.size(), 0);
        QCOMPARE(added.size(), 1);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(four.row(), 2);
        QCOMPARE(four.data().toInt(), 4);
    }

    void changedValuesKeepTheirRows()
    {
        NumberModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.assign(flat({1, 2, 3}));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        Items items = flat({1, 2, 3});
        items[1].value = 20;
        items[2].value = 30;
        model.assign(items);
        QCOMPARE(changed.size(), 1);
        compare(model, {}, items);
    }

    void anotherOrderResets()
    {
        NumberModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.assign(flat({1, 2, 3}));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const Items items = flat({3, 2, 1});
        model.assign(items);
        QCOMPARE(reset.size(), 1);
        compare(model, {}, items);
    }

    void keysThatAreNotUniqueStillShow()
    {
        NumberModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.assign(flat({1, 2}));
        const Items items = flat({1, 1, 2});
        model.assign(items);
        compare(model, {}, items);
    }

    void randomTrees()
    {
        NumberModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QRandomGenerator random(42);
        for (int round = 0; round < 200; ++round) {
            Items items;
            for (int group = 0; group < 8; ++group) {
                if (random.bounded(4) == 0) {
                    continue;
                }
                NumberModel::Item item{std::to_string(group), random.bounded(2) == 0 ? group : 100 + group, {}};
                for (int leaf = 0; leaf < 12; ++leaf) {
                    if (random.bounded(3) != 0) {
                        item.children.push_back({std::to_string(leaf), leaf, {}});
                    }
                }
                items.push_back(std::move(item));
            }
            model.assign(items);
            compare(model, {}, items);
        }
    }
};

QTEST_GUILESS_MAIN(TreeModelTest)
#include "tst_tree_model.moc"
