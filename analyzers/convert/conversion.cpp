// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/convert/conversion.h"

#include "analyzers/base/hash.h"
#include "analyzers/base/utf8.h"
#include "analyzers/convert/growth.h"
#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/formats/tensor_values.h"
#include "analyzers/model/name_mask.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cupel::convert {

namespace {

Error refused(std::string why)
{
    return Error{ErrorCode::Malformed, 0, std::move(why)};
}

// Tensors that are more than numbers in a row: their parts alone would be something else.
constexpr std::string_view composed[] = {"torch._utils._rebuild_sparse_tensor",
    "torch._utils._rebuild_sparse_csr_tensor", "torch._utils._rebuild_qtensor", "torch._utils._rebuild_nested_tensor",
    "torch._utils._rebuild_meta_tensor_no_storage", "torch._utils._rebuild_wrapper_subclass",
    "torch._utils._rebuild_device_tensor_from_numpy"};

// What is wrong with an archive so that loaders refuse it, or differ in what they read of it.
struct ArchiveFlaw {
    std::string_view code;
    std::string_view reason;
};
constexpr ArchiveFlaw archiveFlaws[] = {
    {"zip-checksum", "a member of its archive has a wrong checksum"},
    {"zip-damaged", "a member of its archive is damaged"},
    {"zip-duplicate", "two members of its archive have one name"},
    {"zip-names-differ", "a member of its archive has two names"},
    {"zip-overlap", "members of its archive overlap"},
    {"zip-checksums-differ", "a member of its archive has two checksums"},
    {"zip-entry-sizes-differ", "a member of its archive has two sizes"},
    {"zip-stored-sizes", "a member of its archive has two sizes"},
    {"zip-methods-differ", "a member of its archive is packed in two ways"},
    {"zip-no-header", "a member of its archive is not where the directory says"},
    {"zip-hidden", "its archive holds members that its directory does not name"},
};

std::string_view flawOf(const Facts& archive)
{
    for (const auto& [code, reason] : archiveFlaws) {
        const auto is = [code](const auto& flaw) { return flaw.code == code; };
        if (std::any_of(archive.flaws.begin(), archive.flaws.end(), is)
            || (archive.model && std::any_of(archive.model->flaws.begin(), archive.model->flaws.end(), is))) {
            return reason;
        }
    }
    return archive.status == ReadStatus::Complete ? "" : "its archive could not be read to its end";
}

bool isComposed(std::string_view path)
{
    return path.starts_with("scipy.sparse.") || path.starts_with("numpy.ma.")
        || std::find(std::begin(composed), std::end(composed), path) != std::end(composed);
}

// What the member "byteorder" says: by its bytes, or by their digest where those are gone.
bool isBig(const Artifact& order)
{
    return order.bytes ? order.view() == "big" : order.sha256 == sha256("big");
}

class Planner {
public:
    enum class Wanted : std::uint8_t { Conversion, Answer }; // an answer needs no bytes and names nothing

    explicit Planner(const std::vector<AnalysisPtr>& analyses, Wanted wanted = Wanted::Conversion)
        : m_wanted(wanted)
    {
        for (const auto& analysis : analyses) {
            m_byPath.emplace(analysis->artifact.path, analysis);
        }
    }

    // Empty: it can be done.
    std::string trouble()
    {
        std::string trouble = choose();
        for (const auto& [analysis, name] : m_sources) {
            trouble = trouble.empty() ? add(analysis, name) : trouble;
        }
        return trouble.empty() ? growthTrouble() : trouble;
    }

    Result<Conversion> run()
    {
        if (auto reason = trouble(); !reason.empty()) {
            return refused(std::move(reason));
        }
        finish();
        return std::move(m_out);
    }

private:
    static constexpr unsigned deepest = 64; // archives in archives

    using Source = std::pair<AnalysisPtr, std::string>; // and the name of its only array

    // Which of the artifacts holds the tensors: one pickle, or arrays of NumPy by their file's names.
    std::string choose()
    {
        std::vector<Source> arrays;
        for (const auto& [path, analysis] : m_byPath) {
            const auto* model = analysis->facts.model.get();
            if (!model || model->tensorCount == 0) {
                continue;
            }
            if (analysis->facts.format == "npy") {
                const auto name = std::string(analysis->artifact.fileName());
                arrays.emplace_back(analysis, name.ends_with(".npy") ? name.substr(0, name.size() - 4) : name);
            } else if (analysis->facts.format == "pickle") {
                m_sources.emplace_back(analysis, std::string());
            } else if (analysis->facts.format == "safetensors") {
                return said("it is a safetensors file already", called(*analysis) + " is a safetensors file already");
            } else {
                return said("its tensors are no PyTorch or NumPy ones",
                    "the tensors of " + called(*analysis) + " are no PyTorch or NumPy ones");
            }
        }
        if (m_sources.empty()) {
            m_sources = std::move(arrays);
        } else if (m_sources.size() > 1) {
            return said("more than one pickle holds tensors",
                "more than one pickle holds tensors: " + called(*m_sources[0].first) + " and "
                    + called(*m_sources[1].first));
        }
        return m_sources.empty() ? "it holds no tensors that are known" : "";
    }

    // Of what it lies in, and whether something else lies there by the same name ("data.pkl (2)": MemberGiver).
    std::string archiveTrouble(const Artifact& artifact) const
    {
        if (m_byPath.contains(artifact.path + " (2)")) {
            return "two members of its archive have one name";
        }
        auto found = m_byPath.find(artifact.parent);
        for (unsigned i = 0; i < deepest && found != m_byPath.end(); ++i) {
            if (const auto reason = flawOf(found->second->facts); !reason.empty()) {
                return std::string(reason);
            }
            found = m_byPath.find(found->second->artifact.parent);
        }
        return {};
    }

    // Views that repeat their numbers, and many of the same numbers, are written out number by number.
    [[nodiscard]] std::string growthTrouble() const
    {
        std::uint64_t held = 0;
        for (const auto& [path, size] : m_holders) {
            held += size; // each is part of a file, or has been unpacked
        }
        return outgrows(m_out.bytes, held) ? "its tensors would be written with " + std::to_string(m_out.bytes)
                + " bytes, and what they are read from has " + std::to_string(held)
                                           : "";
    }

    std::string add(const AnalysisPtr& analysis, const std::string& name)
    {
        const auto& model = *analysis->facts.model;
        if (auto trouble = archiveTrouble(analysis->artifact); !trouble.empty()) {
            return trouble;
        }
        if (analysis->facts.status != ReadStatus::Complete) {
            return said("it could not be read to its end", called(*analysis) + " could not be read to its end");
        }
        if (model.tensors.size() < model.tensorCount) {
            return said("it has more tensors than are listed", called(*analysis) + " has more tensors than are listed");
        }
        if (!name.empty() && model.tensors.size() != 1) {
            return said("a file of NumPy holds more than one array", called(*analysis) + " holds more than one array");
        }
        if (const auto* pickle = formats::pickleFacts(analysis->facts)) {
            for (const auto& global : pickle->globals) {
                if (isComposed(global.path())) {
                    return "it holds tensors that are more than numbers in a row"
                        + (m_wanted == Wanted::Answer ? std::string() : " (" + global.path() + ")");
                }
            }
            if (const auto order = member(*analysis, "byteorder"); order && isBig(order->artifact)) {
                return "its numbers are big-endian";
            }
            m_out.notes.emplace_back("Only tensors are carried over, no other objects of the pickle.");
        }
        const NameMask shown(*analysis);
        const auto* facts = formats::pickleFacts(analysis->facts);
        for (std::size_t i = 0; i < model.tensors.size(); ++i) {
            const auto& tensor = model.tensors[i];
            const auto text = facts ? facts->textTensors.find(i) : decltype(facts->textTensors.end())();
            const bool asText = facts && text != facts->textTensors.end();
            const auto place = asText ? text->second : tensor.bytes;
            if (const auto trouble = add(*analysis, tensor, name, place, asText); !trouble.empty()) {
                const auto what = name.empty() ? "tensor " + quoted(shown(tensor.name)) : "array " + quoted(name);
                return said("one of its tensors: ", what + ": ") + trouble;
            }
        }
        return {};
    }

    // An answer goes into reports, which have their own way to show names.
    [[nodiscard]] std::string said(std::string_view answer, std::string named) const
    {
        return m_wanted == Wanted::Answer ? std::string(answer) : std::move(named);
    }

    static std::string quoted(std::string_view name) { return "\u201c" + toDisplay(name, 200) + "\u201d"; }

    static std::string called(const Analysis& analysis)
    {
        const auto& artifact = analysis.artifact;
        return quoted(artifact.parent.empty() ? artifact.fileName() : artifact.memberName());
    }

    // `place`: of its bytes, or of the text that stands for them.
    std::string add(
        const Analysis& analysis, const ModelTensor& tensor, const std::string& name, ByteRange place, bool asText)
    {
        ConvertedTensor out{
            name.empty() ? tensor.name : name, tensor.dtype, tensor.shape, tensor.strides, {}, 0, 0, asText};
        out.width = formats::bitsOf(tensor.dtype) / 8;
        if (name.empty() && !tensor.exactName) {
            return "its name is not known exactly";
        }
        if (out.width == 0 || tensor.dtype.starts_with('>')) { // big-endian, which it has no word for
            return "safetensors has no type for " + toDisplay(tensor.dtype, 40);
        }
        const auto elements = elementCount(tensor.shape);
        if (__builtin_mul_overflow(elements, out.width, &out.bytes)) {
            return "it is larger than any file";
        }
        const auto holder =
            tensor.storedIn.empty() ? m_byPath.at(analysis.artifact.path) : member(analysis, tensor.storedIn);
        if (!holder || (m_wanted == Wanted::Conversion && !holder->artifact.bytes)) {
            return "its bytes are not in the file";
        }
        if (!tensor.storedIn.empty() && m_byPath.contains(holder->artifact.path + " (2)")) {
            return "its bytes stand twice in the file";
        }
        out.source = slice(holder->artifact.view(), place);
        const auto there = m_wanted == Wanted::Conversion ? out.source.size()
            : place.end <= holder->size                   ? place.size()
                                                          : 0;
        if (there < place.size() || there < reach(out)) {
            return "its bytes are not all in the file";
        }
        if (out.name == "__metadata__") {
            return "safetensors keeps that name for itself";
        }
        if (!m_names.insert(out.name).second) {
            return "its name stands twice";
        }
        if (out.bytes > 0) {
            ++m_places[{holder->artifact.path, place.start}];
        }
        m_reordered += isReordered(out) ? 1 : 0;
        if (__builtin_add_overflow(m_out.bytes, out.bytes, &m_out.bytes)) {
            return "with it they are larger than any file";
        }
        m_held.insert(holder->artifact.bytes.owner());
        m_holders.emplace(holder->artifact.path, holder->size);
        m_out.tensors.push_back(std::move(out));
        return {};
    }

    // Whether its numbers stand in another order in the old file: columns first, or a part of something larger.
    static bool isReordered(const ConvertedTensor& tensor)
    {
        std::uint64_t step = 1;
        for (std::size_t i = tensor.strides.size(); i > 0 && tensor.bytes > 0; --i) {
            if (tensor.shape[i - 1] > 1 && tensor.strides[i - 1] != step) {
                return true;
            }
            step *= tensor.shape[i - 1]; // fits: the number of its bytes does
        }
        return false;
    }

    // Bytes from its first element to its last.
    static std::uint64_t reach(const ConvertedTensor& tensor)
    {
        if (tensor.bytes == 0 || tensor.strides.empty()) {
            return tensor.bytes;
        }
        std::uint64_t last = 0;
        for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
            std::uint64_t step = 0;
            if (__builtin_mul_overflow(tensor.shape[i] - 1, tensor.strides[i], &step)
                || __builtin_add_overflow(last, step, &last)) {
                return ~std::uint64_t{0};
            }
        }
        std::uint64_t end = 0;
        return __builtin_add_overflow(last, 1, &end) || __builtin_mul_overflow(end, tensor.width, &end)
            ? ~std::uint64_t{0}
            : end;
    }

    [[nodiscard]] AnalysisPtr member(const Analysis& analysis, const std::string& name) const
    {
        const auto& path = analysis.artifact.path;
        const auto cut = path.find_last_of("/!");
        const auto found = m_byPath.find(path.substr(0, cut == std::string::npos ? 0 : cut + 1) + name);
        return found == m_byPath.end() ? nullptr : found->second;
    }

    void finish()
    {
        std::sort(m_out.tensors.begin(), m_out.tensors.end(),
            [](const auto& a, const auto& b) { return std::tie(b.width, a.name) < std::tie(a.width, b.name); });
        const auto shared =
            std::count_if(m_places.begin(), m_places.end(), [](const auto& one) { return one.second > 1; });
        if (shared > 0) {
            m_out.notes.push_back(std::to_string(shared)
                + (shared == 1 ? " group of tensors shares" : " groups of tensors share")
                + " its bytes in the old file: each is written by itself.");
        }
        if (m_reordered > 0) {
            m_out.notes.push_back(std::to_string(m_reordered) + (m_reordered == 1 ? " tensor does" : " tensors do")
                + " not stand row by row in the old file: the same numbers, written row by row.");
        }
        m_out.held.assign(m_held.begin(), m_held.end());
    }

    Wanted m_wanted;
    std::map<std::string, AnalysisPtr> m_byPath;
    std::vector<Source> m_sources;
    std::set<std::string> m_names;
    std::map<std::pair<std::string, std::uint64_t>, std::uint64_t> m_places;
    std::set<std::shared_ptr<const void>> m_held;
    std::map<std::string, std::uint64_t> m_holders; // of the numbers, and their bytes
    std::size_t m_reordered = 0;
    Conversion m_out;
};

} // namespace

Result<Conversion> planConversion(const std::vector<AnalysisPtr>& analyses)
{
    return Planner(analyses).run();
}

std::string conversionTrouble(const std::vector<AnalysisPtr>& analyses)
{
    return Planner(analyses, Planner::Wanted::Answer).trouble();
}

} // namespace cupel::convert
