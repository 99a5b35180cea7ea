// SPDX-License-Identifier: GPL-3.0-or-later
// Widgets side by side that wrap to the next line, as words do. The last one may keep to the far side of its line.
#pragma once

#include <QtWidgets/QLayout>

#include <memory>
#include <vector>

namespace cupel::widgets {

class FlowLayout final : public QLayout {
    Q_OBJECT
public:
    FlowLayout(int spacing, bool lastAtEnd, QWidget* parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override { return arrange({0, 0, width, 0}, false); }
    [[nodiscard]] QSize sizeHint() const override;
    void askForOneLine(); // where there is room for it
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    int arrange(const QRect& rect, bool move) const;
    void placeLine(const std::vector<QLayoutItem*>& line, const QRect& rect, int y, int height, bool last) const;
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
    int m_spacing;
    bool m_lastAtEnd;
    bool m_oneLine = false;
};

} // namespace cupel::widgets
