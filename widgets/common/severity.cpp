// SPDX-License-Identifier: GPL-3.0-or-later
// All shapes are drawn on a 20 x 20 grid; the triangle is larger so that the five weigh the same to the eye.
#include "widgets/common/severity.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <array>

namespace cupel::widgets {

namespace {

constexpr qreal grid = 20.0;
constexpr qreal letterFrom = 18.0; // px: below, a letter is only noise

QPainterPath octagon()
{
    constexpr qreal a = 1.2;
    constexpr qreal b = grid - a;
    constexpr qreal cut = 4.9;
    QPainterPath path;
    path.addPolygon(QPolygonF{{{a + cut, a}, {b - cut, a}, {b, a + cut}, {b, b - cut}, {b - cut, b}, {a + cut, b},
        {a, b - cut}, {a, a + cut}}});
    path.closeSubpath();
    return path;
}

// A polygon whose corners are rounded by stroking its outline in the fill colour.
void paintRounded(QPainter& painter, const QPolygonF& polygon, qreal radius, const QColor& fill)
{
    painter.setPen(QPen(fill, 2 * radius, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.setBrush(fill);
    painter.drawPolygon(polygon);
}

void paintShape(QPainter& painter, Severity severity, const QColor& fill)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    switch (severity) {
    case Severity::Critical:
        painter.drawPath(octagon());
        break;
    case Severity::High:
        paintRounded(painter, QPolygonF{{{10, 2.1}, {18.0, 17.1}, {2.0, 17.1}}}, 1.6, fill);
        break;
    case Severity::Medium:
        paintRounded(painter, QPolygonF{{{10, 1.4}, {18.6, 10}, {10, 18.6}, {1.4, 10}}}, 0.7, fill);
        break;
    case Severity::Low:
        painter.drawEllipse(QPointF(10, 10), 8.8, 8.8);
        break;
    case Severity::Info:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(fill, 2.2));
        painter.drawEllipse(QPointF(10, 10), 7.8, 7.8);
        break;
    }
}

QColor letterColor(Severity severity, ThemeName theme)
{
    if (severity == Severity::Info || (severity == Severity::Medium && theme == ThemeName::Light)) {
        return color(Token::TextPrimary, theme);
    }
    const bool dark = theme == ThemeName::Dark || theme == ThemeName::ContrastDark;
    return dark ? color(Token::Window, theme) : QColor(Qt::white);
}

QChar letterOf(Severity severity)
{
    // The letters belong to the sign, like the shape: they are the same in every language.
    constexpr std::array<char16_t, 5> letters{u'I', u'L', u'M', u'H', u'C'};
    return QChar(letters[static_cast<std::size_t>(severity)]);
}

void paintLetter(QPainter& painter, const QRectF& box, Severity severity, ThemeName theme)
{
    QFont letterFont = font(TextRole::Base, true);
    letterFont.setPixelSize(std::max(1, qRound(box.height() / 2)));
    const QFontMetricsF metrics(letterFont);
    const QString text(letterOf(severity));
    const qreal middle = severity == Severity::High ? 0.61 : 0.5; // a triangle is heavy at its foot
    painter.setFont(letterFont);
    painter.setPen(letterColor(severity, theme));
    painter.drawText(QPointF(box.center().x() - metrics.horizontalAdvance(text) / 2,
                         box.top() + box.height() * middle + metrics.capHeight() / 2),
        text);
}

QRectF squareIn(const QRectF& box)
{
    const qreal side = std::min(box.width(), box.height());
    QRectF square(0, 0, side, side);
    square.moveCenter(box.center());
    return square;
}

void enterGrid(QPainter& painter, const QRectF& square)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(square.width() / grid, square.height() / grid);
}

} // namespace

Token token(Severity severity)
{
    constexpr std::array<Token, 5> tokens{Token::Info, Token::Low, Token::Medium, Token::High, Token::Critical};
    return tokens[static_cast<std::size_t>(severity)];
}

QString word(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return QCoreApplication::translate("Severity", "Critical");
    case Severity::High:
        return QCoreApplication::translate("Severity", "High");
    case Severity::Medium:
        return QCoreApplication::translate("Severity", "Medium");
    case Severity::Low:
        return QCoreApplication::translate("Severity", "Low");
    case Severity::Info:
        break;
    }
    return QCoreApplication::translate("Severity", "Info");
}

QString word(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Certain:
        return QCoreApplication::translate("Confidence", "certain");
    case Confidence::Likely:
        return QCoreApplication::translate("Confidence", "likely");
    case Confidence::Possible:
        break;
    }
    return QCoreApplication::translate("Confidence", "possible");
}

void paintSeverity(QPainter& painter, const QRectF& box, Severity severity, bool letter, ThemeName theme)
{
    const QRectF square = squareIn(box);
    painter.save();
    enterGrid(painter, square);
    paintShape(painter, severity, color(token(severity), theme));
    painter.restore();
    if (letter && square.width() >= letterFrom) {
        painter.save();
        paintLetter(painter, square, severity, theme);
        painter.restore();
    }
}

void paintSeverity(QPainter& painter, const QRectF& box, Severity severity, bool letter)
{
    paintSeverity(painter, box, severity, letter, currentTheme());
}

void paintOk(QPainter& painter, const QRectF& box, ThemeName theme)
{
    painter.save();
    enterGrid(painter, squareIn(box));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(Token::Ok, theme));
    painter.drawRoundedRect(QRectF(1.2, 1.2, 17.6, 17.6), 5, 5);
    const bool dark = theme == ThemeName::Dark || theme == ThemeName::ContrastDark;
    const QColor check = dark ? color(Token::Window, theme) : QColor(Qt::white);
    painter.setPen(QPen(check, 2.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(QPolygonF{{{5.6, 10.4}, {8.7, 13.4}, {14.4, 7.0}}});
    painter.restore();
}

} // namespace cupel::widgets
