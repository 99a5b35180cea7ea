// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/model_questions.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace cupel {

namespace {

using namespace std::string_view_literals;

// Beginnings of rules that are about form, place or size, whatever family they are of.
constexpr std::array form{
    "CUP-CATBOOST-"sv,
    "CUP-COREML-BROKEN"sv,
    "CUP-COREML-PATH"sv,
    "CUP-EXECUTORCH-"sv,
    "CUP-GGUF-"sv,
    "CUP-HDF-BROKEN"sv,
    "CUP-HDF-HIDDEN"sv,
    "CUP-HDF-OUTSIDE"sv,
    "CUP-HDF-RANGE"sv,
    "CUP-HUB-BASE-PATH"sv,
    "CUP-HUB-DUPLICATE"sv,
    "CUP-HUB-JSON"sv,
    "CUP-HUB-SHARD-OUTSIDE"sv,
    "CUP-KERAS-ARCHIVE"sv,
    "CUP-KERAS-BROKEN"sv,
    "CUP-KERAS-DUPLICATE-KEY"sv,
    "CUP-KERAS-VOCABULARY"sv,
    "CUP-LIGHTGBM-"sv,
    "CUP-MLFLOW-PATH"sv,
    "CUP-MODEL-HIDDEN"sv,
    "CUP-MSGPACK-BROKEN"sv,
    "CUP-MSGPACK-EXTENSION"sv,
    "CUP-NPY-"sv,
    "CUP-OCDBT-"sv,
    "CUP-ONNX-BROKEN"sv,
    "CUP-ONNX-EXTERNAL-"sv,
    "CUP-ONNX-MERGED"sv,
    "CUP-ONNX-TENSOR-SIZE"sv,
    "CUP-ONNX-TOO-DEEP"sv,
    "CUP-ONNX-UNKNOWN-FIELD"sv,
    "CUP-PADDLE-BROKEN"sv,
    "CUP-PKL-BROKEN"sv,
    "CUP-PKL-BUFFER"sv,
    "CUP-PKL-EXPANSION"sv,
    "CUP-PKL-FRAME-LENGTH"sv,
    "CUP-PKL-MEMORY"sv,
    "CUP-PKL-PROTOCOL"sv,
    "CUP-PKL-TRAILING"sv,
    "CUP-R-BROKEN"sv,
    "CUP-SAFETENSORS-"sv,
    "CUP-SKOPS-BROKEN"sv,
    "CUP-TEMPLATE-BOMB"sv,
    "CUP-TEMPLATE-BROKEN"sv,
    "CUP-TEMPLATE-HIDDEN"sv,
    "CUP-TEMPLATE-INVISIBLE"sv,
    "CUP-TEMPLATE-MARKUP"sv,
    "CUP-TEMPLATE-PADDING"sv,
    "CUP-TF-ASSET-PATH"sv,
    "CUP-TF-BROKEN"sv,
    "CUP-TF-CHECKPOINT"sv,
    "CUP-TF-TENSOR-SIZE"sv,
    "CUP-TF-TOO-DEEP"sv,
    "CUP-TFLITE-BROKEN"sv,
    "CUP-TFLITE-FILES"sv,
    "CUP-TFLITE-HIDDEN"sv,
    "CUP-TORCH-"sv,
    "CUP-TREES-"sv,
    "CUP-UBJSON-"sv,
    "CUP-XGBOOST-"sv,
    "CUP-XML-BOMB"sv,
    "CUP-XML-BROKEN"sv,
    "CUP-XML-DOCUMENT-TYPE"sv,
    "CUP-XML-EXTERNAL"sv,
    "CUP-XML-RANGE"sv,
    "CUP-XML-STYLE"sv,
};

// Of those, what is not about whether the bytes fit together: size, effort, texts, what is asked for from elsewhere.
constexpr std::array fitting{
    "CUP-PKL-BUFFER"sv,
    "CUP-PKL-EXPANSION"sv,
    "CUP-PKL-MEMORY"sv,
    "CUP-TEMPLATE-"sv,
    "CUP-TFLITE-FILES"sv,
    "CUP-TORCH-HIDDEN"sv, // storages that were cut out of larger ones
    "CUP-XML-BOMB"sv,
    "CUP-XML-DOCUMENT-TYPE"sv,
    "CUP-XML-STYLE"sv,
};

// And what is about both: what runs, or is not what it was taken for.
constexpr std::array broken{
    "CUP-MODEL-DISGUISED"sv,
    "CUP-MODEL-NOT-WEIGHTS"sv,
    "CUP-MODEL-POINTER"sv,
    "CUP-MODEL-WRONG-NAME"sv,
    "CUP-PKL-FRAME"sv,
    "CUP-SKOPS-CONFUSED"sv,
};

constexpr std::array otherFiles{
    "CUP-COREML-PATH"sv,
    "CUP-HDF-OUTSIDE"sv,
    "CUP-HUB-BASE-PATH"sv,
    "CUP-HUB-SHARD-OUTSIDE"sv,
    "CUP-KERAS-VOCABULARY"sv,
    "CUP-MAR-PATH"sv,
    "CUP-MLFLOW-PATH"sv,
    "CUP-ONNX-EXTERNAL-PATH"sv,
    "CUP-PADDLE-FILES"sv,
    "CUP-PKL-FILES"sv,
    "CUP-TF-ASSET-PATH"sv,
    "CUP-TF-FILES"sv,
    "CUP-TF-VOCABULARY"sv,
    "CUP-TORCHSCRIPT-FILES"sv,
    "CUP-XML-EXTERNAL"sv,
};

constexpr std::array hidden{
    "CUP-GGUF-PADDING"sv,
    "CUP-GGUF-TRAILING"sv,
    "CUP-HDF-HIDDEN"sv,
    "CUP-MODEL-HIDDEN"sv,
    "CUP-NPY-TRAILING"sv,
    "CUP-ONNX-UNKNOWN-FIELD"sv,
    "CUP-PKL-TRAILING"sv,
    "CUP-SAFETENSORS-HIDDEN"sv,
    "CUP-SEVENZIP-HIDDEN"sv,
    "CUP-TAR-HIDDEN"sv,
    "CUP-TFLITE-HIDDEN"sv,
    "CUP-TORCH-HIDDEN"sv,
    "CUP-ZIP-HIDDEN"sv,
    "CUP-ZIP-OUTSIDE"sv,
};

std::string_view argument(const Finding& finding, const char* name)
{
    const auto found = finding.arguments.find(name);
    return found == finding.arguments.end() ? std::string_view() : std::string_view(found->second);
}

// "22", or "storage 0 has 22 bytes more".
std::optional<std::uint64_t> countIn(std::string_view detail)
{
    if (const auto has = detail.rfind(" has "); has != std::string_view::npos) {
        detail.remove_prefix(has + 5);
        if (!detail.ends_with(" bytes more")) {
            return std::nullopt;
        }
        detail = detail.substr(0, detail.find(' '));
    }
    std::uint64_t out = 0;
    const auto* end = detail.data() + detail.size();
    const auto [at, error] = std::from_chars(detail.data(), end, out);
    return error == std::errc() && at == end ? std::optional(out) : std::nullopt;
}

} // namespace

bool isAboutCode(const Finding& finding)
{
    const bool family =
        finding.family == Family::Pickle || finding.family == Family::Code || finding.family == Family::Model;
    return family && std::none_of(form.begin(), form.end(), [&finding](std::string_view beginning) {
        return finding.rule.starts_with(beginning);
    });
}

bool isAboutForm(const Finding& finding)
{
    const auto isIn = [&finding](const auto& list) {
        return std::any_of(list.begin(), list.end(),
            [&finding](std::string_view beginning) { return finding.rule.starts_with(beginning); });
    };
    if (finding.family == Family::Malformed || finding.family == Family::Archive || isIn(broken)) {
        return true;
    }
    const bool family = finding.family == Family::Pickle || finding.family == Family::Model;
    return family && isIn(form) && !isIn(fitting) && !isAboutOtherFiles(finding);
}

bool isAboutOtherFiles(const Finding& finding)
{
    return std::find(otherFiles.begin(), otherFiles.end(), finding.rule) != otherFiles.end();
}

bool isAboutHiddenBytes(const Finding& finding)
{
    // Readers of values front to back have one rule for all that is wrong (formats/wire).
    const auto detail = argument(finding, "detail");
    if (finding.family == Family::Model
        && (detail.ends_with(" byte follows its end") || detail.ends_with(" bytes follow its end"))) {
        return true;
    }
    return std::find(hidden.begin(), hidden.end(), finding.rule) != hidden.end();
}

HiddenSize hiddenSize(const Finding& finding)
{
    const auto detail = argument(finding, "detail");
    if (finding.rule == "CUP-ZIP-HIDDEN" || (finding.rule == "CUP-TAR-HIDDEN" && detail.empty())) {
        return {0, true}; // about members, that were looked at
    }
    const auto times = argument(finding, "count");
    const bool first = !times.empty() && times != "1" && times != detail; // the detail is that of the first of them
    if (finding.rule == "CUP-ONNX-UNKNOWN-FIELD") { // the detail is the number of the field
        return {finding.location.bytes.size(), times == "1"};
    }
    const auto told = countIn(detail);
    if (finding.rule == "CUP-TORCH-HIDDEN") {
        return {told.value_or(0), told && !first}; // it points at the one who asks for the storage
    }
    return {told.value_or(finding.location.bytes.size()), !first};
}

} // namespace cupel
