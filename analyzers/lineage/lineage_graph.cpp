// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/lineage_graph.h"

#include <array>
#include <cstddef>

namespace cupel::lineage {

namespace {

template <std::size_t size, typename Enum>
std::string_view nameOf(const std::array<std::string_view, size>& names, Enum value)
{
    const auto index = static_cast<std::size_t>(value);
    return index < size ? names[index] : std::string_view("unknown");
}

constexpr std::array<std::string_view, 16> nodeKinds{"dataset", "file", "remote", "cell", "function", "variable",
    "split", "model", "model-file", "index", "metric", "artifact", "endpoint", "service", "unknown", "column"};
constexpr std::array<std::string_view, 13> edgeKinds{"reads", "writes", "derives", "influences", "trains", "validates",
    "tests", "predicts", "loads", "saves", "deploys", "imports", "runs"};
constexpr std::array<std::string_view, 3> certainties{"certain", "likely", "guess"};
constexpr std::array<std::string_view, 16> sourceKinds{"file", "dir", "url", "s3", "database", "hub-dataset",
    "hub-model", "builtin-dataset", "generated", "literal", "artifact", "params", "model-file", "remote-model",
    "argument", "unknown"};
constexpr std::array<std::string_view, 8> roles{
    "none", "train", "validation", "test", "train+test", "full", "query", "generated"};
constexpr std::array<std::string_view, 15> hazards{"defined-after-use", "undefined-name", "never-executed-definition",
    "stale-output", "non-idempotent-rerun", "mixed-sessions", "uncalled-function", "function-redefined",
    "dead-transform", "name-kind-change", "unresolved-import", "leakage-preprocessing", "leakage-overlap", "multi-test",
    "label-in-features"};

} // namespace

std::string_view toString(NodeKind kind)
{
    return nameOf(nodeKinds, kind);
}

std::string_view toString(EdgeKind kind)
{
    return nameOf(edgeKinds, kind);
}

std::string_view toString(Certainty certainty)
{
    return nameOf(certainties, certainty);
}

std::string_view toString(SourceKind kind)
{
    return nameOf(sourceKinds, kind);
}

std::string_view toString(Role role)
{
    return nameOf(roles, role);
}

std::string_view toString(HazardKind kind)
{
    return nameOf(hazards, kind);
}

} // namespace cupel::lineage
