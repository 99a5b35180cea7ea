// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/fetched_files.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace cupel::rules::code {

namespace {

using cupel::code::ShellCommand;

constexpr std::size_t farthest = 64; // commands between

std::string_view nameOf(std::string_view path)
{
    path = path.substr(0, path.find_first_of("?#"));
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

bool isAddress(std::string_view word)
{
    return word.find("://") != std::string_view::npos;
}

// The file that a command runs; empty: a program that is installed, or nothing that has a name.
std::string_view runFile(const ShellCommand& command)
{
    static constexpr std::array<std::string_view, 13> interpreters{
        "sh", "bash", "zsh", "dash", "ksh", "source", ".", "python", "python3", "perl", "ruby", "node", "php"};
    const auto at = command.programAt();
    if (at >= command.words.size()) {
        return {};
    }
    const std::string_view written = command.words[at].text;
    if (written.find('/') != std::string_view::npos && !written.starts_with("/bin/")
        && !written.starts_with("/usr/bin/")) {
        return nameOf(written);
    }
    if (std::find(interpreters.begin(), interpreters.end(), command.program()) == interpreters.end()) {
        return {};
    }
    for (auto i = at + 1; i < command.words.size(); ++i) {
        const std::string_view word = command.words[i].text;
        if (word == "-c" || word == "-m" || word == "-e") {
            return {}; // code or a module, no file
        }
        if (!word.starts_with('-')) {
            return nameOf(word);
        }
    }
    return {};
}

// Whether curl or wget saves a file of that name.
bool saves(const ShellCommand& command, std::string_view name)
{
    const auto program = command.program();
    if (program != "curl" && program != "wget") {
        return false;
    }
    const bool curl = program == "curl";
    bool told = false; // where it goes
    bool found = std::any_of(command.redirects.begin(), command.redirects.end(), [&](const auto& redirect) {
        told = told || redirect.op != '<';
        return redirect.op != '<' && nameOf(redirect.target) == name;
    });
    for (std::size_t i = 0; i + 1 < command.words.size(); ++i) {
        const std::string_view word = command.words[i].text;
        const bool lower = word.size() > 1 && word[0] == '-' && word[1] != '-' && word.back() == (curl ? 'o' : 'O');
        if (lower || word == "--output" || word == "--output-document") {
            told = true;
            found = found || nameOf(command.words[i + 1].text) == name;
        }
    }
    const bool byAddress = curl ? command.hasOption('O', "remote-name") : !told;
    return found || (byAddress && std::any_of(command.words.begin(), command.words.end(), [&](const auto& word) {
        return isAddress(word.text) && nameOf(word.text) == name;
    }));
}

} // namespace

bool runsFetched(const std::vector<ShellCommand>& commands, std::size_t index)
{
    const auto name = runFile(commands[index]);
    const auto from = index > farthest ? index - farthest : 0;
    return !name.empty()
        && std::any_of(commands.begin() + static_cast<std::ptrdiff_t>(from),
            commands.begin() + static_cast<std::ptrdiff_t>(index),
            [name](const ShellCommand& before) { return saves(before, name); });
}

bool isRunLater(const std::vector<ShellCommand>& commands, std::size_t index)
{
    const auto& words = commands[index].words;
    const auto end = std::min(commands.size(), index + farthest);
    for (auto i = index + 1; i < end; ++i) {
        const auto name = runFile(commands[i]);
        const bool named = !name.empty()
            && std::any_of(words.begin(), words.end(), [name](const auto& word) { return nameOf(word.text) == name; });
        if (named && runsFetched(commands, i)) {
            return true;
        }
    }
    return false;
}

} // namespace cupel::rules::code
