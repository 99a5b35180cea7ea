// SPDX-License-Identifier: GPL-3.0-or-later
// Checks that no row can say: characters that hide code, the shape of statements, and the order of splitting and
// fitting.
#pragma once

#include "analyzers/formats/code_cells.h"
#include "analyzers/rules/code/reporter.h"

namespace cupel::rules::code {

// Invisible and look-alike characters, code far to the right, long lines.
void checkText(const CodeCell& cell, std::uint32_t index, Reporter& reporter);
// Statements: assert, bare except, loops without end, mutable defaults ...
void checkShape(const CodeCell& cell, std::uint32_t index, Reporter& reporter);
// Fitting before splitting, evaluation on training data, splits without a seed.
void checkLeakage(const CodeCells& cells, Reporter& reporter, Budget& budget);

} // namespace cupel::rules::code
