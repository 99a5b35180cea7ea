// SPDX-License-Identifier: GPL-3.0-or-later
// Files that list what to install, each read line by line within what such files really use: requirements.txt,
// environment.yml, pyproject.toml and its kin, setup.cfg, setup.py, Pipfile, lock files. No general YAML or TOML reader
// stands behind them: what is no list of requirements is passed over.
#pragma once

#include "analyzers/code/install_lines.h"

#include <string_view>
#include <vector>

namespace cupel::code {

enum class RequirementFile : std::uint8_t {
    None,
    Requirements, // requirements*.txt, constraints*.txt, *.in
    CondaEnvironment, // environment*.yml
    Toml, // pyproject.toml, Pipfile
    TomlLock, // poetry.lock, uv.lock, pdm.lock, pylock.toml
    SetupCfg,
    SetupPy,
    PipfileLock,
    CondaLock, // conda-lock.yml, pixi.lock
    CondaExplicit, // conda-linux-64.lock: addresses
    Shell, // *.sh, Dockerfile
};
// By the last component of a path.
[[nodiscard]] RequirementFile requirementFileKind(std::string_view fileName);

// One command of tool Pip or Conda with an item per requirement, `fromFile` set; for Shell, the commands in it.
void readRequirementFile(RequirementFile kind, std::string_view text, std::uint64_t offset, const InstallLimits& limits,
    std::vector<InstallCommand>& out);

// The "# /// script" block of a Python script (PEP 723).
void readScriptMetadata(std::string_view text, const InstallLimits& limits, std::vector<InstallCommand>& out);

} // namespace cupel::code
