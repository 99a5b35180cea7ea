// SPDX-License-Identifier: GPL-3.0-or-later
// What a command line or a cell would install, from which index and with which safety switched off: pip and its kin,
// conda, system packages, npm, R, Julia, docker, git. Nothing is run or expanded.
#pragma once

#include "analyzers/code/command_words.h"
#include "analyzers/code/requirement.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

enum class InstallTool : std::uint8_t {
    Pip,
    Uv,
    Poetry,
    Pipenv,
    Pdm,
    Pipx, // also uvx and uv tool: fetched and run at once
    Micropip,
    Conda,
    System, // apt, yum, apk, brew
    Npm,
    Npx,
    R,
    Julia,
    Docker,
    Git,
    Script, // curl ... | sh
};
[[nodiscard]] std::string_view toString(InstallTool tool); // "pip" ...
[[nodiscard]] std::string_view ecosystemOf(InstallTool tool); // "pypi", "conda", "npm" ...; as package URLs say it
[[nodiscard]] bool isPython(InstallTool tool); // its names are those of the Python package index

struct InstallItem {
    Requirement requirement;
    ByteRange bytes; // of the word, in the source
    std::uint64_t pinAt = 0; // where "==1.0" can be written, in the source; 0: nowhere
    bool editable = false;
    std::string lost; // ">=1.0" that the shell took for a redirection
};

struct InstallOption {
    enum class Kind : std::uint8_t {
        Index,
        ExtraIndex,
        FindLinks,
        TrustedHost,
        Pre,
        NoVerify,
        BreakSystem,
        RequirementFile, // -r, local or remote
        Constraint,
        IndexStrategy, // uv: the first index that has a name no longer wins
        RequireHashes,
        Channel,
    };
    Kind kind = Kind::Pre;
    std::string value; // as written; may hold credentials
    ByteRange bytes; // option and value, in the source
};

struct InstallCommand {
    InstallTool tool = InstallTool::Pip;
    ByteRange bytes; // in the source
    std::vector<InstallItem> items;
    std::vector<InstallOption> options;
    bool sudo = false;
    bool hidden = false; // %%capture, or its output is thrown away
    bool shellLine = false; // a plain shell or magic line: quotes may be added
    bool fromFile = false; // a line of a requirements file, not of a command
};

struct InstallLimits {
    std::size_t commands = 1'000;
    std::size_t items = 5'000; // over all commands
};

// Shell text: a script, the body of %%bash, one "!" line.
void installsInShell(
    std::string_view text, std::uint64_t offset, const InstallLimits& limits, std::vector<InstallCommand>& out);
// The words of one command: `pip install a b`, also from a Python list.
void installsInWords(const CommandWords& command, std::string_view source, std::uint64_t offset,
    const InstallLimits& limits, std::vector<InstallCommand>& out);

// A whole cell or script. `language`: of the kernel, "python" when empty.
[[nodiscard]] std::vector<InstallCommand> installsInCell(
    std::string_view source, std::string_view language = {}, const InstallLimits& limits = {});

// Whether any of the words that an install needs occurs at all: a cheap look at raw bytes.
[[nodiscard]] bool mayInstall(std::string_view text);

} // namespace cupel::code
