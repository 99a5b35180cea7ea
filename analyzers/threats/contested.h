// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence that speaks both ways. A threat is contested where findings confirm it while something that is known of its
// part says that it cannot be (an attribute that evidence.tsv has for a type that refutes it: data is compared with a
// digest, calls are limited), whoever says so: a scan, an answer, a person; where findings confirm what a person calls
// not applicable; and where a person says that it applies while a scan looked everywhere and found nothing. Nobody is
// believed more: it counts as confirmed wherever a risk is told, and never as answered.
#pragma once

#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/threat_model.h"

#include <string>
#include <vector>

namespace cupel::threats {

// What is known of a part, or of the ends of a flow, and speaks against a threat of this rule.
[[nodiscard]] std::vector<Reason> saysOtherwise(
    const ThreatRule& rule, const EvidenceTable& table, const DiagramPart& part);

[[nodiscard]] bool findingsConfirm(const Threat& threat); // contested or not
// What findings alone say: as a decision remembers it.
[[nodiscard]] EvidenceState scannedState(const Threat& threat);

enum class Contest : std::uint8_t { None, Facts, NotApplicable, Applies };
[[nodiscard]] Contest contestOf(const Threat& threat); // None: it is not contested
// After a decision was put on the threat: makes it contested where a person and the scan say different things.
void contestByDecision(Threat& threat);

// "3 findings confirm it, but it is compared with a digest before it is used", in English, for reports.
[[nodiscard]] std::string contestWords(const Threat& threat);

} // namespace cupel::threats
