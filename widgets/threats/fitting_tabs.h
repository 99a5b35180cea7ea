// SPDX-License-Identifier: GPL-3.0-or-later
// Tabs that are all there at any width: words where there is room for them, closer together where there is less, and
// icons with the words in tool tips where there is little. UI thread.
#pragma once

#include <QtWidgets/QTabBar>

#include <vector>

namespace cupel::widgets {

class FittingTabs : public QTabBar {
    Q_OBJECT
public:
    explicit FittingTabs(QWidget* parent = nullptr);
    // `tip`: what the word alone does not say; empty: nothing. `name`: for screen readers; empty: the word.
    void add(const QString& iconName, const QString& word, const QString& tip = {}, const QString& name = {});
    [[nodiscard]] bool wordless() const { return m_way >= Way::Icons; } // but for the chosen one, where it fits

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    [[nodiscard]] QSize tabSizeHint(int index) const override;
    [[nodiscard]] QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }

private:
    enum class Way : std::uint8_t { Words, Close, Icons, IconsOnly };
    struct Tab {
        QString icon;
        QString word;
        QString tip;
    };
    [[nodiscard]] int widthOf(Way way) const; // of all tabs
    [[nodiscard]] bool hasWord(std::size_t tab, Way way) const;
    void fit();

    std::vector<Tab> m_tabs;
    Way m_way = Way::Words;
};

} // namespace cupel::widgets
