// SPDX-License-Identifier: GPL-3.0-or-later
// Members of a PyTorch archive that are bare numbers: "archive/data/7" beside "archive/data.pkl". Told by the names in
// the archive; what the numbers mean stands in the pickle.
#pragma once

#include "analyzers/model/artifact.h"

namespace cupel::formats {

[[nodiscard]] bool isTorchStorage(const Artifact& artifact);

} // namespace cupel::formats
