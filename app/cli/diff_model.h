// SPDX-License-Identifier: GPL-3.0-or-later
// What `cupel diff` says of two models, for people and for programs.
#pragma once

#include "analyzers/report/writers/text.h"
#include "analyzers/review/compare_models.h"

namespace cupel::cli {

// "3 bytes differ, the first at byte 17"
[[nodiscard]] std::string bytesText(const review::ByteDifference& bytes);
void bytesJson(const review::ByteDifference& bytes, report::JsonStream& json); // a field "bytes"
[[nodiscard]] std::string modelDiffText(const review::ModelComparison& model, const report::Paint& paint);
void modelDiffJson(const review::ModelComparison& model, report::JsonStream& json);

} // namespace cupel::cli
