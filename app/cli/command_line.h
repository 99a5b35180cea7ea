// SPDX-License-Identifier: GPL-3.0-or-later
// The parser of the command line; the only file behind this header that includes CLI11.
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/command_doc.h"

#include <string>

namespace cupel::cli {

struct ParsedLine {
    Arguments arguments;
    std::string error; // not empty: a usage error, one or more lines
};

[[nodiscard]] ParsedLine parseCommandLine(int argc, const char* const* argv);
[[nodiscard]] CommandDoc describeProgram();

} // namespace cupel::cli
