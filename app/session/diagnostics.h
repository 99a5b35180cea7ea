// SPDX-License-Identifier: GPL-3.0-or-later
// Versions, settings, counts and timings as text for a bug report: no content of files, no paths of the user.
#pragma once

#include <QtCore/QString>

namespace cupel::app {

class Session;

[[nodiscard]] QString diagnosticsText(Session& session);

} // namespace cupel::app
