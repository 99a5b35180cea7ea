// SPDX-License-Identifier: GPL-3.0-or-later
// All images of a review for a person to look at: a header that counts and filters, the grid, and honest words when
// there is nothing to show. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/gallery_state.h"

class QLabel;
class QStackedWidget;

namespace cupel::widgets {

class EmptyState;
class GalleryGrid;
class Label;
class SegmentedControl;

class GalleryView : public View {
    Q_OBJECT
public:
    GalleryView(GalleryState& state, PictureSource* pictures, QWidget* parent = nullptr);
    void takeFocus() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeHeader();
    void update();
    void updateEmpty();
    GalleryState& m_state;
    QLabel* m_sign = nullptr;
    Label* m_facts = nullptr;
    SegmentedControl* m_show = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedWidget* m_stack = nullptr;
    GalleryGrid* m_grid = nullptr;
};

} // namespace cupel::widgets
