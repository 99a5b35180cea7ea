// SPDX-License-Identifier: GPL-3.0-or-later
// Codes of diagnostics that more than one part reads. They are stable: outputs and tests know them.
#pragma once

#include "analyzers/model/facts.h"

#include <algorithm>
#include <string_view>

namespace cupel {

// Code in a language that the rules of code do not know: a note, everything that is promised for it was done.
inline constexpr std::string_view codeNotJudged = "code-not-judged";

// Cells or scripts that are no valid code of a language that they do know: judged as far as they can be read. A note.
inline constexpr std::string_view codePartlyJudged = "code-partly-judged";

[[nodiscard]] inline bool isCodeGap(const Diagnostic& diagnostic)
{
    return diagnostic.code == codeNotJudged || diagnostic.code == codePartlyJudged;
}

// A notebook whose cells have no run numbers: a note, nothing can be said of the order they ran in.
inline constexpr std::string_view codeNoRunNumbers = "no-run-numbers";

// Left out because the caller asked for it (Limits::checksums): a note, but no longer "everything was checked".
inline constexpr std::string_view codeLeftOut = "left-out-as-asked";

// The first diagnostic with this code; null: none.
[[nodiscard]] inline const Diagnostic* findNote(const Facts& facts, std::string_view code)
{
    const auto hit = std::find_if(
        facts.diagnostics.begin(), facts.diagnostics.end(), [code](const Diagnostic& one) { return one.code == code; });
    return hit == facts.diagnostics.end() ? nullptr : &*hit;
}

} // namespace cupel
