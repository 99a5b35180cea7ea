// SPDX-License-Identifier: GPL-3.0-or-later
// What curl, wget and gdown fetch and where they put it: options in all their spellings, several addresses, folders.
#pragma once

#include "analyzers/code/shell.h"

#include <string>
#include <vector>

namespace cupel::lineage {

struct Download {
    std::string from; // as it stands there
    std::string to; // may be empty: it is shown, or handed on
};
// `next`: the command that its output is piped into; null: none.
[[nodiscard]] std::vector<Download> downloadsOf(const code::ShellCommand& entry, const code::ShellCommand* next);

} // namespace cupel::lineage
