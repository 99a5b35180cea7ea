// SPDX-License-Identifier: GPL-3.0-or-later
// What a report says of the packages that files install, list and import.
#include "analyzers/report/build.h"
#include "analyzers/report/writers/markdown.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <memory>
#include <string>
#include <vector>

using namespace cupel;

namespace {

std::string book(const std::string& code)
{
    return "{\"cells\": [{\"cell_type\": \"code\", \"metadata\": {}, \"execution_count\": 1, \"outputs\": [], "
           "\"source\": "
        + test::jsonString(code) + "}], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 4}";
}

bool holds(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

} // namespace

CUPEL_TEST(aDistributionIsOneRowAndAFolderIsNoPackage)
{
    Workspace workspace;
    const auto add = [&workspace](const std::string& path, const std::string& bytes) {
        workspace.roots.push_back(path);
        workspace.analyses[path] = std::make_shared<const Analysis>(test::analyzed(bytes, path));
    };
    add("a.ipynb",
        book("!pip install .[test-core] Scikit_Learn numpy\n!pip install -e './' ../libs/tool\n!conda install -y "
             "numpy\nimport numpy, sklearn"));
    add("requirements.txt", "scikit-learn==1.3.2\nscikit.learn\n-e .\n./wheels/shap-0.44.0-py3-none-any.whl\n");
    const auto text = report::writeMarkdown(report::build(workspace, {}));
    const auto section = text.substr(text.find(" Dependencies\n"));
    std::vector<std::string> rows;
    for (auto at = section.find("\n| "); at != std::string::npos && at < section.find("\n## ");
        at = section.find("\n| ", at + 1)) {
        const auto line = section.substr(at + 3, section.find('\n', at + 1) - at - 3);
        line.starts_with("Name") || line.starts_with("---") ? void() : rows.push_back(line);
    }
    REQUIRE(CHECK_EQ(rows.size(), 5U));
    CHECK_EQ(rows[0],
        ". | local project | \u2013 | installed, listed | a.ipynb, cell 0, line 1; a.ipynb, cell 0, line 2; "
        "requirements.txt, line 3 |");
    CHECK_EQ(rows[1], "../libs/tool | local project | \u2013 | installed | a.ipynb, cell 0, line 2 |");
    CHECK_EQ(rows[2],
        "numpy | conda, pypi | not known | installed, imported | a.ipynb, cell 0, line 1; a.ipynb, cell 0, line 3; "
        "a.ipynb, cell 0, line 4 |");
    CHECK_EQ(rows[3],
        "Scikit\\_Learn | pypi | 1.3.2 (requirements.txt) | installed, listed, imported | a.ipynb, cell 0, line 1; "
        "a.ipynb, cell 0, line "
        "4; requirements.txt, line 1; requirements.txt, line 2 |");
    CHECK(rows[4].starts_with("shap | pypi | 0.44.0 |"));
    CHECK(section.find("3 packages and 2 local projects") != std::string::npos);
}

// A version is that of the files that name it, not of all that import the package.
CUPEL_TEST(aVersionSaysWhichFilesNameIt)
{
    Workspace workspace;
    const auto add = [&workspace](const std::string& path, const std::string& code) {
        workspace.roots.push_back(path);
        workspace.analyses[path] = std::make_shared<const Analysis>(test::analyzed(book(code), path));
    };
    add("a.ipynb", "!pip install scikit-learn==1.5.1 numpy==2.0.1\nimport sklearn, numpy");
    add("b.ipynb", "import sklearn");
    add("c.ipynb", "!pip install scikit-learn==1.2.0\nimport sklearn");
    const auto text = report::writeMarkdown(report::build(workspace, {}));
    CHECK(holds(text, "| scikit-learn | pypi | 1.2.0 (c.ipynb); 1.5.1 (a.ipynb) | installed, imported |"));
    CHECK(holds(text, "| numpy | pypi | 2.0.1 | installed, imported |"));
}

// The finding about packages that nothing installs does not count these: the table has the same rule in words.
CUPEL_TEST(whatIsUsuallyThereIsSaidToBe)
{
    Workspace workspace;
    workspace.roots = {"a.ipynb"};
    workspace.analyses["a.ipynb"] = std::make_shared<const Analysis>(test::analyzed(
        book("!pip install numpy==2.0.1\nimport numpy, shap, setuptools\nfrom IPython import display"), "a.ipynb"));
    const auto text = report::writeMarkdown(report::build(workspace, {}));
    CHECK(holds(text, "| ipython | pypi | not known | imported, usually there |"));
    CHECK(holds(text, "| setuptools | pypi | not known | imported, usually there |"));
    CHECK(holds(text, "| shap | pypi | not known | imported |"));
}

CUPEL_TEST(whatIsOnlyClonedIsNotInstalled)
{
    Workspace workspace;
    workspace.roots = {"a.ipynb"};
    workspace.analyses["a.ipynb"] = std::make_shared<const Analysis>(test::analyzed(
        book("!git clone https://github.com/a/tool\n!pip install git+https://github.com/a/other"), "a.ipynb"));
    const auto text = report::writeMarkdown(report::build(workspace, {}));
    const auto rowOf = [&text](std::string_view name) {
        const auto at = text.find("| " + std::string(name) + " |");
        return at == std::string::npos ? std::string() : text.substr(at, text.find('\n', at) - at);
    };
    CHECK(holds(rowOf("tool"), "| cloned |") && !holds(rowOf("tool"), "installed"));
    CHECK(holds(text, "| installed |"));
}
