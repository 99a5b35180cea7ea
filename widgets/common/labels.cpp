// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/labels.h"

#include <QtCore/QEvent>
#include <QtGui/QTextDocument>

namespace cupel::widgets {

QString plainToolTip(const QString& text)
{
    return Qt::mightBeRichText(text) ? QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()) : text;
}

Label::Label(const QString& text, TextRole role, Token color, bool strong, QWidget* parent)
    : QLabel(text, parent)
    , m_role(role)
    , m_color(color)
    , m_strong(strong)
{
    setTextFormat(Qt::PlainText); // texts carry names of files and other input: never markup
    setForegroundRole(
        QPalette::WindowText); // on a ground of the role Base it would else be Text, which restyle() leaves
    restyle();
}

void Label::setToken(Token color)
{
    m_color = color;
    restyle();
}

void Label::setRole(TextRole role)
{
    m_role = role;
    restyle();
}

bool Label::event(QEvent* event)
{
    const bool handled = QLabel::event(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        restyle();
    }
    return handled;
}

void Label::restyle()
{
    const QFont wanted = cupel::widgets::font(m_role, m_strong);
    if (QLabel::font() != wanted) {
        setFont(wanted);
    }
    setMinimumHeight(lineHeight(m_role));
    const QColor ink = color(m_color);
    if (palette().color(QPalette::Active, QPalette::WindowText) != ink) {
        QPalette own; // only the roles set here: the rest still follows the application
        own.setColor(QPalette::WindowText, ink);
        own.setColor(QPalette::Disabled, QPalette::WindowText, color(Token::TextMuted));
        setPalette(own);
    }
}

SectionLabel::SectionLabel(const QString& text, QWidget* parent)
    : Label(text, TextRole::Small, Token::TextSecondary, true, parent)
{
}

ElidedLabel::ElidedLabel(const QString& text, TextRole role, Token color, bool strong, QWidget* parent)
    : Label({}, role, color, strong, parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFullText(text);
}

void ElidedLabel::setFullText(const QString& text)
{
    m_full = text;
    setAccessibleName(text);
    updateGeometry();
    elide();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    elide();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_full) + 1, Label::sizeHint().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(QStringLiteral("…")), Label::minimumSizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    Label::resizeEvent(event);
    elide();
}

bool ElidedLabel::event(QEvent* event)
{
    const bool handled = Label::event(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        elide();
    }
    return handled;
}

void ElidedLabel::elide()
{
    const QString shown = fontMetrics().elidedText(m_full, m_mode, contentsRect().width());
    if (shown != text()) {
        setText(shown);
    }
    setToolTip(shown == m_full ? QString() : plainToolTip(m_full));
}

} // namespace cupel::widgets
