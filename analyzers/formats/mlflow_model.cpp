// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/mlflow_model.h"

#include "analyzers/base/data_tree.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/members.h"
#include "analyzers/model/model_content.h"

#include <algorithm>
#include <array>
#include <memory>

namespace cupel::formats {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t mostFields = 300;
constexpr std::array codeKeys{"code"sv, "code_path"sv, "code_paths"sv, "model_code_path"sv};
constexpr std::array pathKeys{"data"sv, "model_path"sv, "python_model"sv, "model_data"sv, "pickled_model"sv, "env"sv,
    "conda"sv, "virtualenv"sv, "model_file"sv, "keras_model_path"sv, "saved_model_dir"sv, "extra_files"sv,
    "requirements_file"sv};
// Modules of Python's library that no model is loaded with: importing or calling them acts on the machine.
constexpr std::array acting{"os"sv, "posix"sv, "nt"sv, "subprocess"sv, "builtins"sv, "sys"sv, "shutil"sv, "importlib"sv,
    "runpy"sv, "pty"sv, "ctypes"sv, "pickle"sv, "marshal"sv, "socket"sv, "urllib"sv, "code"sv, "pdb"sv, "webbrowser"sv,
    "antigravity"sv, "http"sv, "asyncio"sv, "multiprocessing"sv};

bool isIn(std::string_view name, const auto& list)
{
    return std::find(list.begin(), list.end(), name) != list.end();
}

bool goesOutside(std::string_view path)
{
    return leavesFolder(path) || path.starts_with('~') || path.find("://") != std::string_view::npos;
}

class Reader {
public:
    Reader(const DataTree& tree, Facts& out, ModelContent& model)
        : m_tree(tree)
        , m_out(out)
        , m_model(model)
    {
    }

    void run()
    {
        m_model.kind = "MLflow model";
        if (const auto version = m_tree.text(0, "mlflow_version"); !version.empty()) {
            m_model.producer = "MLflow " + toDisplay(version, 40);
        }
        // Every place: aliases and merged maps are read as often as somebody refers to them.
        for (std::uint32_t node = 1; node < m_tree.nodes().size(); ++node) {
            const auto& one = m_tree.nodes()[node];
            field(node);
            if (one.key == "loader_module" && one.kind == DataKind::Scalar) {
                loader(one);
            } else if (isIn(one.key, codeKeys)) {
                each(node, [this](const DataNode& value) { code(value); });
            } else if (isIn(one.key, pathKeys)) {
                each(node, [this](const DataNode& value) { path(value); });
            }
        }
    }

private:
    // A scalar, or the scalars right below it.
    void each(std::uint32_t node, const auto& take)
    {
        const auto& one = m_tree.nodes()[node];
        if (one.kind == DataKind::Scalar) {
            take(one);
        } else if (one.kind == DataKind::List) {
            m_tree.each(node, [&](std::uint32_t child) {
                if (m_tree.nodes()[child].kind == DataKind::Scalar) {
                    take(m_tree.nodes()[child]);
                }
            });
        }
    }

    [[nodiscard]] static bool isNothing(const DataNode& value)
    {
        return value.text.empty() || (!value.quoted && (value.text == "null" || value.text == "~"));
    }

    void flaw(std::string_view code, const DataNode& value)
    {
        m_model.addFlaw(code, m_out.toFile(value.bytes), toDisplay(value.text, 120), {m_out.toFile(value.bytes)});
    }

    void refer(std::string_view what, const DataNode& value)
    {
        m_model.references.push_back({std::string(what), toDisplay(value.text, 200), m_out.toFile(value.bytes)});
    }

    void loader(const DataNode& value)
    {
        const auto root = std::string_view(value.text).substr(0, value.text.find('.'));
        refer("loader", value);
        if (isIn(root, acting)) {
            flaw("mlflow-acting-loader", value);
        } else if (root != "mlflow") {
            flaw("mlflow-loader", value);
        }
    }

    void code(const DataNode& value)
    {
        if (!isNothing(value)) {
            refer("code", value);
            flaw(goesOutside(value.text) ? "mlflow-path" : "mlflow-code", value);
        }
    }

    void path(const DataNode& value)
    {
        if (!isNothing(value) && goesOutside(value.text)) {
            flaw("mlflow-path", value);
        }
    }

    void field(std::uint32_t node)
    {
        const auto& one = m_tree.nodes()[node];
        if (one.kind != DataKind::Scalar || one.key.empty() || m_model.metadata.size() >= mostFields) {
            return;
        }
        std::string name = one.key;
        auto parent = one.parent;
        for (unsigned i = 0; i < 8 && parent != 0; ++i, parent = m_tree.nodes()[parent].parent) {
            const auto& above = m_tree.nodes()[parent].key;
            name = above.empty() ? name : above + '.' + name;
        }
        m_model.metadata.push_back(
            {toDisplay(name, 200), toDisplay(one.text, ModelContent::longestValue), m_out.toFile(one.bytes)});
    }

    const DataTree& m_tree;
    Facts& m_out;
    ModelContent& m_model;
};

} // namespace

void readMlflowModel(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto text = out.text(artifact);
    if (artifact.fileName() != "MLmodel" || text.find("flavors") == ByteView::npos) {
        return;
    }
    const auto tree = DataTree::fromYaml(text, budget);
    if (tree.empty() || tree.member(0, "flavors") == DataTree::none) {
        return;
    }
    auto model = std::make_shared<ModelContent>();
    Reader(tree, out, *model).run();
    out.model = std::move(model);
    if (tree.partial()) {
        noteIncomplete(out, "mlflow-rest", "The description of the model was not read to its end");
    }
}

} // namespace cupel::formats
