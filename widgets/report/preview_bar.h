// SPDX-License-Identifier: GPL-3.0-or-later
// The line above the pages: which page, how large, how many side by side. When it gets narrow it gives up whole
// controls, the least needed first, instead of crushing them: pages and zoom have keys too.
#pragma once

#include <QtWidgets/QWidget>

#include <vector>

class QHBoxLayout;
class QLineEdit;
class QPushButton;

namespace cupel::widgets {

class IconButton;
class Label;

class PreviewBar : public QWidget {
    Q_OBJECT
public:
    explicit PreviewBar(QWidget* parent = nullptr);
    void showPlace(int page, int count, qreal zoom); // `page` counts from 0

Q_SIGNALS:
    void pageWanted(int page); // may be out of range
    void zoomWanted(int steps);
    void fitWanted();
    void columnsWanted(int columns);
    void edited(); // the page field was left: show the truth again

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void makePages();
    void makeZoom();
    void makeColumns();
    void fit();
    QHBoxLayout* m_row;
    IconButton* m_back = nullptr;
    IconButton* m_next = nullptr;
    IconButton* m_smaller = nullptr;
    IconButton* m_larger = nullptr;
    QLineEdit* m_page = nullptr;
    Label* m_count = nullptr;
    QPushButton* m_zoom = nullptr;
    QPushButton* m_columns = nullptr;
    int m_shown = 0; // page
    std::vector<std::vector<QWidget*>> m_giveUp; // in this order
};

} // namespace cupel::widgets
