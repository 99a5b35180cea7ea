// SPDX-License-Identifier: GPL-3.0-or-later
// Shell text cut into commands and words the way sh does, without running or expanding anything. What only a shell or
// IPython could fill in ($name, $(...), {expr}) stays as written and is marked as a hole.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

struct CommandWord {
    std::string text; // quotes and backslashes undone
    ByteRange bytes; // in the source, quotes included
    bool hole = false; // holds something that is filled in when it runs
    bool quoted = false;
    std::string redirect; // what an unquoted < or > right behind the word takes away: ">=1.0" of pandas>=1.0
};

struct CommandWords {
    std::vector<CommandWord> words;
    ByteRange bytes;
    bool piped = false; // reads what the command before it writes
    bool silent = false; // its output goes to /dev/null
};

struct CommandLimits {
    std::size_t commands = 4'000;
    std::size_t words = 4'000; // of one command; the rest is left out
};

// Every range lies in `text`, shifted by `offset`.
[[nodiscard]] std::vector<CommandWords> splitCommands(
    std::string_view text, std::uint64_t offset = 0, const CommandLimits& limits = {});

} // namespace cupel::code
