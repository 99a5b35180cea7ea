// SPDX-License-Identifier: GPL-3.0-or-later
// The conditions of rule rows in resources/rules/code: "shell = True", "0:path ~ *.pkl|*.dill", "!timeout given",
// "0 tainted model|input", "into sh|bash". Used by the build-time check of the rows and by the judge.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::code {

enum class Op : std::uint8_t {
    Given, // the argument is there
    Equals, // constant, one of the words
    Like, // constant or template, one of the globs, whatever the case; lists are joined with blanks
    Dynamic, // no constant, and no list of constants
    Built, // a string with unknown parts
    Constant,
    Chosen, // one of several constants: the variable of a loop over them
    List,
    Hidden, // put together or decoded on the way
    Tainted, // by one of the sources; none named: by anything from outside
    Path, // where the value comes from matches one of the globs
    Name, // the written expression matches one of the globs, whatever the case
    Within, // stands in: "within async", "within class *Dataset*", "within def forward", "within decorator *.tool*"
    Version, // the pinned version of a package: "version torch<2.6"
    // Shell rows
    Has, // a word matches one of the globs
    Option, // "opt k insecure": -k among grouped letters, or --insecure
    Into, // a later command of the pipeline is one of the globs
    After, // an earlier command of the pipeline is one of the globs
    Redirect, // output goes to one of the globs
    Elevated,
    Fetched, // runs a file that an earlier command fetched
    RunLater, // names such a file, which a later command runs
    Interpolated, // holds {name} or $name of Python
    Inside // stands in $(...) or <(...) of one of the programs
};

enum class Subject : std::uint8_t { Argument, Any, Receiver, Assigned, Shell };

struct Condition {
    Op op = Op::Given;
    Subject subject = Subject::Argument;
    bool negated = false;
    std::size_t position = ~std::size_t{0}; // none: only by name
    std::string name;
    std::vector<std::string> words;
    std::uint16_t sources = 0;
};

// Fills `problem` when the text is no condition.
[[nodiscard]] Condition parseCondition(std::string_view text, std::string& problem);
[[nodiscard]] std::vector<std::string> splitWords(std::string_view text, char separator);
// -1, 0, 1 of dotted numbers: "2.10" is after "2.6"; missing parts are 0.
[[nodiscard]] int compareVersions(std::string_view a, std::string_view b);

} // namespace cupel::rules::code
