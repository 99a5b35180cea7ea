// SPDX-License-Identifier: GPL-3.0-or-later
// MLmodel of MLflow: which module loads the model, which code comes with it and where its parts are looked for.
// https://mlflow.org/docs/latest/ml/model/
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/facts.h"

namespace cupel::formats {

// After the text has been opened. Nothing where the file is none.
void readMlflowModel(const Artifact& artifact, Budget& budget, Facts& out);

} // namespace cupel::formats
