// SPDX-License-Identifier: GPL-3.0-or-later
// Folds a lineage further than its files, until it can be looked at.
#include "widgets/models/lineage_units.h"

#include <algorithm>
#include <map>

namespace cupel::widgets {

namespace {

using lineage::LineageGraph;
using Form = LineageFoldNode::Form;

constexpr std::size_t most = LineageWish::mostAtFirst;

std::vector<std::uint32_t> degrees(const LineageFold& fold)
{
    std::vector<std::uint32_t> out(fold.nodes.size());
    for (const auto& edge : fold.edges) {
        ++out[edge.from];
        ++out[edge.to];
    }
    return out;
}

std::string moreKey(const LineageFold& fold, std::uint32_t unit)
{
    return "more:" + fold.nodes[unit].key;
}

// Things that touch the same files look the same from there: each such class is one node, large ones first.
std::size_t foldAlike(const LineageFold& fold, LineageSqueeze& squeeze, std::size_t left)
{
    std::vector<std::vector<std::uint32_t>> touched(fold.nodes.size());
    for (const auto& edge : fold.edges) {
        touched[edge.from].push_back(edge.to);
        touched[edge.to].push_back(edge.from + static_cast<std::uint32_t>(fold.nodes.size()));
    }
    std::map<std::pair<LineageKind, std::vector<std::uint32_t>>, std::vector<std::uint32_t>> classes;
    for (std::uint32_t i = 0; i < fold.nodes.size(); ++i) {
        if (fold.nodes[i].form == Form::Thing && !fold.nodes[i].sign) {
            std::sort(touched[i].begin(), touched[i].end());
            classes[{fold.nodes[i].kind, touched[i]}].push_back(i);
        }
    }
    std::vector<const std::vector<std::uint32_t>*> lists;
    for (const auto& [what, list] : classes) {
        lists.push_back(&list);
    }
    std::stable_sort(lists.begin(), lists.end(), [](const auto* a, const auto* b) { return a->size() > b->size(); });
    for (const auto* list : lists) {
        if (left <= most || list->size() < 2) {
            break;
        }
        for (const auto unit : *list) {
            squeeze.more[fold.nodes[unit].first] = moreKey(fold, list->front());
        }
        left -= list->size() - 1;
    }
    return left;
}

// The folders whose files have the fewest connections, then all that is left.
std::size_t foldFolders(const LineageGraph& graph, const LineageFold& fold, LineageSqueeze& squeeze, std::size_t left)
{
    const auto degree = degrees(fold);
    struct Folder {
        std::size_t files = 0;
        std::size_t edges = 0;
    };
    std::map<std::string, Folder> folders;
    for (std::uint32_t i = 0; i < fold.nodes.size(); ++i) {
        if (fold.nodes[i].form == Form::File) {
            auto& folder = folders[folderOf(graph.files[fold.nodes[i].file].path)];
            ++folder.files;
            folder.edges += degree[i];
        }
    }
    std::vector<std::pair<std::size_t, std::string>> order;
    for (const auto& [path, folder] : folders) {
        order.emplace_back(folder.edges, path);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [edges, path] : order) {
        if (left <= most) {
            return left;
        }
        squeeze.folders.insert(path);
        left -= folders[path].files - 1;
    }
    return left;
}

} // namespace

std::size_t squeezeParts(const LineageGraph& graph, const LineageFold& fold, LineageSqueeze& squeeze)
{
    const std::size_t left = foldAlike(fold, squeeze, fold.nodes.size());
    return left > most ? foldFolders(graph, fold, squeeze, left) : left;
}

// The least connected things go into one node, and all code into another where even that is too much.
void squeezeRest(const LineageFold& fold, LineageSqueeze& squeeze, std::size_t left)
{
    std::size_t code = 0;
    for (const auto& node : fold.nodes) {
        code += node.form != Form::Thing && node.form != Form::More ? 1 : 0;
    }
    if (code > most / 2) {
        squeeze.allFiles = true;
        squeeze.folders.clear();
        left -= code - 1;
    }
    const auto degree = degrees(fold);
    std::vector<std::uint32_t> things;
    for (std::uint32_t i = 0; i < fold.nodes.size(); ++i) {
        if (fold.nodes[i].form == Form::Thing || fold.nodes[i].form == Form::More) {
            things.push_back(i);
        }
    }
    std::stable_sort(things.begin(), things.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(fold.nodes[a].sign.has_value(), degree[a])
            < std::pair(fold.nodes[b].sign.has_value(), degree[b]);
    });
    const std::size_t over = left > most ? left - most + 1 : 0;
    for (std::size_t i = 0; over > 1 && i < std::min(over, things.size()); ++i) {
        for (std::uint32_t node = 0; node < fold.of.size(); ++node) {
            if (fold.of[node] == things[i]) {
                squeeze.more[node] = "more:things";
            }
        }
    }
}

} // namespace cupel::widgets
