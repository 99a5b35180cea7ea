// SPDX-License-Identifier: GPL-3.0-or-later
// A picture in its box: pixels, the reason why there are none, or a sign that they are on their way. UI thread.
#pragma once

#include "widgets/models/picture.h"

#include <QtCore/QRectF>

class QPainter;

namespace cupel::widgets {

// `picture` null: on its way. Fills the box; keeping the proportions is up to the caller.
void paintPicture(QPainter& painter, const QRectF& box, const Picture* picture);

} // namespace cupel::widgets
