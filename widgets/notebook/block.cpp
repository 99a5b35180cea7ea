// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/block.h"

namespace cupel::widgets {

void Block::reveal(std::size_t /*finding*/) { }

bool Block::scrollBy(qreal /*delta*/)
{
    return false;
}

int Block::positionAt(QPointF /*point*/) const
{
    return -1;
}

std::optional<QRectF> Block::findingRect(std::size_t /*finding*/) const
{
    return {};
}

std::optional<std::size_t> Block::findingAt(QPointF /*point*/) const
{
    return {};
}

} // namespace cupel::widgets
