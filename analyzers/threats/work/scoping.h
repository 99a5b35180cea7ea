// SPDX-License-Identifier: GPL-3.0-or-later
// Scoping: a few questions about the system. A scan answers what it can see, and says where; an answer of a person
// becomes an attribute of all elements it is about, whatever a scan said. What a person wrote on one element counts
// more.
#pragma once

#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/work/team_model.h"

#include <optional>

namespace cupel::threats {

// What is known of one question without its answer.
struct ScopingFact {
    std::size_t about = 0; // elements of its kinds; 0: it does not matter here
    std::size_t known = 0; // of them: something else says it
    std::size_t overruled = 0; // of them: a scan says something else than the answer
    std::optional<bool> answer; // what is known of all of them, where it is the same for all
    std::string example; // name of one of those, with what is known: "own.csv: yes"
    std::vector<std::string> evidence; // of what answers it, else of what makes it matter: as attributes have it
};
[[nodiscard]] ScopingFact factOf(const ScopingQuestion& question, const ThreatModel& model);

void applyAnswers(ThreatModel& model, const std::map<std::string, std::string>& answers);

} // namespace cupel::threats
