// SPDX-License-Identifier: GPL-3.0-or-later
// Hits of the palette as rows with group heads, and how they are painted. UI thread.
#pragma once

#include "app/shell/palette_index.h"

#include <QtCore/QAbstractListModel>
#include <QtWidgets/QStyledItemDelegate>

namespace cupel::app {

class PaletteModel : public QAbstractListModel {
    Q_OBJECT
public:
    struct Row {
        bool head = false;
        QString text; // of a head
        int count = 0; // of a head
        PaletteHit hit;
    };

    PaletteModel(const PaletteIndex& index, QObject* parent);
    void setHits(std::vector<PaletteHit> hits);
    [[nodiscard]] const Row* row(const QModelIndex& index) const;
    [[nodiscard]] const PaletteEntry* entry(const QModelIndex& index) const; // null: a head
    [[nodiscard]] int firstHit() const; // row, -1: none
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    const PaletteIndex& m_index;
    std::vector<Row> m_rows;
};

class PaletteDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int headHeight = 28;
    static constexpr int rowHeight = 36;

    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace cupel::app
