// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/scene_export.h"

#include "widgets/canvas/scene_paint.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtCore/QBuffer>
#include <QtGui/QPageSize>
#include <QtGui/QPainter>
#include <QtGui/QPdfWriter>

#include <algorithm>
#include <cmath>

namespace cupel::widgets {

namespace {

constexpr qreal margin = 24;

QByteArray number(qreal value)
{
    return QByteArray::number(std::round(value * 10) / 10, 'f', 1);
}

QByteArray name(Token token, ThemeName theme)
{
    return color(token, theme).name().toLatin1();
}

// Characters that XML does not have become spaces.
QByteArray text(const QString& words)
{
    QString clean = words;
    for (QChar& one : clean) {
        if (one.unicode() < 0x20 || one.isSurrogate() || one.unicode() >= 0xFFFE) {
            one = u' ';
        }
    }
    return clean.toHtmlEscaped().toUtf8();
}

// Names are set in a font that the viewer has: long ones are cut by their letters.
QString fitting(const QString& words, qreal width, qreal letter)
{
    const auto most = static_cast<qsizetype>(width / letter);
    return words.size() <= most ? words : words.left(std::max<qsizetype>(1, most - 1)) + QChar(0x2026);
}

void addEdge(QByteArray& out, const GraphScene& scene, const SceneEdge& edge, const QByteArray& more = {})
{
    if (edge.corners < 2) {
        return;
    }
    out += "<polyline points=\"";
    const QPointF* corner = scene.corners(edge);
    for (std::uint32_t k = 0; k < edge.corners; ++k) {
        out += (k ? " " : "") + number(corner[k].x() + margin) + ',' + number(corner[k].y() + margin);
    }
    out += "\"" + QByteArray(edge.dashed ? " stroke-dasharray=\"5 4\"" : "") + more;
    const QByteArray label = text(edge.label);
    out += label.isEmpty() ? QByteArray("/>\n") : "><title>" + label + "</title></polyline>\n";
}

QByteArray box(const QRectF& rect, qreal corner, const QByteArray& more)
{
    return "<rect x=\"" + number(rect.x()) + "\" y=\"" + number(rect.y()) + "\" width=\"" + number(rect.width())
        + "\" height=\"" + number(rect.height()) + "\" rx=\"" + number(corner) + "\"" + more + "/>\n";
}

void addShape(QByteArray& out, const SceneNode& node, const QRectF& rect)
{
    const QByteArray dashed = node.outside ? " stroke-dasharray=\"4 3\"" : "";
    switch (node.shape) {
    case NodeShape::Data:
        out += box(rect, rect.height() / 3, dashed);
        out += box(rect.adjusted(3, 3, -3, -3), rect.height() / 3 - 3, dashed);
        break;
    case NodeShape::Model: {
        const qreal tip = std::min(12.0, rect.height() / 2);
        const QPointF points[] = {{rect.left() + tip, rect.top()}, {rect.right() - tip, rect.top()},
            {rect.right(), rect.center().y()}, {rect.right() - tip, rect.bottom()}, {rect.left() + tip, rect.bottom()},
            {rect.left(), rect.center().y()}};
        out += "<polygon points=\"";
        for (const auto& point : points) {
            out += number(point.x()) + ',' + number(point.y()) + ' ';
        }
        out += "\"" + dashed + "/>\n";
        break;
    }
    case NodeShape::Group:
        out += box(rect.translated(3, 3), radius::control, dashed);
        out += box(rect, radius::control, dashed);
        break;
    case NodeShape::Code:
        out += box(rect, 3, dashed);
        break;
    }
}

void addNode(QByteArray& out, const SceneNode& node, ThemeName theme)
{
    const QRectF rect = node.box.translated(margin, margin);
    out += "<g><title>"
        + text(node.title + (node.detail.isEmpty() ? QString() : QStringLiteral(", ") + node.detail)
            + (node.sign ? QStringLiteral(", ") + word(*node.sign) : QString()))
        + "</title>\n";
    addShape(out, node, rect);
    const qreal room = rect.width() - 20;
    const qreal middle = rect.center().x();
    const qreal first = rect.center().y() + (node.detail.isEmpty() ? 4.5 : -3);
    out += "<text class=\"t\" x=\"" + number(middle) + "\" y=\"" + number(first) + "\">"
        + text(fitting(node.title, room, 7.4)) + "</text>\n";
    if (!node.detail.isEmpty()) {
        out += "<text class=\"d\" x=\"" + number(middle) + "\" y=\"" + number(first + 15.5) + "\">"
            + text(fitting(node.detail, room, 6.2)) + "</text>\n";
    }
    if (node.sign) { // a diamond with the first letter of its word, in its colour
        const QPointF at(rect.right() - 4, rect.top() + 4);
        out += "<path fill=\"" + name(token(*node.sign), theme) + "\" stroke=\"none\" d=\"M" + number(at.x()) + ' '
            + number(at.y() - 10) + " l10 10 l-10 10 l-10 -10 z\"/>\n";
        out += "<text class=\"d\" x=\"" + number(at.x() - 14) + "\" y=\"" + number(at.y() - 10)
            + "\" text-anchor=\"end\">" + text(word(*node.sign)) + "</text>\n";
    }
    out += "</g>\n";
}

void addFrame(QByteArray& out, const SceneFrame& frame, ThemeName theme)
{
    const QRectF rect = frame.box.translated(margin, margin);
    out += box(rect, radius::card,
        " fill=\"" + name(frame.inner ? Token::Third : Token::Window, theme) + "\" stroke=\""
            + name(Token::Hairline, theme) + "\"");
    out += "<text class=\"f\" x=\"" + number(rect.left() + 12) + "\" y=\"" + number(rect.top() + 21) + "\">"
        + text(fitting(frame.title, rect.width() - 24, 7.4)) + "</text>\n";
}

void addPath(QByteArray& out, const GraphScene& scene, ThemeName theme, const std::vector<std::uint32_t>& path)
{
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto& edge = scene.edges()[path[i]];
        addEdge(out, scene, edge,
            " fill=\"none\" stroke=\"" + name(Token::Accent, theme) + "\" stroke-width=\"3\" marker-end=\"url(#p)\"");
        if (edge.corners > 0) {
            const QPointF at =
                (scene.corners(edge)[0] + scene.corners(edge)[1 % edge.corners]) / 2 + QPointF(margin, margin);
            out += "<circle cx=\"" + number(at.x()) + "\" cy=\"" + number(at.y()) + "\" r=\"9\" fill=\""
                + name(Token::Accent, theme) + "\"/><text class=\"n\" x=\"" + number(at.x()) + "\" y=\""
                + number(at.y() + 4) + "\">" + QByteArray::number(static_cast<qulonglong>(i + 1)) + "</text>\n";
        }
    }
}

QByteArray arrow(const char* id, Token ink, ThemeName theme)
{
    return "<marker id=\"" + QByteArray(id)
        + "\" markerUnits=\"userSpaceOnUse\" markerWidth=\"7\" markerHeight=\"8\" refX=\"6\" refY=\"4\" "
          "orient=\"auto\"><path d=\"M0 0 L7 4 L0 8 z\" fill=\""
        + name(ink, theme) + "\"/></marker>";
}

QByteArray styles(ThemeName theme)
{
    return "<style>text{font-family:Inter,sans-serif;text-anchor:middle}.t{font-size:13px;font-weight:600;fill:"
        + name(Token::TextPrimary, theme) + "}.d{font-size:12px;fill:" + name(Token::TextMuted, theme)
        + "}.f{font-size:13px;font-weight:600;text-anchor:start;fill:" + name(Token::TextSecondary, theme)
        + "}.n{font-size:11px;font-weight:600;fill:" + name(Token::TextOnAccent, theme) + "}</style>";
}

SceneLook lookOf(const GraphScene& scene, ThemeName theme, const std::vector<std::uint32_t>& path)
{
    SceneLook look;
    look.theme = theme;
    look.path = path;
    std::erase_if(look.path, [&scene](std::uint32_t edge) { return edge >= scene.edges().size(); });
    look.plainShown = true;
    return look;
}

} // namespace

QByteArray sceneToSvg(
    const GraphScene& scene, const QString& title, ThemeName theme, const std::vector<std::uint32_t>& path)
{
    const QSizeF size = scene.size() + QSizeF(2 * margin, 2 * margin);
    QByteArray out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
        + number(size.width()) + "\" height=\"" + number(size.height()) + "\" viewBox=\"0 0 " + number(size.width())
        + ' ' + number(size.height()) + "\" role=\"img\">\n<title>" + text(title) + "</title>\n" + styles(theme)
        + "\n<defs>" + arrow("a", Token::ControlBorder, theme)
        + (path.empty() ? QByteArray() : arrow("p", Token::Accent, theme))
        + "</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"" + name(Token::Surface, theme) + "\"/>\n";
    for (const auto& frame : scene.frames()) {
        addFrame(out, frame, theme);
    }
    out += "<g fill=\"none\" stroke=\"" + name(Token::ControlBorder, theme)
        + "\" stroke-width=\"1.5\" marker-end=\"url(#a)\">\n";
    for (const auto& edge : scene.edges()) {
        addEdge(out, scene, edge);
    }
    out += "</g>\n<g fill=\"" + name(Token::Surface, theme) + "\" stroke=\"" + name(Token::ControlBorder, theme)
        + "\">\n<style>text{stroke:none}</style>\n";
    for (const auto& node : scene.nodes()) {
        addNode(out, node, theme);
    }
    out += "</g>\n";
    addPath(out, scene, theme, lookOf(scene, theme, path).path);
    return out + "</svg>\n";
}

QByteArray sceneToPdf(
    const GraphScene& scene, const QString& title, ThemeName theme, const std::vector<std::uint32_t>& path)
{
    constexpr qreal points = 0.75; // for a pixel
    constexpr qreal longest = 14'400; // of a side of a page
    const QSizeF size = scene.size() + QSizeF(2 * margin, 2 * margin);
    const qreal scale = std::min(points, longest / std::max(size.width(), size.height()));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(title);
    writer.setResolution(72);
    writer.setPageMargins({});
    writer.setPageSize(QPageSize(size * scale, QPageSize::Point, {}, QPageSize::ExactMatch));
    QPainter painter;
    if (!painter.begin(&writer)) {
        return {};
    }
    painter.scale(scale, scale);
    painter.fillRect(QRectF(QPointF(), size), color(Token::Surface, theme));
    painter.translate(margin, margin);
    paintScene(painter, scene, {QPointF(-margin, -margin), size}, lookOf(scene, theme, path));
    painter.end();
    return bytes;
}

QImage sceneToImage(const GraphScene& scene, ThemeName theme, qint64 mostPixels, const std::vector<std::uint32_t>& path)
{
    const QSizeF size = scene.size() + QSizeF(2 * margin, 2 * margin);
    const qreal area = std::max(1.0, size.width() * size.height());
    constexpr qreal longest = 30'000; // of a side, as many readers have it
    const qreal scale = std::min(
        {2.0, std::sqrt(static_cast<qreal>(mostPixels) / area), longest / std::max(size.width(), size.height())});
    QImage image((size * scale).toSize().expandedTo({1, 1}), QImage::Format_RGB32);
    if (image.isNull()) {
        return {};
    }
    image.fill(color(Token::Surface, theme));
    QPainter painter(&image);
    painter.scale(scale, scale);
    painter.translate(margin, margin);
    paintScene(painter, scene, {QPointF(-margin, -margin), size}, lookOf(scene, theme, path));
    return image;
}

} // namespace cupel::widgets
