// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/model/checks.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <array>
#include <string>

namespace cupel::rules::model {

namespace {

using namespace std::string_view_literals;

// What a name promises.
enum class Promise : std::uint8_t { None, Maybe, Weights };

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

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

void tell(const RuleInput& input, FindingSink& sink, std::string_view rule, std::string_view kind, Severity severity,
    std::string message)
{
    Hit hit;
    hit.rule = rule;
    hit.bytes = {0, std::min<std::uint64_t>(input.artifact.view().size(), 4)};
    hit.severity = severity;
    hit.confidence = Confidence::Certain;
    hit.message = std::move(message);
    hit.arguments["detail"] = hit.arguments["excerpt"] = std::string(kind);
    sink.add(std::move(hit));
}

} // namespace

void disguised(const RuleInput& input, FindingSink& sink)
{
    const auto& format = input.facts.format;
    const auto bytes = input.artifact.view();
    const auto promise = promiseOf(input.artifact.fileName());
    if (const auto program = programKind(bytes); !program.empty() && format == "unknown") {
        if (promise != Promise::None) {
            tell(input, sink, "CUP-MODEL-DISGUISED", program,
                promise == Promise::Weights ? Severity::High : Severity::Medium,
                "The file is named like weights and is " + std::string(program) + ".");
        } else if (!input.artifact.parent.empty()) {
            tell(input, sink, "CUP-ARC-PROGRAM", program, Severity::Medium,
                "A member of the archive is " + std::string(program) + ".");
        }
        return;
    }
    const bool text = format == "text" || format == "python" || format == "exported_html";
    if (!text || promise == Promise::None || bytes.empty()) {
        return;
    }
    const auto kind = format == "python" ? "a script"sv : textKind(bytes);
    const bool script = kind == "a script";
    tell(input, sink, script ? "CUP-MODEL-DISGUISED" : "CUP-MODEL-NOT-WEIGHTS", kind,
        !script                         ? Severity::Low
            : promise == Promise::Maybe ? Severity::Medium
                                        : Severity::High,
        "The file is named like weights and is " + std::string(kind) + ".");
}

} // namespace cupel::rules::model
