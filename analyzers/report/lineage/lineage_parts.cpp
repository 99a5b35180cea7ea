// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/lineage/lineage_parts.h"

#include "analyzers/report/lineage/lineage_folders.h"

#include "analyzers/base/markup.h"
#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace cupel::report::lineage_parts {

using namespace lineage;

const CodeFile* fileOf(const LineageGraph& graph, const Place& place)
{
    return place.file < graph.files.size() ? &graph.files[place.file] : nullptr;
}

std::string placeInFile(const LineageGraph& graph, const Place& place)
{
    const CodeFile* file = fileOf(graph, place);
    const std::string line = place.line > 0 ? "line " + std::to_string(place.line) : std::string();
    if (!file || !file->notebook || place.cell < 0) {
        return file ? line : std::string();
    }
    return "cell " + std::to_string(place.cell) + (line.empty() ? "" : ", " + line);
}

std::string placeText(const LineageGraph& graph, const Place& place)
{
    const CodeFile* file = fileOf(graph, place);
    if (!file) {
        return {};
    }
    const auto inside = placeInFile(graph, place);
    return printable(file->path) + (inside.empty() ? "" : ", " + inside);
}

std::uint32_t codeFileOf(const LineageGraph& graph, std::uint32_t node)
{
    if (node >= graph.nodes.size()) {
        return none;
    }
    const Node* holder = &graph.nodes[node];
    if (holder->kind != NodeKind::Cell) {
        if (holder->cell >= graph.nodes.size()) {
            return none;
        }
        holder = &graph.nodes[holder->cell];
    }
    return holder->place.file < graph.files.size() ? holder->place.file : none;
}

std::vector<std::uint32_t> unknownCalls(const LineageGraph& graph)
{
    std::vector<std::uint32_t> counts(graph.files.size());
    for (const auto& node : graph.nodes) {
        if (node.kind == NodeKind::UnknownCall && node.place.file < counts.size()) {
            ++counts[node.place.file];
        }
    }
    return counts;
}

bool isEdge(const LineageGraph& graph, const Edge& edge)
{
    return edge.from < graph.nodes.size() && edge.to < graph.nodes.size();
}

std::string_view nameOf(const Node& node)
{
    return !node.label.empty() ? node.label : !node.locator.empty() ? node.locator : node.id;
}

std::string shownText(std::string_view text, std::size_t columns)
{
    // Only what can be shown is made readable: a name may be megabytes.
    return shortened(printable(prefixBytes(text, columns * 8)), columns);
}

std::string xmlText(std::string_view text)
{
    std::string out;
    const std::string safe = printable(text);
    for (std::size_t at = 0; at < safe.size();) {
        const CodePoint point = decodeUtf8(safe, at);
        if (const char sign = point.value < 0x80 ? static_cast<char>(point.value) : '\0'; !entityOf(sign).empty()) {
            out += entityOf(sign);
        } else { // XML 1.0 has no U+FFFE and U+FFFF
            appendUtf8(out, (point.value & 0xFFFEU) == 0xFFFE ? 0xFFFD : point.value);
        }
        at += point.length;
    }
    return out;
}

std::string_view otherWords(const LineageGraph& graph, InOther inOther)
{
    const bool recorded = graph.order == CellOrder::Recorded;
    switch (inOther) {
    case InOther::Missing:
        return recorded ? "only as recorded" : "only as written";
    case InOther::Different:
        return recorded ? "otherwise as written" : "otherwise as recorded";
    case InOther::Same:
        break;
    }
    return {};
}

Executed wasExecuted(const LineageGraph& graph, const Place& place)
{
    if (place.exec >= 0) {
        return Executed::Yes;
    }
    for (const Execution& execution : graph.execution) {
        if (execution.file != place.file || place.file == none) {
            continue;
        }
        // Counts that were cleared say nothing.
        const bool any = std::any_of(execution.counts.begin(), execution.counts.end(), [](auto c) { return c >= 0; });
        const auto cell = static_cast<std::size_t>(place.codeCell);
        if (!any || place.codeCell < 0 || cell >= execution.counts.size()) {
            return Executed::Unknown;
        }
        return execution.counts[cell] >= 0 ? Executed::Yes : Executed::No;
    }
    return Executed::Unknown;
}

std::string UniqueKeys::add(std::string_view key)
{
    const std::string clean = validUtf8(key);
    std::string out = clean;
    for (std::size_t next = 2; !m_used.insert(out).second; ++next) {
        out = clean + " (" + std::to_string(next) + ")";
    }
    return out;
}

namespace {

bool goesIntoCell(NodeKind kind)
{
    return kind == NodeKind::Variable || kind == NodeKind::Function || kind == NodeKind::Split
        || kind == NodeKind::Column || kind == NodeKind::Prediction || kind == NodeKind::UnknownCall;
}

// The first cell of each code file.
std::vector<std::uint32_t> firstCells(const LineageGraph& graph)
{
    std::vector<std::uint32_t> first(graph.files.size(), none);
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        const auto file = graph.nodes[i].kind == NodeKind::Cell ? codeFileOf(graph, i) : none;
        if (file != none && first[file] == none) {
            first[file] = i;
        }
    }
    return first;
}

// Which node stands for each one.
std::vector<std::uint32_t> standIns(const LineageGraph& graph, Fold fold)
{
    if (fold == Fold::Folders) {
        return folderStandIns(graph, firstCells(graph));
    }
    const auto first = firstCells(graph);
    std::vector<std::uint32_t> out(graph.nodes.size());
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        out[i] = i;
        const Node& node = graph.nodes[i];
        const auto file = codeFileOf(graph, i);
        if (fold == Fold::Files && file != none && first[file] != none) {
            out[i] = first[file];
        } else if (fold == Fold::Cells && goesIntoCell(node.kind) && file != none) {
            out[i] = node.cell;
        }
    }
    return out;
}

// Cells and variables that nothing comes from and nothing goes to say nothing in a picture.
std::vector<bool> worthShowing(const LineageGraph& graph)
{
    std::vector<bool> out(graph.nodes.size());
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        out[i] = graph.nodes[i].kind != NodeKind::Cell && !goesIntoCell(graph.nodes[i].kind);
    }
    for (const Edge& edge : graph.edges) {
        if (isEdge(graph, edge)) {
            out[edge.from] = out[edge.to] = true;
        }
    }
    return out;
}

// Of two things that one stands for.
InOther both(InOther one, InOther other)
{
    return one == other ? one : InOther::Different;
}

} // namespace

FoldedGraph folded(const LineageGraph& graph, Fold fold)
{
    FoldedGraph out;
    const auto standIn = standIns(graph, fold);
    auto isShown = worthShowing(graph);
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        isShown[standIn[i]] = isShown[standIn[i]] || isShown[i];
    }
    std::vector<std::uint32_t> index(graph.nodes.size(), none);
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        if (standIn[i] != i || !isShown[i]) {
            continue;
        }
        index[i] = static_cast<std::uint32_t>(out.nodes.size());
        const Node& node = graph.nodes[i];
        const auto file = codeFileOf(graph, i);
        const bool whole = fold == Fold::Files && file != none;
        const bool isScript = file != none && !graph.files[file].notebook && node.kind == NodeKind::Cell;
        out.nodes.push_back({i, whole ? graph.files[file].path : std::string(nameOf(node)),
            isScript    ? "script"
                : whole ? "notebook"
                        : toString(node.kind),
            file, node.inOther});
    }
    if (fold == Fold::Folders) {
        nameFolders(graph, standIn, out);
    }
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        if (const auto at = index[standIn[i]]; at != none) {
            out.nodes[at].inOther = both(out.nodes[at].inOther, graph.nodes[i].inOther);
        }
    }
    std::map<std::tuple<std::uint32_t, std::uint32_t, EdgeKind>, std::size_t> known;
    for (const Edge& edge : graph.edges) {
        if (!isEdge(graph, edge)) {
            continue;
        }
        const auto from = index[standIn[edge.from]];
        const auto to = index[standIn[edge.to]];
        if (from == none || to == none || (from == to && edge.from != edge.to)) {
            continue;
        }
        const auto [place, isNew] = known.try_emplace({from, to, edge.kind}, out.edges.size());
        if (isNew) {
            out.edges.push_back({from, to, edge.kind, edge.certainty, edge.inOther});
        } else { // the surest of them speaks
            auto& shown = out.edges[place->second];
            shown.certainty = std::min(shown.certainty, edge.certainty);
            shown.inOther = both(shown.inOther, edge.inOther);
        }
    }
    return out;
}

FoldedGraph foldedTo(const LineageGraph& graph, std::size_t nodes, std::size_t edges, Fold& fold)
{
    constexpr Fold less[] = {Fold::Nothing, Fold::Cells, Fold::Files};
    for (const auto one : less) {
        fold = one;
        auto out = folded(graph, fold);
        if (out.nodes.size() <= nodes && out.edges.size() <= edges) {
            return out;
        }
    }
    fold = Fold::Folders;
    return folded(graph, fold);
}

std::string_view noteOf(Fold fold)
{
    switch (fold) {
    case Fold::Nothing:
        break;
    case Fold::Cells:
        return "Folded: variables are shown as their cells; JSON, GraphML and CSV have all of it.";
    case Fold::Files:
        return "Folded: cells are shown as their files; JSON, GraphML and CSV have all of it.";
    case Fold::Folders:
        return "Folded: files of code are shown as their folders, with what only one of these reads or writes; JSON, "
               "GraphML and CSV have all of it.";
    }
    return {};
}

} // namespace cupel::report::lineage_parts
