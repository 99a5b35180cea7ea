// SPDX-License-Identifier: GPL-3.0-or-later
// The questions people have about a model before they load it, answered from what was found in it and in its members:
// a file, or a member that is looked at by itself. Never better than what was looked at: a part that was not read makes
// every "no" a "not known".
#pragma once

#include "widgets/models/model_reading.h"

#include <vector>

namespace cupel::app {

// `members`: of what it is about those are taken that are in it. `beside`: what loaders take along with it, so that
// nobody reads "none found" of one file while another of the same model runs code. `signature`: the name of one that
// lies beside the file; empty: none does.
[[nodiscard]] std::vector<widgets::ModelAnswer> answersAbout(const AnalysisPtr& what,
    const std::vector<AnalysisPtr>& members, const std::vector<AnalysisPtr>& beside = {},
    const std::string& signature = {});

} // namespace cupel::app
