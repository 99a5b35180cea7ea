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

constexpr std::size_t mostCode = most / 2; // the rest is for what it reads and writes
constexpr std::size_t leastCode = most / 4; // fewer nodes of code say nothing of the way of the data

std::size_t depthOf(const std::string& folder)
{
    return 1 + static_cast<std::size_t>(std::count(folder.begin(), folder.end(), '/'));
}

// Folders go into those they lie in, the deepest first, of these what has the fewest connections, until few enough
// nodes of code are left or no more lie in another. How many nodes that saves.
std::size_t climb(const std::map<std::string, std::size_t>& edges, LineageSqueeze& squeeze, std::size_t code)
{
    struct Above {
        std::size_t edges = 0;
        std::size_t folders = 0;
    };
    std::map<std::string, std::size_t> shown; // what is one node now
    std::size_t deepest = 1;
    for (const auto& folder : squeeze.folders) {
        shown[folder] = edges.at(folder);
        deepest = std::max(deepest, depthOf(folder));
    }
    std::size_t saved = 0;
    for (auto depth = deepest; depth > 1 && code - saved > mostCode; --depth) {
        std::map<std::string, Above> above;
        for (const auto& [folder, count] : shown) {
            if (depthOf(folder) == depth) {
                auto& one = above[folderOf(folder)];
                one.edges += count;
                ++one.folders;
            }
        }
        std::vector<std::pair<std::size_t, std::string>> order;
        for (const auto& [folder, one] : above) {
            order.emplace_back(one.edges, folder);
        }
        std::sort(order.begin(), order.end());
        for (const auto& [count, folder] : order) {
            if (code - saved <= mostCode) {
                break;
            }
            saved += above[folder].folders - (shown.contains(folder) ? 0 : 1);
            shown[folder] += count;
            squeeze.trees.insert(folder);
            std::erase_if(
                shown, [&](const auto& one) { return depthOf(one.first) == depth && folderOf(one.first) == folder; });
        }
    }
    return saved;
}

// The folders whose files have the fewest connections, as long as enough nodes of code are left; of the last ones only
// the files with the fewest.
class FolderFolding {
public:
    FolderFolding(const LineageGraph& graph, const LineageFold& fold, LineageSqueeze& squeeze, std::size_t left)
        : m_fold(fold)
        , m_squeeze(squeeze)
        , m_degree(degrees(fold))
        , m_left(left)
    {
        for (std::uint32_t i = 0; i < fold.nodes.size(); ++i) {
            if (fold.nodes[i].form == Form::File) {
                auto& folder = m_folders[folderOf(graph.files[fold.nodes[i].file].path)];
                folder.files.push_back(i);
                folder.edges += m_degree[i];
                ++m_code;
            }
        }
    }

    std::size_t run()
    {
        std::vector<std::pair<std::size_t, std::string>> order;
        for (const auto& [path, folder] : m_folders) {
            order.emplace_back(folder.edges, path);
        }
        std::sort(order.begin(), order.end());
        for (const auto& [edges, path] : order) {
            if (m_left <= most) {
                break;
            }
            const auto saved = m_folders[path].files.size() - 1;
            if (m_code >= saved + leastCode) {
                m_squeeze.folders.insert(path);
                m_code -= saved;
                m_left -= saved;
            } else {
                foldSome(m_folders[path].files);
            }
        }
        std::map<std::string, std::size_t> edges;
        for (const auto& [path, folder] : m_folders) {
            edges[path] = folder.edges;
        }
        return m_left > most ? m_left - climb(edges, m_squeeze, m_code) : m_left;
    }

private:
    struct Folder {
        std::vector<std::uint32_t> files; // nodes
        std::size_t edges = 0;
    };

    void foldSome(std::vector<std::uint32_t> files)
    {
        const auto spare = m_code > mostCode ? m_code - mostCode : 0;
        const auto count = std::min({m_left - most + 1, spare + 1, files.size()});
        if (count < 2) {
            return;
        }
        std::stable_sort(
            files.begin(), files.end(), [this](std::uint32_t a, std::uint32_t b) { return m_degree[a] < m_degree[b]; });
        const auto saved = count - (m_squeeze.files.empty() ? 1 : 0);
        for (std::size_t i = 0; i < count; ++i) {
            m_squeeze.files.insert(m_fold.nodes[files[i]].file);
        }
        m_code -= saved;
        m_left -= saved;
    }

    const LineageFold& m_fold;
    LineageSqueeze& m_squeeze;
    std::map<std::string, Folder> m_folders;
    std::vector<std::uint32_t> m_degree;
    std::size_t m_code = 0;
    std::size_t m_left;
};

} // namespace

std::size_t squeezeParts(const LineageGraph& graph, const LineageFold& fold, LineageSqueeze& squeeze)
{
    const std::size_t left = foldAlike(fold, squeeze, fold.nodes.size());
    return left > most ? FolderFolding(graph, fold, squeeze, left).run() : left;
}

namespace {

using Ranks = std::vector<std::uint32_t>; // nodes of the fold, those that can be spared first

// Those of `ranked` that go into one node so that `wanted` fewer are left; none where that takes but one.
std::set<std::uint32_t> firstOf(const Ranks& ranked, std::size_t wanted)
{
    const auto count = wanted == 0 ? 0 : std::min(wanted + 1, ranked.size());
    return count < 2 ? std::set<std::uint32_t>()
                     : std::set<std::uint32_t>(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count));
}

} // namespace

void squeezeRest(const LineageFold& fold, const LineageShape& shape, LineageSqueeze& squeeze)
{
    std::size_t left = fold.nodes.size();
    const auto degree = degrees(fold);
    Ranks code;
    Ranks things;
    for (std::uint32_t i = 0; i < fold.nodes.size(); ++i) {
        const auto form = fold.nodes[i].form;
        if (form == Form::File || form == Form::Folder) {
            code.push_back(i);
        } else if (form == Form::Thing || (form == Form::More && fold.nodes[i].kind != LineageKind::Code)) {
            things.push_back(i);
        }
    }
    for (auto* list : {&code, &things}) {
        std::stable_sort(list->begin(), list->end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::pair(fold.nodes[a].sign.has_value(), degree[a])
                < std::pair(fold.nodes[b].sign.has_value(), degree[b]);
        });
    }
    const auto spareCode = firstOf(code, code.size() > mostCode ? code.size() - mostCode : 0);
    left -= spareCode.empty() ? 0 : spareCode.size() - 1;
    const auto spareThings = firstOf(things, left > most ? left - most : 0);
    for (std::uint32_t node = 0; node < fold.of.size(); ++node) {
        if (spareThings.contains(fold.of[node])) {
            squeeze.more[node] = "more:things";
        } else if (spareCode.contains(fold.of[node]) && shape.fileOf[node] != lineage::none) {
            squeeze.files.insert(shape.fileOf[node]);
        }
    }
}

} // namespace cupel::widgets
