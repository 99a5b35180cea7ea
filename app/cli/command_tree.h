// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of commands that CLI11 parses with. Only command_tree, command_options and command_line know CLI11.
#pragma once

#include "app/cli/raw_arguments.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace cupel::cli {

struct Extra {
    std::vector<std::string> choices;
    bool file = false;
};

// The tree, where its values go, and what CLI11 has no room for.
struct Tree {
    Tree();
    ~Tree();
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;

    std::unique_ptr<CLI::App> app;
    RawArguments raw;
    std::map<const CLI::Option*, Extra> extras;
    std::map<const CLI::App*, Command> commands;
    std::map<const CLI::App*, std::vector<std::pair<std::string, std::string>>> examples;
};

// The value and the group of an option, as help shows them.
CLI::Option* describe(CLI::Option* option, const char* value, const char* group);
CLI::App* addCommand(Tree& tree, Command command, const char* name, const char* about, const char* details);
void addPaths(Tree& tree, CLI::App* sub, const char* name, const char* about, Extra extra);
void addFormat(Tree& tree, CLI::App* sub, const std::vector<std::string>& choices, const char* about);
// Every element of a list option takes exactly one word; the next one may be a path.
CLI::Option* single(CLI::Option* option);
void addOutput(Tree& tree, CLI::App* sub);
// All commands with their options, in command_options.cpp.
void grow(Tree& tree);

} // namespace cupel::cli
