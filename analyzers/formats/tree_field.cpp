// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tree_field.h"

#include "analyzers/base/hash.h"
#include "analyzers/base/words.h"

namespace cupel::formats {

void addTree(
    ModelContent& model, ByteView bytes, std::uint64_t number, std::optional<std::uint64_t> nodes, ByteRange place)
{
    constexpr std::size_t digits = 16;
    if (model.metadata.size() >= ModelContent::mostFields / 2) { // the rest is for what else the model says
        return;
    }
    const auto digest = toHex(sha256(slice(bytes, place))).substr(0, digits);
    model.metadata.push_back({"trees." + std::to_string(number),
        (nodes ? counted(*nodes, "node", "nodes") + ", " : std::string()) + "SHA-256 beginning " + digest, place});
}

} // namespace cupel::formats
