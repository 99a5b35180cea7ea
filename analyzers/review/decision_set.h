// SPDX-License-Identifier: GPL-3.0-or-later
// The decisions that count on a given day, by the folder they belong to: what a window or a report asks when it shows a
// finding. An immutable value, shared between threads.
#pragma once

#include "analyzers/model/finding.h"
#include "analyzers/review/decisions.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::review {

struct DecisionSet {
    struct Folder {
        std::string path; // without a slash at its end
        Decisions decisions;
    };
    std::vector<Folder> folders;
    std::string today; // ISO date

    [[nodiscard]] bool empty() const;
    // Null: nobody decided. Of nested folders the innermost that knows the finding counts.
    [[nodiscard]] const Decision* find(const Finding& finding) const;
    [[nodiscard]] DecisionState stateOf(const Finding& finding) const;
    // Both at once, with one search.
    [[nodiscard]] std::pair<DecisionState, const Decision*> look(const Finding& finding) const;
    [[nodiscard]] bool settles(const Finding& finding) const { return stateOf(finding) == DecisionState::Active; }
    // All of them, inner folders before outer ones: for a report, which has one list.
    [[nodiscard]] Decisions flat() const;
};
using DecisionSetPtr = std::shared_ptr<const DecisionSet>;

[[nodiscard]] bool isBelow(std::string_view path, std::string_view folder);

} // namespace cupel::review
