// SPDX-License-Identifier: GPL-3.0-or-later
// Codes of diagnostics that more than one part reads. They are stable: outputs and tests know them.
#pragma once

#include <string_view>

namespace cupel {

// Code in a language that the rules of code do not know: a note, everything that is promised for it was done.
inline constexpr std::string_view codeNotJudged = "code-not-judged";

// Left out because the caller asked for it (Limits::checksums): a note, but no longer "everything was checked".
inline constexpr std::string_view codeLeftOut = "left-out-as-asked";

} // namespace cupel
