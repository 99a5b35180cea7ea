// SPDX-License-Identifier: GPL-3.0-or-later
// What people changed of a model of another tool, put back into its file: only the keys that they changed are written,
// everything else stays, whether Cupel knows it or not. What nobody changed stays the same to the byte.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/base/result.h"
#include "analyzers/threats/model_diff.h"
#include "analyzers/threats/work/file_model.h"

#include <string>

namespace cupel::report {

struct EditedFile {
    std::string bytes;
    // What the form cannot say: the model (before) against what is read of the new file (after).
    threats::ModelDiff lost;
    std::size_t controls = 0; // uses of controls that it says differently
    std::size_t answers = 0; // to scoping questions: no other form has them
    bool comments = false; // of YAML, which are not kept; those at the top are
    [[nodiscard]] bool whole() const { return lost.changes.empty() && controls == 0 && answers == 0 && !comments; }
};

// `original`: the bytes that `file` was read from. An error: stopped, or the new file could not be read again.
[[nodiscard]] Result<EditedFile> editFile(
    ByteView original, const threats::FileModel& file, const threats::TeamModel& now, Budget& budget);

} // namespace cupel::report
