// SPDX-License-Identifier: GPL-3.0-or-later
// What of one file matters to others: the things outside of memory that its data comes from and goes to, which leads to
// which, and where it loads what can run code. Small enough to be kept for every file of a large workspace.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/lineage/lineage_graph.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel::lineage {

struct FlowPoint {
    std::string id; // of its node: the same in all files
    std::string label;
    NodeKind kind = NodeKind::Unknown;
    bool web = false; // an address that anybody may answer
    bool unpinned = false; // of a hub or an address: whatever stands there today
};

struct FlowHop {
    std::uint32_t from = none; // points
    std::uint32_t to = none;
    Place leaves; // where `from` is read
    Place arrives; // where `to` is written
    bool raw = false; // the same bytes: a download, a copy, members of an archive
    bool learnt = false; // by a model
};

struct FlowLoad {
    Place place; // of the call
    std::vector<std::uint32_t> from; // points that it reads
};

struct FlowPiece {
    std::string file;
    std::vector<FlowPoint> points;
    std::vector<FlowHop> hops;
    std::vector<FlowLoad> loads;
    bool checked = false; // it compares digests somewhere
    [[nodiscard]] bool empty() const { return hops.empty() && loads.empty(); }
};

// What is known of a file before it is followed: cheap, for every file of a scan.
struct FlowHint {
    bool fetches = false; // something from outside
    bool harmed = false; // it loads what can run code, or serves something
    bool checked = false; // it compares digests somewhere
    std::vector<std::string> names; // of files that its code writes, sorted: two that share none have nothing in common
    std::vector<Place> loads; // calls that run what the file they read tells them to
};

// `loads`: places of calls that run what the file they read tells them to. The graph is that of one file.
[[nodiscard]] FlowPiece flowPiece(const LineageGraph& graph, const std::vector<Place>& loads, Budget& budget);

// Something of unknown making that gets to where it does harm.
struct Exposure {
    enum class Kind : std::uint8_t {
        Loaded, // by a call that runs what it holds
        Served, // behind an endpoint
        Learnt // by a model that is written to a file
    };
    struct Step {
        std::uint32_t piece = 0;
        Place place;
    };
    Kind kind = Kind::Loaded;
    std::uint32_t piece = 0; // where the harm is done ...
    Place place; // ... and the last step of the way
    std::string origin; // how the address or the model of a hub is called
    bool model = false; // the origin is a model, and no data
    bool checked = false;
    std::vector<Step> way; // from the origin on, without `place`
    std::vector<Step> served; // of Loaded: endpoints that it reaches; of Served: further ones
};

// Over all pieces together, by piece and place. Things with one id are one thing.
[[nodiscard]] std::vector<Exposure> exposures(const std::vector<const FlowPiece*>& pieces, Budget& budget);

} // namespace cupel::lineage
