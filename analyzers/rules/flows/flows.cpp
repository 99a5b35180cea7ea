// SPDX-License-Identifier: GPL-3.0-or-later
// What lineage knows as findings: names after a run in another order, leaks between training and test, and what comes
// from outside. Code is followed only where words of it say that there is something to follow.
#include "analyzers/base/byte_scan.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/lineage/api_roles.h"
#include "analyzers/lineage/file_lineage.h"
#include "analyzers/lineage/name_lineage.h"
#include "analyzers/rules/flows/places.h"
#include "analyzers/rules/rule_texts.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace cupel::rules::flows {

namespace {

constexpr std::size_t mostNodes = 400'000; // of syntax trees: more is followed by `cupel lineage`

// Modules beside the file are not looked at: what they do is for `cupel lineage`, which sees the folder.
class NoFiles : public lineage::FileFinder {
public:
    lineage::ParsedFilePtr find(const std::string& /*path*/) override { return nullptr; }
};

class Words {
public:
    explicit Words(const formats::CodeCells& cells)
        : m_cells(cells)
    {
    }
    [[nodiscard]] bool any(std::initializer_list<std::string_view> words) const
    {
        return std::any_of(words.begin(), words.end(), [this](std::string_view word) {
            return std::any_of(m_cells.cells().begin(), m_cells.cells().end(),
                [word](const formats::CodeCell& cell) { return holdsText(cell.text, word); });
        });
    }
    [[nodiscard]] bool learns() const { return any({".fit(", ".fit_transform(", "cross_val"}); }
    [[nodiscard]] bool measures() const
    {
        return any({"train_test_split", "KFold", "cross_val", "random_split", "ShuffleSplit", "_test", "test_", "Test"})
            && any({"score", ".predict", ".evaluate(", "accuracy", "_report("});
    }
    [[nodiscard]] bool fetches() const
    {
        return any({"urlretrieve", "urlopen", "wget", "curl ", "gdown", "requests.", "httpx.", "get_file(",
            "hf_hub_download", "snapshot_download", "download", "://"});
    }
    [[nodiscard]] bool serves() const
    {
        return any(
            {"FastAPI", "Flask(", "gradio", "deploy", ".register", "streamlit", "push_to_hub", "Endpoint", "serve"});
    }
    [[nodiscard]] bool saves() const { return any({"dump(", ".save", "to_pickle", "save_model"}); }
    [[nodiscard]] bool checks() const
    {
        return any({"sha256", "sha512", "hashlib", "md5", "file_hash", "known_hash", "hash_prefix"});
    }

private:
    const formats::CodeCells& m_cells;
};

// A notebook that ran: only run numbers tell which value a name had.
bool ranAtLeastTwice(const Facts& facts)
{
    const auto* notebook = formats::notebookFacts(facts);
    return notebook && std::count_if(notebook->cells.begin(), notebook->cells.end(), [](const formats::Cell& cell) {
        return cell.executionCount.has_value();
    }) >= 2;
}

void followData(Places& places, const std::shared_ptr<formats::CodeCells>& code)
{
    const auto& input = places.input();
    const Words words(*code);
    const auto loads = dangerousLoads(places);
    const bool learns = words.learns();
    const bool leaks = learns && words.measures();
    const bool fetches = words.fetches();
    const bool serves = words.serves();
    const bool exposed = fetches && (!loads.empty() || serves || (learns && words.saves()));
    const bool forOthers = input.keepFlow && (!loads.empty() || serves || fetches);
    if (!leaks && !exposed && !forOthers) {
        return;
    }
    const auto file = lineage::parsedFile(input.artifact, input.facts, code, input.artifact.path, input.budget);
    if (!file) {
        return;
    }
    NoFiles none;
    const auto graph = lineage::followData(file, none, *lineage::ApiRoles::builtIn(), input.budget);
    sayLeaks(places, graph.hazards);
    sayExposures(places, graph, loads, words.checks());
}

} // namespace

bool mayMask(const RuleInput& /*input*/)
{
    return false;
}

void describe(RuleList& list)
{
    describeFromTexts("flows", list);
}

void check(const RuleInput& input, FindingSink& sink)
{
    if (input.code().empty() || input.budget.stopped()) {
        return;
    }
    auto& cells = *input.codeCells;
    if (cells.parse(0, mostNodes, input.budget) < cells.cells().size()) {
        cells.forget(0, cells.cells().size());
        sink.note(
            "flow-not-followed", "So much code is not followed from cell to cell here: `cupel lineage` does that");
        return;
    }
    Places places(input, sink);
    if (ranAtLeastTwice(input.facts)) {
        sayNames(places, lineage::hazardsOfNames(input.artifact, input.facts, cells, input.budget));
    }
    followData(places, input.codeCells);
}

} // namespace cupel::rules::flows
