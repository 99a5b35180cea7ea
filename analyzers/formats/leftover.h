// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a model that belong to nothing are looked at all the same, whatever its format: a pickle, an archive or a
// program in them is told as such, and handed on as a member with a judgement of its own.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/padding.h"
#include "analyzers/model/facts.h"

#include <vector>

namespace cupel::formats {

// Sorted, and those that touch each other as one.
[[nodiscard]] std::vector<ByteRange> joined(std::vector<ByteRange> ranges);

// Of a flaw that tells what follows the end of the file's content. Programs skip it, nothing is in it, and it was
// looked at: it is no reason to call the file unchecked, and no more than worth a word.
[[nodiscard]] Padding paddingBehind(const ModelFlaw& flaw, ByteView file);

// After a format has parsed the artifact. Where the bytes behind the end are understood this way, they count as
// checked.
void judgeLeftover(const Artifact& artifact, Budget& budget, Facts& out);

} // namespace cupel::formats
