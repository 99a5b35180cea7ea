// SPDX-License-Identifier: GPL-3.0-or-later
// The lineage of a review prepared for looking at it: the graph, what the analyses say about its nodes, how it is
// folded, and the drawing of that. Made by a worker, immutable, shared between threads.
#pragma once

#include "analyzers/lineage/seen_in_training.h"
#include "analyzers/model/finding.h"
#include "widgets/models/graph_scene.h"
#include "widgets/models/scene_memory.h"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cupel::widgets {

enum class LineageKind : std::uint8_t { Data, Code, Models, Outside };
inline constexpr std::size_t lineageKinds = 4;
enum class LineageTrait : std::uint8_t { Personal, Untrusted, Secrets, Findings };
inline constexpr std::size_t lineageTraits = 4;

[[nodiscard]] constexpr std::uint8_t bit(LineageKind kind)
{
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
}
[[nodiscard]] constexpr std::uint8_t bit(LineageTrait trait)
{
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(trait));
}

[[nodiscard]] constexpr std::uint8_t bit(Severity severity)
{
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(severity));
}

// What is read once and stays however it is folded.
struct LineageSource {
    lineage::LineageGraphPtr graph; // never null
    std::vector<std::string> artifacts; // by file of the graph: path of its analysis; empty: none in the review
    std::vector<std::optional<Severity>> signs; // by node: the worst finding about it
    std::vector<std::uint8_t> severities; // by node: a bit for each level its findings have
    std::vector<std::uint8_t> traits; // by node: bits of LineageTrait
    std::vector<std::string> keys; // by node, lower case: what a search looks in
    std::map<std::uint32_t, QString> titles; // of cells that say more of themselves than their number; masked
    std::vector<lineage::SeenInTraining> seen; // of each measurement
    std::set<std::uint32_t> neverRan; // cells without a run number, in notebooks that have some
};
using LineageSourcePtr = std::shared_ptr<const LineageSource>;

// Cells as they stand, and as they ran.
struct LineageSources {
    LineageSourcePtr written;
    LineageSourcePtr recorded; // null: nobody asked yet; the other one: they ran as they stand
    [[nodiscard]] const LineageSourcePtr& of(bool asRecorded) const { return asRecorded ? recorded : written; }
};

// How much of it is wanted. Groups and nodes are named by keys, which stay the same from one scan to the next:
// "file:PATH", "folder:PATH", "node:ID", "more:WHAT".
struct LineageWish {
    enum class Level : std::uint8_t { Auto, Folder, File, Cell, Variable };
    Level level = Level::Auto; // Auto: as deep as fits into `mostAtFirst`
    std::set<std::string> open; // other than the level has it
    std::set<std::string> folded;
    std::uint8_t kinds = 15; // that are shown
    std::uint8_t traits = 0; // only what has one of them, and what that flows into; 0: all
    std::string focus; // hops are counted from here; empty: they are not
    int up = -1; // hops; -1: all
    int down = -1;
    std::string from; // only the ways between these two; empty: all
    std::string to;
    friend bool operator==(const LineageWish&, const LineageWish&) = default;

    static constexpr std::size_t mostAtFirst = 60;
};

struct LineageFoldNode {
    enum class Form : std::uint8_t {
        Thing, // data, model files, what is outside
        Cell,
        Inner, // of an open cell
        File, // a file of code, folded
        Folder, // of files of code, folded
        More // several that are alike
    };
    Form form = Form::Thing;
    std::string key;
    std::uint32_t first = lineage::none; // a node of the graph
    std::uint32_t count = 1; // nodes of the graph in it; of File cells, of Folder files
    std::uint32_t file = lineage::none; // of the graph
    std::uint32_t group = lineage::none; // it stands in
    LineageKind kind = LineageKind::Code;
    std::optional<Severity> sign;
    std::uint8_t traits = 0;
    lineage::InOther inOther = lineage::InOther::Same; // Different: some of what is in it is missing there
};

struct LineageFoldGroup {
    std::string key;
    std::uint32_t first = lineage::none; // cell node; none: a file
    std::uint32_t file = lineage::none;
    std::uint32_t parent = lineage::none; // group
};

struct LineageFoldEdge {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    lineage::Certainty certainty = lineage::Certainty::Certain; // the best of them
    std::vector<std::uint32_t> edges; // of the graph, rising; the first ones of very many
    std::uint32_t count = 0; // of them
    bool bridged = false; // over nodes that are not shown
    lineage::InOther inOther = lineage::InOther::Same; // as of nodes
};

struct LineageFold {
    std::vector<LineageFoldNode> nodes;
    std::vector<LineageFoldGroup> groups; // open ones; a parent before what stands in it
    std::vector<LineageFoldEdge> edges;
    std::vector<std::uint32_t> of; // by node of the graph: of `nodes`; none: not shown
    std::array<std::uint32_t, lineageKinds> kinds{}; // how many there are, shown or not
    std::array<std::uint32_t, lineageTraits> traits{};
    LineageWish::Level level = LineageWish::Level::Cell; // that it came to
    bool squeezed = false; // more is folded than a level alone would
};

struct LineageReading {
    LineageSourcePtr source; // never null; one of `sources`
    LineageSources sources;
    LineageWish wish;
    LineageFold fold;
    GraphScenePtr scene; // its nodes and edges are those of `fold`
    SceneMemoryPtr memory; // for the next drawing
    qint64 drawnIn = 0; // milliseconds

    [[nodiscard]] bool empty() const { return source->graph->nodes.empty(); }
};
using LineageReadingPtr = std::shared_ptr<const LineageReading>;

} // namespace cupel::widgets
