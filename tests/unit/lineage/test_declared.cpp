// SPDX-License-Identifier: GPL-3.0-or-later
// What pipelines, catalogs and logs of runs declare. A stage is "name@folder: scripts < read > written ? parameters".
#include "analyzers/lineage/declared.h"
#include "tests/unit/check.h"

using namespace cupel;
using namespace cupel::lineage;

namespace {

std::string shown(const DeclaredStage& stage)
{
    std::string out = stage.name + (stage.cwd.empty() ? "" : "@" + stage.cwd) + ":";
    for (const auto& call : stage.calls) {
        out += " " + call.script;
        for (const auto& argument : call.arguments) {
            out += "," + argument;
        }
    }
    static constexpr std::string_view uses[] = {"", "metric ", "plot ", "model "};
    const auto put = [&](std::string_view mark, const std::vector<DeclaredFile>& files) {
        for (const auto& file : files) {
            out += std::string(mark) + std::string(uses[static_cast<std::size_t>(file.use)]) + file.path;
            out += file.hash.empty() ? "" : "#" + file.hash;
        }
    };
    put(" <", stage.inputs);
    put(" >", stage.outputs);
    for (const auto& parameter : stage.params) {
        out += " ?" + parameter.file + ":" + parameter.name + (parameter.value.empty() ? "" : "=" + parameter.value);
    }
    return out;
}

std::string summary(const Declared& declared)
{
    std::string out;
    for (const auto& stage : declared.stages) {
        out += shown(stage) + "\n";
    }
    for (const auto& data : declared.datasets) {
        out += "[" + data.name + " " + data.kind + " " + data.locator + (data.table ? " table" : "")
            + (data.versioned ? " versioned" : "") + (data.hash.empty() ? "" : "#" + data.hash) + "]\n";
    }
    return out + (declared.partial ? "!" : "");
}

std::string read(std::string_view path, std::string_view text, const ParameterMap& values = {})
{
    Budget budget;
    return summary(readDeclared(declaredKind(path), path, text, values, budget));
}

constexpr std::string_view pipeline = R"(vars:
  - params.yaml
  - {out: build}
stages:
  prepare:
    wdir: src
    cmd:
      - python prepare.py ../data/raw.csv --seed ${seed}
      - python check.py
    deps: [prepare.py, ../data/raw.csv, s3://bucket/x.csv]
    params: [seed, {other.yaml: [a.b, c], whole.yaml: null}]
    outs:
      - ../${out}/clean.csv: {cache: false}
    metrics:
      - scores.json: {cache: false}
    plots: [roc.csv]
  fit:
    foreach: [us, uk]
    do:
      cmd: python fit.py ${item}
      deps: [build/clean.csv]
      outs: ["models/${item}.pkl"]
  named:
    foreach: ${regions}
    do:
      cmd: python n.py ${key} ${item.file}
  grid:
    matrix: {a: [1, 2], b: [x]}
    cmd: python g.py ${item.a} ${item.b}
artifacts:
  m: {path: models/us.pkl, type: model}
)";

} // namespace

CUPEL_TEST(namesTellWhatAFileIs)
{
    struct Row {
        std::string_view path;
        DeclaredKind kind;
    };
    constexpr Row rows[] = {{"dvc.yaml", DeclaredKind::DvcYaml}, {"a/dvc.lock", DeclaredKind::DvcLock},
        {"data/x.csv.dvc", DeclaredKind::DvcFile}, {"MLproject", DeclaredKind::MlProject},
        {"m/MLmodel", DeclaredKind::MlModel}, {"mlruns/0/ab/meta.yaml", DeclaredKind::MlRun},
        {"mlruns/0/ab/artifacts/m/MLmodel", DeclaredKind::MlModel},
        {"mlruns/0/ab/artifacts/m/conda.yaml", DeclaredKind::None},
        {"conf/base/catalog.yml", DeclaredKind::KedroCatalog}, {"conf/base/parameters.yml", DeclaredKind::Parameters},
        {"params.yaml", DeclaredKind::Parameters}, {"configs/train.json", DeclaredKind::Parameters},
        {"Makefile", DeclaredKind::Makefile}, {".github/workflows/ci.yml", DeclaredKind::Workflow},
        {".gitlab-ci.yml", DeclaredKind::Workflow}, {"run.sh", DeclaredKind::Shell}, {"x.py", DeclaredKind::None},
        {"data.json", DeclaredKind::None}, {".dvc/config", DeclaredKind::None}, {"package.json", DeclaredKind::None}};
    for (const auto& row : rows) {
        if (!CHECK_EQ(declaredKind(row.path), row.kind)) {
            test::report(false, __FILE__, __LINE__, std::string(row.path));
        }
    }
}

CUPEL_TEST(dvcStages)
{
    const ParameterMap values{{"seed", "7"}, {"regions.eu.file", "eu.csv"}, {"regions.as.file", "as.csv"}};
    CHECK_EQ(read("dvc.yaml", pipeline, values),
        "prepare@src: src/prepare.py,../data/raw.csv,--seed,7 src/check.py <src/prepare.py <data/raw.csv "
        "<s3://bucket/x.csv"
        " >build/clean.csv >metric src/scores.json >plot src/roc.csv ?src/params.yaml:seed=7 ?src/other.yaml:a.b"
        " ?src/other.yaml:c ?src/whole.yaml:\n"
        "fit@us: fit.py,us <build/clean.csv >model models/us.pkl\n"
        "fit@uk: fit.py,uk <build/clean.csv >models/uk.pkl\n"
        "named@as: n.py,as,as.csv\n"
        "named@eu: n.py,eu,eu.csv\n"
        "grid@1-x: g.py,1,x\n"
        "grid@2-x: g.py,2,x\n");
    CHECK_EQ(read("p/dvc.yaml",
                 "stages: {a: {foreach: \"${list}\", do: {cmd: \"python x.py ${item}\", outs: [\"${item}.csv\"]}}}"),
        "a@*@p: p/x.py,* >p/*.csv\n");
    CHECK_EQ(read("dvc.yaml", "other: {deps: [x]}\nname: y"), "");
}

CUPEL_TEST(dvcLocksAndFiles)
{
    constexpr std::string_view lock = R"(schema: '2.0'
stages:
  prepare:
    cmd: python prepare.py
    deps: [{path: ../data/raw.csv, hash: md5, md5: a1b2, size: 3}]
    params: {params.yaml: {seed: 8, layers: [1, 2]}}
    outs: [{path: ../build/clean.csv, md5: c3d4.dir, nfiles: 2}]
)";
    CHECK_EQ(read("dvc.lock", lock),
        "prepare: prepare.py <../data/raw.csv#md5:a1b2 >../build/clean.csv#md5:c3d4.dir ?params.yaml:seed=8 "
        "?params.yaml:layers=[1, 2]\n");
    Budget budget;
    auto stages = readDeclared(DeclaredKind::DvcYaml, "dvc.yaml", pipeline, {}, budget);
    applyLock(stages, readDeclared(DeclaredKind::DvcLock, "dvc.lock", lock, {}, budget));
    REQUIRE(!stages.stages.empty());
    CHECK_EQ(stages.stages[0].inputs[1].hash, "md5:a1b2");
    CHECK_EQ(stages.stages[0].outputs[0].hash, "md5:c3d4.dir");
    CHECK_EQ(stages.stages[0].params[0].value, "8");
    CHECK_EQ(
        read("data/x.csv.dvc", "outs:\n- md5: ab\n  size: 1\n  path: x.csv\n"), "[data/x.csv dvc data/x.csv#md5:ab]\n");
    CHECK_EQ(
        read("x.dvc",
            "deps:\n- path: d/x.csv\n  repo: {url: 'https://u:p@h/r', rev_lock: c}\nouts:\n- path: x\n  md5: ab\n"),
        "x.dvc: <https://u:***@h/r#d/x.csv >x#md5:ab\n[x dvc x#md5:ab]\n");
}

CUPEL_TEST(mlProjects)
{
    CHECK_EQ(read("p/MLproject", R"(name: x
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: path
    command: "python train.py --alpha {alpha} {data}"
  validate: {command: "python -m pkg.check"}
)"),
        "main@p: p/train.py,--alpha,0.5,* ?:alpha=0.5 ?:data\nvalidate@p: p/pkg/check\n");
}

CUPEL_TEST(mlModels)
{
    Budget budget;
    const auto out = readDeclared(DeclaredKind::MlModel, "m/MLmodel", R"(artifact_path: model
flavors:
  python_function: {loader_module: mlflow.sklearn, model_path: model.pkl, python_version: 3.10.1}
  sklearn: {pickled_model: model.pkl, serialization_format: cloudpickle}
model_uuid: u1
run_id: r1
signature:
  inputs: '[{"name": "age", "type": "long"}, {"name": "x", "type": "double"}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
)",
        {}, budget);
    REQUIRE(out.models.size() == 1);
    const auto& model = out.models[0];
    CHECK_EQ(model.folder + model.runId + model.modelId + model.loader, "mr1u1mlflow.sklearn");
    REQUIRE(model.files.size() == 1 && model.inputs.size() == 2 && model.outputs.size() == 1);
    CHECK_EQ(model.files[0], "m/model.pkl");
    CHECK_EQ(model.inputs[1].name + model.inputs[1].type, "xdouble");
    CHECK_EQ(model.outputs[0].type, "tensor int64");
    CHECK(readDeclared(DeclaredKind::MlModel, "MLmodel", "inputs: x", {}, budget).models.empty());
}

CUPEL_TEST(catalogs)
{
    CHECK_EQ(read("p/conf/base/catalog.yml", R"(_csv: &csv {type: pandas.CSVDataset, versioned: true}
raw: {<<: *csv, filepath: data/01/raw.csv}
model: {type: MlflowArtifactDataset, dataset: {type: pickle.PickleDataset, filepath: "${base}/m.pkl"}}
shop: {type: pandas.SQLTableDataset, table_name: orders, credentials: db}
query: {type: pandas.SQLQueryDataset, sql: select a from b}
"{name}_features": {type: pandas.ParquetDataset, filepath: "s3://b/{name}.pq"}
memory: {type: MemoryDataset}
not_a_dataset: {filepath: x}
)",
                 {{"base", "data/06"}}),
        "[raw pandas.CSVDataset p/data/01/raw.csv versioned]\n[model pickle.PickleDataset p/data/06/m.pkl]\n"
        "[shop pandas.SQLTableDataset orders table]\n[query pandas.SQLQueryDataset select a from b table]\n"
        "[*_features pandas.ParquetDataset s3://b/*.pq]\n[memory MemoryDataset ]\n");
}

CUPEL_TEST(makefilesAndWorkflows)
{
    CHECK_EQ(read("Makefile",
                 "DIR = data\nIN := $(DIR)/raw.csv\n.PHONY: all\nall: $(DIR)/m.pkl\n\techo done\n"
                 "$(DIR)/m.pkl: $(IN) src/train.py # why\n\t@python src/train.py $< \\\n\t  -o $@ $$HOME $(NO)\n"
                 "%.out: %.in\n\tpython x.py $<\nlint: ; python -m tools.lint\n"),
        "data/m.pkl: src/train.py,data/raw.csv,-o,data/m.pkl,*,* <data/raw.csv <src/train.py >data/m.pkl\n"
        "%.out: x.py,%.in <*.in >*.out\n"
        "lint: tools/lint\n");
    CHECK_EQ(read(".github/workflows/ci.yml", R"(jobs:
  train:
    steps:
      - uses: actions/checkout@v4
      - name: Fit
        working-directory: src
        run: |
          pip install x
          python fit.py --token ${{ secrets.T }}
)"),
        "train/Fit@src: src/fit.py,--token,*\n");
    CHECK_EQ(read(".gitlab-ci.yml", "job:\n  script:\n    - cd a\n    - python b.py\n"), "job: a/b.py\n");
    CHECK_EQ(read("s/run.sh", "#!/bin/sh\n# python no.py\npython a.py\n"), "s/run.sh@s: s/a.py\n");
}

CUPEL_TEST(recordedRuns)
{
    Budget budget;
    RunReader reader;
    const auto add = [&](std::string_view path, std::string_view text) { return reader.add(path, text, budget); };
    CHECK(add("x/mlruns/0/r1/inputs/i1/meta.yaml",
        "source_id: d1\nsource_type: DATASET\ntags: {mlflow.data.context: training}\n"));
    CHECK(add("x/mlruns/0/datasets/d1/meta.yaml",
        "name: wine\ndigest: ab\nsource_type: local\nsource: '{\"uri\": \"data/wine.csv\"}'\n"
        "schema: '{\"mlflow_colspec\": [{\"name\": \"ph\", \"type\": \"double\"}]}'\n"));
    CHECK(add("x/mlruns/0/r1/meta.yaml", "run_id: r1\nrun_name: bold\nstatus: 3\nstart_time: 17\nend_time: 18\n"));
    CHECK(add("x/mlruns/0/r1/params/lr", "0.1"));
    CHECK(add("x/mlruns/0/r1/metrics/val/acc", "1 0.5 0\n2 0.75 1\n"));
    CHECK(add("x/mlruns/0/r1/tags/mlflow.source.name", "https://user:word@host/train.py"));
    CHECK(add("x/mlruns/0/r1/tags/mlflow.source.git.commit", "c0ffee\n"));
    CHECK(add("x/mlruns/0/r1/outputs/m1/meta.yaml", "destination_id: m-1\n"));
    CHECK(add("x/mlruns/models/shop/version-2/meta.yaml", "name: shop\nversion: 2\nrun_id: r1\nsource: s\n"));
    CHECK(!add("x/mlruns/0/r1/artifacts/a.txt", "x"));
    CHECK(!add("x/mlruns/0/meta.yaml", "x"));
    CHECK(!add("other/0/r1/meta.yaml", "x"));
    const auto runs = reader.runs();
    REQUIRE(runs.size() == 1 && runs[0].data.size() == 1 && runs[0].data[0].columns.size() == 1);
    const auto& run = runs[0];
    CHECK_EQ(
        run.folder + " " + run.experiment + " " + run.id + " " + run.name + " " + run.status + run.started + run.ended,
        "x/mlruns/0/r1 0 r1 bold finished1718");
    CHECK_EQ(run.params.at("lr") + " " + run.metrics.at("val/acc") + " " + run.commit, "0.1 0.75 c0ffee");
    CHECK_EQ(run.source, "https://user:***@host/train.py");
    CHECK_EQ(run.data[0].name + run.data[0].source + run.data[0].context + run.data[0].columns[0].name,
        "winedata/wine.csvtrainingph");
    REQUIRE(run.models.size() == 1 && reader.registered().size() == 1);
    CHECK_EQ(run.models[0] + reader.registered()[0].name + reader.registered()[0].version, "m-1shop2");
}

CUPEL_TEST(hostileDeclarationsEnd)
{
    Budget budget;
    std::string make;
    for (int i = 0; i < 20'000; ++i) {
        make += "A" + std::to_string(i) + " = $(A" + std::to_string(i + 1) + ")$(A" + std::to_string(i + 1) + ")\n";
    }
    make += "x: $(A0)\n\tpython $(A1).py\n";
    CHECK(readDeclared(DeclaredKind::Makefile, "Makefile", make, {}, budget).stages.size() <= 1);
    std::string matrix = "stages: {a: {cmd: python x.py, matrix: {";
    for (int i = 0; i < 200; ++i) {
        matrix += "k" + std::to_string(i) + ": [1, 2, 3, 4, 5, 6, 7, 8, 9], ";
    }
    CHECK(readDeclared(DeclaredKind::DvcYaml, "dvc.yaml", matrix + "}}}", {}, budget).stages.size() <= 64);
}
