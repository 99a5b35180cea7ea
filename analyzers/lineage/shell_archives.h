// SPDX-License-Identifier: GPL-3.0-or-later
// What unzip, tar, 7z, gunzip and their like unpack, and where to.
#pragma once

#include "analyzers/code/shell.h"

#include <optional>
#include <string>

namespace cupel::lineage {

struct Unpacked {
    std::string from; // empty: what is piped into it
    std::string to; // "." where no folder is said
    bool folder = true; // false: it becomes this one file
};
// Nothing: it unpacks nothing, or only the shell knows what.
[[nodiscard]] std::optional<Unpacked> unpackedBy(const code::ShellCommand& entry);

} // namespace cupel::lineage
