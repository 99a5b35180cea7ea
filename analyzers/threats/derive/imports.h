// SPDX-License-Identifier: GPL-3.0-or-later
// What code imports, down to the names: which part of a package is used says what the code is. Read from the file as it
// is on disk, where a cell of a notebook is text in quotes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

// "langchain.agents", "langchain.agents.AgentExecutor"; each once, in order, within bounds.
[[nodiscard]] std::vector<std::string> importsIn(std::string_view code);

} // namespace cupel::threats
