// SPDX-License-Identifier: GPL-3.0-or-later
// What may stay of a value that is masked. The beginning of a credential says which one it is ("ghp_"); the beginning
// of a name or an address is a part of the person.
#pragma once

#include "analyzers/model/analysis.h"

#include <span>
#include <vector>

namespace cupel {

// Places of the file where credentials begin, sorted. Only a masked range that begins at one of them keeps letters.
[[nodiscard]] std::vector<std::uint64_t> secretStarts(const Analysis& analysis);
[[nodiscard]] bool keepsItsBeginning(std::span<const std::uint64_t> secretStarts, ByteRange masked);

} // namespace cupel
