// SPDX-License-Identifier: GPL-3.0-or-later
// What metadata hides, switches on or tells: cell and output flags, names of attachments, tools and people, widgets.
#pragma once

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/rules/outputs/findings.h"

namespace cupel::rules::outputs {

void scanCells(const RuleInput& input, const formats::NotebookFacts& notebook, Findings& out); // cell_flags.cpp
void scanNotebookMetadata(const RuleInput& input, std::size_t regionIndex, Findings& out); // notebook_metadata.cpp
void scanInjectedMetadata(const RuleInput& input, std::size_t regionIndex, Findings& out); // injected_markup.cpp
void scanInjectedImage(const RuleInput& input, std::size_t regionIndex, Findings& out); // base64 that is none
void scanInjectedName(const RuleInput& input, std::size_t regionIndex, Findings& out); // a file name beside the data
void scanInjectedWidget(const RuleInput& input, std::size_t regionIndex, Findings& out); // JSON that ends its script
void scanWidgets(const RuleInput& input, std::size_t regionIndex, Findings& out); // widgets.cpp

} // namespace cupel::rules::outputs
