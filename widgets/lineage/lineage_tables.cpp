// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lineage/lineage_tables.h"

#include "widgets/common/severity.h"
#include "widgets/models/lineage_words.h"

#include <QtCore/QLocale>

#include <algorithm>
#include <tuple>

namespace cupel::widgets {

namespace {

enum Column { Name, Kind, PlaceColumn, In, Out, Sign, Columns };

QString placeOf(const LineageReading& reading, const LineageFoldNode& node)
{
    using Form = LineageFoldNode::Form;
    return node.form == Form::Folder || node.form == Form::More
        ? QString()
        : placeText(*reading.source->graph, reading.source->graph->nodes[node.first].place);
}

} // namespace

void LineageTable::set(const LineageReadingPtr& reading, const std::vector<bool>& lit)
{
    std::vector<LineageNodeRow> rows;
    for (std::uint32_t i = 0; reading && i < reading->fold.nodes.size(); ++i) {
        if (lit.empty() || lit[i]) {
            const auto& node = reading->fold.nodes[i];
            rows.push_back({i, titleOf(*reading->source, node), kindText(*reading->source, node),
                placeOf(*reading, node), static_cast<std::uint32_t>(reading->scene->reaching(i).size()),
                static_cast<std::uint32_t>(reading->scene->leaving(i).size()), node.sign});
        }
    }
    setRows(std::move(rows));
    if (m_column >= 0) {
        sort(m_column, m_order);
    }
}

int LineageTable::rowOf(std::uint32_t unit) const
{
    const auto at = std::find_if(rows().begin(), rows().end(), [unit](const auto& row) { return row.unit == unit; });
    return at == rows().end() ? -1 : static_cast<int>(at - rows().begin());
}

void LineageTable::sort(int column, Qt::SortOrder order)
{
    m_column = column;
    m_order = order;
    auto sorted = rows();
    const auto text = [column](const LineageNodeRow& row) {
        return column == Name ? row.name : column == Kind ? row.kind : column == PlaceColumn ? row.place : QString();
    };
    const auto number = [column](const LineageNodeRow& row) {
        return column == In              ? static_cast<int>(row.in)
            : column == Out              ? static_cast<int>(row.out)
            : column == Sign && row.sign ? static_cast<int>(*row.sign) + 1
                                         : 0;
    };
    std::stable_sort(sorted.begin(), sorted.end(), [&](const LineageNodeRow& a, const LineageNodeRow& b) {
        const auto& first = order == Qt::AscendingOrder ? a : b;
        const auto& second = order == Qt::AscendingOrder ? b : a;
        return column < 0 ? a.unit < b.unit
                          : std::tuple(number(first), text(first)) < std::tuple(number(second), text(second));
    });
    setRows(std::move(sorted));
}

int LineageTable::columns() const
{
    return Columns;
}

QVariant LineageTable::cell(const LineageNodeRow& row, int column, int role) const
{
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>((column == In || column == Out ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    switch (column) {
    case Name:
        return row.name;
    case Kind:
        return row.kind;
    case PlaceColumn:
        return row.place;
    case In:
        return QLocale().toString(row.in);
    case Out:
        return QLocale().toString(row.out);
    default:
        return row.sign ? word(*row.sign) : QString();
    }
}

QVariant LineageTable::header(int column, int role) const
{
    const QString heads[] = {tr("Name"), tr("Kind"), tr("Place"), tr("In"), tr("Out"), tr("Finding")};
    return role == Qt::DisplayRole ? QVariant(heads[column]) : QVariant();
}

// Groups hold their nodes, nodes the edges that leave them.
void LineageTree::set(const LineageReadingPtr& reading, const std::vector<bool>& lit)
{
    std::vector<Item> top;
    if (!reading) {
        assign(std::move(top));
        return;
    }
    const auto& fold = reading->fold;
    const auto& source = *reading->source;
    std::vector<Item> groups;
    for (const auto& group : fold.groups) {
        groups.push_back({"group:" + group.key,
            {titleOf(source, group), group.first == lineage::none ? tr("notebook") : tr("cell"), lineage::none,
                lineage::none, {}},
            {}});
    }
    const auto leads = [&](std::uint32_t unit) {
        std::vector<Item> out;
        for (const auto number : reading->scene->leaving(unit)) {
            const auto& edge = fold.edges[number];
            out.push_back({"edge:" + fold.nodes[edge.to].key,
                {tr("to %1").arg(titleOf(source, fold.nodes[edge.to])), whatFlows(source, edge), edge.to, number, {}},
                {}});
        }
        return out;
    };
    for (std::uint32_t i = 0; i < fold.nodes.size(); ++i) {
        if (!lit.empty() && !lit[i]) {
            continue;
        }
        const auto& node = fold.nodes[i];
        Item item{node.key, {titleOf(source, node), kindText(source, node), i, lineage::none, node.sign}, leads(i)};
        if (node.group == lineage::none) {
            top.push_back(std::move(item));
        } else {
            groups[node.group].children.push_back(std::move(item));
        }
    }
    for (std::size_t i = groups.size(); i-- > 0;) { // what stands inside comes behind
        const auto parent = fold.groups[i].parent;
        if (!groups[i].children.empty()) {
            auto& into = parent == lineage::none ? top : groups[parent].children;
            into.insert(into.begin(), std::move(groups[i]));
        }
    }
    assign(std::move(top));
}

QVariant LineageTree::headerData(int section, Qt::Orientation orientation, int role) const
{
    const QString heads[] = {tr("Name"), tr("What"), tr("Finding")};
    return orientation == Qt::Horizontal && role == Qt::DisplayRole && section < 3 ? QVariant(heads[section])
                                                                                   : QVariant();
}

QVariant LineageTree::valueData(const LineageTreeRow& row, int column, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    return column == 0 ? row.name : column == 1 ? row.what : row.sign ? word(*row.sign) : QString();
}

} // namespace cupel::widgets
