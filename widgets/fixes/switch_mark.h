// SPDX-License-Identifier: GPL-3.0-or-later
// The box that says whether edits are on: all, some, none.
#pragma once

#include <QtCore/QRectF>
#include <QtCore/Qt>

#include <cstddef>

class QPainter;

namespace cupel::widgets {

void paintSwitch(QPainter& painter, const QRectF& box, Qt::CheckState state);
[[nodiscard]] inline Qt::CheckState stateOf(std::size_t on, std::size_t all)
{
    return on == 0 ? Qt::Unchecked : on == all ? Qt::Checked : Qt::PartiallyChecked;
}

} // namespace cupel::widgets
