// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/graph_reading.h"

#include "analyzers/base/redact.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

namespace cupel::widgets {

std::string GraphSource::masked(const GraphNode& node, std::string_view text) const
{
    constexpr std::size_t shortest = 100; // that is ever cut
    const bool cut = text.size() >= shortest && touches(analysis->sensitive, analysis->facts.toFile(node.bytes));
    return cut ? std::string(maskDots) : names(text);
}

QString shownOperator(const GraphNode& node)
{
    if (!node.op.empty()) {
        return shownText(node.op);
    }
    return node.kind == GraphNode::Kind::Input ? QCoreApplication::translate("Graph", "Input")
        : node.kind == GraphNode::Kind::Output ? QCoreApplication::translate("Graph", "Output")
                                               : QCoreApplication::translate("Graph", "Operation");
}

} // namespace cupel::widgets
