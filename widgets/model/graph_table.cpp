// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/graph_table.h"

#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace cupel::widgets {

namespace {

enum Column { Operator, Name, Scope, In, Out, Sign, Columns };

} // namespace

void GraphTableModel::set(GraphReadingPtr graph, std::vector<std::uint32_t> rows)
{
    beginResetModel();
    const bool same = m_graph && graph && m_graph->source == graph->source;
    m_graph = std::move(graph);
    m_rows = std::move(rows);
    if (!same) {
        const auto count = m_graph ? m_graph->source->graph.nodes.size() : 0;
        m_in.assign(count, 0);
        m_out.assign(count, 0);
        for (std::size_t i = 0; m_graph && i < m_graph->source->graph.edges.size(); ++i) {
            ++m_out[m_graph->source->graph.edges[i].from];
            ++m_in[m_graph->source->graph.edges[i].to];
        }
    }
    endResetModel();
}

int GraphTableModel::rowOf(std::uint32_t node) const
{
    const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), node);
    return at != m_rows.end() && *at == node ? static_cast<int>(at - m_rows.begin()) : -1;
}

int GraphTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int GraphTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant GraphTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_graph || index.row() >= rowCount()) {
        return {};
    }
    const auto number = node(index.row());
    const auto& source = *m_graph->source;
    const auto& one = source.graph.nodes[number];
    const bool numeric = index.column() == In || index.column() == Out;
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>((numeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    switch (index.column()) {
    case Operator:
        return shownOperator(one);
    case Name:
        return shownText(one.name);
    case Scope:
        return shownText(scopeOf(one));
    case In:
        return QLocale().toString(m_in[number]);
    case Out:
        return QLocale().toString(m_out[number]);
    case Sign:
        return source.signs[number] ? word(*source.signs[number]) : QString();
    default:
        return {};
    }
}

QVariant GraphTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    const QString heads[] = {tr("Operator"), tr("Name"), tr("Belongs to"), tr("In"), tr("Out"), tr("Finding")};
    return section >= 0 && section < Columns ? heads[section] : QVariant();
}

std::vector<std::uint32_t> findNodes(const GraphSource& source, const QString& words)
{
    std::vector<std::string> wanted;
    for (const QString& one : words.toLower().split(u' ', Qt::SkipEmptyParts)) {
        wanted.push_back(one.toStdString());
    }
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < source.keys.size(); ++i) {
        if (std::all_of(wanted.begin(), wanted.end(),
                [&](const std::string& one) { return source.keys[i].find(one) != std::string::npos; })) {
            out.push_back(i);
        }
    }
    return out;
}

} // namespace cupel::widgets
