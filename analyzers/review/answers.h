// SPDX-License-Identifier: GPL-3.0-or-later
// Who has answered for a finding, and how, in the words of every report. Pure functions; any thread.
#pragma once

#include "analyzers/review/decisions.h"

#include <string>
#include <string_view>

namespace cupel::review {

// The decision that answers for it; null: nobody decided, or what was decided holds no longer.
[[nodiscard]] const Decision* holding(const Decisions& decisions, std::string_view today, const Finding& finding);
// "accepted by Ada until 2027-01-31", "known from a baseline"; as it was written, not made safe for any place.
[[nodiscard]] std::string answerOf(const Decisions& decisions, std::string_view today, const Finding& finding);

} // namespace cupel::review
