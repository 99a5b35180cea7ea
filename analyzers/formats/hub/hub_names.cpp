// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/hub/hub_names.h"

#include <algorithm>
#include <array>

namespace cupel::formats::hub {

namespace {

constexpr std::array<std::string_view, 14> configurations{"config.json", "tokenizer_config.json",
    "generation_config.json", "chat_template.json", "modules.json", "model_index.json", "adapter_config.json",
    "preprocessor_config.json", "processor_config.json", "image_processor_config.json",
    "video_preprocessor_config.json", "feature_extractor_config.json", "config_sentence_transformers.json",
    "special_tokens_map.json"};
constexpr std::array<std::string_view, 16> weights{".safetensors", ".bin", ".pt", ".pth", ".ckpt", ".gguf", ".onnx",
    ".h5", ".keras", ".tflite", ".pkl", ".pickle", ".joblib", ".npz", ".npy", ".msgpack"};
constexpr std::array<std::string_view, 8> pickles{
    ".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib", ".dill"};
// First parts of paths whose classes are models, layers and what belongs to them.
constexpr std::array<std::string_view, 29> libraries{"transformers", "diffusers", "sentence_transformers", "peft",
    "torch", "torchvision", "torchaudio", "timm", "open_clip", "tokenizers", "safetensors", "keras", "tensorflow",
    "flax", "jax", "optimum", "accelerate", "onnxruntime", "sklearn", "numpy", "lightning", "pytorch_lightning",
    "speechbrain", "nemo", "trl", "datasets", "evaluate", "setfit", "adapters"};
constexpr std::array<std::string_view, 18> dangerous{"os.", "posix.", "nt.", "subprocess.", "builtins.", "__builtin__.",
    "sys.", "shutil.", "importlib.", "runpy.", "pty.", "ctypes.", "pickle.", "marshal.", "socket.", "urllib.",
    "torch.load", "joblib.load"};

bool endsWithOne(std::string_view name, const auto& list)
{
    return std::any_of(list.begin(), list.end(), [name](std::string_view one) { return name.ends_with(one); });
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

} // namespace

bool isConfiguration(std::string_view fileName)
{
    return std::find(configurations.begin(), configurations.end(), fileName) != configurations.end();
}

bool isIndex(std::string_view fileName)
{
    return fileName.ends_with(".index.json");
}

bool isWeights(std::string_view fileName)
{
    return endsWithOne(fileName, weights);
}

bool isForeignCode(std::string_view reference)
{
    return reference.find("--") != std::string_view::npos;
}

bool isKnownLibrary(std::string_view library)
{
    const auto first = library.substr(0, library.find('.'));
    return std::find(libraries.begin(), libraries.end(), first) != libraries.end();
}

bool isKnownClass(std::string_view path)
{
    return isKnownLibrary(path) && !isDangerousClass(path);
}

bool isDangerousClass(std::string_view path)
{
    return std::any_of(
        dangerous.begin(), dangerous.end(), [path](std::string_view begin) { return path.starts_with(begin); });
}

bool looksLikeClass(std::string_view path)
{
    return path.find('.') != std::string_view::npos && path.find("..") == std::string_view::npos && path.front() != '.'
        && path.back() != '.' && std::all_of(path.begin(), path.end(), isWordCharacter);
}

bool goesUp(std::string_view path)
{
    return path == ".." || path.starts_with("../") || path.starts_with("..\\") || path.find("/../") != path.npos
        || path.find("\\..\\") != path.npos || path.ends_with("/..");
}

bool leavesFolder(std::string_view path)
{
    const bool drive = path.size() > 1 && path[1] == ':';
    return goesUp(path) || drive || path.starts_with('/') || path.starts_with('\\') || path.starts_with('~')
        || path.find("://") != std::string_view::npos;
}

bool isPickleShard(std::string_view path)
{
    return endsWithOne(path, pickles);
}

} // namespace cupel::formats::hub
