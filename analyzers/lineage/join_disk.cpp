// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/join_disk.h"

#include "analyzers/code/path_table.h"
#include "analyzers/lineage/locators.h"

#include <algorithm>
#include <set>

namespace cupel::lineage {

bool isPlace(const Node& node)
{
    return node.kind == NodeKind::File || node.kind == NodeKind::ModelFile;
}

void markOnDisk(LineageGraph& graph, const std::vector<std::string>& disk, const std::function<bool(std::size_t)>& work)
{
    std::set<std::string> named;
    for (auto& node : graph.nodes) {
        if (!isPlace(node)) {
            continue;
        }
        const auto hit = std::lower_bound(disk.begin(), disk.end(), node.locator);
        const bool folder = hit != disk.end() && hit->starts_with(node.locator + '/');
        node.onDisk = (hit != disk.end() && *hit == node.locator) || folder;
        named.insert(node.locator);
        if (node.locator.find('*') != std::string::npos && work(disk.size())) {
            node.onDisk = std::any_of(
                disk.begin(), disk.end(), [&node](const auto& path) { return code::matchesGlob(path, node.locator); });
        }
    }
    // Models that nobody writes or reads.
    for (const auto& path : disk) {
        const auto extension = extensionOf(path);
        if (!isModelExtension(extension) || extension == "bin" || named.contains(path) || !work(graph.nodes.size())) {
            continue;
        }
        const bool matched = std::any_of(graph.nodes.begin(), graph.nodes.end(), [&path](const Node& node) {
            return isPlace(node) && !node.locator.empty()
                && (path.starts_with(node.locator + '/')
                    || (node.locator.find('*') != std::string::npos && code::matchesGlob(path, node.locator)));
        });
        if (matched) {
            continue;
        }
        Node node;
        node.id = "file:" + path;
        node.kind = NodeKind::ModelFile;
        node.label = path.substr(path.rfind('/') + 1);
        node.locator = path;
        node.onDisk = true;
        node.orphan = true;
        graph.nodes.push_back(std::move(node));
    }
}

} // namespace cupel::lineage
