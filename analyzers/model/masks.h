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

// Dots for the values at these places of the file in the messages and excerpts of findings that were made before the
// values were known to be there.
void maskPlaces(const std::vector<ByteRange>& places, ByteView bytes, std::span<Finding* const> findings);

} // namespace cupel
