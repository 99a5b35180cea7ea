// SPDX-License-Identifier: GPL-3.0-or-later
// Texts of a model (metadata, settings, templates) that are a pickle: as it stands, in Latin-1, base64 or hex, or under
// several layers. A loader that knows of it decodes and loads it, so each is told and handed on as a member with a
// judgement of its own.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/facts.h"

namespace cupel::formats {

// After a format has parsed the artifact. Pickles look into their own constants.
void judgeTexts(const Artifact& artifact, Budget& budget, Facts& out);

} // namespace cupel::formats
