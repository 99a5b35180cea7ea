// SPDX-License-Identifier: GPL-3.0-or-later
// From a piece of active markup to what is said about it: rule, severity, what viewers do with it.
#pragma once

#include "analyzers/formats/html/html_active.h"
#include "analyzers/rules/outputs/findings.h"

namespace cupel::rules::outputs {

// Fills rule, severity, confidence, words and viewers; places are the caller's.
[[nodiscard]] Seen judgePiece(const formats::ActivePiece& piece, Carrier carrier);
// A script that stands alone: an application/javascript output.
[[nodiscard]] Seen judgeScript(const formats::ScriptSigns& signs, Carrier carrier);

// How far a path of a picture or an attachment leads out of the notebook's folder.
struct PathVerdict {
    bool leaves = false;
    Severity severity = Severity::Info;
    std::string what;
};
[[nodiscard]] PathVerdict judgePath(std::string_view path, bool name);

} // namespace cupel::rules::outputs
