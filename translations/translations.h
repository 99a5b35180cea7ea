// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of the window in the language of the user. Called once by the application, before the first window.
#pragma once

class QCoreApplication;

namespace cupel::app {

// English when there is no translation: its plurals come from a translation too ("1 file", "2 files").
void installTranslations(QCoreApplication& application);

} // namespace cupel::app
