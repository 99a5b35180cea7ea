// SPDX-License-Identifier: GPL-3.0-or-later
// The painted pages of the preview as children in the accessible tree: a name, a place and the text on each. UI thread.
#pragma once

namespace cupel::widgets {

// Once, before the first preview is shown.
void installPageAccessibility();

} // namespace cupel::widgets
