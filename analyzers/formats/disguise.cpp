// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/disguise.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

namespace cupel::formats {

namespace {

using namespace std::string_view_literals;

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::uint64_t number(ByteView bytes, std::uint64_t at, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width && at + i < bytes.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

// Programs for a machine, with enough of their header that numbers are not taken for one.
std::string_view programKind(ByteView bytes)
{
    if (bytes.starts_with("\x7f"
                          "ELF"sv)
        && bytes.size() > 52 && (bytes[4] == 1 || bytes[4] == 2) && (bytes[5] == 1 || bytes[5] == 2)) {
        return "a program for Linux (ELF)";
    }
    constexpr std::uint64_t headerField = 0x3C;
    if (bytes.starts_with("MZ"sv) && bytes.size() > headerField + 4) {
        const auto header = number(bytes, headerField, 4);
        return slice(bytes, {header, header + 4}) == "PE\0\0"sv ? "a program for Windows (PE)" : std::string_view();
    }
    for (const auto sign : {"\xcf\xfa\xed\xfe"sv, "\xce\xfa\xed\xfe"sv, "\xfe\xed\xfa\xcf"sv, "\xfe\xed\xfa\xce"sv}) {
        if (bytes.starts_with(sign) && bytes.size() > 28) {
            return "a program for macOS (Mach-O)";
        }
    }
    return {};
}

std::string_view textKind(ByteView bytes)
{
    const auto start = bytes.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    const auto head = lowered(start == ByteView::npos ? ByteView() : bytes.substr(start, 64));
    return head.starts_with("#!")                                         ? "a script"
        : head.starts_with("<!doctype html") || head.starts_with("<html") ? "a web page"
        : head.starts_with("version https://git-lfs.github.com/spec")     ? "a Git LFS pointer"
                                                                          : "plain text";
}

// Formats that say what they are with their first bytes, so that a name can be held against them.
struct Certain {
    std::string_view format;
    std::string_view kind;
    bool mayRun; // loading it may run what is in it
};
constexpr Certain certain[] = {
    {"safetensors", "a safetensors file", false},
    {"gguf", "a GGUF file", false},
    {"hdf5", "an HDF5 file", false},
    {"tflite", "a TensorFlow Lite model", false},
    {"executorch", "an ExecuTorch program", false},
    {"onnx", "an ONNX model", false},
    {"tensorflow", "a part of a TensorFlow model", true},
    {"npy", "a NumPy array", true},
    {"zip", "a zip archive", true},
    {"tar", "a tar archive", true},
    {"pickle", "a pickle", true},
};

// Endings that belong to one format, and the certain formats that files of that name are all the same.
struct Ending {
    std::string_view ending;
    std::initializer_list<std::string_view> formats;
    bool runs; // such files may run something by themselves
};
const Ending endings[] = {
    {".safetensors", {"safetensors"}, false},
    {".gguf", {"gguf"}, false},
    {".h5", {"hdf5"}, false},
    {".hdf5", {"hdf5"}, false},
    {".keras", {"zip"}, true},
    {".onnx", {"onnx"}, false},
    {".mlmodel", {}, false},
    {".tflite", {"tflite"}, false},
    {".pte", {"executorch"}, false},
    {".npy", {"npy"}, true},
    {".npz", {"zip"}, true},
    {".pt", {"zip", "tar", "pickle"}, true},
    {".pth", {"zip", "tar", "pickle"}, true},
    {".ptl", {"zip"}, true},
    {".nemo", {"zip", "tar"}, true},
    {".mar", {"zip", "tar"}, true},
    {".pkl", {"pickle", "zip", "tar", "npy"}, true},
    {".pickle", {"pickle", "zip", "tar", "npy"}, true},
    {".joblib", {"pickle", "zip", "npy"}, true},
    {".pb", {"tensorflow", "onnx"}, true},
    {".ubj", {}, false},
};

// Endings of what is no model; a file of that name is looked at when its first bytes say that it is one.
constexpr std::array dataEndings{".png"sv, ".jpg"sv, ".jpeg"sv, ".gif"sv, ".webp"sv, ".svg"sv, ".bmp"sv, ".pdf"sv,
    ".json"sv, ".jsonl"sv, ".ipynb"sv, ".csv"sv, ".tsv"sv, ".txt"sv, ".md"sv, ".rst"sv, ".py"sv, ".html"sv, ".xml"sv,
    ".yaml"sv, ".yml"sv, ".toml"sv, ".cfg"sv, ".ini"sv, ".log"sv, ".parquet"sv, ".wav"sv, ".mp3"sv, ".mp4"sv};
const Ending dataEnding{{}, {}, false};

bool hasDataEnding(std::string_view low)
{
    return std::any_of(
        dataEndings.begin(), dataEndings.end(), [low](std::string_view one) { return low.ends_with(one); });
}

// The same by the first bytes alone, for members of which there are many.
bool mayBeCertain(ByteView bytes)
{
    constexpr std::array signs{"\x80"sv, "PK"sv, "GGUF"sv, "\x89HDF"sv, "\x93NUMPY"sv, "\x08"sv, "\x0a"sv, "\x12"sv};
    const auto later = [bytes](std::size_t at, std::string_view sign) {
        return bytes.size() > at && bytes.substr(at).starts_with(sign);
    };
    return std::any_of(signs.begin(), signs.end(), [bytes](std::string_view one) { return bytes.starts_with(one); })
        || later(4, "TFL3"sv) || later(4, "ET12"sv) || later(8, "{"sv) || later(257, "ustar"sv);
}

const Certain* otherFormat(ByteView bytes, std::string_view fileName, std::string_view format, bool& mayRun)
{
    const auto low = lowered(fileName);
    const auto* const is = std::find_if(
        std::begin(certain), std::end(certain), [format](const Certain& one) { return one.format == format; });
    const auto* named = std::find_if(
        std::begin(endings), std::end(endings), [&low](const Ending& one) { return low.ends_with(one.ending); });
    if (named == std::end(endings) && hasDataEnding(low)) {
        named = &dataEnding;
    }
    if (is == std::end(certain) || named == std::end(endings)
        || std::find(named->formats.begin(), named->formats.end(), format) != named->formats.end()) {
        return nullptr;
    }
    if (format == "pickle" && !bytes.starts_with('\x80')) {
        return nullptr; // text that could be one
    }
    mayRun = is->mayRun && !named->runs;
    return is;
}

} // namespace

Promise promiseOf(std::string_view fileName)
{
    constexpr std::array weights{".pt"sv, ".pth"sv, ".ckpt"sv, ".safetensors"sv, ".h5"sv, ".hdf5"sv, ".onnx"sv,
        ".keras"sv, ".gguf"sv, ".pkl"sv, ".pickle"sv, ".joblib"sv, ".npy"sv, ".npz"sv, ".tflite"sv, ".pte"sv, ".nemo"sv,
        ".mar"sv, ".pdparams"sv, ".pdmodel"sv, ".mlmodel"sv, ".ptl"sv};
    const auto low = lowered(fileName);
    const auto ends = [&low](std::string_view ending) { return low.ends_with(ending); };
    return std::any_of(weights.begin(), weights.end(), ends) ? Promise::Weights
        : ends(".bin") || ends(".weights")                   ? Promise::Maybe
                                                             : Promise::None;
}

bool isNamedLikeModel(std::string_view fileName)
{
    constexpr std::array more{".pb"sv, ".ubj"sv, ".rds"sv, ".rda"sv, ".rdata"sv, ".msgpack"sv, ".skops"sv, ".dill"sv,
        ".pck"sv, ".pcl"sv, ".pk"sv, ".cloudpickle"sv, ".pdiparams"sv, ".pmml"sv, ".model"sv, ".cbm"sv, ".t7"sv,
        ".weights"sv, ".llamafile"sv, "model.bin"sv};
    const auto low = lowered(fileName);
    return promiseOf(low) == Promise::Weights
        || std::any_of(more.begin(), more.end(), [&low](auto ending) { return low.ends_with(ending); });
}

Disguise disguiseOf(ByteView bytes, std::string_view fileName, std::string_view format)
{
    Disguise out;
    out.promise = promiseOf(fileName);
    if (const auto program = programKind(bytes); !program.empty() && format == "unknown") {
        out.what = Disguise::What::Program;
        out.kind = program;
        return out;
    }
    if (const auto* other = otherFormat(bytes, fileName, format, out.mayRun)) {
        out.what = Disguise::What::OtherFormat;
        out.kind = other->kind;
        return out;
    }
    const bool text = format == "text" || format == "python" || format == "exported_html";
    if (!text || out.promise == Promise::None || bytes.empty()) {
        return out;
    }
    out.kind = format == "python" ? "a script"sv : textKind(bytes);
    out.what = out.kind == "a script" ? Disguise::What::Script : Disguise::What::Text;
    return out;
}

bool mayBeDisguised(ByteView bytes, std::string_view fileName)
{
    return promiseOf(fileName) != Promise::None || !programKind(bytes).empty()
        || (mayBeCertain(bytes) && (hasDataEnding(lowered(fileName)) || isNamedLikeModel(fileName)));
}

} // namespace cupel::formats
