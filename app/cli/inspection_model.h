// SPDX-License-Identifier: GPL-3.0-or-later
// The part of `cupel inspect` that shows what a model declares: nothing for other formats.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/report/writers/json_stream.h"
#include "analyzers/report/writers/text.h"

namespace cupel::cli {

// The fields inside of the part that is named after the format.
void modelJson(const Analysis& analysis, report::JsonStream& json);
void modelText(const Analysis& analysis, const report::Paint& paint, const report::TextSink& sink);

} // namespace cupel::cli
