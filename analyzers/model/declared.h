// SPDX-License-Identifier: GPL-3.0-or-later
// What files beside an artifact (requirements.txt, pyproject.toml, lock files ...) say about the packages it runs with.
// Rules only read it; the engine gathers it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace cupel {

struct Artifact;

struct DeclaredPackage {
    std::string specifier; // as written: "==2.1.0", ">=2,<3"
    std::string version; // the only one that fits; empty: several do
    std::string atLeast; // no older one fits; empty: not said
    std::string file; // last component: "poetry.lock"
};

struct Declared {
    std::map<std::string, DeclaredPackage, std::less<>> packages; // by normal name
    bool whole = true; // false: more is asked for than could be read
};

// Any thread; null: nothing is declared.
using DeclaredBeside = std::function<std::shared_ptr<const Declared>(const Artifact&)>;

} // namespace cupel
