// SPDX-License-Identifier: GPL-3.0-or-later
// Base of the item models: a tree of values that is replaced as a whole and told to views as the fewest row changes, so
// that selection, expansion and scroll position survive results streaming in. A model fills in the hooks and calls
// assign().
#pragma once

#include <QtCore/QAbstractItemModel>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cupel::widgets {

// `Value` needs ==. Keys are unique among siblings and name the same thing from one assign() to the next.
template <typename Value> class TreeModel : public QAbstractItemModel {
public:
    struct Item {
        std::string key;
        Value value;
        std::vector<Item> children;
    };

    using QAbstractItemModel::QAbstractItemModel;

    virtual void sync() { } // takes over at once what scheduleSync() put off

    [[nodiscard]] const Value* value(const QModelIndex& index) const
    {
        return index.isValid() && index.model() == this ? &node(index)->value : nullptr;
    }

    // The first row, parents before children, for which `wanted(value)` holds.
    template <typename Wanted> [[nodiscard]] QModelIndex findIndex(const Wanted& wanted) const
    {
        std::vector<const Node*> open{&m_root};
        while (!open.empty()) {
            const Node* parent = open.back();
            open.pop_back();
            for (const auto& child : parent->children) {
                if (wanted(child->value)) {
                    return createIndex(child->row, 0, child.get());
                }
            }
            for (auto child = parent->children.rbegin(); child != parent->children.rend(); ++child) {
                if (!(*child)->children.empty()) {
                    open.push_back(child->get());
                }
            }
        }
        return {};
    }

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const final
    {
        if (!hasIndex(row, column, parent)) {
            return {};
        }
        return createIndex(row, column, node(parent)->children[static_cast<std::size_t>(row)].get());
    }
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const final
    {
        const Node* above = child.isValid() ? node(child)->parent : nullptr;
        return above == nullptr || above == &m_root ? QModelIndex() : createIndex(above->row, 0, above);
    }
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final
    {
        return parent.column() > 0 ? 0 : static_cast<int>(node(parent)->children.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex& = {}) const final { return valueColumns(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const final
    {
        const Value* held = value(index);
        return held == nullptr ? QVariant() : valueData(*held, index.column(), role);
    }
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const final
    {
        const Value* held = value(index);
        return held == nullptr ? Qt::NoItemFlags : valueFlags(*held);
    }

protected:
    // Hooks.
    [[nodiscard]] virtual QVariant valueData(const Value& value, int column, int role) const = 0;
    [[nodiscard]] virtual int valueColumns() const { return 1; }
    [[nodiscard]] virtual Qt::ItemFlags valueFlags(const Value&) const
    {
        return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    }

    // Calls sync() once after this turn of the event loop, however often it is asked.
    void scheduleSync()
    {
        if (m_pending) {
            return;
        }
        m_pending = true;
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_pending) {
                    sync();
                }
            },
            Qt::QueuedConnection);
    }

    [[nodiscard]] bool syncPending() const { return m_pending; }

    // For what changes no row: `change(value, value of the parent or null)` is called for every row, children before
    // parents, and says whether the row looks different now.
    template <typename Change> void changeValues(const Change& change)
    {
        std::vector<Node*> parents{&m_root};
        for (std::size_t i = 0; i < parents.size(); ++i) {
            for (const auto& child : parents[i]->children) {
                if (!child->children.empty()) {
                    parents.push_back(child.get());
                }
            }
        }
        std::vector<std::pair<Node*, std::vector<Run>>> changed;
        for (auto parent = parents.rbegin(); parent != parents.rend(); ++parent) {
            std::vector<Run> runs;
            for (const auto& child : (*parent)->children) {
                if (change(child->value, *parent == &m_root ? nullptr : &(*parent)->value)) {
                    addRow(runs, child->row);
                }
            }
            changed.emplace_back(*parent, std::move(runs));
        }
        for (const auto& [parent, runs] : changed) {
            tellChanged(*parent, runs);
        }
    }

    // Makes the tree equal to `items`. A change of order or very scattered changes reset the model instead.
    void assign(std::vector<Item> items)
    {
        m_pending = false;
        if (!merge(items)) {
            beginResetModel();
            m_root.children.clear();
            fill(m_root, items);
            endResetModel();
        }
    }

private:
    struct Node {
        std::string key;
        Value value{};
        Node* parent = nullptr;
        int row = 0; // among its siblings
        std::vector<std::unique_ptr<Node>> children;
    };
    // Rows that stand together and come or go in one signal.
    struct Run {
        int first = 0;
        int last = 0;
    };
    struct Plan {
        Node* parent = nullptr;
        std::vector<Item>* items = nullptr;
        std::vector<Run> removed; // rows before the change
        std::vector<Run> inserted; // rows after it
        std::vector<std::pair<Node*, Item*>> kept; // in order
    };
    static constexpr std::size_t maxRuns = 64;

    [[nodiscard]] const Node* node(const QModelIndex& index) const
    {
        return index.isValid() ? static_cast<const Node*>(index.constInternalPointer()) : &m_root;
    }
    [[nodiscard]] QModelIndex indexOf(const Node& of) const
    {
        return &of == &m_root ? QModelIndex() : createIndex(of.row, 0, &of);
    }

    static void addRow(std::vector<Run>& runs, int row)
    {
        if (!runs.empty() && runs.back().last + 1 == row) {
            runs.back().last = row;
        } else {
            runs.push_back({row, row});
        }
    }

    // Makes nodes of items, without recursion: a tree is as deep as its maker likes.
    static void fill(Node& root, std::vector<Item>& items)
    {
        std::vector<std::pair<Node*, std::vector<Item>*>> open{{&root, &items}};
        while (!open.empty()) {
            const auto [parent, list] = open.back();
            open.pop_back();
            parent->children.reserve(list->size());
            for (Item& item : *list) {
                auto child = std::make_unique<Node>();
                child->key = std::move(item.key);
                child->value = std::move(item.value);
                child->parent = parent;
                child->row = static_cast<int>(parent->children.size());
                if (!item.children.empty()) {
                    open.emplace_back(child.get(), &item.children);
                }
                parent->children.push_back(std::move(child));
            }
        }
    }

    // False: the survivors changed their order or the changes are too scattered.
    static bool makePlan(Plan& plan)
    {
        std::unordered_map<std::string_view, int> wanted;
        wanted.reserve(plan.items->size());
        for (std::size_t i = 0; i < plan.items->size(); ++i) {
            wanted.emplace((*plan.items)[i].key, static_cast<int>(i));
        }
        if (wanted.size() != plan.items->size()) {
            return false; // keys are not unique: nothing can be told apart
        }
        std::vector<bool> survives(plan.items->size());
        plan.kept.reserve(plan.items->size());
        int before = -1;
        for (const auto& child : plan.parent->children) {
            const auto at = wanted.find(child->key);
            if (at == wanted.end()) {
                addRow(plan.removed, child->row);
                continue;
            }
            if (at->second < before) {
                return false;
            }
            before = at->second;
            survives[static_cast<std::size_t>(at->second)] = true;
            plan.kept.emplace_back(child.get(), &(*plan.items)[static_cast<std::size_t>(at->second)]);
        }
        for (std::size_t i = 0; i < survives.size(); ++i) {
            if (!survives[i]) {
                addRow(plan.inserted, static_cast<int>(i));
            }
        }
        return plan.removed.size() + plan.inserted.size() <= maxRuns;
    }

    static void renumber(Node& parent, std::size_t from)
    {
        for (std::size_t i = from; i < parent.children.size(); ++i) {
            parent.children[i]->row = static_cast<int>(i);
        }
    }

    void apply(const Plan& plan)
    {
        Node& parent = *plan.parent;
        auto& children = parent.children;
        for (auto run = plan.removed.rbegin(); run != plan.removed.rend(); ++run) {
            beginRemoveRows(indexOf(parent), run->first, run->last);
            children.erase(children.begin() + run->first, children.begin() + run->last + 1);
            renumber(parent, static_cast<std::size_t>(run->first));
            endRemoveRows();
        }
        for (const Run& run : plan.inserted) {
            Node made;
            const auto first = plan.items->begin() + run.first;
            std::vector<Item> added(
                std::make_move_iterator(first), std::make_move_iterator(first + (run.last - run.first + 1)));
            fill(made, added);
            for (auto& child : made.children) {
                child->parent = &parent;
            }
            beginInsertRows(indexOf(parent), run.first, run.last);
            children.insert(children.begin() + run.first, std::make_move_iterator(made.children.begin()),
                std::make_move_iterator(made.children.end()));
            renumber(parent, static_cast<std::size_t>(run.first));
            endInsertRows();
        }
    }

    void takeValues(const Plan& plan)
    {
        std::vector<Run> changed;
        for (const auto& [kept, item] : plan.kept) {
            if (!(kept->value == item->value)) {
                kept->value = std::move(item->value);
                addRow(changed, kept->row);
            }
        }
        tellChanged(*plan.parent, changed);
    }

    void tellChanged(const Node& parent, const std::vector<Run>& runs)
    {
        const QModelIndex above = indexOf(parent);
        for (const Run& run : runs) {
            Q_EMIT dataChanged(index(run.first, 0, above), index(run.last, valueColumns() - 1, above));
        }
    }

    // All plans are made before anything changes: a reset needs the items whole. False: reset.
    bool merge(std::vector<Item>& items)
    {
        if (m_root.children.empty() || items.empty()) {
            return false;
        }
        std::vector<Plan> plans;
        std::vector<std::pair<Node*, std::vector<Item>*>> open{{&m_root, &items}};
        while (!open.empty()) {
            Plan plan{open.back().first, open.back().second, {}, {}, {}};
            open.pop_back();
            if (!makePlan(plan)) {
                return false;
            }
            for (const auto& [kept, item] : plan.kept) {
                if (!kept->children.empty() || !item->children.empty()) {
                    open.emplace_back(kept, &item->children);
                }
            }
            plans.push_back(std::move(plan));
        }
        for (const Plan& plan : plans) {
            apply(plan);
            takeValues(plan);
        }
        return true;
    }

    Node m_root;
    bool m_pending = false;
};

} // namespace cupel::widgets
