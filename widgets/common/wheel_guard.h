// SPDX-License-Identifier: GPL-3.0-or-later
// The wheel scrolls and never changes what a field says: while somebody scrolls through a card its choices and numbers
// pass below the pointer. One for the application, UI thread.
#pragma once

class QApplication;

namespace cupel::widgets {

void guardWheel(QApplication& application);

} // namespace cupel::widgets
