// SPDX-License-Identifier: GPL-3.0-or-later
// A shard of a TensorFlow checkpoint beside its index: two bytes say how long the index is, which comes first.
#include "analyzers/formats/registry.h"
#include "analyzers/formats/tensorflow/tf_bundle.h"
#include "analyzers/model/neighbours.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

static void look(std::string_view name, ByteView bytes, std::string_view other, ByteView otherBytes)
{
    const auto limits = fuzz::smallLimits();
    Budget budget(limits);
    Artifact artifact;
    artifact.path = name;
    artifact.bytes = std::make_shared<const std::string>(bytes);
    auto companions = std::make_shared<Neighbours>();
    companions->members.push_back(
        {std::string(other), otherBytes.size(), {}, std::make_shared<const std::string>(otherBytes)});
    artifact.companions = companions;
    Facts facts;
    formats::findFormat("tensorflow")->parse(artifact, budget, facts);
    fuzz::checkFacts(artifact, facts, limits);
    for (const auto& tensor : facts.model->tensors) {
        fuzz::must(!tensor.storedIn.empty() || tensor.bytes.end <= bytes.size(), "a tensor lies inside its shard");
    }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2) {
        return 0;
    }
    const auto all = fuzz::viewOf(data, size);
    const std::size_t length = data[0] | std::size_t{data[1]} << 8;
    const auto index = all.substr(2, length);
    const auto shard = all.substr(2 + index.size());
    Budget budget(fuzz::smallLimits());
    const auto bundle = formats::tensorflow::readBundle(index, budget);
    fuzz::must(bundle.entries.size() <= formats::tensorflow::Bundle::mostEntries, "entries are capped");
    constexpr std::string_view indexName = "variables.index";
    constexpr std::string_view shardName = "variables.data-00000-of-00001";
    look(indexName, index, shardName, shard);
    look(shardName, shard, indexName, index);
    return 0;
}
