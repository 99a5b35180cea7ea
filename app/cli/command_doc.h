// SPDX-License-Identifier: GPL-3.0-or-later
// The command line described as values: help, completions, the man page and suggestions are all made from this one
// tree, which is read off the parser itself.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cupel::cli {

struct OptionDoc {
    std::vector<std::string> names; // "-f", "--format"; a positional has its name in capitals
    std::string value; // "FORMAT"; empty for a flag
    std::string about;
    std::string group;
    std::vector<std::string> choices;
    bool positional = false;
    bool repeatable = false;
    bool file = false; // complete with file names
};

struct CommandDoc {
    std::string name;
    std::string about; // one line
    std::string details; // a paragraph, may be empty
    std::vector<std::pair<std::string, std::string>> examples; // command, what it does
    std::vector<OptionDoc> options;
    std::vector<CommandDoc> commands;
};

} // namespace cupel::cli
