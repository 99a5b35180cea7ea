// SPDX-License-Identifier: GPL-3.0-or-later
// What explains files of a checkpoint of Orbax. 'a': the description of an array, a zero, a chunk of it. Anything else:
// a manifest whose nodes lie in the input itself, whatever file they name.
#include "analyzers/formats/ocdbt/ocdbt_tree.h"
#include "analyzers/formats/registry.h"
#include "analyzers/model/neighbours.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

namespace {

void array(ByteView input)
{
    const auto end = input.find('\0');
    if (end == ByteView::npos) {
        return;
    }
    auto beside = std::make_shared<Neighbours>();
    const auto description = std::string(input.substr(0, end));
    beside->members.push_back({description.find("chunk_grid") == std::string::npos ? ".zarray" : "zarr.json",
        description.size(), {}, std::make_shared<const std::string>(description)});
    Artifact artifact;
    artifact.path = "w/0.0";
    artifact.bytes = std::make_shared<const std::string>(input.substr(end + 1));
    artifact.companions = std::move(beside);
    Budget budget(fuzz::smallLimits());
    Facts facts;
    formats::findFormat("zarr")->parse(artifact, budget, facts);
    fuzz::must(facts.coverage.understood <= facts.coverage.total, "no more is understood than there is");
    fuzz::must(facts.status == ReadStatus::Complete || !facts.diagnostics.empty(), "what is not read is said");
    fuzz::must(facts.status != ReadStatus::Complete || facts.coverage.understood == facts.coverage.total,
        "what is called complete is understood");
}

void database(ByteView input)
{
    Budget budget(fuzz::smallLimits());
    std::size_t read = 0;
    const auto part = [&](const std::string& path, ByteRange range) {
        fuzz::must(!path.starts_with('/') && path.find("../") == std::string::npos, "no path leads out");
        fuzz::must(++read <= 1'000'000, "reading ends");
        return std::string(slice(input,
            {std::min<std::uint64_t>(range.start, input.size()), std::min<std::uint64_t>(range.end, input.size())}));
    };
    for (const auto& [path, values] : formats::ocdbt::valuesOf(input, part, budget)) {
        for (const auto range : values) {
            fuzz::must(range.start <= range.end, "a value begins before it ends");
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto input = fuzz::viewOf(data, size);
    if (input.starts_with('a')) {
        array(input.substr(1));
    } else {
        database(input);
    }
    return 0;
}
