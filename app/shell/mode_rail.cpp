// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/mode_rail.h"

#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::app {

using widgets::Token;

namespace {

constexpr int logoHeight = 48;
constexpr int iconSide = 20;

} // namespace

RailButton::RailButton(const QString& iconName, const QString& text, QWidget* parent)
    : QAbstractButton(parent)
    , m_icon(iconName)
{
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
}

QSize RailButton::sizeHint() const
{
    return {std::max(ModeRail::width - 8,
                QFontMetrics(widgets::font(widgets::TextRole::Caption, true)).horizontalAdvance(text()) + 12),
        iconSide + widgets::lineHeight(widgets::TextRole::Caption) + 16};
}

// In a low window the words go and the icons stay.
QSize RailButton::minimumSizeHint() const
{
    return {sizeHint().width(), iconSide + 6};
}

bool RailButton::hasRoomForWords() const
{
    return height() >= iconSide + 3 + widgets::lineHeight(widgets::TextRole::Caption);
}

void RailButton::resizeEvent(QResizeEvent* event)
{
    QAbstractButton::resizeEvent(event);
    setToolTip(hasRoomForWords() ? QString() : text());
}

void RailButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = rect();
    if (isChecked()) {
        widgets::paintBox(painter, box, widgets::radius::control, widgets::color(Token::Selection));
    } else if (underMouse()) {
        widgets::paintBox(painter, box, widgets::radius::control, widgets::color(Token::Third));
    }
    const qreal textHeight = widgets::lineHeight(widgets::TextRole::Caption);
    const bool words = hasRoomForWords();
    const qreal top = (height() - iconSide - (words ? 3 + textHeight : 0)) / 2;
    widgets::paintIcon(painter, QRectF((width() - iconSide) / 2.0, top, iconSide, iconSide), m_icon,
        isChecked() ? Token::Accent : Token::TextSecondary);
    if (words) {
        painter.setFont(widgets::font(widgets::TextRole::Caption, isChecked()));
        painter.setPen(widgets::color(isChecked() ? Token::TextPrimary : Token::TextSecondary));
        const QString shown = painter.fontMetrics().elidedText(text(), Qt::ElideRight, width() - 4);
        painter.drawText(QRectF(0, top + iconSide + 3, width(), textHeight), Qt::AlignCenter, shown);
    }
    if (hasFocus() && widgets::focusVisible()) {
        widgets::paintFocusRing(painter, box, widgets::radius::control);
    }
}

void RailButton::enterEvent(QEnterEvent* event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void RailButton::leaveEvent(QEvent* event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

ModeRail::ModeRail(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_group(new QButtonGroup(this))
{
    setFixedWidth(width);
    setAccessibleName(tr("Modes"));
    m_group->setExclusive(true);
    m_layout->setContentsMargins(4, logoHeight + 8, 4, 8);
    m_layout->setSpacing(4);
    m_layout->addStretch(1);
    connect(m_group, &QButtonGroup::buttonClicked, this,
        [this](QAbstractButton* button) { Q_EMIT chosen(button->objectName()); });
}

void ModeRail::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fit();
    }
}

// As wide as the longest word: text may be three times as large.
void ModeRail::fit()
{
    int widest = width;
    for (const QAbstractButton* button : m_group->buttons()) {
        widest = std::max(widest, button->sizeHint().width() + 8);
    }
    setFixedWidth(widest);
}

void ModeRail::addMode(const QString& id, const QString& iconName, const QString& text, bool atBottom)
{
    auto* button = new RailButton(iconName, text, this);
    button->setObjectName(id);
    button->installEventFilter(this);
    m_group->addButton(button);
    const int end = m_layout->count();
    m_layout->insertWidget(atBottom ? end : end - 1 - m_bottom, button);
    m_bottom += atBottom ? 1 : 0;
    fit();
}

void ModeRail::setCurrent(const QString& id)
{
    for (QAbstractButton* button : m_group->buttons()) {
        if (button->objectName() == id) {
            button->setChecked(true);
            setFocusProxy(button);
        }
    }
}

bool ModeRail::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            step(key == Qt::Key_Down ? 1 : -1);
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            static_cast<QAbstractButton*>(watched)->click();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ModeRail::keyPressEvent(QKeyEvent* event)
{
    event->ignore();
}

void ModeRail::step(int direction)
{
    const QList<QAbstractButton*> buttons = m_group->buttons();
    const auto it = std::find_if(buttons.begin(), buttons.end(), [](const auto* b) { return b->hasFocus(); });
    const qsizetype at = it == buttons.end() ? 0 : it - buttons.begin();
    const qsizetype next = std::clamp<qsizetype>(at + direction, 0, buttons.size() - 1);
    buttons[next]->setFocus(direction > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
}

void ModeRail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), widgets::color(Token::Window));
    painter.setRenderHint(QPainter::Antialiasing);
    widgets::paintLogo(painter, QRectF((QWidget::width() - 24) / 2.0, (logoHeight - 24) / 2.0, 24, 24));
}

} // namespace cupel::app
