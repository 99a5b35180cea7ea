// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a zip is an archive of Keras, and what is wrong with its members as a whole. What each of them holds is
// judged by itself.
#pragma once

#include "analyzers/model/facts.h"

namespace cupel::formats {

// After the members are known; does nothing to other zips.
void judgeKerasArchive(const Artifact& artifact, const Facts& facts, ModelContent& model);

} // namespace cupel::formats
