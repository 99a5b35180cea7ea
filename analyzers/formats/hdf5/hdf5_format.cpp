// SPDX-License-Identifier: GPL-3.0-or-later
// HDF5: models of Keras before .keras, weights of .keras archives, tables of pandas. Read by Cupel's own bounded
// reader; data sets are not decoded.
#include "analyzers/base/budget.h"
#include "analyzers/base/byte_cover.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/hdf5/hdf5_walk.h"
#include "analyzers/model/facts.h"

#include <algorithm>
#include <memory>

namespace cupel::formats::hdf5 {

namespace {

constexpr std::size_t mostShown = 1'000; // rooms whose content is searched

// Up to where the file goes by what it says.
std::uint64_t judgeEnds(const File& file, Facts& out, ModelContent& model)
{
    const auto size = file.bytes().size();
    if (file.start() > 0) {
        model.addFlaw("hdf5-user-block", {0, file.start()}, std::to_string(file.start()));
        Region region;
        region.kind = RegionKind::Raw;
        region.part = Part::Metadata;
        region.bytes = {0, file.start()};
        region.name = "user block";
        out.regions.push_back(std::move(region));
    }
    // The end is counted from the superblock, or from the beginning of the file: writers differ.
    const auto end = file.end() > size ? file.end() : std::max(file.end(), std::min(size, file.end() + file.start()));
    if (file.end() > size) {
        model.addFlaw("hdf5-truncated", {size, size}, std::to_string(file.end() - size));
        noteOnce(out, "hdf5-truncated", "The file is shorter than it says", size);
    } else if (end < size && !isFiller(slice(file.bytes(), {end, size}))) {
        model.addLeftover("hdf5-trailing", {end, size});
        Region region;
        region.kind = RegionKind::Raw;
        region.part = Part::Metadata;
        region.bytes = {end, size};
        region.name = "behind the end";
        out.regions.push_back(std::move(region));
        noteOnce(
            out, "trailing-bytes", counted(size - end, "byte follows", "bytes follow") + " the end of the file", end);
    }
    return std::min(end, size);
}

// Room that nothing uses is zero as the library writes it; what a deleted object left there says something.
std::uint64_t judgeRoom(const File& file, ByteCover& cover, ByteRange whole, Facts& out, ModelContent& model)
{
    std::uint64_t sum = 0;
    ByteRange first;
    for (const auto gap : cover.gaps(whole)) {
        const auto bytes = slice(file.bytes(), gap);
        const auto from = bytes.find_first_not_of('\0');
        if (from == ByteView::npos) {
            continue;
        }
        const ByteRange range{gap.start + from, gap.start + bytes.find_last_not_of('\0') + 1};
        first = sum == 0 ? range : first;
        sum += range.size();
        model.keepLeftover(range);
        if (model.leftover.size() < mostShown) {
            out.regions.push_back({RegionKind::Raw, Part::Metadata, TextForm::Plain, range, -1, -1, -1, "unused room"});
        }
    }
    if (sum > 0) {
        model.addFlaw("hdf5-unused", first, std::to_string(sum));
    }
    return sum;
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    const auto at = findSignature(head);
    return !at ? 0 : *at == 0 ? 95 : 60;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto bytes = artifact.view();
    out.coverage.total = bytes.size();
    out.hasLines = false;
    auto model = std::make_shared<ModelContent>();
    model->kind = "HDF5";
    out.model = model;
    auto file = File::open(bytes);
    if (!file) {
        model->addFlaw("hdf5-broken", {0, std::min<std::uint64_t>(8, bytes.size())}, "the superblock");
        noteOnce(out, "hdf5-incomplete", "The superblock cannot be used", 0);
        out.regions.push_back({RegionKind::Raw, Part::Metadata, TextForm::Plain, {0, bytes.size()}, -1, -1, -1, {}});
        return;
    }
    model->kind = "HDF5, superblock " + std::to_string(file->version());
    ModelParts parts(bytes, out, *model);
    ByteCover cover;
    file->setCover(cover);
    Walk walk(*file, parts, budget);
    walk.run();
    const bool whole = out.status == ReadStatus::Complete;
    const auto end = judgeEnds(*file, out, *model);
    const ByteRange inside{file->start(), std::max(end, file->start())};
    walk.useHeaps(cover, inside);
    if (whole && !budget.stopped() && (!walk.isFollowed() || !cover.isKnown())) {
        noteOnce(out, "layout-not-known", "Which bytes belong to nothing was not worked out", 0);
    }
    const bool known = whole && walk.isFollowed() && cover.isKnown() && !budget.stopped();
    const auto unused = known ? judgeRoom(*file, cover, inside, out, *model) : 0;
    out.coverage.understood = known ? end - unused : bytes.size() / 2;
}

} // namespace cupel::formats::hdf5
