// SPDX-License-Identifier: GPL-3.0-or-later
// The lineage of a workspace as one value: nodes and edges from data through cells and variables to models, and what
// was read from them: sources, sinks, trainings, evaluations, splits, hazards, execution. Nothing in here was run.
// Order is fixed by the input alone: files by path, the rest by place. Locators hold no credentials (they are masked).
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::lineage {

inline constexpr std::uint32_t none = 0xFFFF'FFFF;

// In JSON and in exports: "dataset", "model-file" ...
enum class NodeKind : std::uint8_t {
    Dataset, // a named collection: a table, a data set of a hub or a library
    File, // a file or folder
    Remote, // a place outside: URL, bucket
    Cell, // a code cell, or a whole script
    Function,
    Variable, // one version of it
    Split,
    Model, // an object in memory
    ModelFile,
    Index, // of vectors
    Metric,
    Artifact, // logged to a tracker
    Endpoint, // something that serves
    Service, // something outside that answers
    Unknown,
    Column, // of the variable or data set that leads to it
    Registration, // a model under a name in a registry: it is kept there, nothing serves it
    Prediction, // a model is asked about data
    UnknownCall // a call that nobody describes, and that data goes through
};
enum class EdgeKind : std::uint8_t {
    Reads,
    Writes,
    Derives,
    Influences, // by a statistic or a filter, not by its values
    Trains,
    Validates,
    Tests,
    Predicts,
    Loads,
    Saves,
    Deploys,
    Imports,
    Runs,
    Registers
};
enum class Certainty : std::uint8_t { Certain, Likely, Guess };
enum class SourceKind : std::uint8_t {
    File,
    Dir,
    Url,
    S3,
    Database,
    HubDataset,
    HubModel,
    BuiltinDataset,
    Generated,
    Literal,
    Artifact,
    Params,
    ModelFile,
    RemoteModel,
    Argument,
    Unknown
};
enum class Role : std::uint8_t { None, Train, Validation, Test, TrainAndTest, Full, Query, Generated };
enum class HazardKind : std::uint8_t {
    DefinedAfterUse,
    UndefinedName,
    NeverExecutedDefinition,
    StaleOutput,
    NonIdempotentRerun,
    MixedSessions,
    UncalledFunction,
    FunctionRedefined,
    DeadTransform,
    NameKindChange,
    UnresolvedImport,
    LeakagePreprocessing,
    LeakageOverlap,
    MultiTest,
    LabelInFeatures
};
// In which order the cells of notebooks were followed: as they stand, or as their counts say that they ran.
enum class CellOrder : std::uint8_t { Written, Recorded };
// Of what was followed in both orders: whether the other one has it too.
enum class InOther : std::uint8_t {
    Same,
    Missing, // only this order has it
    Different // with other data, another role, other columns
};
[[nodiscard]] std::string_view toString(NodeKind kind);
[[nodiscard]] std::string_view toString(EdgeKind kind);
[[nodiscard]] std::string_view toString(Certainty certainty);
[[nodiscard]] std::string_view toString(SourceKind kind);
[[nodiscard]] std::string_view toString(Role role); // "train+test" for TrainAndTest
[[nodiscard]] std::string_view toString(HazardKind kind);
[[nodiscard]] std::string_view toString(CellOrder order); // "file", "recorded"
[[nodiscard]] std::string_view toString(InOther other); // "same", "missing", "different"

struct Place {
    std::uint32_t file = none; // index into LineageGraph::files
    std::int32_t cell = -1; // 0-based among all cells; -1: a script
    std::int32_t codeCell = -1; // 0-based among code cells
    std::uint32_t line = 0; // 1-based: in the cell's source, of a script in the file
    std::int64_t exec = -1; // recorded execution count; -1: none
    ByteRange bytes; // of the code, in the artifact's text
    friend bool operator==(const Place&, const Place&) = default;
};

struct CodeFile {
    std::string path; // relative to the workspace, '/' between parts
    bool notebook = false;
    std::uint32_t calls = 0; // of library functions that look like input, output or training ...
    std::uint32_t modelled = 0; // ... and how many of them a row of the table describes
    std::vector<std::string> unknownCalls; // those that no row describes, sorted, each once; the first 64
    std::uint32_t brokenCells = 0; // cells of Python with a syntax error: what recovers is used
    bool partial = false; // a limit was met: not all of it was followed
};

struct Node {
    std::string id; // stable over scans: does not change when other things do
    NodeKind kind = NodeKind::Unknown;
    std::string label;
    std::string locator; // path, URL, table, hub id; unresolved parts are *
    std::string api; // canonical name of the call that made it: "pandas.read_csv"
    Place place; // of things on disk: the first place that names them
    std::uint32_t cell = none; // node of the cell (or script) it belongs to; none for cells and what lies outside code
    bool outside = false; // not in the workspace: remote, builtin, a service
    bool onDisk = false; // a file or folder that is there
    bool orphan = false; // a model file on disk that no code writes or reads
    bool unpinned = false; // from a hub or an address, whatever stands there today
    bool unsafeLoad = false; // loading it can run code
    std::vector<std::uint32_t>
        exposedTo; // of models, files of models, endpoints: nodes with one of these that reach it
    std::uint32_t count = 1; // of a loop or sweep folded into this node
    Role role = Role::None;
    std::string hash = {}; // of its contents: "md5:..." as recorded, "sha256:..." of a model on disk; or empty
    std::vector<std::string> uses = {}; // of a column: "read", "selected", "dropped", "renamed", "made" ...
    InOther inOther = InOther::Same;
    std::string format = {}; // of a model on disk, by its first bytes: "safetensors", "pickle"
};

struct Edge {
    std::uint32_t from = none; // nodes
    std::uint32_t to = none;
    EdgeKind kind = EdgeKind::Derives;
    Certainty certainty = Certainty::Certain;
    std::string rule; // what drew it: "call:pandas.read_csv", "assign", "mutate", "join:path"
    std::string why; // one plain sentence
    Place place;
    InOther inOther = InOther::Same;
};

struct Source {
    std::uint32_t node = none;
    SourceKind kind = SourceKind::Unknown;
    std::string value; // the locator
    Place place;
    InOther inOther = InOther::Same;
};

struct Sink {
    std::uint32_t node = none;
    SourceKind kind = SourceKind::Unknown;
    std::string value;
    Place place;
    std::vector<std::uint32_t> inputs; // nodes of what is written
    std::vector<std::uint32_t> data; // source nodes it was made from, across files; sorted
    std::vector<std::string> columns = {}; // of what is written, where all are known
    std::vector<std::pair<std::string, std::string>> origins = {}; // of columns: what each was made of
    InOther inOther = InOther::Same;
};

struct Training {
    std::uint32_t model = none; // node
    std::string variable;
    std::string type; // canonical class: "sklearn.linear_model.LogisticRegression"
    std::string finalEstimator; // of a pipeline or a search; else empty
    Place place;
    std::vector<Place> calledFrom; // call sites, when it stands in a function
    std::vector<std::uint32_t> inputs; // nodes of what it is fitted on
    std::vector<std::uint32_t> data; // source nodes behind them, across files, files between included; sorted
    Role role = Role::None;
    std::vector<std::string> labelColumns;
    std::vector<std::string> featureColumns;
    std::vector<std::pair<std::string, std::string>> hyperparameters; // as written
    InOther inOther = InOther::Same;
};

struct Evaluation {
    std::uint32_t model = none;
    Place place;
    std::vector<Place> calledFrom;
    std::vector<std::uint32_t> inputs;
    std::vector<std::uint32_t> data;
    Role role = Role::None;
    std::string metric; // "accuracy_score", "predict"
    bool prediction = false; // the model was asked, nothing was measured
    InOther inOther = InOther::Same;
};

struct SplitOutput {
    std::string variable;
    Role role = Role::None;
};
struct Split {
    std::uint32_t node = none;
    Place place;
    std::vector<SplitOutput> outputs;
};

struct Hazard {
    HazardKind kind = HazardKind::UndefinedName;
    Place place;
    std::vector<std::string> names;
    std::string why;
    std::vector<Place> evidence; // the other places it is about
};

// Between which code cells something flows.
using CellPairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>; // sorted

// Run numbers, rising: the first and the last of each run of them.
using CountRanges = std::vector<std::pair<std::int64_t, std::int64_t>>;

// Recorded execution of a notebook, or of a script converted from one (# In[n]:).
struct Execution {
    std::uint32_t file = none;
    std::vector<std::int64_t> counts; // per code cell; -1: none
    std::vector<std::pair<std::int64_t, std::int64_t>> inversions; // a count and the lower one behind it
    std::vector<std::int64_t> duplicates;
    // What flows only in the order of the file, and only in that of the counts: by the cells that were running.
    CellPairs onlyWritten;
    CellPairs onlyRecorded;
    CountRanges missing;
    std::vector<std::uint32_t> unexecuted; // code cells that hold code but no count
    // Code cells in the order in which they ran, as far as it is known; empty: as they stand, or nobody knows.
    std::vector<std::uint32_t> order = {};
    std::vector<std::uint32_t> presumed = {}; // of them: no count, but they ran all the same; rising
    std::vector<std::uint32_t> again = {}; // of them: they ran once more, before their count; twice in `order`
    CellPairs flows = {}; // as they stand; kept only where `order` is another one
    bool compared = false; // onlyWritten and onlyRecorded say all there is
};

// Code cells that hold code, have no count, and did not run as far as anybody knows; rising.
[[nodiscard]] std::vector<std::uint32_t> leftOut(const Execution& execution);

// Which earlier code cells a code cell needs to run again.
struct Slices {
    std::uint32_t file = none;
    std::vector<std::vector<std::uint32_t>> needs; // per code cell: code cells, rising
};

// A script that code starts as a program of its own: !python train.py --data a.csv.
struct ScriptStart {
    std::string script; // relative to the workspace; of a module without its end
    std::string cwd; // where it runs
    std::vector<std::string> arguments; // what nobody knows is *
    friend bool operator==(const ScriptStart&, const ScriptStart&) = default;
};

struct LineageGraph {
    std::vector<CodeFile> files; // sorted by path
    std::vector<Node> nodes;
    std::vector<Edge> edges;
    std::vector<Source> sources;
    std::vector<Sink> sinks;
    std::vector<Training> trainings;
    std::vector<Evaluation> evaluations;
    std::vector<Split> splits;
    std::vector<Hazard> hazards;
    std::vector<Execution> execution;
    std::vector<Slices> slices;
    std::vector<ScriptStart> starts; // of one piece: for the pieces of those scripts
    // "a.ipynb", "broken-cell", one plain sentence: what was not looked at, or only in part.
    struct Note {
        std::string path;
        std::string code;
        std::string message;
    };
    std::vector<Note> notes;
    bool complete = true; // false: a limit was met, or something could not be read
    CellOrder order = CellOrder::Written;
    // How much the graph of the other order has that this one has not. Nothing: nobody compared them.
    struct OnlyThere {
        std::size_t nodes = 0;
        std::size_t edges = 0;
        std::size_t trainings = 0;
    };
    std::optional<OnlyThere> onlyThere;
};

using LineageGraphPtr = std::shared_ptr<const LineageGraph>;

} // namespace cupel::lineage
