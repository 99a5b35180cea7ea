// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/fitting_tabs.h"

#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

#include <QtCore/QEvent>

namespace cupel::widgets {

namespace {

constexpr int padding = 10; // at either side, as the style has it
constexpr int closer = 5; // of it, where there is less room
constexpr int iconWidth = 16;

} // namespace

FittingTabs::FittingTabs(QWidget* parent)
    : QTabBar(parent)
{
    setExpanding(false);
    setDrawBase(false);
    setUsesScrollButtons(true); // where not even the icons fit
    connect(this, &QTabBar::currentChanged, this, &FittingTabs::fit);
}

void FittingTabs::add(const QString& iconName, const QString& word, const QString& tip, const QString& name)
{
    m_tabs.push_back({iconName, word, tip});
    const int index = addTab(word);
    setAccessibleTabName(index, name.isEmpty() ? word : name);
    fit();
}

bool FittingTabs::hasWord(std::size_t tab, Way way) const
{
    return way <= Way::Close || (way == Way::Icons && static_cast<int>(tab) == currentIndex());
}

// With every word as wide as it is when chosen, so that choosing moves nothing.
int FittingTabs::widthOf(Way way) const
{
    const QFontMetrics metrics(widgets::font(TextRole::Base, true));
    int width = 0;
    for (std::size_t i = 0; i < m_tabs.size(); ++i) {
        width += hasWord(i, way) ? metrics.horizontalAdvance(m_tabs[i].word) : iconWidth;
        width += 2 * (way == Way::Close ? padding - closer : padding);
    }
    return width;
}

void FittingTabs::fit()
{
    if (m_tabs.size() != static_cast<std::size_t>(count())) {
        return; // one of them is just being added
    }
    m_way = Way::Words;
    while (m_way != Way::IconsOnly && widthOf(m_way) > width()) {
        m_way = static_cast<Way>(static_cast<int>(m_way) + 1);
    }
    for (int i = 0; i < count(); ++i) {
        const Tab& tab = m_tabs[static_cast<std::size_t>(i)];
        const bool word = hasWord(static_cast<std::size_t>(i), m_way);
        setTabIcon(i, word ? QIcon() : icon(tab.icon, Token::TextSecondary));
        setTabText(i, word ? tab.word : QString());
        setTabToolTip(i, !tab.tip.isEmpty() ? tab.tip : word ? QString() : tab.word);
    }
}

QSize FittingTabs::tabSizeHint(int index) const
{
    const QSize size = QTabBar::tabSizeHint(index);
    return m_way == Way::Close ? QSize(size.width() - 2 * closer, size.height()) : size;
}

void FittingTabs::resizeEvent(QResizeEvent* event)
{
    fit();
    QTabBar::resizeEvent(event);
}

void FittingTabs::changeEvent(QEvent* event)
{
    QTabBar::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fit();
    }
}

} // namespace cupel::widgets
