// SPDX-License-Identifier: GPL-3.0-or-later
// The bundled sample project: unpacked from the program into the state folder, where it can be opened like any other.
#pragma once

#include "app/settings/paths.h"

#include <QtCore/QString>

namespace cupel::app {

// The folder to open, empty when it could not be written. Puts back what was changed or removed.
[[nodiscard]] QString unpackSample(const Paths& paths);

} // namespace cupel::app
