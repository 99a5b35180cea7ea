// SPDX-License-Identifier: GPL-3.0-or-later
// The images as a grid: thumbnail, place, facts, what they carry, and the sign of those that were looked at. Pixels are
// asked for when a tile is painted, so only what is seen is ever decoded. UI thread.
#pragma once

#include "widgets/models/gallery_state.h"

#include <QtCore/QAbstractListModel>
#include <QtWidgets/QListView>
#include <QtWidgets/QStyledItemDelegate>

namespace cupel::widgets {

class GalleryModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit GalleryModel(GalleryState& state, QObject* parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] std::optional<std::size_t> imageAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(std::optional<std::size_t> image) const;

private:
    GalleryState& m_state;
};

class GalleryDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    GalleryDelegate(GalleryState& state, PictureSource* pictures, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QRectF pictureBox(const QRectF& tile) const;

private:
    void paintThumbnail(QPainter& painter, const QRectF& box, const GalleryImage& image) const;
    void paintChips(QPainter& painter, const QRectF& box, const GalleryImage& image) const;
    GalleryState& m_state;
    PictureSource* m_pictures;
};

class GalleryGrid : public QListView {
    Q_OBJECT
public:
    GalleryGrid(GalleryState& state, PictureSource* pictures, QWidget* parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void open();
    GalleryState& m_state;
    GalleryModel m_model;
    bool m_following = false;
};

} // namespace cupel::widgets
