// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/disguise.h"

#include "analyzers/formats/members.h"
#include "analyzers/formats/name_promise.h"
#include "analyzers/formats/pickle/probe.h"

#include <algorithm>
#include <array>
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

// Protocols 0 and 1 have no beginning of their own: one that names something and calls it.
bool isTextPickle(ByteView bytes)
{
    constexpr std::uint64_t enough = 2'000;
    const auto found = pickle::probe(bytes.substr(0, 1 << 16), 0, enough);
    return found.names && found.calls;
}

// The same by the first bytes alone, for members of which there are many.
bool mayBeCertain(ByteView bytes)
{
    constexpr std::array signs{"\x80"sv, "PK"sv, "GGUF"sv, "\x89HDF"sv, "\x93NUMPY"sv, "\x08"sv, "\x0a"sv, "\x12"sv,
        "7z\xBC"sv, "Rar!"sv, "\x1F\x8B"sv, "BZh"sv,
        "\xFD"
        "7zXZ"sv,
        "\x5D\0"sv, "\x28\xB5\x2F\xFD"sv, "\x04\x22\x4D\x18"sv, "\x78"sv, "RD"sv, "X\n"sv, "B\n"sv, "A\n"sv,
        "\x89PNG"sv, "\xFF\xD8\xFF"sv, "GIF8"sv, "RIFF"sv, "BM"sv, "II*"sv, "MM\0*"sv, "{"sv, "["sv, "<"sv, "tree"sv,
        "binf"sv};
    const auto later = [bytes](std::size_t at, std::string_view sign) {
        return bytes.size() > at && bytes.substr(at).starts_with(sign);
    };
    const auto first = bytes.empty() ? 0U : static_cast<unsigned char>(bytes[0]);
    return std::any_of(signs.begin(), signs.end(), [bytes](std::string_view one) { return bytes.starts_with(one); })
        || (first > 0x80 && first < 0xA0) || first >= 0xDC || later(4, "TFL3"sv) || later(4, "ET12"sv)
        || later(8, "{"sv) || later(257, "ustar"sv) || isTextPickle(bytes);
}

// What torch.save() writes: an archive of a pickle and its numbers, or a pickle behind its magic number.
bool isTorchFile(ByteView bytes, std::string_view format)
{
    constexpr std::uint64_t name = 30; // in the header of a member
    if (format == "zip" && bytes.size() > name + 4) {
        return slice(bytes, {name, name + number(bytes, 26, 2)}).ends_with("/data.pkl"sv);
    }
    return format == "pickle" && slice(bytes, {2, 14}) == "\x8a\x0al\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"sv;
}

const CertainFormat* otherFormat(ByteView bytes, std::string_view fileName, std::string_view format, bool& mayRun)
{
    const auto low = lowered(fileName);
    const auto* is = certainFormat(format);
    const auto* named = namePromise(low);
    if (!is || !named || (is->text && named->text) || (named->torch && isTorchFile(bytes, format))
        || std::find(named->formats.begin(), named->formats.end(), format) != named->formats.end()) {
        return nullptr;
    }
    if ((format == "sevenzip" || bytes.starts_with("Rar!"sv)) && isNamedModel(fileName)) {
        return nullptr; // told as an archive that nobody looks into ("archive-disguised")
    }
    if (format == "pickle" && !bytes.starts_with('\x80') && !isTextPickle(bytes)) {
        return nullptr; // text that could be one
    }
    mayRun = is->power > named->power;
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
        || (namePromise(lowered(fileName)) && mayBeCertain(bytes));
}

} // namespace cupel::formats
