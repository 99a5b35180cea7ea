// SPDX-License-Identifier: GPL-3.0-or-later
// Shell text taken apart as far as a reviewer needs it: simple commands with their words, how they are joined, where
// their output goes, and the commands inside $(...), `...` and <(...). Forgiving and without recursion.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

struct ShellWord {
    std::string text; // quotes and escapes undone
    ByteRange bytes; // in the shell text
    bool dynamic = false; // holds $name, {name} or a command's output
    bool quoted = false;
};

struct ShellRedirect {
    char op = '>'; // '>', 'a' for >>, '<'
    std::string target;
};

struct ShellCommand {
    enum class Join : std::uint8_t { Start, Sequence, And, Or, Pipe }; // with the command before
    std::vector<ShellWord> words;
    std::vector<ShellRedirect> redirects;
    std::vector<std::string> assignments; // NAME=value before the program
    ByteRange bytes;
    Join join = Join::Start;
    std::int32_t inside = -1; // index of the command whose word holds this one as $(...), `...` or <(...)

    // The program without its folder, sudo, env, nohup, exec and assignments: "curl"; empty: none.
    [[nodiscard]] std::string_view program() const;
    [[nodiscard]] std::size_t programAt() const; // index in words; words.size(): none
    [[nodiscard]] bool has(std::string_view word) const;
    // -x among grouped one-letter options ("-sSLk" holds k), or --word (also --word=value).
    [[nodiscard]] bool hasOption(char letter, std::string_view word) const;
    [[nodiscard]] bool elevated() const; // begins with sudo or doas
};

[[nodiscard]] std::vector<ShellCommand> readShell(std::string_view text, Budget& budget);

} // namespace cupel::code
