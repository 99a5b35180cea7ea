// SPDX-License-Identifier: GPL-3.0-or-later
// Which lines of a threat model's file count: those written in this window and those the user said yes to, by the same
// answers as decisions about findings. Lines are known by the digest of their text, so one that somebody changes later
// waits for a new answer. Pure functions; any thread.
#pragma once

#include "analyzers/threats/work/team_moves.h"
#include "app/session/decision_trust.h"

#include <QtCore/QStringList>

namespace cupel::app {

struct SortedTeam {
    threats::TeamModel counted; // all that is no claim, and the claims that count
    threats::TeamModel waiting; // claims nobody said yes or no to
    QStringList waitingKeys; // of their lines
    QSet<QString> keys; // of all claims
    bool answered = false; // somebody said yes or no to one of them
};

// `place`: the path of the file.
[[nodiscard]] SortedTeam sortTeam(const threats::TeamModel& team, const DecisionTrust& trust, const QString& place);
// `counted` without events about what does not count of `team`: a report and the history tell of nothing that waits.
[[nodiscard]] threats::TeamModel tellable(const threats::TeamModel& team, threats::TeamModel counted);
// Lines that were written again because their part has another id now keep their answers.
void carryTrust(const threats::TeamModel& before, const threats::TeamModel& after, const threats::Renames& renamed,
    DecisionTrust& trust, const QString& place);
// What the user just wrote is his own: the claims that `after` has and `before` has not. True: the trust is another.
bool trustOwn(
    const threats::TeamModel& before, const threats::TeamModel& after, DecisionTrust& trust, const QString& place);

} // namespace cupel::app
