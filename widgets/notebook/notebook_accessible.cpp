// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/notebook_accessible.h"

#include "widgets/notebook/cell_text.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/table_block.h"

#include <QtGui/QAccessible>
#include <QtWidgets/QAccessibleWidget>

#include <unordered_map>

namespace cupel::widgets {

namespace {

constexpr qsizetype longestName = 4'000;

QRect onScreen(const NotebookCanvas& canvas, const QRectF& rect)
{
    const auto area = rect.toAlignedRect();
    return {canvas.viewport()->mapToGlobal(area.topLeft()), area.size()};
}

// Children that are no QObjects: made on demand, deleted with their parent.
class Children {
public:
    ~Children()
    {
        for (const auto& [index, id] : m_ids) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }
    template <typename Make> QAccessibleInterface* at(int index, Make make) const
    {
        if (const auto known = m_ids.find(index); known != m_ids.end()) {
            return QAccessible::accessibleInterface(known->second);
        }
        auto* made = make();
        m_ids[index] = QAccessible::registerAccessibleInterface(made);
        return made;
    }

private:
    mutable std::unordered_map<int, QAccessible::Id> m_ids;
};

// Common to cells and their parts.
class PaintedInterface : public QAccessibleInterface {
public:
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return parent() ? parent()->window() : nullptr; }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (auto* hit = child(i); hit && hit->rect().contains(x, y)) {
                return hit;
            }
        }
        return nullptr;
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* wanted) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i) == wanted) {
                return i;
            }
        }
        return -1;
    }
};

// A block of a cell: source lines, an output, a finding, a notice.
class PartInterface : public PaintedInterface, public QAccessibleActionInterface {
public:
    PartInterface(NotebookCanvas& canvas, QAccessibleInterface& cell, int item, int part)
        : m_canvas(canvas)
        , m_cell(cell)
        , m_item(item)
        , m_part(part)
    {
    }
    [[nodiscard]] bool isValid() const override { return placed() != nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override { return &m_cell; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }

    [[nodiscard]] QAccessible::Role role() const override
    {
        const auto* entry = placed();
        switch (entry ? entry->block->role() : BlockRole::Text) {
        case BlockRole::Table:
            return QAccessible::Table;
        case BlockRole::Picture:
            return QAccessible::Graphic;
        case BlockRole::Finding:
            return QAccessible::Note;
        case BlockRole::Notice:
        case BlockRole::Code:
        case BlockRole::Text:
            break;
        }
        return QAccessible::StaticText;
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const auto* entry = placed();
        if (!entry) {
            return {};
        }
        const auto& block = *entry->block;
        if (kind == QAccessible::Value) {
            return block.text();
        }
        if (kind != QAccessible::Name) {
            return {};
        }
        if (const auto* table = dynamic_cast<const TableBlock*>(&block)) {
            const auto rows = static_cast<int>(table->data().rows.size()) - table->data().headRows;
            const auto columns = table->data().rows.empty() ? 0 : static_cast<int>(table->data().rows.front().size());
            return CellText::tr("Table, rows: %1, columns: %2").arg(rows).arg(columns);
        }
        const auto spoken = block.spoken();
        const auto name = spoken.isEmpty() ? block.text().left(longestName) : spoken;
        return name.trimmed().isEmpty() ? CellText::tr("Empty line") : name;
    }

    [[nodiscard]] QRect rect() const override
    {
        const auto* entry = placed();
        return entry ? onScreen(m_canvas, entry->rect.translated(m_canvas.itemRect(m_item).topLeft())) : QRect();
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State result;
        result.readOnly = true;
        result.multiLine = true;
        const auto* entry = placed();
        result.focusable = entry && entry->block->role() == BlockRole::Notice && !entry->block->hots().empty();
        result.focused = result.focusable && m_canvas.hasFocus() && m_canvas.currentItem() == m_item
            && m_canvas.focusedBlock() == m_part;
        return result;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }

    [[nodiscard]] QStringList actionNames() const override
    {
        QStringList names;
        if (const auto* entry = placed()) {
            for (const auto& hot : entry->block->hots()) {
                names.append(hot.name);
            }
        }
        return names;
    }

    void doAction(const QString& name) override
    {
        const auto* entry = placed();
        if (!entry) {
            return;
        }
        for (const auto& hot : entry->block->hots()) {
            if (hot.name == name) {
                m_canvas.perform(hot.action, m_item); // this part may be gone after it
                return;
            }
        }
    }

    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    [[nodiscard]] const PlacedBlock* placed() const
    {
        if (m_item >= m_canvas.itemCount()) {
            return nullptr;
        }
        const auto& blocks = m_canvas.cell(m_item).blocks();
        return m_part < static_cast<int>(blocks.size()) ? &blocks[static_cast<std::size_t>(m_part)] : nullptr;
    }
    NotebookCanvas& m_canvas;
    QAccessibleInterface& m_cell;
    int m_item;
    int m_part;
};

class CellInterface : public PaintedInterface {
public:
    CellInterface(NotebookCanvas& canvas, QAccessibleInterface& list, int item)
        : m_canvas(canvas)
        , m_list(list)
        , m_item(item)
    {
    }
    [[nodiscard]] bool isValid() const override { return m_item < m_canvas.itemCount(); }
    [[nodiscard]] QAccessibleInterface* parent() const override { return &m_list; }
    [[nodiscard]] int childCount() const override
    {
        return isValid() ? static_cast<int>(m_canvas.cell(m_item).blocks().size()) : 0;
    }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount()) {
            return nullptr;
        }
        auto& self = const_cast<CellInterface&>(*this);
        return m_children.at(index, [&] { return new PartInterface(m_canvas, self, m_item, index); });
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind != QAccessible::Name || !isValid()) {
            return {};
        }
        const auto findings =
            m_canvas.document() ? m_canvas.document()->items()[static_cast<std::size_t>(m_item)].findings.size() : 0;
        const auto& name = m_canvas.cell(m_item).name;
        if (findings == 0) {
            return name;
        }
        return findings == 1 ? CellText::tr("%1, 1 finding").arg(name)
                             : CellText::tr("%1, %n findings", nullptr, static_cast<int>(findings)).arg(name);
    }
    [[nodiscard]] QRect rect() const override
    {
        return isValid() ? onScreen(m_canvas, m_canvas.itemRect(m_item)) : QRect();
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State result;
        result.focusable = true;
        result.selectable = true;
        result.selected = m_canvas.currentItem() == m_item;
        result.focused = result.selected && m_canvas.hasFocus();
        return result;
    }

private:
    NotebookCanvas& m_canvas;
    QAccessibleInterface& m_list;
    int m_item;
    Children m_children;
};

class CanvasInterface : public QAccessibleWidget {
public:
    explicit CanvasInterface(NotebookCanvas* canvas)
        : QAccessibleWidget(canvas, QAccessible::List)
        , m_canvas(*canvas)
    {
    }
    [[nodiscard]] int childCount() const override { return m_canvas.itemCount(); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount()) {
            return nullptr;
        }
        auto& self = const_cast<CanvasInterface&>(*this);
        return m_children.at(index, [&] { return new CellInterface(m_canvas, self, index); });
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* wanted) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i) == wanted) {
                return i;
            }
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        const auto item = m_canvas.itemAt(m_canvas.viewport()->mapFromGlobal(QPoint(x, y)));
        return item < 0 ? nullptr : child(item);
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        if (!m_canvas.hasFocus() || childCount() == 0) {
            return nullptr;
        }
        auto* cell = child(m_canvas.currentItem());
        const auto block = m_canvas.focusedBlock();
        return block < 0 ? cell : cell->child(block);
    }

private:
    NotebookCanvas& m_canvas;
    Children m_children;
};

QAccessibleInterface* make(const QString& className, QObject* object)
{
    if (className == QLatin1StringView("cupel::widgets::NotebookCanvas")) {
        if (auto* canvas = qobject_cast<NotebookCanvas*>(object)) {
            return new CanvasInterface(canvas);
        }
    }
    return nullptr;
}

} // namespace

void installNotebookAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace cupel::widgets
