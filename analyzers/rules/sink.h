// SPDX-License-Identifier: GPL-3.0-or-later
// Where rules put what they found. The sink finds line, column and cell, caps findings per rule, and when the artifact
// is done redacts every excerpt with the union of all sensitive ranges and stamps fingerprints.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/model/rule.h"
#include "analyzers/rules/excerpt.h"
#include "analyzers/rules/rule_set.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cupel::rules {

struct Hit {
    std::string rule; // id in the catalogue
    ByteRange bytes; // in the artifact's text; widened to whole escapes already
    std::int32_t region = -1; // index into Facts::regions, -1: none
    std::uint64_t regionLine = 0; // 1-based line in the region, 0: not known
    Severity severity = Severity::Info;
    Confidence confidence = Confidence::Possible;
    std::string message; // redacted by construction
    std::map<std::string, std::string> arguments; // redacted by construction
    struct Extra {
        std::string role;
        ByteRange bytes; // empty: no place
        std::int32_t region = -1;
        std::uint64_t regionLine = 0;
        std::string note; // shown when there is no place: "checksum valid"
    };
    std::vector<Extra> evidence;
    bool sensitive = false; // the bytes are a secret or personal data: masked everywhere
    std::string masked; // how the value is shown: "ghp_••••••••a1B2"; used as excerpt of the match
    std::optional<Fix> fix; // edits in the artifact's text, like `bytes`
    bool allowed = false; // an inline allow comment covers it
};

class FindingSink {
public:
    FindingSink(const Artifact& artifact, const Facts& facts, const Limits& limits);
    void add(Hit hit);
    // Bytes that must never be shown in clear although no finding is made of them.
    void markSensitive(ByteRange textBytes);
    // Something could not be judged: the file counts as read in part.
    void incomplete(Diagnostic diagnostic) { m_diagnostics.push_back(std::move(diagnostic)); }
    // Moves everything into the analysis: located, redacted, sorted, deduplicated.
    void finish(Analysis& out) &&;

private:
    const Artifact& m_artifact;
    const Facts& m_facts;
    const Limits& m_limits;
    std::vector<Hit> m_hits;
    std::vector<Masked> m_masks;
    std::map<std::string, std::uint32_t, std::less<>> m_perRule;
    std::uint64_t m_dropped = 0;
    std::vector<Diagnostic> m_diagnostics;
};

} // namespace cupel::rules
