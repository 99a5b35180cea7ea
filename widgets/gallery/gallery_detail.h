// SPDX-License-Identifier: GPL-3.0-or-later
// The current image of the gallery: larger, with all that is known of it, and what to do with it. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/gallery_state.h"

class QPushButton;
class QScrollArea;
class QStackedLayout;
class QVBoxLayout;

namespace cupel::widgets {

class EmptyState;

// Paints one picture as large as its width allows.
class PicturePane : public QWidget {
    Q_OBJECT
public:
    PicturePane(PictureSource* pictures, QWidget* parent);
    void setImage(const GalleryImage* image, const QString& name); // null: none

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    PictureSource* m_pictures;
    PictureRequest m_request;
    QString m_refusal;
};

class GalleryDetail : public View {
    Q_OBJECT
public:
    GalleryDetail(GalleryState& state, PictureSource* pictures, QWidget* parent = nullptr);
    void takeFocus() override;

private:
    QWidget* makeFooter();
    void show();
    void showFacts(const GalleryImage& image);
    void updateMark();
    GalleryState& m_state;
    QStackedLayout* m_stack = nullptr;
    EmptyState* m_empty = nullptr;
    PicturePane* m_pane = nullptr;
    QScrollArea* m_facts = nullptr;
    QPushButton* m_go = nullptr;
    QPushButton* m_mark = nullptr;
    QByteArray m_shown; // key of the image whose facts stand there
};

} // namespace cupel::widgets
