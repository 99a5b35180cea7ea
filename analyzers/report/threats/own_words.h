// SPDX-License-Identifier: GPL-3.0-or-later
// What Cupel knows of a threat and the formats of other tools have no word for: written under names of our own, which
// those tools keep and our readers take back (threats::takeOwn).
#pragma once

#include "analyzers/threats/threat_model.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::report {

using OwnWords = std::vector<std::pair<std::string_view, std::string>>;

// Names and values, without what is empty or the default.
[[nodiscard]] OwnWords ownWords(const threats::Threat& threat);
// Controls of a model by id. It must stay alive.
using ControlIndex = std::map<std::string_view, const threats::Control*>;
[[nodiscard]] ControlIndex controlsById(const threats::ThreatModel& model);
// The text of what to do, with the titles of its controls: for tools that have one text for it.
[[nodiscard]] std::string mitigationText(const ControlIndex& controls, const threats::Threat& threat);
// Those of the model, and those that its threats name and only the knowledge base knows.
[[nodiscard]] std::vector<threats::Control> allControls(const threats::ThreatModel& model);

} // namespace cupel::report
