// SPDX-License-Identifier: GPL-3.0-or-later
// What a cell says in IPython's own language, as values: !commands, %magics, %%cells and name?, with their arguments,
// the language of what they run, what they put in from Python, and the names they set.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/code/magics.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

enum class CommandKind : std::uint8_t { Shell, Line, Cell, Help };

struct Interpolation {
    ByteRange bytes; // "{x + 1}" or "$x" in the source
    std::string expression; // "x + 1"
};

struct Command {
    CommandKind kind = CommandKind::Line;
    std::string name; // of the magic: "pip", "bash", "writefile"; empty for !commands
    std::string arguments; // what stands behind the name, continued lines joined
    ByteRange bytes; // from the mark to the end
    ByteRange argumentBytes; // in the source, line breaks included
    ByteRange body; // of a cell magic
    bool pythonBody = false; // the body stands in the cell's syntax tree
    std::string language; // of the body or, for shell commands, of the arguments: "bash", "html", "sql", "r", "python"
    std::vector<std::string> targets; // names that are set: x = !ls, %%capture out, %%bash --out x
    std::vector<Interpolation> interpolations; // in arguments and in bodies that IPython fills

    [[nodiscard]] bool isShell() const { return language == "bash"; }
    // Where the shell text of a command stands: arguments or body.
    [[nodiscard]] ByteRange shellBytes() const { return kind == CommandKind::Cell ? body : argumentBytes; }
};

// `source`: the cell; `spans`: what withoutMagics() took out of it.
[[nodiscard]] std::vector<Command> readCommands(std::string_view source, const std::vector<MagicSpan>& spans);

// "bash" of "script", "sx", "!", "sh" ...; empty when nothing is known about the magic's language.
[[nodiscard]] std::string_view languageOfMagic(std::string_view name);

} // namespace cupel::code
