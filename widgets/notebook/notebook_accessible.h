// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader sees of the painted cells: a list of cells with their source, outputs and findings as children
// and buttons as actions. Reads masked text only, also while a secret is revealed on the screen.
#pragma once

namespace cupel::widgets {

// Registers the factory once; called by every NotebookView.
void installNotebookAccessibility();

} // namespace cupel::widgets
