// SPDX-License-Identifier: GPL-3.0-or-later
// What a cell is called in the command palette: its first line that says something, masked. Pure.
#pragma once

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/model/analysis.h"

#include <QtCore/QString>

namespace cupel::app {

// Empty when the cell has no text.
[[nodiscard]] QString cellTitle(const Analysis& analysis, const formats::Cell& cell);

} // namespace cupel::app
