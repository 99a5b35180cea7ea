// SPDX-License-Identifier: GPL-3.0-or-later
// Files that hold the numbers of an ONNX model beside it: which of their bytes belong to a tensor says the model alone.
// https://onnx.ai/onnx/repo-docs/ExternalData.html
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/model/artifact.h"

#include <optional>
#include <string_view>
#include <vector>

namespace cupel::formats {

struct OutsideTensors {
    std::string_view model; // name of the file that tells
    std::vector<ByteRange> places; // of tensors, in the order of the model; may end behind the file
};

// By a model among the companions that names this file; nothing where none does.
[[nodiscard]] std::optional<OutsideTensors> outsideTensors(const Artifact& artifact, Budget& budget);

} // namespace cupel::formats
