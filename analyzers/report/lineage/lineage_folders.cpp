// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/lineage/lineage_folders.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace cupel::report::lineage_parts {

namespace {

using namespace lineage;

constexpr std::size_t mostDepth = 8;

// The first `depth` folders of a path; empty: it lies at the top.
std::string_view folderAt(std::string_view path, std::size_t depth)
{
    std::size_t end = 0;
    for (std::size_t i = 0; i < depth; ++i) {
        const auto next = path.find('/', end == 0 ? 0 : end + 1);
        if (next == std::string_view::npos) {
            break;
        }
        end = next;
    }
    return path.substr(0, end);
}

// As deep as there are not too many of them.
std::size_t depthOf(const LineageGraph& graph)
{
    std::size_t best = 0;
    for (std::size_t depth = 1; depth <= mostDepth; ++depth) {
        std::set<std::string_view> folders;
        for (const auto& file : graph.files) {
            folders.insert(folderAt(file.path, depth));
        }
        if (folders.size() > mostFolders) {
            break;
        }
        best = depth;
    }
    return best;
}

// Which folders of code each thing has to do with: their stand-ins, rising, each once.
std::vector<std::vector<std::uint32_t>> touched(const LineageGraph& graph, const std::vector<std::uint32_t>& standIn)
{
    std::vector<std::vector<std::uint32_t>> out(graph.nodes.size());
    for (const Edge& edge : graph.edges) {
        if (!isEdge(graph, edge)) {
            continue;
        }
        const bool codeFrom = codeFileOf(graph, edge.from) != none;
        const bool codeTo = codeFileOf(graph, edge.to) != none;
        if (codeFrom && !codeTo) {
            out[edge.to].push_back(standIn[edge.from]);
        } else if (codeTo && !codeFrom) {
            out[edge.from].push_back(standIn[edge.to]);
        }
    }
    for (auto& list : out) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    return out;
}

} // namespace

std::vector<std::uint32_t> folderStandIns(const LineageGraph& graph, const std::vector<std::uint32_t>& first)
{
    const auto depth = depthOf(graph);
    std::map<std::string_view, std::uint32_t> folders; // their first cells
    std::vector<std::uint32_t> out(graph.nodes.size());
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        const auto file = codeFileOf(graph, i);
        out[i] = file == none || first[file] == none
            ? i
            : folders.emplace(folderAt(graph.files[file].path, depth), first[file]).first->second;
    }
    const auto by = touched(graph, out);
    std::map<std::pair<NodeKind, std::vector<std::uint32_t>>, std::uint32_t> alike;
    std::uint32_t rest = none; // stands for what is too much
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        if (codeFileOf(graph, i) != none) {
            continue;
        }
        if (by[i].size() == 1) {
            out[i] = by[i].front(); // nobody else has to do with it
            continue;
        }
        const auto known = alike.find({graph.nodes[i].kind, by[i]});
        if (known == alike.end() && alike.size() >= mostShared) {
            rest = rest == none ? i : rest;
            out[i] = rest;
        } else {
            out[i] = alike.emplace(std::pair(graph.nodes[i].kind, by[i]), i).first->second;
        }
    }
    return out;
}

void nameFolders(const LineageGraph& graph, const std::vector<std::uint32_t>& standIn, FoldedGraph& shown)
{
    const auto depth = depthOf(graph);
    std::map<std::uint32_t, std::size_t> things;
    std::map<std::uint32_t, std::set<std::uint32_t>> files;
    for (std::uint32_t i = 0; i < standIn.size(); ++i) {
        const auto file = codeFileOf(graph, i);
        if (file == none) {
            ++things[standIn[i]];
        } else {
            files[standIn[i]].insert(file);
        }
    }
    for (auto& item : shown.nodes) {
        if (item.file == none) {
            const auto more = things[item.node];
            item.name += more > 1 ? " and " + std::to_string(more - 1) + " more" : "";
            continue;
        }
        const auto count = files[item.node].size();
        const auto& path = graph.files[item.file].path;
        const auto folder = folderAt(path, depth);
        item.name = count == 1 ? path : folder.empty() ? std::string("top folder") : std::string(folder);
        item.name += count == 1 ? std::string() : ", " + std::to_string(count) + " files";
        item.what = count == 1 ? (graph.files[item.file].notebook ? "notebook" : "script") : "folder";
    }
}

} // namespace cupel::report::lineage_parts
