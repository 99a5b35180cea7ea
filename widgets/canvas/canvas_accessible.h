// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader sees of a painted graph: a list of nodes with name, findings, neighbours and place.
#pragma once

namespace cupel::widgets {

// Registers the factory once; called by every GraphCanvas.
void installCanvasAccessibility();

} // namespace cupel::widgets
