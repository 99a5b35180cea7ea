// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/graph_canvas.h"

#include "widgets/canvas/canvas_accessible.h"
#include "widgets/canvas/canvas_editor.h"
#include "widgets/canvas/graph_minimap.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QEvent>
#include <QtGui/QAccessible>
#include <QtGui/QPaintEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr qreal leastScale = 0.005;
constexpr qreal mostScale = 6;
constexpr qreal firstZoom = 0.75;
constexpr qreal margin = 24; // around the whole, in the viewport
constexpr int mapInset = 12;

} // namespace

GraphCanvas::GraphCanvas(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_scene(std::make_shared<const GraphScene>(
          std::vector<SceneNode>(), std::vector<SceneEdge>(), std::vector<QPointF>(), QSizeF()))
    , m_minimap(new GraphMinimap(*this))
{
    installCanvasAccessibility();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Graph"));
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setCursor(Qt::ArrowCursor);
    connect(this, &GraphCanvas::viewChanged, this, &GraphCanvas::showMinimap);
    for (QScrollBar* bar : {horizontalScrollBar(), verticalScrollBar()}) {
        bar->setSingleStep(40);
        connect(bar, &QScrollBar::actionTriggered, this, [this] { m_fitted = m_untouched = false; });
    }
    m_minimap->hide();
}

void GraphCanvas::setScene(GraphScenePtr scene, std::uint32_t oldNode, std::uint32_t newNode)
{
    const bool kept = oldNode < m_scene->nodes().size() && newNode < scene->nodes().size();
    const QPointF place = kept ? toViewport(m_scene->nodes()[oldNode].box).center() : QPointF();
    m_scene = std::move(scene);
    const bool plain = m_look.plainShown;
    const bool labels = m_look.labels;
    m_look = {};
    m_walked = m_dragged = GraphScene::none;
    if (m_editor) {
        m_editor->sceneChanged();
    }
    m_look.plainShown = plain;
    m_look.labels = labels;
    m_look.ring = hasFocus();
    if (kept) {
        const QPointF now = m_scene->nodes()[newNode].box.center();
        m_fitted = m_untouched = false;
        updateBars();
        const QPointF wanted = now * scale() - place;
        horizontalScrollBar()->setValue(static_cast<int>(std::lround(wanted.x())));
        verticalScrollBar()->setValue(static_cast<int>(std::lround(wanted.y())));
        m_look.current = newNode;
        m_look.chosen.assign(m_scene->nodes().size(), false);
        m_look.chosen[newNode] = true;
    } else {
        showFirst();
    }
    m_minimap->sceneChanged();
    viewport()->update();
    QAccessibleEvent changed(this, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&changed);
    Q_EMIT currentChanged(m_look.current);
    Q_EMIT selectionChanged();
    Q_EMIT viewChanged();
}

// The whole of it; of a large one its beginning, in words: the overview has the whole.
void GraphCanvas::showFirst()
{
    fit();
    if (m_zoom < m_readable && !m_scene->empty()) {
        setZoom(firstZoom);
        const QRectF& first = m_scene->nodes().front().box;
        const QSizeF half = visibleArea().size() / 2;
        const qreal edge = margin / scale();
        if (m_scene->rightwards()) { // its left edge, and all of its height where that fits
            const qreal middle = m_scene->size().height() / 2;
            const bool fits = half.height() >= middle;
            centerOn({half.width() - edge, fits ? middle : std::max(half.height() - edge, first.center().y())});
        } else {
            centerOn({first.center().x(), first.top() + half.height() - edge});
        }
    }
    m_untouched = true;
}

qreal GraphCanvas::scale() const
{
    return m_zoom * textZoom();
}

QPointF GraphCanvas::toScene(const QPointF& viewportPlace) const
{
    return (viewportPlace + QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value())) / scale();
}

QRectF GraphCanvas::toViewport(const QRectF& sceneArea) const
{
    const QPointF shift(horizontalScrollBar()->value(), verticalScrollBar()->value());
    return {sceneArea.topLeft() * scale() - shift, sceneArea.size() * scale()};
}

QRectF GraphCanvas::visibleArea() const
{
    return {toScene({0, 0}), QSizeF(viewport()->size()) / scale()};
}

void GraphCanvas::setZoom(qreal zoom)
{
    zoomAt(QRectF(viewport()->rect()).center(), zoom);
}

void GraphCanvas::zoomAt(const QPointF& viewportPlace, qreal zoom)
{
    m_fitted = m_untouched = false;
    setScale(zoom * textZoom(), viewportPlace);
}

void GraphCanvas::setScale(qreal wanted, const QPointF& viewportPlace)
{
    const QPointF fixed = toScene(viewportPlace);
    m_zoom = std::clamp(wanted, leastScale, mostScale * textZoom()) / textZoom();
    updateBars();
    const QPointF corner = fixed * scale() - viewportPlace;
    horizontalScrollBar()->setValue(static_cast<int>(std::lround(corner.x())));
    verticalScrollBar()->setValue(static_cast<int>(std::lround(corner.y())));
    viewport()->update();
    Q_EMIT zoomChanged(m_zoom);
    Q_EMIT viewChanged();
}

void GraphCanvas::fit()
{
    const QSizeF room = QSizeF(viewport()->size()) - QSizeF(2 * margin, 2 * margin);
    const QSizeF size = m_scene->size();
    const qreal both =
        std::min(room.width() / std::max(size.width(), 1.0), room.height() / std::max(size.height(), 1.0));
    setScale(std::clamp(both, leastScale, textZoom()), {});
    centerOn({size.width() / 2, size.height() / 2});
    m_fitted = true;
}

// Half a view of room on every side, so that any node can be brought to the middle.
void GraphCanvas::updateBars()
{
    const auto set = [this](QScrollBar* bar, qreal length, int view) {
        const int half = view / 2;
        bar->setPageStep(view);
        bar->setRange(-half, std::max(-half, static_cast<int>(std::ceil(length * scale())) - half));
    };
    set(horizontalScrollBar(), m_scene->size().width(), viewport()->width());
    set(verticalScrollBar(), m_scene->size().height(), viewport()->height());
}

void GraphCanvas::centerOn(const QPointF& scenePlace)
{
    const QPointF corner = scenePlace * scale() - QRectF(viewport()->rect()).center();
    horizontalScrollBar()->setValue(static_cast<int>(std::lround(corner.x())));
    verticalScrollBar()->setValue(static_cast<int>(std::lround(corner.y())));
}

void GraphCanvas::reveal(std::uint32_t node)
{
    if (node >= m_scene->nodes().size()) {
        return;
    }
    m_fitted = m_untouched = false;
    if (m_zoom < fullDetail) {
        setScale(textZoom(), QRectF(viewport()->rect()).center());
        centerOn(m_scene->nodes()[node].box.center());
    } else if (!visibleArea().adjusted(8, 8, -8, -8).contains(m_scene->nodes()[node].box)) {
        centerOn(m_scene->nodes()[node].box.center());
    }
}

void GraphCanvas::setCurrent(std::uint32_t node, bool extend)
{
    const auto old = m_look.current;
    m_look.edge = node < m_scene->nodes().size() ? GraphScene::none : m_look.edge;
    m_look.current = node < m_scene->nodes().size() ? node : GraphScene::none;
    if (!extend || m_look.chosen.empty()) {
        m_look.chosen.assign(m_scene->nodes().size(), false);
    }
    if (m_look.current != GraphScene::none) {
        m_look.chosen[node] = !extend || old == node || !m_look.chosen[node];
    }
    viewport()->update();
    if (hasFocus() && m_look.current != GraphScene::none) {
        QAccessibleEvent focus(this, QAccessible::Focus);
        focus.setChild(static_cast<int>(m_look.current));
        QAccessible::updateAccessibility(&focus);
    }
    if (old != m_look.current) {
        Q_EMIT currentChanged(m_look.current);
    }
    Q_EMIT selectionChanged();
}

std::vector<std::uint32_t> GraphCanvas::selection() const
{
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < m_look.chosen.size(); ++i) {
        if (m_look.chosen[i]) {
            out.push_back(i);
        }
    }
    return out;
}

void GraphCanvas::setSelection(const std::vector<std::uint32_t>& nodes)
{
    m_look.chosen.assign(m_scene->nodes().size(), false);
    for (const auto node : nodes) {
        if (node < m_look.chosen.size()) {
            m_look.chosen[node] = true;
        }
    }
    viewport()->update();
    Q_EMIT selectionChanged();
}

void GraphCanvas::setShown(std::vector<bool> marks)
{
    m_look.shown = marks.size() == m_scene->nodes().size() ? std::move(marks) : std::vector<bool>();
    m_minimap->sceneChanged();
    viewport()->update();
}

void GraphCanvas::setPath(std::vector<std::uint32_t> edges)
{
    std::erase_if(edges, [this](std::uint32_t edge) { return edge >= m_scene->edges().size(); });
    m_look.path = std::move(edges);
    m_minimap->sceneChanged();
    viewport()->update();
}

void GraphCanvas::setAlong(std::vector<bool> marks)
{
    m_look.along = marks.size() == m_scene->edges().size() ? std::move(marks) : std::vector<bool>();
    viewport()->update();
}

std::vector<bool> GraphCanvas::pathNodes() const
{
    std::vector<bool> marks(m_look.path.empty() ? 0 : m_scene->nodes().size());
    for (const auto edge : m_look.path) {
        marks[m_scene->edges()[edge].from] = marks[m_scene->edges()[edge].to] = true;
    }
    return marks;
}

CanvasEditor* GraphCanvas::makeEditable()
{
    m_editor = m_editor ? m_editor : new CanvasEditor(*this);
    return m_editor;
}

void GraphCanvas::setPlainShown(bool plain)
{
    m_look.plainShown = plain;
}

void GraphCanvas::setCurrentEdge(std::uint32_t edge)
{
    m_look.edge = edge < m_scene->edges().size() ? edge : GraphScene::none;
    viewport()->update();
}

void GraphCanvas::showStream(GraphScene::Way way)
{
    if (const auto from = selection(); !from.empty()) {
        auto marks = m_look.shown;
        m_scene->spread(from, way, marks);
        setShown(std::move(marks));
    }
}

void GraphCanvas::showBetween()
{
    const auto ends = selection();
    if (ends.size() < 2) {
        return;
    }
    std::vector<bool> between(m_scene->nodes().size());
    bool any = false;
    for (const auto& [from, to] : {std::pair(ends.front(), ends.back()), std::pair(ends.back(), ends.front())}) {
        std::vector<bool> below;
        std::vector<bool> above;
        m_scene->spread({from}, GraphScene::Way::Down, below);
        m_scene->spread({to}, GraphScene::Way::Up, above);
        for (std::size_t i = 0; i < between.size(); ++i) {
            between[i] = between[i] || (below[i] && above[i]);
            any = any || between[i];
        }
    }
    if (any) {
        setShown(std::move(between));
    }
}

void GraphCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    m_look.theme = currentTheme();
    SceneView view;
    view.scene = m_scene;
    view.size = viewport()->size();
    view.shift = QPoint(horizontalScrollBar()->value(), verticalScrollBar()->value());
    view.scale = scale();
    view.dots = devicePixelRatioF();
    view.far = m_zoom < fullDetail;
    view.plain = view.far || isCrowded(*m_scene, visibleArea());
    view.letters = nodeFont(true);
    const bool plain = view.plain;
    m_whole = m_picture.show(
        painter, view, m_look, [this, plain](QPainter& into, const QRect& area) { paintPart(into, area, plain); },
        view.far || !takesLong(*m_scene, visibleArea()) ? ScenePicture::Begin()
                                                        : ScenePicture::Begin([this, plain] { return slices(plain); }));
    if (!m_whole) {
        QMetaObject::invokeMethod(viewport(), [this] { viewport()->update(); }, Qt::QueuedConnection);
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    if (m_editor) {
        m_editor->paint(painter);
    }
    if (hasFocus() && m_look.current == GraphScene::none) {
        paintFocusRing(painter, QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), radius::control);
    }
}

void GraphCanvas::paintPart(QPainter& painter, const QRect& area, bool plain)
{
    if (m_zoom < fullDetail) {
        paintFar(painter, area);
        return;
    }
    painter.fillRect(area, color(Token::Surface));
    painter.translate(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
    painter.scale(scale(), scale());
    paintScene(painter, *m_scene, {toScene(area.topLeft()), QSizeF(area.size()) / scale()}, m_look, plain);
}

// In turns that leave a frame the time to show something.
ScenePicture::Step GraphCanvas::slices(bool plain)
{
    constexpr int turn = 7; // ms
    const auto work = std::make_shared<SceneSlices>(*m_scene, visibleArea(), m_look, plain);
    const QPoint shift(horizontalScrollBar()->value(), verticalScrollBar()->value());
    return [work, scene = m_scene, shift, scale = scale(), whole = viewport()->rect(), fresh = true](
               QPainter& painter) mutable {
        painter.setClipRect(whole);
        if (std::exchange(fresh, false)) {
            painter.fillRect(whole, color(Token::Surface));
        }
        painter.translate(-shift);
        painter.scale(scale, scale);
        QElapsedTimer clock;
        clock.start();
        return work->paint(painter, [&clock] { return clock.hasExpired(turn); });
    };
}

void GraphCanvas::scrollContentsBy(int dx, int dy)
{
    const bool ring = (hasFocus() && m_look.current == GraphScene::none) || m_editor; // it stays where it is
    if (isRightToLeft() || ring) {
        viewport()->update();
    } else {
        viewport()->scroll(dx, dy);
    }
    Q_EMIT viewChanged();
}

void GraphCanvas::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (m_untouched) { // it may have come while the view had no room yet
        showFirst();
    } else if (m_fitted) {
        fit();
    } else {
        updateBars();
    }
    Q_EMIT viewChanged();
}

void GraphCanvas::placeMinimap()
{
    const QSize size =
        m_minimap->sizeHint().scaled(viewport()->size() * 3 / 10, Qt::KeepAspectRatio).boundedTo(m_minimap->sizeHint());
    m_minimap->setGeometry(QRect(viewport()->geometry().right() - size.width() - mapInset,
        viewport()->geometry().bottom() - size.height() - mapInset, size.width(), size.height()));
    m_minimap->raise();
}

void GraphCanvas::setMinimapVisible(bool visible)
{
    m_wantsMinimap = visible;
    showMinimap();
}

void GraphCanvas::showMinimap()
{
    const bool whole = visibleArea().contains(QRectF(QPointF(), m_scene->size()));
    m_minimap->setVisible(m_wantsMinimap && !whole && !m_scene->empty());
    placeMinimap();
}

bool GraphCanvas::minimapVisible() const
{
    return m_wantsMinimap;
}

void GraphCanvas::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) { // the text zoom too
        updateBars();
        if (m_fitted) {
            fit();
        }
    }
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        m_minimap->sceneChanged();
        m_picture.drop();
        viewport()->update();
    }
}

void GraphCanvas::hideEvent(QHideEvent* event)
{
    QAbstractScrollArea::hideEvent(event);
    m_picture.drop(); // nobody needs its pixels meanwhile
}

QString GraphCanvas::spoken(std::uint32_t number) const
{
    const auto& node = m_scene->nodes()[number];
    QStringList parts{node.title};
    if (!node.detail.isEmpty()) {
        parts += node.detail;
    }
    switch (node.mark) {
    case SceneMark::Added:
        parts += tr("added");
        break;
    case SceneMark::Removed:
        parts += tr("removed");
        break;
    case SceneMark::Changed:
        parts += tr("changed");
        break;
    case SceneMark::None:
        break;
    }
    if (node.pinned) {
        parts += tr("pinned");
    }
    if (node.sign) {
        parts += tr("finding: %1").arg(word(*node.sign));
    }
    if (node.frame < m_scene->frames().size()) {
        parts += tr("in %1").arg(m_scene->frames()[node.frame].title);
    }
    parts += tr("%1 in, %2 out").arg(m_scene->reaching(number).size()).arg(m_scene->leaving(number).size());
    return parts.join(QStringLiteral(", "));
}

} // namespace cupel::widgets
