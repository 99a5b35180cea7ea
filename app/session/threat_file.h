// SPDX-License-Identifier: GPL-3.0-or-later
// The file that keeps what people made of a folder's threat model, `.cupel/threats.jsonl`: read with caution, because
// it comes with the folder, and changed so that nobody's lines are lost. Blocking; any thread.
#pragma once

#include "analyzers/threats/work/team_model.h"

#include <QtCore/QString>

namespace cupel::app {

// Longer than this it is not read, and so never written.
constexpr std::size_t mostTeamBytes = 64 << 20;

struct TeamFile {
    threats::TeamModel team;
    QString trouble; // why it was not read, or what of it was not understood; a sentence
    bool readable = true; // false: it must not be written over
};

[[nodiscard]] QString teamPath(const QString& folder);
[[nodiscard]] TeamFile readTeam(const QString& folder);
// Merges with what others wrote since `base` was read, and replaces the file in one step. `merged` is what it holds
// then. Empty: done, else a sentence.
[[nodiscard]] QString writeTeam(
    const QString& folder, const threats::TeamModel& base, const threats::TeamModel& ours, threats::TeamModel& merged);

} // namespace cupel::app
