// SPDX-License-Identifier: GPL-3.0-or-later
// What agents and applications of language models read and where they can send it, by the flows and by what the scan
// found in what they read: text of others, data that is not for others, and a way out.
#pragma once

#include "analyzers/threats/derive/model_builder.h"

namespace cupel::threats {

// After personal data and secrets have been said of what holds them.
void describeAgents(ModelBuilder& builder);

} // namespace cupel::threats
