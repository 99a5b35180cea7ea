// SPDX-License-Identifier: GPL-3.0-or-later
// MLproject, MLmodel, and catalogs of Kedro.
#include "analyzers/lineage/declared_parts.h"
#include "analyzers/lineage/locators.h"

#include <algorithm>
#include <array>

namespace cupel::lineage::declared {

namespace {

constexpr std::size_t maxColumns = 5'000;
constexpr std::size_t maxCommand = 64 << 10;

// "{name}" of a command by its value; in doubled braces it stays.
std::string withParameters(std::string_view command, const ParameterMap& values)
{
    std::string out;
    for (std::size_t i = 0; i < command.size() && out.size() < maxCommand; ++i) {
        const auto end = command[i] == '{' ? command.find('}', i) : std::string_view::npos;
        if (end == std::string_view::npos) {
            out.push_back(command[i]);
            continue;
        }
        const auto known = values.find(command.substr(i + 1, end - i - 1));
        out += known != values.end() ? known->second : "*";
        i = end;
    }
    return out;
}

std::string flavorFile(const Input& in, std::string_view written)
{
    return placed(in.folder, written);
}

// Templates of factories: "{namespace}.{name}" is a pattern.
std::string asPattern(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto end = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
        if (end == std::string_view::npos) {
            out.push_back(text[i]);
            continue;
        }
        out += out.ends_with('*') ? "" : "*";
        i = end;
    }
    return out;
}

// conf/base/catalog.yml: paths are those of the folder that holds conf.
std::string projectOf(std::string_view path)
{
    if (path.starts_with("conf/")) {
        return {};
    }
    const auto conf = path.rfind("/conf/");
    return conf == std::string_view::npos ? folderOf(path) : std::string(path.substr(0, conf));
}

void addDataset(const Input& in, const DataTree& tree, std::uint32_t node, Declared& out)
{
    const auto& name = tree.nodes()[node].key;
    auto body = node;
    for (int wrapped = 0; wrapped < 3; ++wrapped) { // MlflowArtifactDataset, PartitionedDataset
        const auto inner = tree.member(body, "dataset");
        if (!tree.is(inner, DataKind::Map) || !tree.text(body, "filepath").empty()
            || !tree.text(body, "path").empty()) {
            break;
        }
        body = inner;
    }
    if (tree.text(body, "type").empty() || name.starts_with('_')) {
        return;
    }
    DeclaredDataset data;
    data.name = asPattern(name);
    data.kind = tree.text(body, "type");
    data.bytes = tree.nodes()[node].bytes;
    data.versioned = tree.text(body, "versioned") == "true";
    data.credentials = tree.text(node, "credentials");
    static constexpr std::array<std::string_view, 4> files = {"filepath", "path", "filename", "folder"};
    static constexpr std::array<std::string_view, 4> tables = {"table_name", "table", "sql", "query"};
    static constexpr std::array<std::string_view, 4> others = {"url", "dataset_name", "model_name", "project"};
    const auto find = [&](const auto& keys) {
        for (const auto key : keys) {
            if (const auto text = tree.text(body, key); !text.empty()) {
                return asPattern(filledIn(text, in.values));
            }
        }
        return std::string();
    };
    if (const auto file = find(files); !file.empty()) {
        data.locator = withoutCredentials(placed(projectOf(in.path), file));
    } else if (auto table = find(tables); !table.empty()) {
        const auto schema = std::string(tree.text(body, "database"));
        data.locator = (schema.empty() || table.find(' ') != std::string::npos ? "" : schema + ".") + table;
        data.table = true;
    } else {
        data.locator = withoutCredentials(find(others));
    }
    out.datasets.push_back(std::move(data));
}

void addColumns(const DataTree& tree, std::uint32_t list, std::vector<DeclaredColumn>& out)
{
    tree.each(list, [&](std::uint32_t node) {
        if (out.size() >= maxColumns) {
            return;
        }
        auto name = std::string(tree.text(node, "name"));
        auto type = std::string(tree.text(node, "type"));
        if (type == "tensor") {
            const auto spec = tree.member(node, "tensor-spec");
            type = "tensor " + std::string(tree.text(spec, "dtype"));
        }
        out.push_back({std::move(name), std::move(type)});
    });
}

} // namespace

std::vector<DeclaredColumn> readColumns(std::string_view json, Budget& budget)
{
    std::vector<DeclaredColumn> out;
    const auto tree = DataTree::fromJson(json, budget);
    if (tree.is(0, DataKind::List)) {
        addColumns(tree, 0, out);
        return out;
    }
    for (const std::string_view key : {"mlflow_colspec", "mlflow_tensorspec", "features"}) { // of logged data sets
        const auto list = tree.member(0, key);
        addColumns(tree, list, out);
    }
    return out;
}

void readMlProject(const Input& in, Declared& out)
{
    const auto tree = DataTree::fromYaml(in.text, in.budget);
    out.partial = tree.partial();
    const auto entries = tree.member(0, "entry_points");
    tree.each(entries, [&](std::uint32_t node) {
        if (out.stages.size() >= maxStages || !tree.is(node, DataKind::Map)) {
            return;
        }
        DeclaredStage stage;
        stage.name = tree.nodes()[node].key;
        stage.cwd = in.folder;
        stage.bytes = tree.nodes()[node].bytes;
        ParameterMap values;
        tree.each(tree.member(node, "parameters"), [&](std::uint32_t parameter) {
            const auto& name = tree.nodes()[parameter].key;
            const auto value = std::string(tree.text(parameter, "default"));
            if (!value.empty()) {
                values.emplace(name, value);
            }
            if (stage.params.size() < maxParameters) {
                stage.params.push_back({{}, name, value});
            }
        });
        stage.command = withParameters(tree.text(node, "command"), values);
        stage.calls = scriptCalls(stage.command, stage.cwd, in.budget);
        out.stages.push_back(std::move(stage));
    });
}

void readMlModel(const Input& in, Declared& out)
{
    const auto tree = DataTree::fromYaml(in.text, in.budget);
    out.partial = tree.partial();
    const auto flavors = tree.member(0, "flavors");
    if (!tree.is(flavors, DataKind::Map)) {
        return;
    }
    DeclaredModel model;
    model.folder = in.folder;
    model.runId = tree.text(0, "run_id");
    model.modelId = tree.text(0, "model_id").empty() ? tree.text(0, "model_uuid") : tree.text(0, "model_id");
    model.artifactPath = tree.text(0, "artifact_path");
    model.bytes = {0, in.text.size()};
    tree.each(flavors, [&](std::uint32_t flavor) {
        if (model.flavors.size() >= 100) {
            return;
        }
        model.flavors.push_back(tree.nodes()[flavor].key);
        if (tree.nodes()[flavor].key == "python_function") {
            model.loader = tree.text(flavor, "loader_module");
        }
        static constexpr std::array<std::string_view, 8> keys = {"data", "model_path", "pickled_model", "python_model",
            "state_dict", "model_binary", "model_data", "model_code_path"};
        for (const auto key : keys) {
            const auto written = tree.text(flavor, key);
            auto path = flavorFile(in, written);
            if (!written.empty() && std::find(model.files.begin(), model.files.end(), path) == model.files.end()) {
                model.files.push_back(std::move(path));
            }
        }
    });
    const auto signature = tree.member(0, "signature");
    model.inputs = readColumns(tree.text(signature, "inputs"), in.budget);
    model.outputs = readColumns(tree.text(signature, "outputs"), in.budget);
    out.models.push_back(std::move(model));
}

void readCatalog(const Input& in, Declared& out)
{
    const auto tree = DataTree::fromYaml(in.text, in.budget);
    out.partial = tree.partial();
    tree.each(0, [&](std::uint32_t node) {
        if (out.datasets.size() < maxFiles && tree.is(node, DataKind::Map)) {
            addDataset(in, tree, node, out);
        }
    });
}

} // namespace cupel::lineage::declared
