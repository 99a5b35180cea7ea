// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/name_promise.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace {

using namespace std::string_view_literals;
using P = Power;

constexpr std::array certain{
    CertainFormat{"safetensors", "a safetensors file"},
    CertainFormat{"gguf", "a GGUF file"},
    CertainFormat{"hdf5", "an HDF5 file"},
    CertainFormat{"tflite", "a TensorFlow Lite model"},
    CertainFormat{"executorch", "an ExecuTorch program"},
    CertainFormat{"onnx", "an ONNX model"},
    CertainFormat{"coreml", "a Core ML model"},
    CertainFormat{"paddle", "a PaddlePaddle program"},
    CertainFormat{"tensorflow", "a part of a TensorFlow model", P::Holds},
    CertainFormat{"ubjson", "a model in UBJSON"},
    CertainFormat{"msgpack", "a MessagePack file"},
    CertainFormat{"rds", "a file of R values", P::Runs},
    CertainFormat{"npy", "a NumPy array", P::Holds},
    CertainFormat{"zip", "a zip archive", P::Holds},
    CertainFormat{"tar", "a tar archive", P::Holds},
    CertainFormat{"sevenzip", "a 7z archive", P::Holds},
    CertainFormat{"compressed", "a compressed file", P::Holds},
    CertainFormat{"pickle", "a pickle", P::Runs},
    CertainFormat{"image", "a picture"},
    CertainFormat{"catboost", "a CatBoost model"},
    CertainFormat{"ocdbt", "a part of a checkpoint of Orbax"},
    CertainFormat{"lightgbm", "a LightGBM model", P::None, true},
    CertainFormat{"xgboost", "an XGBoost model", P::None, true},
    CertainFormat{"model_xml", "a model in XML", P::None, true},
};

constexpr std::array safetensors{"safetensors"sv};
constexpr std::array gguf{"gguf"sv};
constexpr std::array hdf5{"hdf5"sv};
constexpr std::array onnx{"onnx"sv};
constexpr std::array coreml{"coreml"sv};
constexpr std::array tflite{"tflite"sv};
constexpr std::array executorch{"executorch"sv};
constexpr std::array npy{"npy"sv};
constexpr std::array zip{"zip"sv};
constexpr std::array tar{"tar"sv};
constexpr std::array sevenzip{"sevenzip"sv};
constexpr std::array torch{"zip"sv, "tar"sv, "pickle"sv};
constexpr std::array bundles{"zip"sv, "tar"sv, "compressed"sv};
constexpr std::array pickles{"pickle"sv, "zip"sv, "tar"sv, "npy"sv, "compressed"sv};
constexpr std::array graphs{"tensorflow"sv, "onnx"sv, "coreml"sv, "paddle"sv, "protobuf"sv};
constexpr std::array paddle{"paddle"sv};
constexpr std::array parameters{"pickle"sv, "zip"sv};
constexpr std::array packed{"compressed"sv, "rds"sv};
constexpr std::array values{"rds"sv, "compressed"sv};
constexpr std::array catboost{"catboost"sv};
constexpr std::array msgpack{"msgpack"sv};
constexpr std::array ubjson{"ubjson"sv};
constexpr std::array trees{"model_xml"sv};
constexpr std::array pictures{"image"sv}; // and sounds: whatever is told by base/image_magic
constexpr std::span<const std::string_view> nothing; // of what is read here

constexpr std::array promises{
    NamePromise{".safetensors", safetensors},
    NamePromise{".gguf", gguf},
    NamePromise{".h5", hdf5},
    NamePromise{".hdf5", hdf5},
    NamePromise{".keras", zip, P::Runs},
    NamePromise{".onnx", onnx},
    NamePromise{".mlmodel", coreml},
    NamePromise{".tflite", tflite},
    NamePromise{".pte", executorch},
    NamePromise{".npy", npy, P::Runs},
    NamePromise{".npz", zip, P::Runs},
    NamePromise{".pt", torch, P::Runs},
    NamePromise{".pth", torch, P::Runs},
    NamePromise{".ptl", zip, P::Runs},
    NamePromise{".nemo", bundles, P::Runs},
    NamePromise{".mar", bundles, P::Runs},
    NamePromise{".pkl", pickles, P::Runs},
    NamePromise{".pickle", pickles, P::Runs},
    NamePromise{".joblib", pickles, P::Runs},
    NamePromise{".dill", pickles, P::Runs},
    NamePromise{".cloudpickle", pickles, P::Runs},
    NamePromise{".pdparams", parameters, P::Runs},
    NamePromise{".pdopt", parameters, P::Runs},
    NamePromise{".pdmodel", paddle},
    NamePromise{".pb", graphs, P::Runs},
    NamePromise{".skops", zip, P::Holds},
    NamePromise{".cbm", catboost},
    NamePromise{".msgpack", msgpack},
    NamePromise{".ubj", ubjson},
    NamePromise{".ubjson", ubjson},
    NamePromise{".pmml", trees},
    NamePromise{".rds", values, P::Runs},
    NamePromise{".rda", values, P::Runs},
    NamePromise{".rdata", values, P::Runs},
    NamePromise{".feather", nothing},
    NamePromise{".parquet", nothing},
    NamePromise{".arrow", nothing},
    NamePromise{".orc", nothing},
    NamePromise{".avro", nothing},
    // "By convention" files of torch.save() are named .tar too; .zip is what many trainers call a folder of them.
    NamePromise{".tar", tar, P::Holds, false, true},
    NamePromise{".zip", zip, P::Holds},
    NamePromise{".whl", zip, P::Holds},
    NamePromise{".jar", zip, P::Holds},
    NamePromise{".docx", zip, P::Holds},
    NamePromise{".xlsx", zip, P::Holds},
    NamePromise{".pptx", zip, P::Holds},
    NamePromise{".odt", zip, P::Holds},
    NamePromise{".ods", zip, P::Holds},
    NamePromise{".epub", zip, P::Holds},
    NamePromise{".7z", sevenzip, P::Holds},
    NamePromise{".rar", packed, P::Holds},
    NamePromise{".gz", packed, P::Holds},
    NamePromise{".tgz", packed, P::Holds},
    NamePromise{".bz2", packed, P::Holds},
    NamePromise{".tbz2", packed, P::Holds},
    NamePromise{".xz", packed, P::Holds},
    NamePromise{".txz", packed, P::Holds},
    NamePromise{".lzma", packed, P::Holds},
    NamePromise{".lz4", packed, P::Holds},
    NamePromise{".zst", packed, P::Holds},
    NamePromise{".png", pictures},
    NamePromise{".jpg", pictures},
    NamePromise{".jpeg", pictures},
    NamePromise{".gif", pictures},
    NamePromise{".webp", pictures},
    NamePromise{".bmp", pictures},
    NamePromise{".tif", pictures},
    NamePromise{".tiff", pictures},
    NamePromise{".ico", pictures},
    NamePromise{".pdf", pictures},
    NamePromise{".wav", pictures},
    NamePromise{".mp3", pictures},
    NamePromise{".mp4", pictures},
    NamePromise{".ogg", pictures},
    NamePromise{".flac", pictures},
    NamePromise{".svg", nothing, P::None, true},
    NamePromise{".json", nothing, P::None, true},
    NamePromise{".jsonl", nothing, P::None, true},
    NamePromise{".ipynb", nothing, P::None, true},
    NamePromise{".csv", nothing, P::None, true},
    NamePromise{".tsv", nothing, P::None, true},
    NamePromise{".txt", nothing, P::None, true},
    NamePromise{".md", nothing, P::None, true},
    NamePromise{".rst", nothing, P::None, true},
    NamePromise{".py", nothing, P::None, true},
    NamePromise{".html", nothing, P::None, true},
    NamePromise{".htm", nothing, P::None, true},
    NamePromise{".xml", nothing, P::None, true},
    NamePromise{".yaml", nothing, P::None, true},
    NamePromise{".yml", nothing, P::None, true},
    NamePromise{".toml", nothing, P::None, true},
    NamePromise{".cfg", nothing, P::None, true},
    NamePromise{".ini", nothing, P::None, true},
    NamePromise{".log", nothing, P::None, true},
    NamePromise{".jinja", nothing, P::None, true},
    NamePromise{".j2", nothing, P::None, true},
    NamePromise{".js", nothing, P::None, true},
    NamePromise{".css", nothing, P::None, true},
    NamePromise{".sql", nothing, P::None, true},
    NamePromise{".tex", nothing, P::None, true},
};

} // namespace

const CertainFormat* certainFormat(std::string_view format)
{
    const auto* const found = std::find_if(
        certain.begin(), certain.end(), [format](const CertainFormat& one) { return one.format == format; });
    return found == certain.end() ? nullptr : found;
}

const NamePromise* namePromise(std::string_view lowerName)
{
    const auto dot = lowerName.rfind('.'); // no ending has two of them
    if (dot == std::string_view::npos) {
        return nullptr;
    }
    const auto* const found = std::find_if(promises.begin(), promises.end(),
        [ending = lowerName.substr(dot)](const NamePromise& one) { return one.ending == ending; });
    return found == promises.end() ? nullptr : found;
}

} // namespace cupel::formats
