// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison of models as one page: sections that fold, below each its rows, all with the same columns. Sorts within
// sections and filters by text and kind; rows are numbers into shared tables. UI thread.
#pragma once

#include "widgets/models/compare_tables.h"

#include <QtCore/QAbstractItemModel>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTreeView>

#include <bitset>
#include <optional>

namespace cupel::widgets {

class CompareTreeModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role { SignRole = Qt::UserRole + 1, SeverityRole, NameRole, FileRole };
    struct Place {
        CompareSection section = CompareSection::Members;
        const ComparedItem* item = nullptr; // null: the head of the section
    };
    using QAbstractItemModel::QAbstractItemModel;
    void set(CompareTablesPtr tables);
    [[nodiscard]] const CompareTablesPtr& tables() const { return m_tables; }
    void setFilter(const QString& words); // all of them, in any order
    void setShown(CompareKind kind, bool shown);
    [[nodiscard]] bool isShown(CompareKind kind) const { return m_shown[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] std::optional<Place> place(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex find(CompareSection section, std::uint32_t at) const; // invalid: not shown
    [[nodiscard]] std::size_t shownRows() const;
    // The rows of `chosen`, else all that are shown, under the names of their sections; 10,000 at most.
    [[nodiscard]] QString asText(const QModelIndexList& chosen) const;
    [[nodiscard]] QString asMarkdown(const QModelIndexList& chosen) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override; // -1: as they stand in the files

private:
    struct Section {
        CompareSection section = CompareSection::Members;
        std::vector<std::uint32_t> rows; // indices of what is shown
    };
    void arrange();
    void order(Section& section) const;
    [[nodiscard]] bool matches(const ComparedItem& item) const;
    [[nodiscard]] QString headText(const Section& section) const;
    [[nodiscard]] QString spoken(const Place& place) const;
    template <typename Head, typename Row> void each(const QModelIndexList& chosen, Head head, Row row) const;
    CompareTablesPtr m_tables;
    std::vector<Section> m_sections;
    std::vector<std::string> m_words;
    std::bitset<compareKinds> m_shown{0b01111}; // not what is unchanged
    int m_column = -1;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

// What became of a row as sign and word, how bad a finding is as shape and word.
class CompareTreeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// Keeps what is folded and where one stands when rows are sorted or filtered. Letters stay shortcuts of the window.
class CompareTree : public QTreeView {
    Q_OBJECT
public:
    explicit CompareTree(CompareTreeModel& model, QWidget* parent = nullptr);

Q_SIGNALS:
    void copyRequested();
    void opened(const QModelIndex& index); // Enter or a double click on a row

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;

private:
    void keep();
    void restore();
    void fitColumns();
    CompareTreeModel& m_model;
    std::bitset<compareSections> m_folded;
    std::optional<std::pair<CompareSection, std::optional<std::uint32_t>>> m_stands;
    bool m_restoring = false;
};

} // namespace cupel::widgets
