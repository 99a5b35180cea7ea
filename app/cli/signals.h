// SPDX-License-Identifier: GPL-3.0-or-later
// The user's interrupt: the first asks for a clean end, the second ends at once. SIGPIPE only makes a write fail.
#pragma once

namespace cupel::cli {

void catchSignals(); // once, at the start of a command that works for long
[[nodiscard]] bool interrupted();

} // namespace cupel::cli
