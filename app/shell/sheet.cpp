// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/sheet.h"

#include "app/shell/palette.h"
#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::app {

using widgets::TextRole;
using widgets::Token;

namespace {

constexpr int ring = 4;

void paintPanel(QWidget& widget)
{
    QPainter painter(&widget);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor halo = widgets::color(Token::ControlBorder);
    halo.setAlphaF(widgets::isDark(widgets::currentTheme()) ? 0.35F : 0.12F);
    widgets::paintBox(painter, widget.rect(), widgets::radius::card + ring, halo);
    widgets::paintBox(painter, QRectF(widget.rect()).adjusted(ring, ring, -ring, -ring), widgets::radius::card,
        widgets::color(Token::Surface), widgets::color(Token::ControlBorder));
}

void giveBack(const QPointer<QWidget>& before)
{
    if (before && before->isVisible()) {
        before->setFocus(Qt::OtherFocusReason);
    }
}

} // namespace

Sheet::Sheet(const QString& title, QWidget* window, QSize size)
    : QFrame(window)
    , m_scrim(new Scrim(window))
    , m_body(new QVBoxLayout)
    , m_size(size)
{
    hide();
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    auto* close = new widgets::IconButton(QStringLiteral("x"), tr("Close"), this);
    auto* head = new QHBoxLayout;
    head->addWidget(new widgets::Label(title, TextRole::H2, Token::TextPrimary, true, this), 1);
    head->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24 + ring, 16 + ring, 16 + ring, 24 + ring);
    column->setSpacing(12);
    column->addLayout(head);
    column->addLayout(m_body, 1);
    window->installEventFilter(this);
    connect(this, &QObject::destroyed, m_scrim, &QObject::deleteLater);
    connect(close, &QAbstractButton::clicked, this, &Sheet::close);
    connect(m_scrim, &Scrim::clicked, this, [this] {
        if (m_closesOutside) {
            this->close();
        }
    });
}

void Sheet::open()
{
    if (isHidden()) {
        m_before = window()->focusWidget();
    }
    place();
    m_scrim->show();
    m_scrim->raise();
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
}

void Sheet::close()
{
    hide();
    m_scrim->hide();
    giveBack(m_before);
    Q_EMIT closed();
}

void Sheet::place()
{
    const QRect room = parentWidget()->rect();
    m_scrim->setGeometry(room);
    QSize size = m_size.boundedTo(room.size() - QSize(32, 32));
    if (m_content) {
        const QMargins around = layout()->contentsMargins();
        const int head = layout()->itemAt(0)->sizeHint().height() + layout()->spacing();
        const int wanted = m_content->heightForWidth(size.width() - around.left() - around.right());
        size.setHeight(std::min(wanted + head + around.top() + around.bottom(), room.height() - 32));
    }
    setGeometry(QRect(QPoint((room.width() - size.width()) / 2, (room.height() - size.height()) / 2), size));
}

void Sheet::fitTo(QWidget* content)
{
    m_content = content;
}

// Where a sheet asks for letters, none of them, and no undo, goes to what lies behind it.
bool Sheet::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && property("takesKeys").toBool()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
        const bool function = key->key() >= Qt::Key_F1 && key->key() <= Qt::Key_F35;
        if ((plain && !function) || key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->accept();
            return true;
        }
    }
    const bool handled = QFrame::event(event);
    if (event->type() == QEvent::LayoutRequest && m_content && !isHidden()) {
        place();
    }
    return handled;
}

bool Sheet::focusNextPrevChild(bool next)
{
    if (!QFrame::focusNextPrevChild(next)) {
        return false;
    }
    const QWidget* now = window()->focusWidget();
    if (now && !isAncestorOf(now) && now != this) {
        setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    }
    return true;
}

void Sheet::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
    } else {
        QFrame::keyPressEvent(event);
    }
}

bool Sheet::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && !isHidden()) {
        place();
    }
    return QFrame::eventFilter(watched, event);
}

void Sheet::paintEvent(QPaintEvent*)
{
    paintPanel(*this);
}

Popover::Popover(const QString& title, const QString& text, QWidget* window)
    : QFrame(window)
    , m_title(new widgets::Label(title, TextRole::H3, Token::TextPrimary, true, this))
    , m_text(new widgets::Label(text, TextRole::Base, Token::TextSecondary, false, this))
    , m_body(new QVBoxLayout)
{
    hide();
    setFocusPolicy(Qt::StrongFocus);
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16 + ring, 14 + ring, 16 + ring, 14 + ring);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addLayout(m_body);
    setWords(title, text);
    window->installEventFilter(this);
}

void Popover::setWords(const QString& title, const QString& text)
{
    m_title->setText(title);
    m_text->setText(text);
    setAccessibleName(title);
    setAccessibleDescription(text);
}

void Popover::openAt(QWidget* anchor)
{
    m_anchor = anchor;
    if (isHidden()) {
        m_before = window()->focusWidget();
    }
    place();
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
    qApp->installEventFilter(this); // a click beside it closes it
}

void Popover::close()
{
    if (isHidden()) {
        return;
    }
    qApp->removeEventFilter(this);
    const bool mine = window()->focusWidget() == this || isAncestorOf(window()->focusWidget());
    hide();
    if (mine) {
        giveBack(m_before);
    }
    Q_EMIT closed();
}

void Popover::place()
{
    const QRect room = parentWidget()->rect().adjusted(8, 8, -8, -8);
    const int width = std::min(360, room.width());
    const int height = std::max(heightForWidth(width), layout()->heightForWidth(width));
    QRect box(0, 0, width, std::min(height, room.height()));
    if (m_anchor) {
        const QRect at(m_anchor->mapTo(parentWidget(), QPoint(0, 0)), m_anchor->size());
        const bool tall = at.height() > room.height() / 2;
        const bool above = at.center().y() > room.center().y();
        box.moveLeft(std::min(at.left(), room.right() - width));
        box.moveTop(above ? at.top() - box.height() - 4 : at.bottom() + 4);
        if (tall) { // a whole region: beside it, or inside its lower end when it fills the window
            const bool right = at.right() + width < room.right();
            const bool left = at.left() - width > room.left();
            box.moveTop(room.center().y() - box.height() / 2);
            box.moveLeft(right ? at.right() + 8 : left ? at.left() - width - 8 : at.center().x() - width / 2);
        }
    } else {
        box.moveCenter(room.center());
    }
    box.moveTo(std::clamp(box.x(), room.x(), std::max(room.x(), room.right() - box.width())),
        std::clamp(box.y(), room.y(), std::max(room.y(), room.bottom() - box.height())));
    setGeometry(box);
}

void Popover::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
    } else {
        QFrame::keyPressEvent(event);
    }
}

bool Popover::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && !isHidden()) {
        place();
    }
    if (event->type() == QEvent::MouseButtonPress && !isHidden() && watched->isWidgetType()) {
        const auto* widget = static_cast<QWidget*>(watched);
        const bool inside = widget == this || isAncestorOf(widget);
        if (widget->window() == window() && !inside) {
            close();
        }
    }
    return QFrame::eventFilter(watched, event);
}

void Popover::paintEvent(QPaintEvent*)
{
    paintPanel(*this);
}

} // namespace cupel::app
