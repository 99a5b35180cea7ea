// SPDX-License-Identifier: GPL-3.0-or-later
// The inline comments with which people and other tools allow a finding: "gitleaks:allow", "# nosec" ...
#pragma once

#include "analyzers/base/bytes.h"

namespace cupel::rules {

// On the line of the place, or "nextline" ones on the line before.
[[nodiscard]] bool isAllowedInline(ByteView text, ByteRange place);
// Of code, a comment that switches a rule off for its line: nosec, noqa: S..., nosemgrep, "cupel: allow CUP-...".
[[nodiscard]] bool hasAllowComment(std::string_view line, std::string_view rule);

} // namespace cupel::rules
