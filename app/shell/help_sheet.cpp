// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/help_sheet.h"

#include "app/shell/actions.h"
#include "app/shell/help_topics.h"
#include "app/shell/key_sheet.h"
#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/theme.h"

#include <QtCore/QEvent>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::app {

using widgets::Label;
using widgets::TextRole;
using widgets::Token;

namespace {

constexpr int listWidth = 220; // px
constexpr int pageWidth = 340; // px; when there is less beside the list, the section needs its room more

} // namespace

HelpSheet::HelpSheet(const Actions& actions, QWidget* window)
    : Sheet(tr("Help"), window, {820, 640})
    , m_actions(actions)
    , m_list(new QListWidget(this))
    , m_area(new QScrollArea(this))
{
    setHelpTopic(this, "keys");
    m_list->setAccessibleName(tr("Sections of the help"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (const HelpTopic& topic : helpTopics()) {
        m_list->addItem(new QListWidgetItem(widgets::icon(QString::fromUtf8(topic.icon)), helpText(topic.title)));
    }
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0) {
            showTopic(QString::fromUtf8(helpTopics()[static_cast<std::size_t>(row)].id));
        }
    });
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->viewport()->setAutoFillBackground(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(24);
    row->addWidget(m_list);
    row->addWidget(m_area, 1);
    body()->addLayout(row, 1);
    setFocusProxy(m_area); // Page Down reads on
}

QWidget* HelpSheet::makePage(const HelpTopic& topic)
{
    auto* page = new QWidget(m_area);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(4, 0, 12, 0);
    column->setSpacing(12);
    column->addWidget(new Label(helpText(topic.title), TextRole::H3, Token::TextPrimary, true, page));
    for (const char* paragraph : topic.paragraphs) {
        auto* text = new Label(helpText(paragraph), TextRole::Base, Token::TextSecondary, false, page);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(text);
    }
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const HelpKey& key : topic.keys) {
        addKeyRow(grid, row++, helpText(key.text), {QString::fromUtf8(key.keys)}, page);
    }
    for (const char* id : topic.actions) {
        QStringList keys;
        for (const QKeySequence& one : m_actions.keysOf(QString::fromUtf8(id))) {
            keys += one.toString(QKeySequence::NativeText);
        }
        addKeyRow(grid, row++, m_actions.at(QString::fromUtf8(id))->text(), keys, page);
    }
    column->addLayout(grid);
    auto* next = new widgets::FlowLayout(8, false); // they wrap: a page must not be wider than the sheet
    next->addWidget(new Label(tr("See also"), TextRole::Small, Token::TextMuted, false, page));
    for (const char* id : topic.next) {
        if (const HelpTopic* other = findHelp(QString::fromUtf8(id))) {
            auto* button = new QPushButton(widgets::icon(QString::fromUtf8(other->icon)), helpText(other->title), page);
            widgets::setSmall(button);
            button->setAutoDefault(false);
            next->addWidget(button);
            connect(button, &QAbstractButton::clicked, this, [this, id] { showTopic(QString::fromUtf8(id)); });
        }
    }
    column->addLayout(next);
    column->addStretch(1);
    return page;
}

void HelpSheet::showTopic(QStringView id)
{
    const HelpTopic* topic = findHelp(id);
    topic = topic ? topic : &helpTopics().front();
    if (m_topic == QLatin1String(topic->id)) {
        return;
    }
    m_topic = QString::fromUtf8(topic->id);
    const QString title = helpText(topic->title);
    setAccessibleName(tr("Help: %1").arg(title));
    m_area->setAccessibleName(title);
    m_list->setCurrentRow(static_cast<int>(topic - helpTopics().data()));
    // The page whose button was pressed ends later: it is still on the stack.
    if (QWidget* old = m_area->takeWidget()) {
        old->deleteLater();
    }
    QWidget* page = makePage(*topic);
    m_area->setWidget(page);
    page->setAutoFillBackground(false); // setWidget turned it on
    if (!m_list->hasFocus()) {
        m_area->setFocus(Qt::OtherFocusReason);
    }
}

void HelpSheet::resizeEvent(QResizeEvent* event)
{
    Sheet::resizeEvent(event);
    fitList();
}

void HelpSheet::changeEvent(QEvent* event)
{
    Sheet::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        fitList();
    }
}

void HelpSheet::fitList()
{
    m_list->setFixedWidth(widgets::zoomed(listWidth));
    m_list->setVisible(width() >= widgets::zoomed(listWidth) + widgets::zoomed(pageWidth));
}

} // namespace cupel::app
