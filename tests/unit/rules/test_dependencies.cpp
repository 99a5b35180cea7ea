// SPDX-License-Identifier: GPL-3.0-or-later
// tests/golden/rules/dependencies: bad cases give exactly the findings their comments expect, good ones none of their
// rule; the examples that people read hold what they promise; pins come from the notebook's own output.
#include "analyzers/engine/analyze.h"
#include "analyzers/rules/rule_set.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <string>

using namespace cupel;

namespace {

constexpr std::string_view prefix = "CUP-DEP-";

Analysis analyzeText(std::string text, std::string name)
{
    Artifact artifact;
    artifact.path = std::move(name);
    artifact.bytes = std::make_shared<const std::string>(std::move(text));
    Budget budget;
    ScanOptions options;
    options.keepBytes = true;
    return engine::analyze(std::move(artifact), options, budget);
}

// "3 CUP-DEP-VCS" for each finding of the group.
std::multiset<std::string> found(const Analysis& analysis)
{
    std::multiset<std::string> out;
    for (const auto& finding : analysis.findings) {
        if (finding.rule.starts_with(prefix)) {
            out.insert(std::to_string(finding.location.line) + ' ' + finding.rule);
        }
    }
    return out;
}

std::multiset<std::string> expected(std::string_view text)
{
    std::multiset<std::string> out;
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size(); ++line) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto rest = text.substr(at, end - at);
        const auto mark = rest.find("expect: ");
        rest = mark == std::string_view::npos ? std::string_view{} : rest.substr(mark + 8);
        while (!rest.empty()) {
            const auto stop = std::min(rest.find(' '), rest.size());
            out.insert(std::to_string(line) + ' ' + std::string(rest.substr(0, stop)));
            rest.remove_prefix(std::min(stop + 1, rest.size()));
        }
        at = end + 1;
    }
    return out;
}

std::string joined(const std::multiset<std::string>& set)
{
    std::string out;
    for (const auto& item : set) {
        out += (out.empty() ? "" : ", ") + item;
    }
    return out;
}

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

bool has(const Analysis& analysis, std::string_view rule)
{
    return std::any_of(
        analysis.findings.begin(), analysis.findings.end(), [rule](const auto& f) { return f.rule == rule; });
}

} // namespace

CUPEL_TEST(goldenCases)
{
    const auto folder = std::string(CUPEL_SOURCE_DIR) + "/tests/golden/rules/dependencies";
    std::set<std::string> bad;
    std::set<std::string> good;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const auto file = entry.path().filename().string();
        const auto text = test::readFile(entry.path().string());
        REQUIRE(text.has_value());
        const auto rule = upper(file.substr(0, file.find('.')));
        const auto analysis = analyzeText(*text, file);
        if (file.find(".bad.") != std::string::npos) {
            bad.insert(rule);
            CHECK_EQ(file + ": " + joined(found(analysis)), file + ": " + joined(expected(*text)));
        } else {
            good.insert(rule);
            CHECK_EQ(file + (has(analysis, rule) ? " has " + rule : ""), file);
        }
    }
    for (const auto& rule : rules::catalogue()) {
        if (rule.id.starts_with(prefix)) {
            CHECK_EQ(bad.contains(rule.id) ? rule.id : "no bad case", rule.id);
            CHECK_EQ(good.contains(rule.id) ? rule.id : "no good case", rule.id);
        }
    }
}

CUPEL_TEST(examplesHoldWhatTheyPromise)
{
    for (const auto& rule : rules::catalogue()) {
        if (rule.id.starts_with(prefix)) {
            const std::string name = rule.wrongExample.starts_with("channels") ? "environment.yml" : "a.py";
            const std::string head = name == "a.py" ? "# %%\n" : "";
            CHECK_EQ(has(analyzeText(head + rule.wrongExample, name), rule.id) ? rule.id : "not in the wrong example",
                rule.id);
            CHECK_EQ(
                has(analyzeText(head + rule.rightExample, name), rule.id) ? "in the right example" : rule.id, rule.id);
        }
    }
}

CUPEL_TEST(pinsComeFromTheOutput)
{
    const std::string text = R"({"cells": [{"cell_type": "code", "metadata": {}, "execution_count": 1,
  "source": ["!pip install \"pandas\" shap[plots] six\n"],
  "outputs": [{"output_type": "stream", "name": "stdout", "text": ["Requirement already satisfied: six in /x (1.16.0)\n",
   "Successfully installed pandas-2.1.0 shap-0.44.0\n"]}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto analysis = analyzeText(text, "a.ipynb");
    const auto hit = std::find_if(
        analysis.findings.begin(), analysis.findings.end(), [](const auto& f) { return f.rule == "CUP-DEP-UNPINNED"; });
    REQUIRE(hit != analysis.findings.end());
    REQUIRE(hit->fix.has_value());
    CHECK_EQ(hit->fix->kind, "pin");
    REQUIRE(hit->fix->edits.size() == 3);
    auto fixed = text;
    for (auto edit = hit->fix->edits.rbegin(); edit != hit->fix->edits.rend(); ++edit) {
        fixed.replace(edit->bytes.start, edit->bytes.size(), edit->text);
    }
    CHECK(fixed.find(R"(!pip install \"pandas==2.1.0\" shap[plots]==0.44.0 six==1.16.0\n)") != std::string::npos);
    CHECK(!has(analyzeText(fixed, "a.ipynb"), "CUP-DEP-UNPINNED"));
}

CUPEL_TEST(inventoryHasEverySource)
{
    const std::string text =
        R"({"cells": [{"cell_type": "code", "metadata": {}, "source": ["!pip install pandas==2.1.0\n", "import yaml"],
  "outputs": [{"output_type": "stream", "name": "stdout", "text": ["Successfully installed pandas-2.1.0\n"]}]}],
  "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto analysis = analyzeText(text, "a.ipynb");
    REQUIRE(analysis.dependencies.size() == 3);
    CHECK_EQ(analysis.dependencies[0].name, "pandas");
    CHECK_EQ(analysis.dependencies[0].version, "2.1.0");
    CHECK_EQ(analysis.dependencies[0].ecosystem, "pypi");
    CHECK(analysis.dependencies[0].source == DependencySource::Install);
    CHECK_EQ(analysis.dependencies[0].location.cell.value_or(9), 0);
    CHECK_EQ(analysis.dependencies[0].location.cellLine.value_or(9), 1);
    CHECK_EQ(analysis.dependencies[1].name, "PyYAML");
    CHECK_EQ(analysis.dependencies[1].module, "yaml");
    CHECK(analysis.dependencies[1].source == DependencySource::Import);
    CHECK(analysis.dependencies[2].source == DependencySource::Output);
}

CUPEL_TEST(whatIsOnlyImportedIsNeededToo)
{
    const auto analysis = analyzeText("import yaml\nfrom sklearn.svm import SVC\nimport os\n", "a.py");
    CHECK(analysis.findings.empty());
    REQUIRE(analysis.dependencies.size() == 2);
    CHECK_EQ(analysis.dependencies[0].name, "PyYAML");
    CHECK(analysis.dependencies[1].source == DependencySource::Import);
}

CUPEL_TEST(modulesOfNoKnownPackageAreListedAsSuch)
{
    const auto analysis = analyzeText("import cupel_made_up.deep\nimport os\nimport cupel_made_up\n", "a.py");
    REQUIRE(analysis.dependencies.size() == 1);
    CHECK_EQ(analysis.dependencies[0].name, "cupel_made_up");
    CHECK_EQ(analysis.dependencies[0].ecosystem, "unknown");
}

CUPEL_TEST(namesInOneLineAreOnePlace)
{
    const auto analysis = analyzeText("# %%\n!pip install aaa bbb\n!pip install ccc\n", "a.py");
    for (const auto& finding : analysis.findings) {
        if (finding.rule == "CUP-DEP-UNPINNED") {
            CHECK_EQ(finding.evidence.size(), 2U);
        }
    }
    CHECK(has(analysis, "CUP-DEP-UNPINNED"));
}

// Who decided about some packages has said nothing about one more of the same line, wherever it stands in it.
CUPEL_TEST(valuesTellAllPackages)
{
    const auto of = [](const std::string& installs, const std::string& rule) {
        const auto analysis = analyzeText("# %%\n!pip install " + installs + "\n", "a.py");
        const auto found = std::find_if(
            analysis.findings.begin(), analysis.findings.end(), [&rule](const auto& f) { return f.rule == rule; });
        return found == analysis.findings.end() ? Finding() : *found;
    };
    std::string many;
    for (int i = 0; i < 60; ++i) {
        many += "made-up-package-" + std::to_string(i) + ' ';
    }
    for (const std::string& some : {std::string("aaa bbb"), many}) {
        const auto before = of(some, "CUP-DEP-UNPINNED");
        const auto after = of(some + " ccc", "CUP-DEP-UNPINNED");
        CHECK_EQ(before.values.size(), 16U);
        CHECK_EQ(after.fingerprint, before.fingerprint);
        CHECK(after.values != before.values);
    }
    CHECK_EQ(of("bbb  aaa", "CUP-DEP-UNPINNED").values, of("aaa bbb", "CUP-DEP-UNPINNED").values);
    const auto address = [&of](const std::string& who, const std::string& what) {
        return of("git+https://" + who + "git.example.org/" + what, "CUP-DEP-VCS").values;
    };
    CHECK_EQ(address("", "ours").size(), 16U);
    CHECK_EQ(address("me:secret@", "ours"), address("", "ours"));
    CHECK(address("", "evil") != address("", "ours"));
}

// A token in the place of a package name is no name.
CUPEL_TEST(secretsAreNoNames)
{
    const std::string token = "ghp_" + std::string("w7Hq2LxPz91KdVbN4mRtYcJ8sFgA0E") + "4Xv9Zq";
    const auto analysis = analyzeText("# %%\n!pip install " + token + " \"a\" " + token + "[x]\n", "a.py");
    CHECK(has(analysis, "CUP-DEP-UNPINNED"));
    for (const auto& finding : analysis.findings) {
        CHECK(finding.message.find(token) == std::string::npos);
        for (const auto& [key, value] : finding.arguments) {
            CHECK(value.find(token) == std::string::npos);
        }
    }
    for (const auto& dependency : analysis.dependencies) {
        CHECK(dependency.name.find(token) == std::string::npos);
    }
}

CUPEL_TEST(credentialsOfUrlsAreNeverSaid)
{
    const auto analysis =
        analyzeText("# %%\n!pip install --extra-index-url https://user:Zx81kQpass@pypi.corp.example/simple "
                    "git+https://tok9Qz7secret@github.com/a/b.git tool\n",
            "a.py");
    CHECK(has(analysis, "CUP-DEP-EXTRA-INDEX"));
    const auto vcs = std::find_if(
        analysis.findings.begin(), analysis.findings.end(), [](const auto& f) { return f.rule == "CUP-DEP-VCS"; });
    CHECK(vcs != analysis.findings.end() && vcs->message.find("https://github.com/a/b.git ") != std::string::npos);
    for (const auto& finding : analysis.findings) {
        CHECK(finding.message.find("Zx81kQpass") == std::string::npos
            && finding.message.find("tok9Qz7secret") == std::string::npos);
        for (const auto& [key, value] : finding.arguments) {
            CHECK(value.find("Zx81kQpass") == std::string::npos && value.find("tok9Qz7secret") == std::string::npos);
        }
    }
    for (const auto& dependency : analysis.dependencies) {
        CHECK(dependency.url.find("tok9Qz7secret") == std::string::npos);
    }
}

CUPEL_TEST(aMissingPackageIsNamedOnceAndByItsModule)
{
    const auto analysis = analyzeText("# %%\n!pip install numpy==2.0.0\n# %%\nfrom azureml.core import Run\n"
                                      "import azureml\nfrom azureml.opendatasets import MNIST\n",
        "a.py");
    const auto hit = std::find_if(analysis.findings.begin(), analysis.findings.end(),
        [](const Finding& one) { return one.rule == "CUP-DEP-UNDECLARED"; });
    REQUIRE(hit != analysis.findings.end());
    CHECK_EQ(hit->arguments.at("names"), std::string("azureml-core, azureml-opendatasets"));
}

// A script that a cell writes may be meant for a container that has its own packages.
CUPEL_TEST(whatAWrittenScriptImportsIsNotMissed)
{
    const auto names = [](const std::string& head) {
        const auto cell = [](const std::string& source) {
            return R"({"cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [], "source": )"
                + test::jsonString(source) + "}";
        };
        const auto analysis = test::analyzed(R"({"cells": [)" + cell("!pip install numpy==2.0.0\nimport shap") + ", "
            + cell(head + "import joblib\n") + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
        const auto hit = std::find_if(analysis.findings.begin(), analysis.findings.end(),
            [](const Finding& one) { return one.rule == "CUP-DEP-UNDECLARED"; });
        return hit == analysis.findings.end() ? std::string() : hit->arguments.at("names");
    };
    CHECK_EQ(names("%%time\n"), std::string("shap, joblib"));
    CHECK_EQ(names("%%writefile score.py\n"), std::string("shap"));
}

CUPEL_TEST(wordsInPiecesAreRead)
{
    const auto isFound = [](const std::string& written) {
        const auto notebook =
            R"({"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": ")"
            + written
            + R"( --index-url http://pypi.example.org/simple a==1"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})";
        CHECK(has(analyzeText(notebook, "a.ipynb"), "CUP-DEP-PLAIN-HTTP"));
    };
    isFound(R"(!pip inst\u0061ll)");
    isFound(R"(!pip inst''all)");
    isFound(R"(!pip inst\\all)");
    isFound(R"(!pip \"inst\"all)");
    isFound(R"(!p'i'p install)");
}

// Tables of dependencies call all of these imported: the finding says which of them it does not count, and why.
CUPEL_TEST(whatIsImportedAndNotMissedIsNamed)
{
    const auto cell = [](const std::string& source) {
        return R"({"cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [], "source": )"
            + test::jsonString(source) + "}";
    };
    const auto analysis = test::analyzed(R"({"cells": [)"
        + cell("!pip install numpy==2.0.0\nimport shap, os, numpy, helpers\nfrom IPython.display import HTML") + ", "
        + cell("%%writefile score.py\nimport joblib, shap, numpy, helpers\n")
        + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    const auto hit = std::find_if(analysis.findings.begin(), analysis.findings.end(),
        [](const Finding& one) { return one.rule == "CUP-DEP-UNDECLARED"; });
    REQUIRE(hit != analysis.findings.end());
    CHECK_EQ(hit->message,
        std::string("1 package is imported but not installed here: shap. Only files that a cell writes import joblib. "
                    "From packages that are not known, or from files beside, come helpers."));
}
