// SPDX-License-Identifier: GPL-3.0-or-later
// Everything no other format takes: searched as raw bytes, and said to be so.
#include "analyzers/base/budget.h"
#include "analyzers/base/byte_cover.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/members.h"
#include "analyzers/formats/onnx_outside.h"
#include "analyzers/formats/torch_storage.h"
#include "analyzers/model/facts.h"
#include "analyzers/model/neighbours.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>

namespace cupel::formats::unknown {

namespace {

constexpr std::array<bool, 256> printable = [] {
    std::array<bool, 256> table{};
    for (std::size_t byte = 0x20; byte < 0x7F; ++byte) {
        table[byte] = true;
    }
    table['\n'] = table['\t'] = true;
    return table;
}();

bool isPrintable(char c)
{
    return printable[static_cast<unsigned char>(c)];
}

// Words between numbers: what is printable over this length is no accident, and all the rest is not worth a search.
// Such a text holds a whole piece of half its length, and of most pieces one look at their highest bits says that they
// are none.
void addTexts(ByteView whole, ByteRange range, Budget& budget, Facts& out)
{
    constexpr std::size_t shortest = 16;
    constexpr std::size_t piece = sizeof(std::uint64_t);
    constexpr std::uint64_t highBits = 0x8080808080808080;
    constexpr std::size_t mostTexts = 10'000;
    constexpr std::size_t paid = 64 << 10; // at once
    const auto bytes = whole.substr(0, range.end);
    std::size_t start = range.start;
    std::size_t due = start;
    for (std::size_t at = start; at + piece <= bytes.size();) {
        if (at >= due) {
            if (!budget.spend(paid)) {
                return;
            }
            due = at + paid;
        }
        std::uint64_t value = 0;
        std::memcpy(&value, bytes.data() + at, piece);
        if ((value & highBits) != 0 || !std::all_of(bytes.begin() + at, bytes.begin() + at + piece, isPrintable)) {
            at += piece;
            continue;
        }
        auto first = at;
        while (first > start && isPrintable(bytes[first - 1])) {
            --first;
        }
        auto end = at + piece;
        while (end < bytes.size() && isPrintable(bytes[end])) {
            ++end;
        }
        at = start = end;
        if (end - first >= shortest && out.regions.size() >= mostTexts) {
            noteIncomplete(
                out, "too-many-texts", "More words among numbers than are searched; the rest was not", first);
            return;
        }
        if (end - first >= shortest) {
            Region region;
            region.bytes = {first, end};
            out.regions.push_back(std::move(region));
        } else if (end - first >= shortest) {
            out.regions.back().bytes.end = end;
        }
    }
}

// Numbers of tensors, and filling between them. What a piece begins like is told as in any other format.
void judgeOutside(const Artifact& artifact, const OutsideTensors& tensors, Budget& budget, Facts& out)
{
    constexpr std::size_t mostCarried = 64;
    const auto bytes = artifact.view();
    auto model = std::make_shared<ModelContent>();
    model->kind = "numbers of an ONNX model";
    model->references.push_back({"model", std::string(tensors.model), {}});
    out.model = model;
    out.scannable = false;
    out.hasLines = false;
    ByteCover cover;
    std::size_t carried = 0;
    for (const auto place : tensors.places) {
        cover.add(place);
        const auto piece = carriedAt(slice(bytes, place));
        if (piece.kind == Carried::Nothing || ++carried > mostCarried) {
            continue;
        }
        const ByteRange head{place.start, std::min(place.end, place.start + 16)};
        model->addFlaw(piece.kind == Carried::Program ? "carried-program"
                : piece.kind == Carried::Pickle       ? "carried-pickle"
                                                      : "carried-archive",
            head, std::string(piece.what));
        if (piece.kind != Carried::Program) {
            giveMember(artifact, place,
                (piece.kind == Carried::Pickle ? "tensor-" : "archive-") + std::to_string(place.start), budget, out);
        }
    }
    // Where exporters let a tensor begin, so that it can be mapped; filled up with zeros.
    constexpr std::uint64_t border = 64 << 10;
    std::uint64_t left = 0;
    for (const auto gap : cover.gaps({0, bytes.size()})) {
        const bool behind = gap.end == bytes.size();
        const bool zeros = slice(bytes, gap).find_first_not_of('\0') == ByteView::npos;
        if (behind || !zeros || gap.size() > border) {
            model->addLeftover(behind ? "model-trailing" : "model-gap", gap);
            left += gap.size();
        }
    }
    out.coverage = {bytes.size() - left, bytes.size()};
    addTexts(bytes, {0, bytes.size()}, budget, out);
    if (left > 0 || !cover.isKnown()) {
        noteIncomplete(out, "trailing-bytes",
            counted(left, "byte belongs", "bytes belong") + " to no tensor of the model beside it");
    }
}

} // namespace

int sniff(ByteView /*head*/, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    return 1;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto size = artifact.view().size();
    if (isTorchStorage(artifact)) {
        out.scannable = false;
        out.coverage = {size, size};
        out.hasLines = false;
        // Without a search through all numbers, words among them stand at the edges if anywhere.
        constexpr std::uint64_t edge = 1 << 20;
        // Who wants no digests does not want every byte looked at.
        const bool looked = budget.limits().checksums && budget.limits().digests;
        const bool whole = looked || size <= 2 * edge;
        addTexts(artifact.view(), {0, whole ? size : edge}, budget, out);
        if (!whole) {
            addTexts(artifact.view(), {size - edge, size}, budget, out);
            noteLeftOut(
                out, "Words among its numbers were looked for in the first and the last MiB only, as asked for");
        }
        return;
    }
    if (size == 0) {
        out.hasLines = false;
        auto model = std::make_shared<ModelContent>();
        model->kind = "empty file";
        out.model = model;
        out.flaws.push_back({"model-empty", {}, {}, -1, 1});
        noteIncomplete(
            out, "empty", "The file is empty: there is nothing to load, and nothing that could be checked", 0);
        return;
    }
    if (const auto tensors = outsideTensors(artifact, budget)) {
        judgeOutside(artifact, *tensors, budget, out);
        return;
    }
    out.scannable = false;
    Region region;
    region.bytes = {0, size};
    out.regions.push_back(region);
    out.status = ReadStatus::Partial;
    out.coverage = {0, size};
    out.diagnostics.push_back({"unknown-format", "The format is not known; only its raw bytes were searched", 0,
        DiagnosticLevel::Incomplete});
}

} // namespace cupel::formats::unknown
