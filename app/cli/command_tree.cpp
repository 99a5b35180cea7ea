// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_tree.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace cupel::cli {

Tree::Tree()
    : app(std::make_unique<CLI::App>(
          "Reviews notebooks, model files, scripts and what lies around them without running anything.", "cupel"))
{
}

Tree::~Tree() = default;

CLI::Option* describe(CLI::Option* option, const char* value, const char* group)
{
    return option->type_name(value)->group(group);
}

CLI::App* addCommand(Tree& tree, Command command, const char* name, const char* about, const char* details)
{
    CLI::App* sub = tree.app->add_subcommand(name, about);
    sub->set_help_flag();
    sub->fallthrough();
    sub->allow_extras();
    sub->footer(details);
    tree.commands[sub] = command;
    return sub;
}

void addPaths(Tree& tree, CLI::App* sub, const char* name, const char* about, Extra extra)
{
    CLI::Option* option = sub->add_option(name, tree.raw.paths, about);
    option->type_name("")->group("Arguments");
    tree.extras[option] = std::move(extra);
}

void addFormat(Tree& tree, CLI::App* sub, const std::vector<std::string>& choices, const char* about)
{
    tree.extras[describe(sub->add_option("-f,--format", tree.raw.format, about), "FORMAT", "Output")] = {
        choices, false};
}

CLI::Option* single(CLI::Option* option)
{
    return option->allow_extra_args(false);
}

void addOutput(Tree& tree, CLI::App* sub)
{
    CLI::Option* output = single(
        describe(sub->add_option("-o,--output", tree.raw.outputs, "Write FORMAT to FILE as well; may be repeated"),
            "FORMAT=FILE", "Output"));
    tree.extras[output] = {{}, true};
}

} // namespace cupel::cli
