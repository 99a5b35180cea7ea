// SPDX-License-Identifier: GPL-3.0-or-later
// What the sections about a threat model share: the order of the threats, where each is printed, and the findings that
// are their evidence.
#pragma once

#include "analyzers/report/sections/support.h"
#include "analyzers/report/threats/threat_review.h"

#include <string>
#include <vector>

namespace cupel::report {

// More threats than this are not told one by one.
inline constexpr std::size_t printedThreats = 400;

class ThreatTexts {
public:
    explicit ThreatTexts(const Input& input); // with a threat model

    [[nodiscard]] const ThreatReview& review() const { return m_review; }
    [[nodiscard]] const threats::ThreatModel& model() const { return m_review.overlaid.model; }
    [[nodiscard]] const PartNames& names() const { return m_names; }
    // Open ones first, the worst first.
    [[nodiscard]] const std::vector<const threats::Threat*>& order() const { return m_order; }
    // "threat-3", where it is printed; empty: it is not.
    [[nodiscard]] std::string anchorOf(const threats::Threat& threat) const;
    // "T3": how tables call it; empty: its id says nothing to anybody, and it is not printed.
    [[nodiscard]] std::string numberOf(const threats::Threat& threat) const;
    // Findings that confirm it and are in this report; at most `most`.
    [[nodiscard]] std::vector<const Finding*> evidenceOf(const threats::Threat& threat, std::size_t most) const;
    // "confirmed by 2 findings", "refuted, 3 of 3 checks looked", "not known".
    [[nodiscard]] static std::string evidenceWords(const threats::Threat& threat);
    // "accepted until 2027-01-31", "not applicable", with what a scan says against it.
    [[nodiscard]] std::string decisionWords(const threats::Threat& threat) const;
    // "T3 Title" or the title alone.
    [[nodiscard]] std::string titleOf(const threats::Threat& threat) const;

private:
    const ThreatReview& m_review;
    PartNames m_names;
    std::vector<const threats::Threat*> m_order;
    std::map<std::string_view, std::size_t> m_places; // in the order, by id
    std::map<std::string_view, const Finding*> m_findings; // by fingerprint
};

// "2026-11-20 10:00" of an ISO date and time; what is none as it is.
[[nodiscard]] std::string momentOf(std::string_view at);

} // namespace cupel::report
