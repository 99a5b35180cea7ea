// SPDX-License-Identifier: GPL-3.0-or-later
// TorchScript stores its code as text beside the weights; what runs is compiled from that text. Operators of PyTorch
// that touch files, and operators of libraries that PyTorch does not bring.
#include "analyzers/model/neighbours.h"
#include "analyzers/rules/model/checks.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace cupel::rules::model {

namespace {

using namespace std::string_view_literals;

struct Operator {
    std::string_view path;
    std::string_view does;
};
constexpr std::array fileOperators{Operator{"torch.save", "writes a file"}, Operator{"ops.aten.save", "writes a file"},
    Operator{"torch.load", "loads a file"}, Operator{"torch.from_file", "maps a file into memory"},
    Operator{"ops.aten.from_file", "maps a file into memory"}, Operator{"ops.image.read_file", "reads a file"},
    Operator{"ops.image.write_file", "writes a file"},
    Operator{"ops.video_reader.read_video_from_file", "reads a file"},
    Operator{"ops.torchaudio.sox_io_load_audio_file", "reads a file"},
    Operator{"ops.torchaudio.sox_io_save_audio_file", "writes a file"},
    Operator{"ops.torchaudio.sox_effects_apply_effects_file", "reads a file"},
    Operator{"ops.load_library", "loads a library of native code"},
    Operator{"torch.distributed.rpc.rpc_sync", "calls another machine"},
    Operator{"torch.distributed.rpc.rpc_async", "calls another machine"},
    Operator{"torch.distributed.rpc.rpc_remote", "calls another machine"}};
// Libraries of operators that come with PyTorch and its own packages.
constexpr std::array knownLibraries{"aten"sv, "prim"sv, "prims"sv, "quantized"sv, "_quantized"sv,
    "quantized_decomposed"sv, "torchvision"sv, "torchaudio"sv, "image"sv, "video_reader"sv, "sparse"sv, "mkldnn"sv,
    "mkldnn_prepacked"sv, "prepacked"sv, "xnnpack"sv, "onednn"sv, "inductor"sv, "profiler"sv, "static_runtime"sv,
    "metal"sv, "vulkan"sv, "c10d"sv, "rnn"sv, "cuda"sv, "higher_order"sv, "fb"sv, "internal"sv};

bool isTorchScript(const Artifact& artifact)
{
    const auto name = artifact.memberName();
    const auto code = name.find("code/");
    if (!artifact.beside || artifact.beside->members.empty() || code == std::string_view::npos || !name.ends_with(".py")
        || (code > 0 && name[code - 1] != '/')) {
        return false;
    }
    const std::string root(name.substr(0, code));
    return artifact.beside->find(root + "constants.pkl") || artifact.beside->find(root + "data.pkl");
}

bool isPart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

class Scanner {
public:
    Scanner(const RuleInput& input, FindingSink& sink)
        : m_text(input.facts.text(input.artifact))
        , m_input(input)
        , m_sink(sink)
    {
    }

    // Dotted names one after another; strings and comments are passed over.
    void run()
    {
        std::size_t at = 0;
        while (at < m_text.size() && m_input.budget.spend(1)) {
            const char c = m_text[at];
            if (c == '"' || c == '\'') {
                at = behindString(at);
            } else if (c == '#') {
                at = std::min(m_text.find('\n', at), m_text.size());
            } else if (isPart(c)) {
                const auto start = at;
                while (at < m_text.size() && isPart(m_text[at])) {
                    ++at;
                }
                name(m_text.substr(start, at - start), {start, at});
            } else {
                ++at;
            }
        }
    }

private:
    [[nodiscard]] std::size_t behindString(std::size_t at) const
    {
        const char quote = m_text[at++];
        while (at < m_text.size() && m_text[at] != quote && m_text[at] != '\n') {
            at += m_text[at] == '\\' ? 2 : 1;
        }
        return std::min(at + 1, m_text.size());
    }

    void name(std::string_view path, ByteRange place)
    {
        const auto found = std::find_if(fileOperators.begin(), fileOperators.end(), [path](const Operator& one) {
            return path == one.path || (path.starts_with("torch.") && path.substr(6) == one.path);
        });
        if (found != fileOperators.end()) {
            tell("CUP-TORCHSCRIPT-FILES", place, Severity::High, path,
                "The code of the model calls " + std::string(path) + ", which " + std::string(found->does)
                    + " when the model is used.");
            return;
        }
        const auto own = path.starts_with("torch.ops.") ? path.substr(10)
            : path.starts_with("ops.")                  ? path.substr(4)
                                                        : "";
        const auto library = own.substr(0, own.find('.'));
        const bool known = std::find(knownLibraries.begin(), knownLibraries.end(), library) != knownLibraries.end();
        if (!library.empty() && library.size() < own.size() && !known && library.size() < 80
            && m_libraries.insert(std::string(library)).second && m_libraries.size() < 50) {
            tell("CUP-TORCHSCRIPT-LIBRARY", place, Severity::Info, path,
                "The code of the model needs operators of \"" + std::string(library)
                    + "\", which PyTorch does not have.");
        }
    }

    void tell(std::string_view rule, ByteRange place, Severity severity, std::string_view path, std::string message)
    {
        Hit hit;
        hit.rule = rule;
        hit.bytes = place;
        hit.severity = severity;
        hit.confidence = Confidence::Likely;
        hit.message = std::move(message);
        hit.arguments["name"] = std::string(path.substr(0, 120));
        hit.quotes.emplace_back(place, std::string(path));
        m_sink.add(std::move(hit));
    }

    ByteView m_text;
    const RuleInput& m_input;
    FindingSink& m_sink;
    std::set<std::string> m_libraries;
};

} // namespace

void torchScript(const RuleInput& input, FindingSink& sink)
{
    if (isTorchScript(input.artifact)) {
        Scanner(input, sink).run();
    }
}

} // namespace cupel::rules::model
