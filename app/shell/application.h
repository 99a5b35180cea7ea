// SPDX-License-Identifier: GPL-3.0-or-later
// The program around the window: which settings, one instance, what to open first; or the export without a window.
#pragma once

#include "app/shell/command_line.h"

class QApplication;

namespace cupel::app {

// Both return the exit code and need the application to exist.
[[nodiscard]] int runWindow(QApplication& application, const CommandLine& line);
[[nodiscard]] int runHeadlessExport(const CommandLine& line);

} // namespace cupel::app
