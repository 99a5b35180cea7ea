// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/icons.h"

#include <QtCore/QDebug>
#include <QtCore/QResource>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

#include <cmath>

namespace cupel::widgets {

namespace {

constexpr int thinFrom = 20; // px: from here on a 2 px stroke looks heavy

// Resources of the program, never a file of the user.
QByteArray source(const QString& name)
{
    const QResource resource(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!resource.isValid()) {
        qWarning() << "unknown icon:" << name;
        return {};
    }
    return resource.uncompressedData();
}

QPixmap render(const QString& name, int size, const QColor& color, qreal ratio)
{
    const int pixels = std::max(1, static_cast<int>(std::lround(size * ratio)));
    const QString key = QStringLiteral("cupel/%1/%2/%3").arg(name, color.name(QColor::HexArgb)).arg(pixels);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = QPixmap(pixels, pixels);
        pixmap.fill(Qt::transparent);
        QByteArray svg = source(name);
        if (svg.isEmpty()) {
            return pixmap;
        }
        svg.replace("currentColor", color.name().toLatin1());
        if (size >= thinFrom) {
            svg.replace("stroke-width=\"2\"", "stroke-width=\"1.75\"");
        }
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter, QRectF(0, 0, pixels, pixels));
        painter.end();
        QPixmapCache::insert(key, pixmap);
    }
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

// Renders at the moment of painting, so the colour is always that of the current theme.
class TokenIconEngine : public QIconEngine {
public:
    TokenIconEngine(QString name, Token color)
        : m_name(std::move(name))
        , m_token(color)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const int side = std::min(rect.width(), rect.height());
        const QPixmap pixmap = render(m_name, side, colorFor(mode), painter->device()->devicePixelRatioF());
        painter->drawPixmap(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, pixmap);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // `size` is in device pixels here; the stroke is chosen by the logical size.
        const qreal ratio = scale > 0 ? scale : 1.0;
        const int side = static_cast<int>(std::lround(std::min(size.width(), size.height()) / ratio));
        return render(m_name, side, colorFor(mode), ratio);
    }
    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override
    {
        const int side = std::min(size.width(), size.height());
        return {side, side};
    }
    [[nodiscard]] QIconEngine* clone() const override { return new TokenIconEngine(m_name, m_token); }
    QString key() const override { return QStringLiteral("cupel-token"); }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }

private:
    [[nodiscard]] QColor colorFor(QIcon::Mode mode) const
    {
        if (mode == QIcon::Disabled) {
            return color(Token::ControlBorder);
        }
        if (mode == QIcon::Selected && m_token == Token::TextMuted) {
            return color(Token::TextSecondary);
        }
        return color(m_token);
    }
    QString m_name;
    Token m_token;
};

} // namespace

QIcon icon(const QString& name, Token color)
{
    if (source(name).isEmpty()) {
        return {};
    }
    return QIcon(new TokenIconEngine(name, color));
}

QPixmap iconPixmap(const QString& name, int size, Token token, qreal devicePixelRatio)
{
    return render(name, size, color(token), devicePixelRatio);
}

void paintIcon(QPainter& painter, const QRectF& box, const QString& name, Token token)
{
    const int side = static_cast<int>(std::lround(std::min(box.width(), box.height())));
    const QPixmap pixmap = render(name, side, color(token), painter.device()->devicePixelRatioF());
    painter.drawPixmap(QPointF(box.center().x() - side / 2.0, box.center().y() - side / 2.0), pixmap);
}

void paintLogo(QPainter& painter, const QRectF& box, ThemeName theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const qreal side = std::min(box.width(), box.height());
    painter.translate(box.center() - QPointF(side / 2, side / 2));
    painter.scale(side / 24, side / 24);
    QPainterPath bowl;
    bowl.moveTo(1, 9.2);
    bowl.lineTo(5, 9.2);
    bowl.arcTo(QRectF(4.8, 0.4, 14.4, 14.4), 193, 154); // the hollow the bead lies in
    bowl.lineTo(23, 9.2);
    bowl.lineTo(20.2, 19.4);
    bowl.quadTo(19.5, 22, 16.8, 22);
    bowl.lineTo(7.2, 22);
    bowl.quadTo(4.5, 22, 3.8, 19.4);
    bowl.closeSubpath();
    painter.setBrush(color(Token::TextPrimary, theme));
    painter.drawPath(bowl);
    painter.setBrush(color(Token::Accent, theme));
    painter.drawEllipse(QPointF(12, 7.6), 5.7, 5.7);
    painter.restore();
}

} // namespace cupel::widgets
