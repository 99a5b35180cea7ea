// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_accessible.h"

#include "widgets/canvas/graph_canvas.h"

#include <QtGui/QAccessible>
#include <QtWidgets/QAccessibleWidget>

#include <unordered_map>

namespace cupel::widgets {

namespace {

class NodeInterface : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    NodeInterface(GraphCanvas& canvas, QAccessibleInterface& graph, int node)
        : m_canvas(canvas)
        , m_graph(graph)
        , m_node(node)
    {
    }
    [[nodiscard]] bool isValid() const override
    {
        return static_cast<std::size_t>(m_node) < m_canvas.scene()->nodes().size();
    }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_graph.window(); }
    [[nodiscard]] QAccessibleInterface* parent() const override { return &m_graph; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Description && isValid() && m_canvas.current() == number()) {
            return m_canvas.walkedWords();
        }
        return kind == QAccessible::Name && isValid() ? m_canvas.spoken(number()) : QString();
    }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid()) {
            return {};
        }
        const QRect box = m_canvas.toViewport(m_canvas.scene()->nodes()[number()].box).toAlignedRect();
        return {m_canvas.viewport()->mapToGlobal(box.topLeft()), box.size()};
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State result;
        result.focusable = true;
        result.selectable = true;
        result.focused = m_canvas.hasFocus() && m_canvas.current() == number();
        result.selected = m_canvas.current() == number();
        result.offscreen = isValid() && !m_canvas.visibleArea().intersects(m_canvas.scene()->nodes()[number()].box);
        return result;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString& name) override
    {
        if (!isValid()) {
            return;
        }
        m_canvas.setCurrent(number());
        m_canvas.reveal(number());
        if (name == pressAction()) {
            Q_EMIT m_canvas.activated(number());
        }
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    [[nodiscard]] std::uint32_t number() const { return static_cast<std::uint32_t>(m_node); }
    GraphCanvas& m_canvas;
    QAccessibleInterface& m_graph;
    int m_node;
};

class GraphInterface : public QAccessibleWidget {
public:
    explicit GraphInterface(GraphCanvas* canvas)
        : QAccessibleWidget(canvas, QAccessible::List)
        , m_canvas(*canvas)
    {
    }
    ~GraphInterface() override
    {
        for (const auto& [node, id] : m_ids) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }
    [[nodiscard]] int childCount() const override { return static_cast<int>(m_canvas.scene()->nodes().size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount()) {
            return nullptr;
        }
        if (const auto known = m_ids.find(index); known != m_ids.end()) {
            return QAccessible::accessibleInterface(known->second);
        }
        auto* made = new NodeInterface(m_canvas, const_cast<GraphInterface&>(*this), index);
        m_ids[index] = QAccessible::registerAccessibleInterface(made);
        return made;
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* wanted) const override
    {
        for (const auto& [node, id] : m_ids) {
            if (QAccessible::accessibleInterface(id) == wanted) {
                return node;
            }
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        const auto node = m_canvas.scene()->nodeAt(m_canvas.toScene(m_canvas.viewport()->mapFromGlobal(QPoint(x, y))));
        return node == GraphScene::none ? nullptr : child(static_cast<int>(node));
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        return m_canvas.hasFocus() && m_canvas.current() != GraphScene::none
            ? child(static_cast<int>(m_canvas.current()))
            : nullptr;
    }

private:
    GraphCanvas& m_canvas;
    mutable std::unordered_map<int, QAccessible::Id> m_ids;
};

QAccessibleInterface* make(const QString& className, QObject* object)
{
    if (className == QLatin1StringView("cupel::widgets::GraphCanvas")) {
        if (auto* canvas = qobject_cast<GraphCanvas*>(object)) {
            return new GraphInterface(canvas);
        }
    }
    return nullptr;
}

} // namespace

void installCanvasAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace cupel::widgets
