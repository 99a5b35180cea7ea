// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the command line as the parser left them, and their meaning: numbers, units, names, and what is missing.
#pragma once

#include "app/cli/command_line.h"

#include <string>
#include <vector>

namespace cupel::cli {

struct RawArguments {
    Command command = Command::None;
    std::string commandName;
    std::string error; // of the parser
    std::vector<std::string> extras; // what nothing took
    bool help = false;
    bool version = false;
    bool json = false;
    bool quiet = false;
    bool verbose = false;
    bool allowPartial = false;
    bool nulSeparated = false;
    bool source = false;
    bool opcodes = false;
    bool newOnly = false;
    std::string profile;
    std::string decisions;
    std::vector<std::string> rules;
    std::string revision;
    std::vector<std::string> baselines;
    bool write = false;
    bool all = false;
    bool hidden = false;
    bool metadata = false;
    bool templates = false;
    std::vector<std::string> keys;
    std::string out;
    std::string roles;
    std::string before;
    std::string order;
    std::vector<std::string> only;
    std::vector<std::string> paths;
    std::vector<std::string> outputs;
    std::vector<std::string> exclude;
    std::string format;
    std::string colour;
    std::string progress;
    std::string failOn;
    std::string minConfidence;
    std::string filesFrom;
    std::string stdinFilename;
    std::string jobs;
    std::string maxTime;
    bool noHash = false;
    std::string maxMemory;
    std::string family;
    std::string severity;
};

[[nodiscard]] ParsedLine interpret(RawArguments raw);

} // namespace cupel::cli
