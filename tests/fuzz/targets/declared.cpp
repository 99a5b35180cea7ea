// SPDX-License-Identifier: GPL-3.0-or-later
// Anything as a pipeline, a catalog, settings or a log of runs: trees are trees, places lie in the text, caps are kept.
#include "analyzers/lineage/declared.h"
#include "analyzers/base/data_tree.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

namespace {

void checkTree(const DataTree& tree, std::size_t size, const DataLimits& limits)
{
    fuzz::must(tree.nodes().size() <= limits.nodes + 1, "a tree has so many nodes");
    for (std::uint32_t i = 0; i < tree.nodes().size(); ++i) {
        const auto& node = tree.nodes()[i];
        fuzz::must(node.bytes.start <= node.bytes.end && node.bytes.end <= size, "a node lies in the text");
        fuzz::must(i == 0 ? node.parent == 0 : node.parent < i, "parents come first");
        fuzz::must(node.nextSibling == 0 || (node.nextSibling > i && node.nextSibling < tree.nodes().size()),
            "siblings go on");
        fuzz::must(node.firstChild < tree.nodes().size(), "children are nodes");
        fuzz::must(node.text.size() <= limits.text + 4, "a text is short");
    }
}

void checkFiles(const std::vector<lineage::DeclaredFile>& files, std::size_t size)
{
    for (const auto& file : files) {
        fuzz::must(file.bytes.start <= file.bytes.end && file.bytes.end <= size, "a file lies in the text");
    }
}

void checkDeclared(const lineage::Declared& declared, std::size_t size)
{
    fuzz::must(declared.stages.size() <= 5'000 && declared.datasets.size() <= 20'000, "caps are kept");
    fuzz::must(declared.parameters.size() <= lineage::maxParameters, "so many parameters");
    for (const auto& stage : declared.stages) {
        fuzz::must(stage.bytes.start <= stage.bytes.end && stage.bytes.end <= size, "a stage lies in the text");
        fuzz::must(stage.calls.size() <= 1'000, "so many calls");
        checkFiles(stage.inputs, size);
        checkFiles(stage.outputs, size);
    }
    for (const auto& data : declared.datasets) {
        fuzz::must(data.bytes.start <= data.bytes.end && data.bytes.end <= size, "a data set lies in the text");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    Budget budget;
    DataLimits limits;
    limits.nodes = 2'000;
    limits.depth = 12;
    checkTree(DataTree::fromYaml(text, budget, limits), size, limits);
    checkTree(DataTree::fromJson(text, budget, limits), size, limits);
    const lineage::ParameterMap values{{"a", "1"}, {"list.0", "x"}, {"map.k.v", "y"}};
    for (const std::string_view path :
        {"dvc.yaml", "p/dvc.lock", "x.dvc", "p/MLproject", "m/MLmodel", "conf/base/catalog.yml", "params.yaml",
            "config.json", "config.toml", "Makefile", ".gitlab-ci.yml", "run.sh"}) {
        const auto kind = lineage::declaredKind(path);
        fuzz::must(kind != lineage::DeclaredKind::None, "each of these is known");
        auto declared = lineage::readDeclared(kind, path, text, values, budget);
        checkDeclared(declared, size);
        lineage::applyLock(
            declared, lineage::readDeclared(lineage::DeclaredKind::DvcLock, "dvc.lock", text, {}, budget));
    }
    lineage::RunReader reader;
    for (const std::string_view path :
        {"mlruns/0/r/meta.yaml", "mlruns/0/r/tags/mlflow.source.name", "mlruns/0/r/metrics/m",
            "mlruns/0/r/inputs/i/meta.yaml", "mlruns/0/datasets/d/meta.yaml", "mlruns/models/m/version-1/meta.yaml"}) {
        fuzz::must(reader.add(path, text, budget), "each of these is of a run");
    }
    (void)reader.add(text.substr(0, 200), text, budget);
    fuzz::must(!reader.runs().empty(), "there is a run");
    return 0;
}
