// SPDX-License-Identifier: GPL-3.0-or-later
// NumPy arrays, one after another to the end of the file. Arrays of objects hold a pickle: it becomes a member.
// NEP 1 and numpy.lib.format.
#include "analyzers/base/budget.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/npy/npy_header.h"
#include "analyzers/formats/tensor_values.h"
#include "analyzers/model/facts.h"

#include <algorithm>
#include <memory>

namespace cupel::formats::npy {

namespace {

using namespace std::string_view_literals;

constexpr auto magic = "\x93NUMPY"sv;

void note(Facts& out, std::string code, std::string message, std::uint64_t at)
{
    out.status = ReadStatus::Partial;
    out.diagnostics.push_back({std::move(code), std::move(message), at, DiagnosticLevel::Incomplete});
}

// Where it ends only a pickle machine knows: the member has all the rest.
bool giveObjects(const Artifact& artifact, std::uint64_t start, Budget& budget, Facts& out)
{
    const auto bytes = artifact.view().substr(start);
    if (artifact.depth >= budget.limits().containerDepth || !budget.inflate(bytes.size())) {
        note(out, "member-too-large", "The objects of the array are more than the limit and were not looked at", start);
        return false;
    }
    ChildArtifact child{"objects-" + std::to_string(start) + ".pkl", SharedBytes(artifact.bytes.owner(), bytes)};
    if (out.takeChild) {
        out.takeChild(child);
        child.bytes.reset();
    }
    out.children.push_back(std::move(child));
    return true;
}

// NumPy evaluates headers that are refused here: texts in parts, raw or with escapes, keys that stand twice.
void giveWhatFollows(const Artifact& artifact, std::uint64_t start, Budget& budget, Facts& out)
{
    if (start == 0 || start >= artifact.view().size()) {
        return;
    }
    if (mayBePickle(artifact.view().substr(start))) {
        giveObjects(artifact, start, budget, out);
    }
}

ModelTensor describe(const Header& array, std::uint64_t number, std::uint64_t size)
{
    const auto held = array.objects ? size - array.dataStart : std::min(array.dataSize, size - array.dataStart);
    ModelTensor out{"array " + std::to_string(number), array.objects ? "object" : numpyWord(array.dtype), array.shape,
        {array.dataStart, array.dataStart + held}, {}};
    out.exactName = false;
    if (array.fortranOrder && array.shape.size() > 1) {
        std::uint64_t step = 1;
        for (const auto extent : array.shape) {
            out.strides.push_back(step);
            step *= extent; // fits: the size of the data does
        }
    }
    return out;
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    return head.starts_with(magic) ? 95 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto bytes = artifact.view();
    out.coverage.total = bytes.size();
    out.hasLines = false;
    auto model = std::make_shared<ModelContent>();
    model->kind = "NumPy array";
    out.model = model;
    std::uint64_t at = 0;
    while (at < bytes.size() && budget.spend(1'024)) {
        if (bytes.substr(at, magic.size()) != magic) {
            note(out, "trailing-bytes", counted(bytes.size() - at, "byte follows", "bytes follow") + " the array", at);
            model->addLeftover("npy-trailing", {at, bytes.size()});
            break;
        }
        const auto header = readHeader(bytes, at);
        if (!header) {
            note(out, "npy-header", "The header of an array cannot be read: " + header.error().detail, at);
            model->addFlaw("npy-header", {at, std::min<std::uint64_t>(at + 8, bytes.size())}, header.error().detail);
            giveWhatFollows(artifact, dataStart(bytes, at), budget, out);
            break;
        }
        const auto& array = header.value();
        model->add(describe(array, model->tensorCount, bytes.size()));
        if (array.objects) {
            at = giveObjects(artifact, array.dataStart, budget, out) ? bytes.size() : array.dataStart;
            out.coverage.understood = at;
            return;
        }
        if (array.dataSize > bytes.size() - array.dataStart) {
            note(out, "npy-truncated", "The array has fewer bytes than its shape says", array.dataStart);
            model->addFlaw("npy-header", {at, std::min<std::uint64_t>(at + 8, bytes.size())},
                "its shape asks for more bytes than there are");
            at = bytes.size();
            break;
        }
        at = array.dataStart + array.dataSize;
    }
    out.coverage.understood = std::min<std::uint64_t>(at, bytes.size());
}

} // namespace cupel::formats::npy
