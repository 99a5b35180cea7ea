// SPDX-License-Identifier: GPL-3.0-or-later
// From the tensors of a checkpoint to a safetensors file with the same bytes, without loading anything: what the pickle
// says about its tensors is known already, only their bytes are copied. Refused with a reason where that cannot be
// exact. Plain values; the bytes stay where the analyses have them.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/model/analysis.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cupel::convert {

struct ConvertedTensor {
    std::string name;
    std::string dtype; // of safetensors
    std::vector<std::uint64_t> shape;
    std::vector<std::uint64_t> strides; // in elements; empty: row by row
    ByteView source; // begins with the first element
    std::uint64_t width = 0; // bytes of an element
    std::uint64_t bytes = 0; // it has in the new file
    bool asText = false; // `source` is a text in UTF-8, of which each character is a byte
};

struct Conversion {
    std::vector<ConvertedTensor> tensors; // in the order of the new file: widest elements first, then by name
    std::vector<std::string> notes; // what is not carried over, what is written twice
    std::uint64_t bytes = 0; // of all tensors
    // Keeps the bytes of `source` alive.
    std::vector<std::shared_ptr<const void>> held;
};

// `analyses`: the file and all its members, with their bytes. The error's detail is one clause for people.
[[nodiscard]] Result<Conversion> planConversion(const std::vector<AnalysisPtr>& analyses);
// Why it would be refused, without a name out of the file; empty: nothing speaks against it. Needs no bytes.
[[nodiscard]] std::string conversionTrouble(const std::vector<AnalysisPtr>& analyses);

} // namespace cupel::convert
