// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/declared.h"

#include "analyzers/lineage/declared_parts.h"
#include "analyzers/lineage/locators.h"

#include <algorithm>
#include <array>

namespace cupel::lineage {

namespace {

using namespace declared;

bool isYaml(std::string_view extension)
{
    return extension == "yaml" || extension == "yml";
}

bool inFolder(std::string_view path, std::string_view folder)
{
    return path.starts_with(folder) || path.find("/" + std::string(folder)) != std::string_view::npos;
}

bool isParameters(std::string_view path, std::string_view name, std::string_view extension)
{
    if (!isYaml(extension) && extension != "json" && extension != "toml") {
        return false;
    }
    const auto stem = name.substr(0, name.rfind('.'));
    static constexpr std::array<std::string_view, 11> stems = {"params", "parameters", "config", "conf", "settings",
        "default", "globals", "hparams", "hyperparameters", "hparams_config", "model_config"};
    return std::find(stems.begin(), stems.end(), stem) != stems.end() || stem.starts_with("parameters_")
        || stem.starts_with("config_") || stem.starts_with("params_") || stem.ends_with("_config")
        || stem.ends_with("_params") || inFolder(path, "conf/") || inFolder(path, "config/")
        || inFolder(path, "configs/");
}

DeclaredKind yamlKind(std::string_view path, std::string_view name)
{
    if (inFolder(path, ".github/workflows/") || name.starts_with(".gitlab-ci") || name.starts_with("azure-pipelines")
        || inFolder(path, ".circleci/") || name == "cloudbuild.yaml" || name == "cloudbuild.yml"
        || name == ".travis.yml" || name == "bitbucket-pipelines.yml" || name == "buildspec.yml") {
        return DeclaredKind::Workflow;
    }
    if (name.starts_with("catalog") || inFolder(path, "catalog/")) {
        return DeclaredKind::KedroCatalog;
    }
    return DeclaredKind::None;
}

} // namespace

std::string declared::folderOf(std::string_view path)
{
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

DeclaredKind declaredKind(std::string_view path)
{
    const auto name = path.substr(path.rfind('/') + 1);
    const auto extension = extensionOf(path);
    if (name == "dvc.yaml") {
        return DeclaredKind::DvcYaml;
    }
    if (name == "dvc.lock") {
        return DeclaredKind::DvcLock;
    }
    if (name.ends_with(".dvc") && name.size() > 4) {
        return DeclaredKind::DvcFile;
    }
    if (name == "MLmodel") {
        return DeclaredKind::MlModel;
    }
    if (inFolder(path, "mlruns/")) {
        return inFolder(path, "artifacts/") ? DeclaredKind::None : DeclaredKind::MlRun;
    }
    if (name == "MLproject") {
        return DeclaredKind::MlProject;
    }
    if (name == "Makefile" || name == "makefile" || name == "GNUmakefile" || extension == "mk") {
        return DeclaredKind::Makefile;
    }
    if (extension == "sh" || extension == "bash") {
        return DeclaredKind::Shell;
    }
    if (isYaml(extension)) {
        if (const auto kind = yamlKind(path, name); kind != DeclaredKind::None) {
            return kind;
        }
    }
    return isParameters(path, name, extension) ? DeclaredKind::Parameters : DeclaredKind::None;
}

Declared readDeclared(
    DeclaredKind kind, std::string_view path, std::string_view text, const ParameterMap& values, Budget& budget)
{
    Declared out;
    out.kind = kind;
    const Input in{path, folderOf(path), text, values, budget};
    switch (kind) {
    case DeclaredKind::DvcYaml:
        readDvcYaml(in, out);
        break;
    case DeclaredKind::DvcLock:
        readDvcLock(in, out);
        break;
    case DeclaredKind::DvcFile:
        readDvcFile(in, out);
        break;
    case DeclaredKind::MlProject:
        readMlProject(in, out);
        break;
    case DeclaredKind::MlModel:
        readMlModel(in, out);
        break;
    case DeclaredKind::KedroCatalog:
        readCatalog(in, out);
        break;
    case DeclaredKind::Parameters:
        out.parameters = readParameters(path, text, budget);
        break;
    case DeclaredKind::Makefile:
        readMakefile(in, out);
        break;
    case DeclaredKind::Workflow:
        readWorkflow(in, out);
        break;
    case DeclaredKind::Shell:
        readShellScript(in, out);
        break;
    case DeclaredKind::None:
    case DeclaredKind::MlRun:
        break;
    }
    out.partial = out.partial || budget.stopped();
    return out;
}

} // namespace cupel::lineage
