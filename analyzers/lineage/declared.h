// SPDX-License-Identifier: GPL-3.0-or-later
// What a workspace says of itself: stages of DVC, MLflow projects, Makefiles and CI with what they read, write and run;
// data sets of catalogs; models with their signature; recorded runs. Pure functions over hostile text, one file at a
// time; paths are relative to the workspace. What only a run could say is *.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/lineage/parameter_map.h"
#include "analyzers/lineage/script_calls.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::lineage {

enum class DeclaredKind : std::uint8_t {
    None,
    DvcYaml,
    DvcLock,
    DvcFile, // data.csv.dvc
    MlProject,
    MlModel,
    MlRun, // a file below mlruns: RunReader
    KedroCatalog,
    Parameters, // params.yaml, configuration: readParameters
    Makefile,
    Workflow, // of a CI
    Shell
};
// By its name and folder alone.
[[nodiscard]] DeclaredKind declaredKind(std::string_view path);

enum class FileUse : std::uint8_t { Data, Metric, Plot, Model };

struct DeclaredFile {
    std::string path; // relative to the workspace, or a URL
    std::string written; // as it stands there
    FileUse use = FileUse::Data;
    std::string hash; // "md5:..."; of a folder it ends in .dir
    ByteRange bytes;
};

struct DeclaredParameter {
    std::string file; // relative to the workspace; empty: given on the spot
    std::string name; // "train.seed"; empty: the whole file
    std::string value; // where it is said
};

struct DeclaredStage {
    std::string name; // "train", "train@us" of a loop, a target, "job/step"
    std::string command;
    std::string cwd; // relative to the workspace
    std::vector<ScriptCall> calls; // of the command
    std::vector<DeclaredFile> inputs;
    std::vector<DeclaredFile> outputs;
    std::vector<DeclaredParameter> params;
    ByteRange bytes;
};

struct DeclaredDataset {
    std::string name; // of the catalog; of *.dvc the path
    std::string kind; // "pandas.CSVDataset", "dvc"
    std::string locator; // path relative to the workspace, URL, table; empty: it does not say
    std::string hash;
    std::string credentials; // the name that a catalog gives them, never a value
    bool table = false; // the locator is a table or a query
    bool versioned = false; // the locator is a folder of versions
    ByteRange bytes;
};

struct DeclaredColumn {
    std::string name;
    std::string type;
};

struct DeclaredModel { // MLmodel
    std::string folder; // of it, relative to the workspace
    std::string runId;
    std::string modelId;
    std::string artifactPath;
    std::vector<std::string> flavors; // "python_function", "sklearn"
    std::string loader; // module that loads it
    std::vector<std::string> files; // of its flavors, relative to the workspace
    std::vector<DeclaredColumn> inputs; // of the signature
    std::vector<DeclaredColumn> outputs;
    ByteRange bytes;
};

struct Declared {
    DeclaredKind kind = DeclaredKind::None;
    std::vector<DeclaredStage> stages;
    std::vector<DeclaredDataset> datasets;
    std::vector<DeclaredModel> models;
    ParameterMap parameters; // of a file of parameters
    bool partial = false; // broken, or a limit was met
};

// `values`: of params.yaml beside a dvc.yaml, globals of a catalog; may be empty. MlRun is for RunReader.
[[nodiscard]] Declared readDeclared(
    DeclaredKind kind, std::string_view path, std::string_view text, const ParameterMap& values, Budget& budget);
// Hashes and values of a dvc.lock go to the stages of the dvc.yaml beside it.
void applyLock(Declared& stages, const Declared& lock);

struct RecordedData { // a data set that a run logged
    std::string name;
    std::string digest;
    std::string sourceType; // "local", "s3", "hugging_face"
    std::string source; // JSON or URI as recorded
    std::string context; // "training", "evaluation"
    std::vector<DeclaredColumn> columns;
};

struct RecordedRun {
    std::string id;
    std::string experiment; // id
    std::string name;
    std::string folder; // relative to the workspace
    std::string source; // of the code: "train.py"
    std::string commit;
    std::string status;
    std::string started; // as recorded: milliseconds since 1970
    std::string ended;
    ParameterMap params;
    ParameterMap metrics; // the last value
    ParameterMap tags;
    std::vector<RecordedData> data;
    std::vector<std::string> models; // ids of logged models
};

struct RegisteredModel {
    std::string name;
    std::string version;
    std::string runId;
    std::string source;
};

// Collects the many small files of mlruns, in any order.
class RunReader {
public:
    // False: the file is none of them.
    bool add(std::string_view path, std::string_view text, Budget& budget);
    // By folder; the reader is empty after it.
    [[nodiscard]] std::vector<RecordedRun> runs();
    [[nodiscard]] const std::vector<RegisteredModel>& registered() const { return m_registered; }

private:
    void runFile(RecordedRun& run, std::string_view rest, std::string_view text, Budget& budget);
    void dataFile(const std::string& experiment, std::string_view id, std::string_view text, Budget& budget);

    struct Link {
        std::string run; // folder
        std::string data; // experiment/id
        std::string context;
    };
    std::map<std::string, RecordedRun> m_runs; // by folder
    std::map<std::string, RecordedData> m_data; // by experiment/id
    std::vector<Link> m_links;
    std::vector<RegisteredModel> m_registered;
};

} // namespace cupel::lineage
