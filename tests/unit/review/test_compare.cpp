// SPDX-License-Identifier: GPL-3.0-or-later
// Two versions of a notebook: cells find each other, findings are new, gone or the same.
#include "analyzers/review/compare.h"
#include "analyzers/review/compare_parts.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

using namespace cupel;
using review::FindingChange;
using test::Letters;

namespace {

std::string notebook(const std::vector<std::string>& sources)
{
    std::string cells;
    for (const auto& source : sources) {
        cells += (cells.empty() ? "" : ", ")
            + (R"({"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": )"
                + test::jsonString(source) + "}");
    }
    return "{\"cells\": [" + cells + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

Workspace workspaceOf(const std::string& path, const std::string& file)
{
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    Artifact artifact;
    artifact.path = path;
    artifact.bytes = std::make_shared<const std::string>(file);
    Workspace workspace;
    workspace.roots = {path};
    workspace.analyses[path] = std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
    return workspace;
}

} // namespace

CUPEL_TEST(movedChangedAndNewCellsFindTheirPartner)
{
    const auto before = workspaceOf("a.ipynb", notebook({"import os", "x = 1\ny = 2\nz = 3", "print(x)", "old()"}));
    const auto after =
        workspaceOf("b.ipynb", notebook({"print(x)", "import os", "x = 1\ny = 20\nz = 3", "brand_new()"}));
    const auto changes = review::compare(before, after);
    REQUIRE(changes.size() == 1 && changes[0].before && changes[0].after);
    std::vector<std::string> seen;
    for (const auto& pair : changes[0].cells) {
        seen.push_back((pair.before ? std::to_string(*pair.before) : "-") + ">"
            + (pair.after ? std::to_string(*pair.after) : "-") + (pair.sourceChanged ? "*" : ""));
    }
    std::sort(seen.begin(), seen.end());
    CHECK(seen == std::vector<std::string>({"->3", "0>1", "1>2*", "2>0", "3>-"}));
}

CUPEL_TEST(aSmallEditInOneLineIsTheSameCell)
{
    const auto pairOf = [](const std::string& old, const std::string& now) {
        const auto changes = review::compare(workspaceOf("a.ipynb", old), workspaceOf("a.ipynb", now));
        return changes.size() == 1 && changes[0].cells.size() == 1 && changes[0].cells[0].before
            && changes[0].cells[0].after && changes[0].cells[0].sourceChanged;
    };
    CHECK(pairOf(notebook({"model.fit(train, epochs=5)"}), notebook({"model.fit(train, epochs=50)"})));
    const auto shows = [](const std::string& source) {
        return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [{"output_type":)"
               R"( "stream", "name": "stdout", "text": "accuracy 0.912 after the last epoch"}], "source": )"
            + test::jsonString(source) + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    };
    CHECK(pairOf(shows("run(one)"), shows("print(evaluate(best))"))); // nothing in common but what it shows
    CHECK(!pairOf(notebook({"import os"}), notebook({"brand_new(thing)"})));
}

CUPEL_TEST(findingsAreNewGoneOrTheSame)
{
    Letters letters;
    const auto stays = test::githubToken(letters);
    const auto goes = test::githubToken(letters);
    const auto comes = test::githubToken(letters);
    const auto before =
        workspaceOf("a.ipynb", notebook({"keep_token = '" + stays + "'", "old_token = '" + goes + "'"}));
    const auto after =
        workspaceOf("a.ipynb", notebook({"new_token = '" + comes + "'", "keep_token = '" + stays + "'"}));
    const auto changes = review::compare(before, after);
    REQUIRE(changes.size() == 1);
    CHECK_EQ(changes[0].count(FindingChange::Kind::Fresh), 1U);
    CHECK_EQ(changes[0].count(FindingChange::Kind::Gone), 1U);
    CHECK_EQ(changes[0].count(FindingChange::Kind::Same), 1U);
    CHECK(changes[0].findings.front().kind == FindingChange::Kind::Fresh);
}

// An output that is gone is removed, not replaced by an empty line.
CUPEL_TEST(outputsThatAreGoneAreRemoved)
{
    const auto with = [](const std::string& outputs) {
        return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [)" + outputs
            + R"(], "source": "show"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    };
    const std::string output =
        R"({"output_type": "stream", "name": "stdout", "text": "a result in one line that is long enough"})";
    for (const bool gone : {true, false}) {
        const auto full = workspaceOf("a.ipynb", with(output));
        const auto bare = workspaceOf("a.ipynb", with(""));
        const auto files = review::compare(gone ? full : bare, gone ? bare : full);
        REQUIRE(files.size() == 1);
        Budget budget;
        const auto parts = review::compareParts(files[0], budget);
        REQUIRE(parts.size() == 2 && parts[1].outputs);
        CHECK(parts[1].gone == gone && parts[1].fresh == !gone && !parts[0].gone && !parts[0].fresh);
        REQUIRE(parts[1].rows.size() == 1);
        const auto& row = parts[1].rows[0];
        CHECK(row.kind == (gone ? fixes::PreviewRow::Kind::Removed : fixes::PreviewRow::Kind::Added));
        CHECK_EQ((gone ? row.after : row.before).number, 0U);
    }
}
