// SPDX-License-Identifier: GPL-3.0-or-later
// What was looked at, in words, for a review without findings: never "safe", always what was checked. Pure.
#pragma once

#include "analyzers/model/analysis.h"

#include <QtCore/QString>

namespace cupel::widgets {

struct CheckedWords {
    QString checked; // "14 of 14 cells, 22 of 22 outputs checked with 212 rules."
    QString notChecked; // "2 files were not checked completely"; empty: everything was
};
[[nodiscard]] CheckedWords checkedWords(const Workspace& workspace);
// "code in Julia is not judged", "code in 2 languages is not judged"; empty: every rule had its say.
[[nodiscard]] QString notJudgedWords(const Workspace& workspace);

} // namespace cupel::widgets
