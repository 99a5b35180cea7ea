// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/model_contents.h"

#include "analyzers/base/hash.h"
#include "analyzers/engine/file_source.h"
#include "analyzers/formats/registry.h"

namespace cupel::engine {

namespace {

constexpr std::uint64_t mapFrom = 1 << 20;
constexpr std::uint64_t maxHashed = std::uint64_t{4} << 30; // bytes of all files

} // namespace

void tellContents(lineage::LineageGraph& graph, const std::map<std::string, std::string>& files, Budget& budget)
{
    std::uint64_t hashed = 0;
    for (auto& node : graph.nodes) {
        const auto file =
            node.onDisk && node.kind == lineage::NodeKind::ModelFile ? files.find(node.locator) : files.end();
        if (file == files.end() || budget.stopped()) {
            continue;
        }
        const auto bytes = openFile(file->second, mapFrom, budget);
        if (!bytes.ok()) {
            continue;
        }
        const auto view = bytes.value().view();
        node.format = formats::recognise(view, std::string_view(file->first).substr(file->first.rfind('/') + 1)).name;
        if (node.hash.empty() && view.size() <= maxHashed - hashed) {
            hashed += view.size();
            node.hash = "sha256:" + toHex(sha256(view));
        }
    }
}

} // namespace cupel::engine
