// SPDX-License-Identifier: GPL-3.0-or-later
// The dashed field that says files may be dropped, and while something is dragged, what a drop will do. It only speaks:
// the window takes drops everywhere. UI thread.
#pragma once

#include <QtWidgets/QFrame>

namespace cupel::widgets {

class DropZone : public QFrame {
    Q_OBJECT
public:
    explicit DropZone(QWidget* parent = nullptr);
    void setDragText(const QString& text); // "Open 12 notebooks, skip 3 files"; empty: nothing is dragged
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clicked(); // people click on such fields too

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] QString title() const;
    QString m_dragText;
};

} // namespace cupel::widgets
