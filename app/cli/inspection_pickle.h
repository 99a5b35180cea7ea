// SPDX-License-Identifier: GPL-3.0-or-later
// The part of `cupel inspect` that shows a pickle: nothing for other formats.
#pragma once

#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/model/analysis.h"
#include "analyzers/report/writers/json_stream.h"
#include "analyzers/report/writers/text.h"

namespace cupel::cli {

void pickleJson(const Analysis& analysis, bool opcodes, report::JsonStream& json);
void pickleText(const Analysis& analysis, bool opcodes, const report::Paint& paint, const report::TextSink& sink);

} // namespace cupel::cli
