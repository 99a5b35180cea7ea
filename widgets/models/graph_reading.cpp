// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/graph_reading.h"

#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

namespace cupel::widgets {

QString shownOperator(const GraphSource& source, const GraphNode& node)
{
    if (!node.op.empty()) {
        return shownText(source.names(node.op));
    }
    return node.kind == GraphNode::Kind::Input ? QCoreApplication::translate("Graph", "Input")
        : node.kind == GraphNode::Kind::Output ? QCoreApplication::translate("Graph", "Output")
                                               : QCoreApplication::translate("Graph", "Operation");
}

} // namespace cupel::widgets
