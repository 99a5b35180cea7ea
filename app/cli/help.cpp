// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/documents.h"

#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>

namespace cupel::cli {

namespace {

constexpr std::size_t width = 80;
constexpr std::size_t column = 28; // where descriptions start

void paragraph(std::string& out, const std::string& text, std::size_t margin)
{
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        for (const auto& line : report::wrapped(text.substr(start, end - start), width - margin)) {
            out.append(margin, ' ').append(line).push_back('\n');
        }
        start = end + 1;
    }
}

void row(std::string& out, const std::string& left, const std::string& right)
{
    out.append("  ").append(left);
    std::size_t at = left.size() + 2;
    bool first = true;
    for (const auto& line : report::wrapped(right, width - column)) {
        if (!first || at + 2 > column) {
            out.push_back('\n');
            at = 0;
        }
        out.append(column - at, ' ').append(line);
        at = column;
        first = false;
    }
    out.push_back('\n');
}

std::string signature(const OptionDoc& option)
{
    std::string out;
    for (const auto& name : option.names) {
        out += (out.empty() ? "" : ", ") + name;
    }
    return option.value.empty() ? out : out + " " + option.value;
}

std::string about(const OptionDoc& option)
{
    if (option.choices.empty() || option.value.empty()) {
        return option.about;
    }
    std::string out = option.about + ": ";
    for (std::size_t i = 0; i < option.choices.size(); ++i) {
        out += (i == 0 ? "" : i + 1 == option.choices.size() ? " or " : ", ") + option.choices[i];
    }
    return out;
}

void options(std::string& out, const std::vector<OptionDoc>& all)
{
    std::vector<std::string> groups;
    for (const auto& option : all) {
        if (std::find(groups.begin(), groups.end(), option.group) == groups.end()) {
            groups.push_back(option.group);
        }
    }
    for (const auto& group : groups) {
        out += "\n" + group + ":\n";
        for (const auto& option : all) {
            if (option.group == group) {
                row(out, signature(option), about(option));
            }
        }
    }
}

// The version is a matter of the program, not of its commands.
std::vector<OptionDoc> withoutVersion(std::vector<OptionDoc> all)
{
    std::erase_if(all, [](const OptionDoc& option) {
        return option.names.front() == "--version" || option.names.front() == "--json";
    });
    return all;
}

void examples(std::string& out, const CommandDoc& doc)
{
    if (doc.examples.empty()) {
        return;
    }
    out += "\nExamples:\n";
    for (const auto& [command, what] : doc.examples) {
        out += "  " + command + "\n      " + what + "\n";
    }
}

std::string usage(const CommandDoc& program, const CommandDoc& command)
{
    std::string out = "Usage: " + program.name + " " + command.name + " [OPTIONS]";
    for (const auto& option : command.options) {
        if (option.positional) {
            const bool optional = command.name == "rules" || command.name == "open";
            out += (optional ? " [" : " ") + option.names.front() + (optional ? "]" : "");
            const std::string& name = option.names.front();
            out += name == "PATH" || name == "TEXT" ? "..." : "";
        }
    }
    return out + "\n";
}

} // namespace

std::string helpText(const CommandDoc& program, const std::string& name)
{
    std::string out;
    for (const auto& command : program.commands) {
        if (command.name == name) {
            out = usage(program, command);
            out += "\n" + command.about + ".\n";
            options(out, command.options);
            options(out, withoutVersion(program.options));
            examples(out, command);
            if (!command.details.empty()) {
                out += "\n";
                paragraph(out, command.details, 0);
            }
            return out;
        }
    }
    out = "Usage: " + program.name + " COMMAND [OPTIONS] ...\n\n" + program.about + "\n\nCommands:\n";
    for (const auto& command : program.commands) {
        row(out, command.name, command.about);
    }
    options(out, program.options);
    examples(out, program);
    out += "\n";
    paragraph(out, program.details, 0);
    out += "'" + program.name + " COMMAND --help' shows the options of a command.\n";
    return out;
}

} // namespace cupel::cli
