// SPDX-License-Identifier: GPL-3.0-or-later
// The risk of a threat on a scale of 5 by 5: as it is without any control, with what is in place, and with all that is
// planned. Each figure that goes into it is kept, so that nobody has to believe a number. What a control takes away is
// an assumption of the catalogue.
#pragma once

#include "analyzers/threats/work/team_model.h"

namespace cupel::threats {

struct CountedControl {
    std::string control; // id; empty: one of their own
    std::string title;
    ControlStatus status = ControlStatus::Proposed;
    bool onImpact = false; // else on the likelihood
    int percent = 0; // that it is assumed to take away where it works
    int now = 0; // of it that counts: half where it is only claimed
};

struct Risk {
    int likelihood = 1; // 1 to 5
    int impact = 1;
    double likelihoodNow = 1; // 1 to 5
    double impactNow = 1;
    double likelihoodPlanned = 1;
    double impactPlanned = 1;
    std::vector<CountedControl> controls;
    [[nodiscard]] int inherent() const { return likelihood * impact; }
    [[nodiscard]] double now() const { return likelihoodNow * impactNow; }
    [[nodiscard]] double planned() const { return likelihoodPlanned * impactPlanned; }
};

// A control in place counts half; whole where somebody wrote down what proves it or a scan refutes the threat, and half
// again where a finding confirms the threat all the same.
[[nodiscard]] Risk riskOf(const Threat& threat, const std::vector<ControlUse>& uses);
[[nodiscard]] std::vector<ControlUse> controlsOf(const Overlaid& overlaid, const std::string& threat);

// The step of the scale that a value lies on, 1 to 5: upwards, so that nothing looks better than it is.
[[nodiscard]] int stepOf(double value);

// Somebody decided that nothing is left of it: it stands on no map of risks.
[[nodiscard]] bool isSettled(const Threat& threat);

} // namespace cupel::threats
