// SPDX-License-Identifier: GPL-3.0-or-later
// One thing that a file installs, lists or imports: what a bill of materials and advisory matching start from.
#pragma once

#include "analyzers/model/location.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel {

enum class DependencySource : std::uint8_t {
    Install, // a command that installs it
    List, // a requirements or lock file, a script's metadata
    Import, // code that imports it; the name is that of the usual distribution, or the module's own
    Output, // what an installer said it did
};
[[nodiscard]] std::string_view toString(DependencySource source); // "install" ...

struct Dependency {
    std::string name; // as written; empty when a URL does not tell
    std::string version; // exact, empty: not known
    std::string specifier; // ">=1,<2"; empty: any
    std::vector<std::string> extras;
    std::string marker;
    std::string ecosystem; // "pypi", "conda", "npm" ...: the type of a package URL
    std::string url; // where it comes from when not from the index; without credentials
    std::string module; // of an import
    DependencySource source = DependencySource::Install;
    Location location;
};

} // namespace cupel
