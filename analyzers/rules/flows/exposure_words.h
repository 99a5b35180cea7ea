// SPDX-License-Identifier: GPL-3.0-or-later
// Rule and words of an exposure: the same for what one file shows and for what only several show together.
#pragma once

#include "analyzers/lineage/flow_piece.h"
#include "analyzers/model/artifact.h"
#include "analyzers/model/finding.h"

#include <string>
#include <string_view>

namespace cupel::rules::flows {

struct ExposureWords {
    std::string_view rule;
    std::string message;
    Severity severity = Severity::Low;
    Confidence confidence = Confidence::Possible;
};

// `fetchedBy`: the other file that fetches it; empty: the same one.
[[nodiscard]] ExposureWords wordsOf(const lineage::Exposure& exposure, std::string_view fetchedBy);
// Whether a rule of code says that a call runs what is in the file it reads.
[[nodiscard]] bool isLoadRule(std::string_view rule);
// Places that other files may refer to, in the order in which the sink keeps them.
[[nodiscard]] std::vector<lineage::Place> placesOf(const lineage::FlowPiece& piece);
// What the data of a file does, without judging anything of it: no finding and no place of it may be shown.
[[nodiscard]] lineage::FlowPiece quickPiece(Artifact artifact, const lineage::FlowHint& hint, Budget& budget);

} // namespace cupel::rules::flows
