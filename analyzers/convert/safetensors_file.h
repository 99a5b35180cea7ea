// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a safetensors file piece by piece: the length of the header, the header as JSON padded to eight bytes, the
// tensors without gaps. Nothing of the size of a tensor is held. https://github.com/huggingface/safetensors
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/convert/conversion.h"

#include <functional>
#include <string>
#include <string_view>

namespace cupel::convert {

using ByteSink = std::function<bool(std::string_view)>; // false: it takes no more, and nothing more is read

// What stands before the tensors, the eight bytes of its length included.
[[nodiscard]] std::string safetensorsHead(const Conversion& conversion);
// False: the budget or the sink ended it, and the file is not whole.
[[nodiscard]] bool writeSafetensors(const Conversion& conversion, Budget& budget, const ByteSink& sink);

} // namespace cupel::convert
