// SPDX-License-Identifier: GPL-3.0-or-later
// Decisions in words for people: reasons, what became of them, who and until when. Text of a decision may come from
// anybody, so it is made fit for the screen here.
#pragma once

#include "analyzers/review/decisions.h"

#include <QtCore/QString>

namespace cupel::widgets {

[[nodiscard]] QString word(review::Reason reason); // "Accepted risk"
// "Accepted risk", "Expired: accepted risk", "Re-opened: it is not what was decided about"; empty for None.
[[nodiscard]] QString decisionTitle(review::DecisionState state, const review::Decision& decision);
// The same in a few letters, for a row of a list.
[[nodiscard]] QString decisionMark(review::DecisionState state, const review::Decision& decision);
// "Accepted risk, decided by Ada on 2026-11-28, until 2027-02-01."
[[nodiscard]] QString decisionStory(const review::Decision& decision, const Finding* finding = nullptr);

} // namespace cupel::widgets
