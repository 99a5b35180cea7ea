// SPDX-License-Identifier: GPL-3.0-or-later
// The files behind --profile, --baseline and --decisions. They are read only where the user names them: nothing that
// lies inside a scanned folder can settle its own findings.
#pragma once

#include "app/cli/arguments.h"

#include "analyzers/review/baseline.h"
#include "analyzers/review/decisions.h"
#include "analyzers/review/picture_marks.h"
#include "analyzers/review/profile.h"

#include <optional>
#include <string>
#include <vector>

namespace cupel::cli {

struct ReviewOptions {
    std::optional<review::Profile> profile;
    std::vector<review::Baseline> baselines;
    review::Decisions decisions;
    review::PictureMarks pictures; // of the same file
    std::string today; // ISO date

    [[nodiscard]] bool settles() const { return !baselines.empty() || !decisions.empty(); }
    void settle(const Analysis& analysis, Finding& finding) const;
};

[[nodiscard]] std::string isoToday(); // in UTC; SOURCE_DATE_EPOCH fixes it
// Empty when all could be read, else one sentence.
[[nodiscard]] std::string readReviewOptions(const Arguments& arguments, ReviewOptions& out);

} // namespace cupel::cli
