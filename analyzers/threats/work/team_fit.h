// SPDX-License-Identifier: GPL-3.0-or-later
// A team's model as a file of no more than so many bytes: what its oldest events say of the lines before them is left
// out first, so that what holds now is always there. Pure functions.
#pragma once

#include "analyzers/threats/work/team_model.h"

#include <cstddef>
#include <optional>
#include <string>

namespace cupel::threats {

struct FittingText {
    std::string text; // as `write` makes it
    std::size_t shortened = 0; // events that no longer say what was there before
};
// nullopt: what holds now is longer by itself, or could not be read back whole.
[[nodiscard]] std::optional<FittingText> writeWithin(const TeamModel& team, std::size_t most);

} // namespace cupel::threats
