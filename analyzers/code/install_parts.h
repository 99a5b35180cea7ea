// SPDX-License-Identifier: GPL-3.0-or-later
// What the readers of package managers' command lines share. Part of install_*.cpp alone.
#pragma once

#include "analyzers/code/install_lines.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <utility>

namespace cupel::code {

using Words = std::vector<CommandWord>;

// One run over a source: where ranges point into and where commands go.
struct InstallContext {
    std::string_view source; // shifted by offset
    std::uint64_t offset;
    const InstallLimits& limits;
    std::vector<InstallCommand>& out;
    std::size_t depth = 0; // shells in shells
};

// The words of one command, `at` on the program's name.
struct ToolCall {
    const CommandWords& shell;
    std::size_t at;
    InstallContext& context;

    [[nodiscard]] const Words& words() const { return shell.words; }
    [[nodiscard]] std::string_view text(std::size_t index) const
    {
        return index < words().size() ? std::string_view(words()[index].text) : std::string_view{};
    }
    [[nodiscard]] std::size_t behindOptions(std::size_t index) const;
    // The two words from `index` on, or what is there of them.
    [[nodiscard]] ByteRange pair(std::size_t index) const;
    InstallCommand& make(InstallTool tool) const;
};

[[nodiscard]] inline bool isOneOf(std::string_view word, std::initializer_list<std::string_view> list)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}
[[nodiscard]] inline bool isOption(const CommandWord& word)
{
    return word.text.size() > 1 && word.text.front() == '-';
}

void addItem(InstallCommand& command, const CommandWord& word, const InstallContext& context, bool editable = false);
// Names with versions behind `separator`: conda's a=1.0, npm's a@1.0, apt's a=1.0, docker's a:1.0.
void addVersioned(InstallCommand& command, const CommandWord& word, char separator, const InstallContext& context);
// Requirements and options as pip takes them, from words[first] on.
void readPipWords(InstallCommand& command, const Words& words, std::size_t first, const InstallContext& context);

void readConda(const ToolCall& call);
void readSystem(const ToolCall& call, std::string_view verb);
void readNpm(const ToolCall& call);
void readDocker(const ToolCall& call);
void readGit(const ToolCall& call);
// Tools that fetch one package and run it: only the first name from words[first] on is a package.
void readOne(const ToolCall& call, InstallTool tool, std::size_t first);

} // namespace cupel::code
