// SPDX-License-Identifier: GPL-3.0-or-later
// The part of `cupel inspect` that shows a pickle: nothing for other formats.
#pragma once

#include "app/cli/inspection.h"

#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/model/analysis.h"
#include "analyzers/report/writers/json_stream.h"
#include "analyzers/report/writers/text.h"

namespace cupel::cli {

// What pickle.load does with it. For an analysis with its bytes, of a pickle.
[[nodiscard]] PickleVerdict pickleVerdict(const Analysis& analysis);
void pickleJson(const Analysis& analysis, bool opcodes, report::JsonStream& json);
void pickleText(const Analysis& analysis, bool opcodes, const report::Paint& paint, const report::TextSink& sink);

} // namespace cupel::cli
