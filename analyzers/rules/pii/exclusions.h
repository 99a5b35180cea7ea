// SPDX-License-Identifier: GPL-3.0-or-later
// What has the shape of personal data and is none: parts of floats, ids, hashes, versions, dates, and samples.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/rules/pii/pii_row.h"
#include "analyzers/rules/pii/shape.h"

namespace cupel::rules::pii {

// Letters, digits and '_' go on before or behind, or the value is a part of a number, an id, a path or a time.
[[nodiscard]] bool continuesBefore(ByteView text, std::size_t start, const Shape& shape);
[[nodiscard]] bool continuesBehind(ByteView text, std::size_t end, const Shape& shape);
// One of the samples that banks and manuals publish.
[[nodiscard]] bool isPublishedSample(const PiiRow& row, std::string_view compactValue);

} // namespace cupel::rules::pii
