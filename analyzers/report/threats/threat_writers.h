// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model in the forms that are promised: JSON of `cupel threats` (schema cupel.threats/1), Threat Dragon v2,
// Open Threat Model 0.2, TM-BOM 1.0.2, a table, words, a Mermaid chart and a layer for the ATLAS navigator. A model
// that came from Threat Dragon v2, OTM or TM-BOM goes back into its own form with everything that Cupel does not know;
// what a form cannot hold stands in its slot for extensions.
#pragma once

#include "analyzers/report/writers/json_stream.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/threats/model_diff.h"
#include "analyzers/threats/threat_model.h"
#include "analyzers/threats/work/team_model.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel::report {

// `team`: whose flags are told, and whose controls are listed below the threats they are against; null: none are.
void writeThreatsJson(const threats::ThreatModel& model, const TextSink& sink, const threats::Overlaid* team = nullptr);
void writeThreatsText(const threats::ThreatModel& model, const TextStyle& style, const TextSink& sink,
    const threats::Overlaid* team = nullptr);
void writeThreatsCsv(const threats::ThreatModel& model, const TextSink& sink,
    const threats::Overlaid* team = nullptr); // a row for every threat
void writeThreatsMermaid(const threats::ThreatModel& model, const TextSink& sink); // a chart, which nothing reads back
// What of ATLAS the model answers, in the layer format 4.3 of the navigator: techniques that no rule could have raised
// here are not in it.
void writeAtlasLayer(const threats::ThreatModel& model, const TextSink& sink);
// The model has a place for every part; see layOutDiagrams.
void writeThreatDragon(const threats::ThreatModel& model, const TextSink& sink);
void writeOpenThreatModel(const threats::ThreatModel& model, const TextSink& sink);
void writeTmBom(const threats::ThreatModel& model, const TextSink& sink);

// Whether what is written is a view of the model ("text", "csv", "mermaid", "atlas-layer") and no model.
[[nodiscard]] bool isViewFormat(std::string_view format);
// What of the model a form ("otm", "threat-dragon", "tm-bom", "cupel") has no place for, in words; none where it goes
// back into the form it came from.
[[nodiscard]] std::vector<std::string> lossesOf(const threats::ThreatModel& model, std::string_view format);

void writeModelDiffText(const threats::ModelDiff& diff, const TextSink& sink);
void writeModelDiffJson(const threats::ModelDiff& diff, const TextSink& sink); // schema cupel.tm-diff/1

} // namespace cupel::report
