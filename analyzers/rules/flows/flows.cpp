// SPDX-License-Identifier: GPL-3.0-or-later
// What lineage knows as findings: names after a run in another order, leaks between training and test, and what comes
// from outside. Code is followed only where words of it say that there is something to follow.
#include "analyzers/base/byte_scan.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/lineage/api_roles.h"
#include "analyzers/lineage/file_lineage.h"
#include "analyzers/lineage/flow_piece.h"
#include "analyzers/lineage/name_lineage.h"
#include "analyzers/rules/flows/exposure_words.h"
#include "analyzers/rules/flows/places.h"
#include "analyzers/rules/rule_texts.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

namespace cupel::rules::flows {

namespace {

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
    template <FixedText... Sought> [[nodiscard]] bool any() const
    {
        return std::any_of(m_cells.cells().begin(), m_cells.cells().end(),
            [](const formats::CodeCell& cell) { return holdsOneOf<Sought...>(cell.text); });
    }
    [[nodiscard]] bool learns() const { return any<".fit(", ".fit_transform(", "cross_val">(); }
    // Something is measured on a part of the rows.
    [[nodiscard]] bool measures() const
    {
        if (!any<"score", ".predict", ".evaluate(", "accuracy", "_report(">()) {
            return false;
        }
        const bool prepares = any<"fit_transform(", "Scaler", "PCA", "mputer", "Vectorizer", "Encoder", "SelectKBest",
            ".transform(", "fit_resample">();
        return any<"train_test_split", "KFold", "cross_val", "random_split", "ShuffleSplit">()
            || (prepares && any<"_test", "test_", "Test">());
    }
    [[nodiscard]] bool fetches() const
    {
        return any<"urlretrieve", "urlopen", "wget", "curl ", "gdown", "requests.get", "httpx.", "get_file(",
            "hf_hub_download", "snapshot_download", "download">();
    }
    [[nodiscard]] bool isUnpinned() const { return any<"from_pretrained", "pipeline(", "http://", "https://">(); }
    [[nodiscard]] bool readsAddresses() const
    {
        return any<"http://", "https://">()
            && any<"read_csv(", "read_json(", "read_parquet(", "read_excel(", "read_table(", "urlopen",
                "requests.get">();
    }
    [[nodiscard]] bool serves() const
    {
        return any<"FastAPI", "Flask(", "gradio", ".deploy(", "deploy_model", "Model.register", "streamlit",
            "push_to_hub", "Endpoint(">();
    }
    [[nodiscard]] bool saves() const { return any<"dump(", ".save", "to_pickle", "save_model">(); }
    [[nodiscard]] bool checks() const
    {
        return any<"sha256", "sha512", "hashlib", "md5", "file_hash", "known_hash", "hash_prefix">();
    }

private:
    const formats::CodeCells& m_cells;
};

// Whether names of others can rest on the cell.
bool defines(std::string_view text)
{
    return text.find('=') != std::string_view::npos || holdsOneOf<"import", "def ", "class ", " as ", "for ">(text);
}

// A notebook that ran, but not once from top to end without leaving anything out: only then a name may be another than
// it seems.
bool ranInAnotherOrder(const formats::NotebookFacts* notebook, const formats::CodeCells& code)
{
    std::size_t runs = 0;
    bool clean = true;
    std::int64_t last = -1;
    for (std::size_t i = 0; notebook && i < notebook->cells.size(); ++i) {
        if (const auto count = notebook->cells[i].executionCount) {
            clean = clean && (runs == 0 ? *count <= 1 : *count == last + 1);
            last = *count;
            ++runs;
        }
    }
    const auto leftOut = [notebook](const formats::CodeCell& cell) {
        const auto index = static_cast<std::size_t>(cell.cell);
        return cell.cell >= 0 && index < notebook->cells.size() && !notebook->cells[index].executionCount
            && defines(cell.text);
    };
    return runs >= 2 && (!clean || std::any_of(code.cells().begin(), code.cells().end(), leftOut));
}

bool isOfName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
        || c == '.';
}

// A text ends here, or a word of a shell; tf.keras and self.model are no files, but /new.keras is one.
bool isFileName(std::string_view before, std::string_view name, std::string_view rest)
{
    constexpr std::string_view ofText = "'\"\\?#";
    constexpr std::string_view ofWord = " \t\r\n;&|";
    const bool member = (name.ends_with(".keras") || name.ends_with(".model")) && !before.ends_with('/');
    return rest.empty() ? !member
                        : ofText.find(rest.front()) != std::string_view::npos
            || (!member && ofWord.find(rest.front()) != std::string_view::npos);
}

// Names of files as the code writes them, of kinds that can hold code. Archives would join half of a workspace.
std::vector<std::string> fileNames(const formats::CodeCells& code)
{
    constexpr std::size_t most = 200;
    constexpr std::string_view endings[] = {
        ".pt", ".pth", ".pkl", ".pickle", ".joblib", ".ckpt", ".bin", ".h5", ".keras", ".model", ".dill"};
    std::set<std::string> names;
    for (const auto& cell : code.cells()) {
        const std::string_view text = cell.text;
        for (const auto ending : endings) {
            for (auto dot = findText(text, ending, 0); dot != std::string_view::npos && names.size() < most;
                dot = findText(text, ending, dot + 1)) {
                const auto end = dot + ending.size();
                auto start = dot;
                while (start > 0 && isOfName(text[start - 1])) {
                    --start;
                }
                const auto name = text.substr(start, end - start);
                if (start < dot && isFileName(text.substr(0, start), name, text.substr(end))) {
                    names.emplace(name);
                }
            }
        }
    }
    return {names.begin(), names.end()};
}

// What other files may want to know; false: nothing, because it shares no name with any.
bool leaveHint(const Places& places, const formats::CodeCells& code, const Words& words,
    const std::vector<lineage::Place>& loads, bool serves)
{
    const auto& input = places.input();
    auto names = input.flowWish == FlowWish::Nothing ? std::vector<std::string>() : fileNames(code);
    if (names.empty()) {
        return false;
    }
    const bool fetches = words.fetches();
    const bool harmed = serves || !loads.empty();
    if (fetches || harmed) {
        input.flowHint = std::make_shared<lineage::FlowHint>(
            lineage::FlowHint{fetches, harmed, words.checks(), std::move(names), loads});
    }
    return input.flowHint != nullptr;
}

void followData(Places& places, const std::shared_ptr<formats::CodeCells>& code)
{
    const auto& input = places.input();
    const Words words(*code);
    const auto loads = dangerousLoads(places);
    const bool learns = words.learns();
    const bool serves = words.serves();
    const bool wanted = leaveHint(places, *code, words, loads, serves) && input.flowWish == FlowWish::Piece;
    const bool exposed = (!loads.empty() && words.fetches()) || (serves && (words.isUnpinned() || words.fetches()))
        || (learns && words.saves() && words.readsAddresses());
    if (!exposed && !wanted && !(learns && words.measures())) {
        return;
    }
    const auto file = lineage::parsedFile(input.artifact, input.facts, code, input.artifact.path, input.budget);
    if (!file) {
        return;
    }
    NoFiles none;
    const auto graph = lineage::followData(file, none, *lineage::ApiRoles::builtIn(), input.budget);
    sayLeaks(places, graph);
    if (exposed || input.flowHint) {
        sayExposures(places, graph, loads, words.checks());
    }
}

} // namespace

lineage::FlowPiece quickPiece(Artifact artifact, const lineage::FlowHint& hint, Budget& budget)
{
    const auto path = artifact.path;
    const auto file = lineage::parseFile(std::move(artifact), path, budget);
    if (!file) {
        return {};
    }
    NoFiles none;
    const auto graph = lineage::followData(file, none, *lineage::ApiRoles::builtIn(), budget);
    auto piece = lineage::flowPiece(graph, hint.loads, budget);
    piece.checked = hint.checked;
    return piece;
}

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
    // Of much code the rules before this have let the trees go.
    const bool gone = std::any_of(cells.cells().begin(), cells.cells().end(),
        [](const formats::CodeCell& cell) { return cell.python && !cell.broken && !cell.parsed; });
    if (gone) {
        sink.note(
            "flow-not-followed", "So much code is not followed from cell to cell here: `cupel lineage` does that");
        return;
    }
    Places places(input, sink);
    if (ranInAnotherOrder(formats::notebookFacts(input.facts), cells)) {
        sayNames(places, lineage::hazardsOfNames(input.artifact, input.facts, cells, input.budget));
    }
    followData(places, input.codeCells);
}

} // namespace cupel::rules::flows
