// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/leftover.h"

#include "analyzers/formats/carried.h"
#include "analyzers/formats/pickle/probe.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace cupel::formats {

namespace {

constexpr std::size_t mostFound = 64; // pieces
constexpr std::size_t mostTries = 256; // of places in one range that a pickle may begin at

struct Found {
    CarriedPiece piece;
    std::uint64_t at = 0; // in the range
};

// At its first byte that is not zero, or a pickle anywhere.
Found find(ByteView bytes, Budget& budget)
{
    const auto first = bytes.find_first_not_of('\0');
    if (first == ByteView::npos || !budget.spend(bytes.size())) {
        return {};
    }
    if (const auto piece = carriedAt(bytes.substr(first)); piece.kind != Carried::Nothing) {
        return {piece, first};
    }
    auto at = pickle::nextCandidate(bytes, first, budget);
    for (std::size_t i = 0; at != pickle::nowhere && i < mostTries && budget.spend(64); ++i) {
        const auto piece = carriedAt(bytes.substr(at));
        if (piece.kind == Carried::Pickle) {
            return {piece, at};
        }
        at = pickle::nextCandidate(bytes, at + 1, budget);
    }
    return {};
}

std::string_view codeOf(Carried kind)
{
    return kind == Carried::Program ? "leftover-program"
        : kind == Carried::Pickle   ? "leftover-pickle"
                                    : "leftover-archive";
}

// What could not be understood behind the end is a member of its own now, or nothing at all.
void isChecked(Facts& out)
{
    std::erase_if(out.diagnostics, [](const Diagnostic& one) { return one.code == "trailing-bytes"; });
    const bool more = std::any_of(out.diagnostics.begin(), out.diagnostics.end(),
        [](const Diagnostic& one) { return one.level == DiagnosticLevel::Incomplete; });
    if (!more && out.status == ReadStatus::Partial) {
        out.status = ReadStatus::Complete;
        out.coverage.understood = out.coverage.total;
    }
}

} // namespace

// Fields that nobody knows stand side by side, and what is hidden in them goes from one to the next.
std::vector<ByteRange> joined(std::vector<ByteRange> ranges)
{
    std::sort(ranges.begin(), ranges.end(), [](ByteRange a, ByteRange b) { return a.start < b.start; });
    std::vector<ByteRange> out;
    for (const auto range : ranges) {
        if (!out.empty() && range.start <= out.back().end) {
            out.back().end = std::max(out.back().end, range.end);
        } else {
            out.push_back(range);
        }
    }
    return out;
}

Padding paddingBehind(const ModelFlaw& flaw, ByteView file)
{
    const bool behind = flaw.code.ends_with("-trailing") && flaw.count == 1 && flaw.bytes.end == file.size();
    return behind ? paddingOf(slice(file, flaw.bytes)) : Padding::None;
}

void judgeLeftover(const Artifact& artifact, Budget& budget, Facts& out)
{
    if (!out.model) {
        return;
    }
    const auto& flaws = out.model->flaws;
    if (std::any_of(flaws.begin(), flaws.end(),
            [&](const ModelFlaw& flaw) { return paddingBehind(flaw, artifact.view()) != Padding::None; })) {
        isChecked(out);
    }
    std::shared_ptr<ModelContent> model;
    std::size_t count = 0;
    for (const auto range : joined(out.model->leftover)) {
        const auto bytes = slice(artifact.view(), range);
        // What stands in front of everything was asked when the format was found; members of a zip are swept up.
        const auto [piece, at] = range.start == 0 || count >= mostFound ? Found{} : find(bytes, budget);
        const bool swept = out.format == "zip" && bytes.substr(at).starts_with("PK\3\4");
        if (piece.kind == Carried::Nothing || swept) {
            continue;
        }
        ++count;
        if (!model) {
            model = std::make_shared<ModelContent>(*out.model);
        }
        const ByteRange place{range.start + at, range.end};
        model->addFlaw(
            codeOf(piece.kind), {place.start, std::min(place.end, place.start + 16)}, std::string(piece.what));
        const bool behind = range.end == artifact.view().size();
        const auto name = (behind ? "behind-" : "between-") + std::to_string(place.start);
        const bool given = piece.kind != Carried::Program && giveMember(artifact, place, name, budget, out);
        if (given && behind && at == bytes.find_first_not_of('\0')) {
            isChecked(out);
        }
    }
    if (model) {
        out.model = std::move(model);
    }
}

} // namespace cupel::formats
