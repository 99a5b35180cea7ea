// SPDX-License-Identifier: GPL-3.0-or-later
// Severity as shape, letter, colour and word: never by colour alone.
#pragma once

#include "analyzers/model/finding.h"
#include "widgets/common/theme.h"

#include <QtCore/QRectF>
#include <QtCore/QString>

class QPainter;

namespace cupel::widgets {

[[nodiscard]] Token token(Severity severity);
[[nodiscard]] QString word(Severity severity); // translated, "Critical"
[[nodiscard]] QString word(Confidence confidence); // translated, "certain"
// Octagon, triangle, diamond, disc or ring filling `box`; with its letter from 18 px up when `letter`. `theme`: paper
// (reports) always passes Light.
void paintSeverity(QPainter& painter, const QRectF& box, Severity severity, bool letter, ThemeName theme);
void paintSeverity(QPainter& painter, const QRectF& box, Severity severity, bool letter = true);
// The rounded square with a check that says "looked at".
void paintOk(QPainter& painter, const QRectF& box, ThemeName theme);

} // namespace cupel::widgets
