// SPDX-License-Identifier: GPL-3.0-or-later
// What the terminal can do, and words on the standard error.
#pragma once

#include "app/cli/arguments.h"

#include <string_view>

namespace cupel::cli {

// Whether colour goes to `fd`: the option wins, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal.
[[nodiscard]] bool wantsColour(When choice, int fd);
[[nodiscard]] bool isTerminal(int fd);
// Columns to wrap sentences at: the terminal's, 100 for pipes and files.
[[nodiscard]] std::size_t columns(int fd);
// Takes the places of standard streams that are closed, so that no file opened later becomes one of them.
void holdStandardStreams();
// One message on the standard error, "cupel: " before it; controls are shown, not sent.
void complain(std::string_view text);

} // namespace cupel::cli
