// SPDX-License-Identifier: GPL-3.0-or-later
// safe_mode of Keras, as Keras 3.15 has it: what a configuration asks for stands in the flaws that the format told, one
// row each of what loading makes of it. Versions are those that closed a hole.
#include "analyzers/base/utf8.h"
#include "analyzers/formats/keras_names.h"
#include "analyzers/rules/pickle/model_loaders.h"

#include <algorithm>
#include <array>

namespace cupel::rules::pickle {

namespace {

using namespace std::string_view_literals;
using Kind = LoaderAnswer::Kind;

constexpr auto lambdaHole =
    "CVE-2024-3660: before Keras 2.13 code of Lambda layers runs, and Keras 2 runs that of HDF5 "
    "files and of bare configurations ever since"sv;
constexpr auto moduleHole =
    "CVE-2025-1550: Keras 3.0 to 3.8 imports any module and calls what it names, safe_mode or not"sv;
constexpr auto toolHole = "CVE-2025-8747: Keras 3.0 to 3.10 calls its own tools for a configuration: files are fetched "
                          "and written, safe_mode or not"sv;
constexpr auto switchHole = "CVE-2025-9906: before Keras 3.11.0 a configuration switches safe_mode off"sv;
constexpr auto archiveHole = "CVE-2025-12060: before Keras 3.12.0 get_file unpacks archives outside of its folder"sv;
constexpr auto torchHole = "CVE-2025-49655: Keras 3.11.0 to 3.11.2 unpickles the module, safe_mode or not"sv;
constexpr auto vocabularyHole = "CVE-2025-12058: before Keras 3.12.0 the file or address is opened, safe_mode or not"sv;
constexpr auto savedModelHole = "CVE-2026-1462: before Keras 3.13.2 TFSMLayer loads a SavedModel, safe_mode or not"sv;
constexpr auto hdf5Hole = "CVE-2025-9905: before Keras 3.11.3 safe_mode means nothing for HDF5 files"sv;
constexpr auto outsideHole =
    "CVE-2026-1669: before Keras 3.12.1 and 3.13.2 HDF5 files could point to other files, which were read"sv;
constexpr auto yamlHole = "CVE-2021-37678: before TensorFlow 2.6 YAML made Python objects"sv;

// What one cause means with safe_mode=True and with safe_mode=False; worst first.
struct Row {
    std::string_view flaw;
    Kind safe;
    Kind unsafe;
    std::string_view why; // in front of the detail of the flaw
    std::string_view risk;
};
constexpr std::array rows{
    Row{"keras-harmful-code", Kind::Refuses, Kind::Runs, "a Lambda layer carries Python code, which uses ", lambdaHole},
    Row{"keras-code", Kind::Refuses, Kind::Runs, "a Lambda layer carries Python code, which uses ", lambdaHole},
    Row{"keras-lambda", Kind::Refuses, Kind::Runs, "code is carried by a layer ", lambdaHole},
    Row{"keras-torch", Kind::Refuses, Kind::Runs, "a module of PyTorch is unpickled by a layer ", torchHole},
    Row{"keras-harmful-module", Kind::Refuses, Kind::Refuses, "it takes nothing out of other modules: ", moduleHole},
    Row{"keras-harmful-name", Kind::Refuses, Kind::Refuses, "it has no layer or function ", moduleHole},
    Row{"keras-foreign-function", Kind::Refuses, Kind::Refuses,
        "the program that loads the model has to register the function ", moduleHole},
    Row{"keras-foreign-module", Kind::Refuses, Kind::Refuses,
        "the program that loads the model has to register the class ", moduleHole},
    Row{"keras-loader", Kind::Refuses, Kind::Refuses, "no part of a model is its tool ", toolHole},
    Row{"keras-tf-function", Kind::Refuses, Kind::Refuses, "it has no layers for functions of TensorFlow: ",
        "Keras 2 calls functions of TensorFlow that a configuration names"sv},
    Row{"keras-config-broken", Kind::Refuses, Kind::Refuses, "the configuration is not valid JSON", {}},
    Row{"hdf5-external-link", Kind::Refuses, Kind::Refuses, "it follows no links into other files: ", outsideHole},
    Row{"hdf5-external-storage", Kind::Refuses, Kind::Refuses, "it reads no numbers of other files: ", outsideHole},
    Row{"hdf5-virtual", Kind::Refuses, Kind::Refuses, "it reads no numbers of other files: ", outsideHole},
    Row{"keras-vocabulary", Kind::Refuses, Kind::Reads, "a vocabulary is read from ", vocabularyHole},
    Row{"keras-lambda-registered", Kind::Refuses, Kind::Refuses,
        "the program that loads the model has to register the function ", {}},
    Row{"keras-lambda-name", Kind::Reads, Kind::Reads,
        "a function is looked up in Keras, and where there is none loading fails: ", {}},
    Row{"keras-companion", Kind::Reads, Kind::Reads, "the program that loads the model has to import ", {}},
};

const ModelFlaw* flawOf(const Facts& facts, std::string_view code)
{
    const auto& flaws = facts.model->flaws;
    const auto found =
        std::find_if(flaws.begin(), flaws.end(), [code](const ModelFlaw& flaw) { return flaw.code == code; });
    return found == flaws.end() ? nullptr : &*found;
}

void say(LoaderAnswer& answer, std::string_view why, const ModelFlaw& flaw)
{
    answer.why += (answer.why.empty() ? "" : "; ") + std::string(why) + (why.ends_with(' ') ? flaw.detail : "");
    answer.sources.insert(answer.sources.end(), flaw.quotes.begin(), flaw.quotes.end());
}

// A layer counts by its name: of several tools the flaw shows the first only.
bool loadsSavedModel(const Facts& facts)
{
    const auto& used = facts.model->operators;
    const auto* tool = flawOf(facts, "keras-loader");
    return (tool && tool->detail.find("TFSMLayer") != std::string::npos)
        || std::any_of(used.begin(), used.end(),
            [](const ModelOperator& one) { return one.name == "TFSMLayer" || one.name.ends_with(">TFSMLayer"); });
}

// Layers that wrap functions of TensorFlow are those of Keras 2, whatever they call.
const ModelOperator* wrapperOf(const Facts& facts)
{
    const auto& used = facts.model->operators;
    const auto found = std::find_if(used.begin(), used.end(), [](const ModelOperator& one) {
        return formats::kerasNameOf(one.name) == formats::KerasName::TensorFlowFunction;
    });
    return found == used.end() ? nullptr : &*found;
}

void addRisk(LoaderAnswer& answer, std::string_view risk)
{
    if (!risk.empty() && std::find(answer.risks.begin(), answer.risks.end(), risk) == answer.risks.end()) {
        answer.risks.push_back(risk);
    }
}

void addToolRisks(LoaderAnswer& answer, const ModelFlaw& tool)
{
    const auto names = [&tool](std::string_view name) { return tool.detail.find(name) != std::string::npos; };
    if (names("enable_unsafe_deserialization") || names("load_model")) {
        addRisk(answer, switchHole);
    } else if (names("get_file")) {
        addRisk(answer, archiveHole);
    }
}

LoaderAnswer answerOf(const Facts& facts, bool safe)
{
    LoaderAnswer answer{
        safe ? "keras.models.load_model(safe_mode=True), the default"sv : "keras.models.load_model(safe_mode=False)"sv,
        Kind::Reads, {}, {}, {}};
    const auto* tool = flawOf(facts, "keras-loader");
    const bool savedModel = loadsSavedModel(facts);
    const auto kindOf = [&](const Row& row) {
        const bool graph = savedModel && !safe && row.flaw == "keras-loader";
        return graph ? Kind::Runs : safe ? row.safe : row.unsafe;
    };
    for (const auto& row : rows) {
        if (flawOf(facts, row.flaw)) {
            const auto kind = kindOf(row);
            answer.kind = kind == Kind::Runs || answer.kind == Kind::Runs ? Kind::Runs
                : kind == Kind::Refuses                                   ? Kind::Refuses
                                                                          : answer.kind;
            addRisk(answer, safe ? row.risk : std::string_view());
        }
    }
    if (savedModel && safe) {
        addRisk(answer, savedModelHole);
    }
    if (tool && safe) {
        addToolRisks(answer, *tool);
    }
    const auto* wrapper = wrapperOf(facts);
    if (wrapper && answer.kind != Kind::Runs) {
        answer.kind = Kind::Refuses;
        answer.why = "it has no layer \"" + toDisplay(wrapper->name, 120) + '"';
        answer.sources.push_back(wrapper->bytes);
    }
    for (const auto& row : rows) { // the reasons for just that
        const auto* flaw = flawOf(facts, row.flaw);
        if (flaw && kindOf(row) == answer.kind) {
            const bool graph = savedModel && row.flaw == "keras-loader";
            say(answer, graph ? "a SavedModel is loaded from elsewhere: "sv : row.why, *flaw);
        }
    }
    if (answer.why.empty()) {
        answer.why = "it asks for layers and functions of Keras only";
    }
    if (answer.kind == Kind::Reads && facts.status != ReadStatus::Complete) {
        answer.why += ", as far as it was read";
    }
    return answer;
}

// Numbers only: there is nothing that safe_mode is about.
LoaderAnswer weights(const Facts& facts)
{
    LoaderAnswer answer{"keras.Model.load_weights", Kind::Reads, {}, {}, {outsideHole}};
    for (const auto& row : rows) {
        const auto* flaw = row.flaw.starts_with("hdf5-") ? flawOf(facts, row.flaw) : nullptr;
        if (flaw) {
            answer.kind = Kind::Refuses;
            say(answer, row.why, *flaw);
        }
    }
    if (answer.why.empty()) {
        answer.why = "it holds numbers only";
    }
    if (answer.kind == Kind::Reads && facts.status != ReadStatus::Complete) {
        answer.why += ", as far as it was read";
    }
    return answer;
}

LoaderAnswer yaml(const Facts& facts)
{
    LoaderAnswer answer{"keras.models.load_model", Kind::Refuses, "it reads no YAML", {}, {yamlHole}};
    if (const auto* flaw = flawOf(facts, "keras-yaml-tag")) {
        say(answer, "older ones make Python objects: ", *flaw);
    }
    return answer;
}

} // namespace

std::vector<LoaderAnswer> kerasAnswers(const Artifact& artifact, const Facts& facts)
{
    const bool hdf5 = facts.format == "hdf5";
    const bool configured = facts.format == "keras"
        ? facts.model->kind.starts_with("Keras architecture")
        : hdf5 && std::any_of(facts.regions.begin(), facts.regions.end(), [](const Region& region) {
              return region.kind == RegionKind::Json && region.form == TextForm::JsonValue
                  && region.name == "configuration";
          });
    if (!configured) {
        return hdf5 && artifact.fileName().ends_with(".weights.h5") ? std::vector{weights(facts)}
                                                                    : std::vector<LoaderAnswer>();
    }
    if (flawOf(facts, "keras-yaml")) {
        return {yaml(facts)};
    }
    std::vector out{answerOf(facts, true), answerOf(facts, false)};
    if (hdf5) {
        addRisk(out.front(), hdf5Hole);
        addRisk(out.front(), outsideHole);
    }
    return out;
}

} // namespace cupel::rules::pickle
