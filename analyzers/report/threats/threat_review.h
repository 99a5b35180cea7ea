// SPDX-License-Identifier: GPL-3.0-or-later
// What a report knows of a threat model: the model with what people made of it, and what is worked out from both, the
// same for every section. Immutable; any thread.
#pragma once

#include "analyzers/threats/work/team_model.h"

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace cupel::report {

struct ThreatReview {
    threats::Overlaid overlaid;
    threats::TeamModel team; // whose decisions `overlaid` shows: the dates of them are here
    bool complete = true; // false: not everything that the model is made of was read
};
using ThreatReviewPtr = std::shared_ptr<const ThreatReview>;

[[nodiscard]] bool isOpen(const ThreatReview& review, const threats::Threat& threat);
// The worst that is open at each part, by id; the whole model is "".
[[nodiscard]] std::map<std::string, Severity> worstOpen(const ThreatReview& review);

// Names of parts as they are printed, by id. The review has to live as long.
class PartNames {
public:
    explicit PartNames(const threats::ThreatModel& model);
    [[nodiscard]] std::string of(std::string_view id) const; // "a.csv to train.ipynb"; "The whole system" for none
    [[nodiscard]] std::string kindOf(std::string_view id) const; // "model file", "flow", "zone"; empty: the whole

private:
    std::map<std::string_view, const threats::Element*> m_elements;
    std::map<std::string_view, const threats::Flow*> m_flows;
    std::map<std::string_view, const threats::Zone*> m_zones;
};

// Threats by likelihood and impact, 1 to 5 each: counts[likelihood - 1][impact - 1].
struct RiskGrid {
    std::array<std::array<std::size_t, 5>, 5> counts{};
    std::size_t unrated = 0;
};
[[nodiscard]] RiskGrid riskBefore(const ThreatReview& review); // of all that apply, without any control
[[nodiscard]] RiskGrid riskAfter(const ThreatReview& review); // of those that are open, with the controls in place

[[nodiscard]] bool isDecided(const threats::Threat& threat); // somebody said that it applies, or what is done about it
[[nodiscard]] std::string_view wordsOf(threats::Flag flag);
// "accepted until 2027-01-31, but its time is over"
[[nodiscard]] std::string decisionWords(const threats::Threat& threat, const threats::Overlaid& overlaid);

// Words with blanks instead of hyphens: "not applicable".
[[nodiscard]] std::string spoken(std::string_view id);

} // namespace cupel::report
