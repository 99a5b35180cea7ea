// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/buttons.h"

#include "widgets/common/focus.h"
#include "widgets/common/icons.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QStyleOption>

namespace cupel::widgets {

namespace {

constexpr int crossZone = 20; // px at the end of a chip that take it away

// One part of a segmented control: the control draws as one box, each part only its share of it.
class Segment : public QAbstractButton {
public:
    explicit Segment(const QString& text, bool first, bool last, QWidget* parent)
        : QAbstractButton(parent)
        , m_first(first)
        , m_last(last)
    {
        setText(text);
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
        setProperty("innerFocus", true);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics strong(cupel::widgets::font(TextRole::Small, true)); // checked text is wider: no jumping
        return {strong.horizontalAdvance(text()) + 22, lineHeight(TextRole::Small) + 12};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setClipRect(rect());
        const QRectF box = QRectF(rect()).adjusted(m_first ? 0 : -8, 0, m_last ? 0 : 8, 0);
        const Token fill = isChecked() ? Token::Selection : underMouse() ? Token::Third : Token::Surface;
        paintBox(painter, box, radius::control, color(fill), color(Token::ControlBorder));
        if (!m_first) {
            painter.fillRect(0, 0, 1, height(), color(Token::ControlBorder));
        }
        if (hasFocus() && focusVisible()) {
            paintFocusRing(painter, rect(), radius::control);
        }
        const Token ink = !isEnabled() ? Token::TextMuted : isChecked() ? Token::TextPrimary : Token::TextSecondary;
        painter.setPen(color(ink));
        painter.setFont(cupel::widgets::font(TextRole::Small, isChecked()));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextShowMnemonic, text());
    }

private:
    bool m_first;
    bool m_last;
};

// Buttons remember their size; a change of style makes them forget it.
void mark(QAbstractButton* button, const char* name, const QVariant& value)
{
    button->setProperty(name, value);
    QEvent event(QEvent::StyleChange);
    QCoreApplication::sendEvent(button, &event);
    button->update();
}

} // namespace

void setSmall(QAbstractButton* button)
{
    mark(button, "small", true);
}
void setLarge(QAbstractButton* button)
{
    mark(button, "large", true);
}
void setKeyHint(QAbstractButton* button, const QString& keys)
{
    mark(button, "keyHint", keys);
}

IconButton::IconButton(const QString& iconName, const QString& accessibleName, QWidget* parent)
    : QToolButton(parent)
{
    setIconName(iconName);
    setAutoRaise(true);
    setAccessibleName(accessibleName);
    setToolTip(accessibleName);
    setFocusPolicy(Qt::TabFocus);
}

void IconButton::setIconName(const QString& iconName)
{
    setIcon(cupel::widgets::icon(iconName));
}

Chip::Chip(const QString& text, QWidget* parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::NoFocus);
    setText(text);
    setAttribute(Qt::WA_Hover);
    setAttribute(Qt::WA_TransparentForMouseEvents); // a fact until told otherwise
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setProperty("focusRadius", radius::chip + 2);
}

void Chip::setIconName(const QString& iconName, Token color)
{
    m_icon = iconName;
    m_iconColor = color;
    updateGeometry();
    update();
}

void Chip::checkStateSet()
{
    QAbstractButton::checkStateSet();
    updateGeometry(); // a check has come or gone
}

void Chip::setActive(bool active)
{
    setFocusPolicy(active ? Qt::TabFocus : Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents, !active);
}

void Chip::setRemovable(bool removable)
{
    m_removable = removable;
    setActive(removable || isCheckable());
    updateGeometry();
    update();
}

ChipLook Chip::look() const
{
    ChipLook look{text(), m_icon, m_iconColor, isChecked(), underMouse(), m_removable};
    if (isCheckable() && isChecked() && m_icon.isEmpty()) {
        look.icon = QStringLiteral("check"); // "on" is a shape too, not only a colour
        look.iconColor = Token::TextPrimary;
    }
    return look;
}

QSize Chip::sizeHint() const
{
    ensurePolished();
    return chipSize(look());
}

void Chip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintChip(painter, rect(), look());
}

void Chip::nextCheckState()
{
    QAbstractButton::nextCheckState();
    updateGeometry();
}

void Chip::keyPressEvent(QKeyEvent* event)
{
    if (m_removable && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)) {
        Q_EMIT removed();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void Chip::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_removable && isDown() && event->position().x() >= width() - crossZone) {
        setDown(false);
        Q_EMIT removed();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

KeyCap::KeyCap(const QString& key, QWidget* parent)
    : QWidget(parent)
    , m_key(key)
{
    setAccessibleName(key);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize KeyCap::sizeHint() const
{
    return keyCapSize(m_key);
}

void KeyCap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintKeyCap(painter, rect(), m_key);
}

SegmentedControl::SegmentedControl(const QStringList& segments, const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (int i = 0; i < segments.size(); ++i) {
        auto* segment = new Segment(segments[i], i == 0, i == segments.size() - 1, this);
        segment->setAccessibleDescription(accessibleName);
        m_group.addButton(segment, i);
        row->addWidget(segment);
    }
    setCurrent(0);
    connect(&m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) {
            Q_EMIT currentChanged(id);
        }
    });
}

void SegmentedControl::setCurrent(int segment)
{
    if (QAbstractButton* button = m_group.button(segment)) {
        button->setChecked(true);
    }
}

} // namespace cupel::widgets
