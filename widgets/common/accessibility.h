// SPDX-License-Identifier: GPL-3.0-or-later
// Roles of the shared widgets for screen readers, where the base class would say something else. UI thread only.
#pragma once

namespace cupel::widgets {

void installAccessibility(); // once; called by installStyle

} // namespace cupel::widgets
