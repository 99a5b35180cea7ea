// SPDX-License-Identifier: GPL-3.0-or-later
// What was looked at, in words, for a review without findings: never "safe", always what was checked. Pure.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/review/profile.h"

#include <QtCore/QString>

namespace cupel::widgets {

struct CheckedWords {
    QString checked; // "14 of 14 cells, 22 of 22 outputs checked with 212 rules."
    QString notChecked; // "2 files were not checked completely"; empty: everything was
    bool onlyPictures = false; // all that is not checked is what pictures show
};
// `lookedAt`: pictures that a person has looked at, by the path of their file.
[[nodiscard]] CheckedWords checkedWords(const Workspace& workspace, const review::LookedAt& lookedAt = {});
// "3 pictures wait for a person's eyes": what they show nothing here reads. Empty: none.
[[nodiscard]] QString waitingPictures(const Workspace& workspace, const review::LookedAt& lookedAt);
// "code in Julia is not judged", "code in 2 languages is not judged"; empty: every rule had its say.
[[nodiscard]] QString notJudgedWords(const Workspace& workspace);

} // namespace cupel::widgets
