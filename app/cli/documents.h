// SPDX-License-Identifier: GPL-3.0-or-later
// Texts made from the tree of commands: help, completions for three shells, the manual page.
#pragma once

#include "app/cli/command_doc.h"

#include <string>
#include <string_view>

namespace cupel::cli {

// Help of the program, or of one of its commands; at most 80 columns.
[[nodiscard]] std::string helpText(const CommandDoc& program, const std::string& command);
[[nodiscard]] std::string bashCompletions(const CommandDoc& program);
[[nodiscard]] std::string zshCompletions(const CommandDoc& program);
[[nodiscard]] std::string fishCompletions(const CommandDoc& program);
// roff for man(7). `version` stands in the footer.
[[nodiscard]] std::string manPage(const CommandDoc& program, std::string_view version);

} // namespace cupel::cli
