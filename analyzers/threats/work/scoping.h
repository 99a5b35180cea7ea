// SPDX-License-Identifier: GPL-3.0-or-later
// Scoping: a few questions about what no scan can see. An answer becomes an attribute of the elements it is about,
// where nothing else is known of them: what a scan found or a person wrote on an element counts more.
#pragma once

#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/work/team_model.h"

namespace cupel::threats {

// What is known of one question without its answer.
struct ScopingFact {
    std::size_t about = 0; // elements of its kinds; 0: it does not matter here
    std::size_t known = 0; // of them: something else says it
    std::string example; // name of one of those, with what is known: "own.csv: yes"
    std::vector<std::string> evidence; // of what answers it, else of what makes it matter: as attributes have it
};
[[nodiscard]] ScopingFact factOf(const ScopingQuestion& question, const ThreatModel& model);

void applyAnswers(ThreatModel& model, const std::map<std::string, std::string>& answers);

} // namespace cupel::threats
