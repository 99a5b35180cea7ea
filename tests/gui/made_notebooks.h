// SPDX-License-Identifier: GPL-3.0-or-later
// Notebooks written by hand or by a loop for the tests of the notebook view, and their analyses.
#pragma once

#include "analyzers/model/analysis.h"

#include <string>
#include <vector>

namespace cupel::test {

// The value planted in every made notebook; nowhere must it be seen.
std::string plantedSecret();

// Every kind of cell and output, findings in source, output and data frame.
std::string handMadeNotebook();
std::string longNotebook(int cells);
std::string picturesNotebook(int pictures); // outputs of one cell
// One code cell with one output of this MIME type.
std::string notebookWithOutput(const std::string& mime, const std::string& value);
std::string quoted(const std::string& text); // as a JSON string

// Notebooks made to keep a window busy: one thing each, far too much of it.
const std::vector<std::string>& hostileNames();
std::string hostileNotebook(const std::string& name);

AnalysisPtr analysed(std::string path, std::string bytes, std::vector<std::string> families = {"secret", "malformed"});

} // namespace cupel::test
