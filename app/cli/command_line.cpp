// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include "app/cli/command_tree.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>

namespace cupel::cli {

namespace {

OptionDoc describeOption(const CLI::Option& option, const Tree& tree)
{
    OptionDoc doc;
    doc.positional = option.get_positional();
    doc.about = option.get_description();
    doc.group = option.get_group();
    doc.repeatable = option.get_items_expected_max() > 1;
    if (doc.positional) {
        doc.names.push_back(option.get_single_name());
    } else {
        for (const auto& name : option.get_snames()) {
            doc.names.push_back("-" + name);
        }
        for (const auto& name : option.get_lnames()) {
            doc.names.push_back("--" + name);
        }
        doc.value = option.get_items_expected_max() > 0 ? option.get_type_name() : "";
    }
    if (const auto extra = tree.extras.find(&option); extra != tree.extras.end()) {
        doc.choices = extra->second.choices;
        doc.file = extra->second.file;
    }
    return doc;
}

CommandDoc describeApp(const CLI::App& app, const Tree& tree)
{
    CommandDoc doc;
    doc.name = app.get_name();
    doc.about = app.get_description();
    doc.details = app.get_footer();
    if (const auto found = tree.examples.find(&app); found != tree.examples.end()) {
        doc.examples = found->second;
    }
    for (const CLI::Option* option : app.get_options({})) {
        doc.options.push_back(describeOption(*option, tree));
    }
    return doc;
}

// CLI11 takes a word in brackets for a list, and after "--" it goes back to reading options once a path was seen. A
// first byte that no argument starts with hides such words from it; interpret() takes it off again.
std::vector<std::string> guardedWords(int argc, const char* const* argv)
{
    std::vector<std::string> words;
    bool onlyPaths = false;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (!onlyPaths && word == "--") {
            onlyPaths = true;
        } else {
            const bool hide = onlyPaths || word.starts_with('[') || word.starts_with('{');
            words.push_back(hide ? "\x01" + word : word);
        }
    }
    std::reverse(words.begin(), words.end()); // last first, as CLI11 wants them
    return words;
}

} // namespace

CommandDoc describeProgram()
{
    Tree tree;
    grow(tree);
    CommandDoc program = describeApp(*tree.app, tree);
    for (const CLI::App* sub : tree.app->get_subcommands({})) {
        program.commands.push_back(describeApp(*sub, tree));
    }
    return program;
}

ParsedLine parseCommandLine(int argc, const char* const* argv)
{
    Tree tree;
    grow(tree);
    RawArguments& raw = tree.raw;
    try {
        tree.app->parse(guardedWords(argc, argv));
    } catch (const CLI::ParseError& error) {
        raw.error = error.what();
    }
    raw.extras = tree.app->remaining(true);
    const auto used = tree.app->get_subcommands();
    if (!used.empty()) {
        raw.command = tree.commands.at(used.front());
        raw.commandName = used.front()->get_name();
    }
    return interpret(std::move(raw));
}

} // namespace cupel::cli
