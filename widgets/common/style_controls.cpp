// SPDX-License-Identifier: GPL-3.0-or-later
// Buttons and inputs.
#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/style_parts.h"

#include <QtGui/QPainter>
#include <QtWidgets/QWidget>

namespace cupel::widgets::parts {

namespace {

struct ButtonColors {
    QColor fill;
    QColor border;
    QColor text;
};

ButtonColors primaryColors(bool hovered, bool pressed)
{
    const QColor accent = color(Token::Accent);
    QColor fill = accent;
    if (isDark(currentTheme())) {
        fill = pressed ? mixed(accent, Qt::black, 0.20) : hovered ? mixed(accent, Qt::white, 0.12) : accent;
    } else {
        fill = pressed ? mixed(accent, Qt::black, 0.28) : hovered ? mixed(accent, Qt::black, 0.14) : accent;
    }
    return {fill, {}, color(Token::TextOnAccent)};
}

ButtonColors colorsOf(const QStyleOptionButton& option)
{
    const bool pressed = option.state & QStyle::State_Sunken;
    const bool hovered = option.state & QStyle::State_MouseOver;
    const bool flat = option.features & QStyleOptionButton::Flat;
    if (!(option.state & QStyle::State_Enabled)) {
        const QColor none;
        return {flat ? none : color(Token::Third), flat ? none : color(Token::Hairline), color(Token::TextMuted)};
    }
    if (option.features & QStyleOptionButton::DefaultButton) {
        return primaryColors(hovered, pressed);
    }
    if (option.state & QStyle::State_On) {
        return {color(Token::Selection), color(Token::Accent), color(Token::TextPrimary)};
    }
    const QColor rest = flat ? QColor() : color(Token::Surface);
    const QColor down = mixed(color(Token::Third), color(Token::ControlBorder), 0.25);
    const QColor fill = pressed ? down : hovered ? color(Token::Third) : rest;
    return {fill, flat ? QColor() : color(Token::ControlBorder), color(Token::TextPrimary)};
}

void buttonIcon(QPainter& painter, const QStyleOptionButton& option, const QRectF& box)
{
    const bool primary = option.features & QStyleOptionButton::DefaultButton;
    const bool enabled = option.state & QStyle::State_Enabled;
    const QString name = option.icon.name();
    if (primary && enabled && !name.isEmpty()) {
        paintIcon(painter, box, name, Token::TextOnAccent); // the one place where an icon stands on accent
    } else {
        option.icon.paint(&painter, box.toAlignedRect(), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
}

void buttonLabel(QPainter& painter, const QStyleOptionButton& option, const QString& keys, const QColor& ink)
{
    const QFont labelFont = painter.font();
    const QFont hintFont = font(TextRole::Small);
    const int text = painter.fontMetrics().horizontalAdvance(shownText(option.text));
    const int hint = keys.isEmpty() ? 0 : QFontMetrics(hintFont).horizontalAdvance(keys) + gap;
    const int mark = option.icon.isNull() ? 0 : iconSize + (option.text.isEmpty() ? 0 : gap);
    const int chevron = option.features & QStyleOptionButton::HasMenu ? iconSize + gap / 2 : 0;
    const int room = option.rect.width() - 2 * gap;
    int x = option.rect.left() + std::max(gap, (option.rect.width() - mark - text - hint - chevron) / 2);
    const auto place = [&](int width) {
        const QRect box(
            x, option.rect.top(), std::min(width, option.rect.left() + gap + room - x), option.rect.height());
        return QStyle::visualRect(option.direction, option.rect, box);
    };
    if (mark > 0) {
        const QRect box = place(iconSize);
        buttonIcon(painter, option, QRectF(box.left(), box.center().y() - iconSize / 2 + 0.5, iconSize, iconSize));
        x += mark;
    }
    painter.setPen(ink);
    painter.drawText(place(text + 1), Qt::AlignVCenter | Qt::TextSingleLine | mnemonicFlag(), option.text);
    x += text;
    if (hint > 0) {
        x += gap;
        const bool primary = option.features & QStyleOptionButton::DefaultButton;
        painter.setFont(hintFont);
        painter.setPen(primary ? ink : color(Token::TextMuted));
        painter.drawText(place(hint), Qt::AlignVCenter | Qt::TextSingleLine, keys);
        painter.setFont(labelFont);
        x += hint - gap;
    }
    if (chevron > 0) {
        x += gap / 2;
        paintIcon(painter, place(iconSize), QStringLiteral("chevron-down"), Token::TextSecondary);
    }
}

} // namespace

int controlHeight(bool small)
{
    return lineHeight(TextRole::Base) + (small ? 8 : 12);
}
bool isSmall(const QWidget* widget)
{
    return widget && widget->property("small").toBool();
}
QString keyHint(const QWidget* widget)
{
    return widget ? widget->property("keyHint").toString() : QString();
}
int mnemonicFlag()
{
    return focusVisible() ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
}

QString shownText(const QString& text)
{
    QString shown;
    shown.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'&' && i + 1 < text.size()) {
            ++i; // "&&" is one ampersand, "&x" an x
        }
        shown += text[i];
    }
    return shown;
}

void pushButton(QPainter& painter, const QStyleOptionButton& option, const QWidget* widget)
{
    const ButtonColors colors = colorsOf(option);
    if (colors.fill.isValid() || colors.border.isValid()) {
        paintBox(painter, option.rect, radius::control, colors.fill, colors.border);
    }
    painter.save();
    const bool primary = option.features & QStyleOptionButton::DefaultButton;
    painter.setFont(font(isSmall(widget) ? TextRole::Small : TextRole::Base, primary));
    buttonLabel(painter, option, keyHint(widget), colors.text);
    painter.restore();
}

void toolButtonPanel(QPainter& painter, const QStyleOptionToolButton& option)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool raised = !(option.state & QStyle::State_AutoRaise);
    QColor fill = raised ? color(enabled ? Token::Surface : Token::Third) : QColor();
    if (enabled && option.state & QStyle::State_On) {
        fill = color(Token::Selection);
    } else if (enabled && option.state & QStyle::State_Sunken) {
        fill = mixed(color(Token::Third), color(Token::ControlBorder), 0.25);
    } else if (enabled && option.state & QStyle::State_MouseOver) {
        fill = color(Token::Third);
    }
    const QColor border = raised ? color(enabled ? Token::ControlBorder : Token::Hairline) : QColor();
    if (fill.isValid() || border.isValid()) {
        paintBox(painter, option.rect, radius::control, fill, border);
    }
}

// Icon, words and the chevron of a menu, with the same room between them as in other buttons.
void toolButtonWords(QPainter& painter, const QStyleOptionToolButton& option, bool menu)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const int side = option.iconSize.width();
    auto rest = option.rect.adjusted(smallPadding, 0, -smallPadding, 0);
    const auto place = [&option](const QRect& rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
    if (!option.icon.isNull()) {
        const QRect box(rest.left(), rest.center().y() - side / 2, side, side);
        option.icon.paint(&painter, place(box), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
        rest.setLeft(box.right() + 1 + gap);
    }
    if (menu) {
        QStyleOption chevron(option);
        chevron.rect = place({rest.right() - iconSize + 1, rest.top(), iconSize, rest.height()});
        arrow(painter, chevron, QStringLiteral("chevron-down"));
        rest.setRight(rest.right() - iconSize - gap / 2);
    }
    painter.save();
    painter.setPen(color(enabled ? Token::TextPrimary : Token::TextMuted));
    painter.drawText(place(rest), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic | Qt::TextSingleLine,
        option.fontMetrics.elidedText(option.text, Qt::ElideRight, rest.width(), Qt::TextShowMnemonic));
    painter.restore();
}

void checkIndicator(QPainter& painter, const QStyleOption& option)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool partly = option.state & QStyle::State_NoChange;
    const QRectF box = QRectF(option.rect);
    if (!(option.state & QStyle::State_On) && !partly) {
        const Token fill = !enabled || option.state & QStyle::State_MouseOver ? Token::Third : Token::Surface;
        paintBox(painter, box, radius::chip, color(fill), color(enabled ? Token::ControlBorder : Token::Hairline));
        return;
    }
    paintBox(painter, box, radius::chip, color(enabled ? Token::Accent : Token::ControlBorder));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.topLeft());
    painter.scale(box.width() / 16, box.height() / 16);
    painter.setPen(
        QPen(color(enabled ? Token::TextOnAccent : Token::Window), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QList<QPointF> dash{{4.5, 8}, {11.5, 8}};
    const QList<QPointF> tick{{4.3, 8.4}, {6.9, 11}, {11.7, 5.6}};
    painter.drawPolyline(QPolygonF(partly ? dash : tick));
    painter.restore();
}

void radioIndicator(QPainter& painter, const QStyleOption& option)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const QRectF box = QRectF(option.rect);
    if (!(option.state & QStyle::State_On)) {
        const Token fill = !enabled || option.state & QStyle::State_MouseOver ? Token::Third : Token::Surface;
        paintBox(painter, box, box.width() / 2, color(fill), color(enabled ? Token::ControlBorder : Token::Hairline));
        return;
    }
    paintBox(painter, box, box.width() / 2, color(enabled ? Token::Accent : Token::ControlBorder));
    const QRectF dot = box.adjusted(5, 5, -5, -5);
    paintBox(painter, dot, dot.width() / 2, color(enabled ? Token::TextOnAccent : Token::Window));
}

void toggleLabel(QPainter& painter, const QStyleOptionButton& option)
{
    painter.save();
    painter.setPen(color(option.state & QStyle::State_Enabled ? Token::TextPrimary : Token::TextMuted));
    QRect box = option.rect;
    if (!option.icon.isNull()) {
        const QSize size = option.iconSize.isValid() ? option.iconSize : QSize(iconSize, iconSize);
        const QRect mark(QPoint(box.left(), box.center().y() - size.height() / 2), size);
        option.icon.paint(&painter, QStyle::visualRect(option.direction, option.rect, mark));
        box.setLeft(box.left() + size.width() + gap);
    }
    painter.drawText(QStyle::visualRect(option.direction, option.rect, box),
        static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)) | mnemonicFlag(),
        option.text);
    painter.restore();
}

void inputFrame(QPainter& painter, const QStyleOption& option, const QWidget* widget)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool focused = enabled && option.state & QStyle::State_HasFocus;
    const bool invalid = widget && widget->property("invalid").toBool();
    QColor border = color(enabled ? Token::ControlBorder : Token::Hairline);
    if (focused || invalid) {
        border = color(invalid ? Token::High : Token::Accent);
    }
    paintBox(painter, option.rect, radius::control, color(enabled ? Token::Surface : Token::Third), border,
        focused || invalid ? 2.0 : 1.0);
}

void comboBox(QPainter& painter, const QStyleOptionComboBox& option, const QWidget* widget)
{
    QStyleOption box(option);
    if (!option.editable && !focusVisible()) {
        box.state &= ~QStyle::State_HasFocus;
    }
    inputFrame(painter, box, widget);
    const QRect chevron(option.rect.right() - sidePadding - iconSize + 3, option.rect.center().y() - iconSize / 2 + 1,
        iconSize, iconSize);
    paintIcon(painter, QStyle::visualRect(option.direction, option.rect, chevron), QStringLiteral("chevron-down"),
        option.state & QStyle::State_Enabled ? Token::TextPrimary : Token::TextMuted);
}

void comboBoxLabel(QPainter& painter, const QStyleOptionComboBox& option, const QRect& field)
{
    if (option.editable) {
        return;
    }
    painter.save();
    QRect box = field;
    if (!option.currentIcon.isNull()) {
        option.currentIcon.paint(&painter, QRect(box.left(), box.center().y() - iconSize / 2 + 1, iconSize, iconSize));
        box.setLeft(box.left() + iconSize + gap);
    }
    painter.setPen(color(option.state & QStyle::State_Enabled ? Token::TextPrimary : Token::TextMuted));
    const QString text = painter.fontMetrics().elidedText(option.currentText, Qt::ElideRight, box.width());
    painter.drawText(box, QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter), text);
    painter.restore();
}

void slider(QPainter& painter, const QStyleOptionSlider& option, const QRect& groove, const QRect& handle)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    QRectF line = QRectF(groove);
    if (horizontal) {
        line = QRectF(line.left(), line.center().y() - 2, line.width(), 4);
    } else {
        line = QRectF(line.center().x() - 2, line.top(), 4, line.height());
    }
    paintBox(painter, line, 2, color(Token::ControlBorder));
    const QPointF middle = QRectF(handle).center();
    const bool enabled = option.state & QStyle::State_Enabled;
    const QRectF knob(middle.x() - 8, middle.y() - 8, 16, 16);
    paintBox(painter, knob, 8, color(Token::Surface), color(enabled ? Token::Accent : Token::ControlBorder), 3);
    if (option.state & QStyle::State_HasFocus && focusVisible()) {
        paintFocusRing(painter, option.rect, radius::control);
    }
}

} // namespace cupel::widgets::parts
