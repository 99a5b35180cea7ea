// SPDX-License-Identifier: GPL-3.0-or-later
// Which file of the review is shown; seen only when there are several. Follows and sets the current artifact.
#pragma once

#include "widgets/models/artifact_model.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QStyledItemDelegate>

namespace cupel::widgets {

class FileSwitcher : public QComboBox {
    Q_OBJECT
public:
    explicit FileSwitcher(ReviewState* state, QWidget* parent = nullptr);
    void showPopup() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();
    ReviewState* m_state;
    ArtifactModel m_model;
};

// A file with the sign of its worst finding before it and its count or status after it.
class FileDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace cupel::widgets
