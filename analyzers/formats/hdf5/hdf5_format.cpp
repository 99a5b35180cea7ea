// SPDX-License-Identifier: GPL-3.0-or-later
// HDF5: models of Keras before .keras, weights of .keras archives, tables of pandas. Read by Cupel's own bounded
// reader; data sets are not decoded.
#include "analyzers/base/budget.h"
#include "analyzers/formats/hdf5/hdf5_walk.h"
#include "analyzers/model/facts.h"

#include <algorithm>
#include <memory>

namespace cupel::formats::hdf5 {

namespace {

void judgeEnds(const File& file, Facts& out, ModelContent& model)
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
    } else if (end < size) {
        model.addLeftover("hdf5-trailing", {end, size});
        Region region;
        region.kind = RegionKind::Raw;
        region.part = Part::Metadata;
        region.bytes = {end, size};
        region.name = "behind the end";
        out.regions.push_back(std::move(region));
    }
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
    const auto file = File::open(bytes);
    if (!file) {
        model->addFlaw("hdf5-broken", {0, std::min<std::uint64_t>(8, bytes.size())}, "the superblock");
        noteOnce(out, "hdf5-incomplete", "The superblock cannot be used", 0);
        out.regions.push_back({RegionKind::Raw, Part::Metadata, TextForm::Plain, {0, bytes.size()}, -1, -1, -1, {}});
        return;
    }
    model->kind = "HDF5, superblock " + std::to_string(file->version());
    ModelParts parts(bytes, out, *model);
    judgeEnds(*file, out, *model);
    Walk(*file, parts, budget).run();
    out.coverage.understood = out.status == ReadStatus::Complete ? bytes.size() : bytes.size() / 2;
}

} // namespace cupel::formats::hdf5
