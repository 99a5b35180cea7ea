// SPDX-License-Identifier: GPL-3.0-or-later
// How the table of packages says that one is known.
#include "analyzers/report/build.h"
#include "analyzers/report/writers/markdown.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <memory>
#include <string>

using namespace cupel;

namespace {

Workspace workspaceOf(const std::string& bytes)
{
    Workspace workspace;
    workspace.roots = {"a.ipynb"};
    workspace.analyses["a.ipynb"] = std::make_shared<const Analysis>(test::analyzed(bytes, "a.ipynb"));
    return workspace;
}

} // namespace

CUPEL_TEST(whatIsOnlyClonedIsNotInstalled)
{
    const auto text = report::writeMarkdown(
        report::build(workspaceOf(test::notebookOf(test::jsonString(
                          "!git clone https://github.com/a/tool\n!pip install git+https://github.com/a/other"))),
            {}));
    const auto rowOf = [&text](std::string_view name) {
        const auto at = text.find("| " + std::string(name) + " |");
        return at == std::string::npos ? std::string() : text.substr(at, text.find('\n', at) - at);
    };
    CHECK(rowOf("tool").find("| cloned |") != std::string::npos);
    CHECK(text.find("| installed |") != std::string::npos);
}
