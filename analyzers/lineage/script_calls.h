// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts and notebooks that a shell command runs: python x.py --data y, python -m pkg.step, papermill in.ipynb
// out.ipynb, behind cd, launchers and environments. Nothing is run.
#pragma once

#include "analyzers/base/budget.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::lineage {

struct ScriptCall {
    std::string script; // relative to the workspace: "src/train.py", "nb/a.ipynb"; of a module "pkg/step"
    std::string cwd; // where it runs
    bool module = false; // python -m: script is a path without its end
    bool notebook = false;
    std::vector<std::string> arguments; // sys.argv without the script; what only the shell knows is *
    std::vector<std::pair<std::string, std::string>> parameters; // of papermill: name and value
    std::vector<std::string> reads; // relative to the workspace: what < gives it
    std::vector<std::string> writes; // where its output goes, the notebook that papermill writes
};

// `cwd`: relative to the workspace, empty at the top.
[[nodiscard]] std::vector<ScriptCall> scriptCalls(std::string_view command, std::string_view cwd, Budget& budget);
// Of `path` as written in a file in `folder`; URLs stay as they are.
[[nodiscard]] std::string placed(std::string_view folder, std::string_view path);

} // namespace cupel::lineage
