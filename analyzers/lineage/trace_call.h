// SPDX-License-Identifier: GPL-3.0-or-later
// One call as the walk through code sees it: who is called, on what, with which values. Used by trace.h alone.
#pragma once

#include "analyzers/lineage/things.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace cupel::lineage {

struct TraceArgument {
    std::string_view name; // empty: by place
    Ref value = 0;
    std::uint32_t node = code::Syntax::none; // of the value
};

struct TraceCall {
    std::uint32_t unit = none;
    std::uint32_t node = code::Syntax::none;
    Ref function = 0;
    Ref receiver = 0;
    std::vector<TraceArgument> arguments;
    bool more = false; // *args or **kwargs that are not known
    const Place* where = nullptr; // of a magic, which no node stands for
    Ref read = 0; // what files among the arguments hold, where no row says that they are read

    // By place or by name; 0: not given, or nothing is known of it.
    [[nodiscard]] Ref value(std::int32_t position, std::string_view name) const;
    [[nodiscard]] const TraceArgument* find(std::int32_t position, std::string_view name) const;
};

// What names say, wherever they stand.
[[nodiscard]] Role roleOfPlace(std::string_view locator); // trace_roles.cpp: train.csv, and train/rows.csv
[[nodiscard]] bool looksImportant(std::string_view name); // trace_callees.cpp: a table of calls should know it
[[nodiscard]] bool isPrediction(std::string_view metric, bool asks); // trace_steps.cpp

} // namespace cupel::lineage
