// SPDX-License-Identifier: GPL-3.0-or-later
// One change of a team's model as a value with its inverse, which is how anything in it is undone; and what of it goes
// into the history. Events are no part of it: the history only grows, also when something is taken back.
#pragma once

#include "analyzers/threats/work/team_moves.h"

namespace cupel::threats {

template <typename Value> struct Changed {
    std::string id;
    std::optional<Value> before; // nullopt: it was not there
    std::optional<Value> after;
};

struct TeamStep {
    std::vector<Changed<PartEdit>> parts;
    std::vector<Changed<Box>> places;
    std::vector<Changed<ThreatDecision>> threats;
    std::vector<Changed<OwnThreat>> own;
    std::vector<Changed<ControlUse>> controls;
    std::vector<Changed<std::string>> answers;
    std::vector<Changed<Seen>> seen;
    std::vector<Changed<std::string>> assignees;
    [[nodiscard]] bool empty() const;
};

[[nodiscard]] TeamStep difference(const TeamModel& before, const TeamModel& after);
// False: something that the step changes is no longer what it was; it must not be taken then.
[[nodiscard]] bool fits(const TeamModel& team, const TeamStep& step, bool forward);
// The step as one from what `team` has, whatever it was made of.
void rebase(TeamStep& step, const TeamModel& team);
// Of parts and threats that have other ids since.
[[nodiscard]] TeamStep renamed(TeamStep step, const Renames& renames);
void take(TeamModel& team, const TeamStep& step, bool forward);

// One for each fact that changes; places are told once for a step, however many move.
[[nodiscard]] std::vector<Event> eventsOf(
    const TeamStep& step, bool forward, const std::string& at, const std::string& who);
// Every text that the step would write and that was not there before.
[[nodiscard]] std::vector<std::string> textsOf(const TeamStep& step);

} // namespace cupel::threats
