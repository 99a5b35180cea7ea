// SPDX-License-Identifier: GPL-3.0-or-later
// Formats of applications and of smaller frameworks: skops, CoreML, PaddlePaddle.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> appsRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"skops-confused", "CUP-SKOPS-CONFUSED", S::Critical, C::Certain,
            "A loader is given what it is not made for: {} is the first of {n}."},
        FlawRow{"skops-operator", "CUP-SKOPS-OPERATOR", S::Medium, C::Certain,
            "The archive makes a function that takes attributes or calls methods by name: {} ({n} of them)."},
        FlawRow{"skops-unknown-loader", "CUP-SKOPS-BROKEN", S::Medium, C::Certain,
            "The archive names a loader that skops does not have: {} ({n} {node|nodes})."},
        FlawRow{"skops-broken-node", "CUP-SKOPS-BROKEN", S::Medium, C::Certain,
            "A node does not say what it stands for: {} ({n} {node|nodes})."},
        FlawRow{"skops-broken-json", "CUP-SKOPS-BROKEN", S::Medium, C::Certain, "The schema is no valid JSON."},
        FlawRow{"coreml-custom", "CUP-COREML-CUSTOM", S::Medium, C::Certain,
            "The model needs classes of the application: {} is the first of {n}."},
        FlawRow{"coreml-linked-path", "CUP-COREML-PATH", S::High, C::Certain,
            "The model it is linked with lies outside of the bundle: {} ({n} {path|paths})."},
        FlawRow{"coreml-blob-path", "CUP-COREML-PATH", S::High, C::Certain,
            "Weights are read from outside of the package: {} ({n} {path|paths})."},
        FlawRow{"coreml-broken", "CUP-COREML-BROKEN", S::Medium, C::Certain, "A message of the model is broken: {}."},
        FlawRow{"paddle-python", "CUP-PADDLE-PYTHON", S::High, C::Certain,
            "An operator runs Python of the process that loads the model: {} ({n} {time|times})."},
        FlawRow{"paddle-files", "CUP-PADDLE-FILES", S::Medium, C::Certain,
            "Running the model reads or writes files: {} ({n} {operator|operators})."},
        FlawRow{"paddle-path", "CUP-PADDLE-FILES", S::High, C::Certain,
            "An operator works with a file outside of the model's folder: {} ({n} {path|paths})."},
        FlawRow{"paddle-broken", "CUP-PADDLE-BROKEN", S::Medium, C::Certain, "A message of the program is broken: {}."},
    };
    return table;
}

} // namespace cupel::rules::model
