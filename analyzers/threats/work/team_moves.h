// SPDX-License-Identifier: GPL-3.0-or-later
// A file that was moved or renamed is the same file: what people made of its element is said of the new one. Told by
// content alone, and only where there is no doubt: exactly one new element has the digest and the kind of exactly one
// that vanished. A file that stays where it is and becomes something else (a script that begins to train) is the same
// file as well. Flows follow their ends.
#pragma once

#include "analyzers/threats/work/team_model.h"

#include <map>
#include <string>
#include <vector>

namespace cupel::threats {

// Ids of elements, flows and threats: the old one and the new one.
using Renames = std::map<std::string, std::string>;

struct Move {
    std::string from; // id of an element
    std::string to;
    std::string oldPath; // for people; a name where no path is known
    std::string newPath;
    std::string oldKind = {}; // where it is another one now; else both are empty
    std::string newKind = {};
};

struct Moves {
    std::vector<Move> elements; // in the order of the old ids
    Renames flows; // of their ends
    [[nodiscard]] bool empty() const { return elements.empty(); }
};

// `last`: digests of elements by id as a scan of this session had them; they count before those of the file.
[[nodiscard]] Moves findMoves(
    const TeamModel& team, const ThreatModel& generated, const std::map<std::string, std::string>& last = {});
[[nodiscard]] std::string renamedThreat(const Renames& renames, const std::string& threat); // "rule@part"
// Says all of it of the new ids, and each move in the history. What is said of a new id already stays. Every id that
// changed, those of threats too.
Renames follow(TeamModel& team, const Moves& moves, const std::string& at, const std::string& who);

} // namespace cupel::threats
