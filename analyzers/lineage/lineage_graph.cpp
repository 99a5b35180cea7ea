// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/lineage_graph.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace cupel::lineage {

namespace {

template <std::size_t size, typename Enum>
std::string_view nameOf(const std::array<std::string_view, size>& names, Enum value)
{
    const auto index = static_cast<std::size_t>(value);
    return index < size ? names[index] : std::string_view("unknown");
}

constexpr std::array<std::string_view, 19> nodeKinds{"dataset", "file", "remote", "cell", "function", "variable",
    "split", "model", "model-file", "index", "metric", "artifact", "endpoint", "service", "unknown", "column",
    "registration", "prediction", "unknown-call"};
constexpr std::array<std::string_view, 14> edgeKinds{"reads", "writes", "derives", "influences", "trains", "validates",
    "tests", "predicts", "loads", "saves", "deploys", "imports", "runs", "registers"};
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

std::string_view toString(CellOrder order)
{
    return order == CellOrder::Recorded ? "recorded" : "file";
}

std::string_view toString(InOther other)
{
    switch (other) {
    case InOther::Same:
        return "same";
    case InOther::Missing:
        return "missing";
    case InOther::Different:
        break;
    }
    return "different";
}

std::vector<std::uint32_t> leftOut(const Execution& execution)
{
    std::vector<std::uint32_t> out;
    std::set_difference(execution.unexecuted.begin(), execution.unexecuted.end(), execution.presumed.begin(),
        execution.presumed.end(), std::back_inserter(out));
    return out;
}

} // namespace cupel::lineage
