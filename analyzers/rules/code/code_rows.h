// SPDX-License-Identifier: GPL-3.0-or-later
// The rules that are data: rows of resources/rules/code, ready to be matched.
#pragma once

#include "analyzers/code/path_table.h"
#include "analyzers/model/finding.h"
#include "analyzers/rules/code/row_language.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::code {

enum class Shape : std::uint8_t { Call, Read, Import, Assign, Shell, Magic };

struct CodeRow {
    std::string_view id;
    Shape shape = Shape::Call;
    std::vector<std::string> patterns;
    std::vector<Condition> conditions;
    std::optional<Severity> severity; // else the rule's
    std::optional<Confidence> confidence;
    std::string_view fix;
    std::vector<std::string> over; // rules that say nothing where this one does
    bool once = false; // one finding for the artifact, the other places as evidence
    bool beside = false; // a place of such a finding, but no reason for one
    bool mask = false; // the constants that fulfil the conditions are secrets
    bool taintOnly = false; // has a condition on taint: callers of local functions may fulfil it
};

[[nodiscard]] std::span<const CodeRow> rows();
[[nodiscard]] const cupel::code::PathMatcher& callRows();
[[nodiscard]] const cupel::code::PathMatcher& readRows();
[[nodiscard]] const cupel::code::PathMatcher& assignRows();
// Rows of shape Import, Shell and Magic: few enough to be gone through.
[[nodiscard]] std::span<const std::uint32_t> rowsOf(Shape shape);

} // namespace cupel::rules::code
