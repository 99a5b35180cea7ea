// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of packages that are no lines of requirements: setup.py, Pipfile.lock, conda-lock.yml, pixi.lock and conda's
// lists of addresses. Part of requirement_files.cpp alone; each reads any text in one pass and constant depth.
#pragma once

#include "analyzers/code/install_parts.h"

namespace cupel::code {

// install_requires and its kin of a call, as lists of strings or by the name of one.
void readSetupPy(const InstallContext& context);
void readPipfileLock(const InstallContext& context);
void readCondaLock(const InstallContext& context);
// One address of a package a line, as "conda list --explicit" writes them.
void readCondaExplicit(const InstallContext& context);

} // namespace cupel::code
