// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/model_content.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace cupel {

namespace {

constexpr auto most = std::numeric_limits<std::uint64_t>::max();

} // namespace

std::uint64_t elementCount(const std::vector<std::uint64_t>& shape)
{
    if (std::find(shape.begin(), shape.end(), 0) != shape.end()) {
        return 0;
    }
    std::uint64_t count = 1;
    for (const auto extent : shape) {
        count = count > most / extent ? most : count * extent;
    }
    return count;
}

void ModelContent::add(ModelTensor tensor)
{
    ++tensorCount;
    const auto elements = tensor.hasData ? elementCount(tensor.shape) : 0;
    parameterCount = elements > most - parameterCount ? most : parameterCount + elements;
    if (tensors.size() < mostTensors) {
        tensors.push_back(std::move(tensor));
    }
}

// The first of a cause tells where and what; the others are counted.
void ModelContent::addFlaw(std::string_view code, ByteRange bytes, std::string detail, std::vector<ByteRange> quotes)
{
    const auto same =
        std::find_if(flaws.begin(), flaws.end(), [code](const ModelFlaw& flaw) { return flaw.code == code; });
    if (same != flaws.end()) {
        ++same->count;
        return;
    }
    flaws.push_back({std::string(code), bytes, std::move(detail), std::move(quotes), 1});
}

void ModelContent::addLeftover(std::string_view code, ByteRange bytes)
{
    addFlaw(code, bytes, std::to_string(bytes.size()));
    keepLeftover(bytes);
}

void ModelContent::keepLeftover(ByteRange bytes)
{
    if (!bytes.empty() && leftover.size() < mostLeftover) {
        leftover.push_back(bytes);
    }
}

} // namespace cupel
