// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations, indexes and pointers in the folder of a model.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> hubRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"pointer", "CUP-MODEL-POINTER", S::Low, C::Certain,
            "The file is a pointer of Git LFS, not the model itself."},
        FlawRow{"hub-foreign-code", "CUP-HUB-FOREIGN-CODE", S::High, C::Certain,
            "Loading the model runs code of another repository: \u201c{}\u201d."},
        FlawRow{"hub-own-code", "CUP-HUB-OWN-CODE", S::Medium, C::Certain,
            "The model comes with code of its own that loading it can run: \u201c{}\u201d."},
        FlawRow{"hub-own-pipeline", "CUP-HUB-OWN-CODE", S::Medium, C::Certain,
            "The pipeline comes with code of its own that loading it can run: \u201c{}\u201d."},
        FlawRow{"hub-kernel", "CUP-HUB-FOREIGN-CODE", S::Medium, C::Certain,
            "Loading the model fetches and runs a kernel of another repository: \u201c{}\u201d."},
        FlawRow{"hub-trust", "CUP-HUB-TRUST", S::Medium, C::Certain,
            "The configuration asks loaders to trust code that comes with the model."},
        FlawRow{"hub-dangerous-class", "CUP-HUB-DANGEROUS-CLASS", S::High, C::Likely,
            "The configuration names what starts programs or reads anything as its class: \u201c{}\u201d."},
        FlawRow{"hub-class", "CUP-HUB-CLASS", S::Medium, C::Likely,
            "The configuration names a class outside of the libraries that models use: \u201c{}\u201d."},
        FlawRow{"hub-base-path", "CUP-HUB-BASE-PATH", S::Medium, C::Likely,
            "The model it builds on is looked for outside of the folder: \u201c{}\u201d."},
        FlawRow{"hub-shard-outside", "CUP-HUB-SHARD-OUTSIDE", S::High, C::Certain,
            "A shard is looked for outside of the folder: \u201c{}\u201d."},
        FlawRow{"hub-shard-kind", "CUP-HUB-SHARD-KIND", S::Medium, C::Certain,
            "An index of safetensors leads to a file of another kind: \u201c{}\u201d."},
        FlawRow{"hub-duplicate", "CUP-HUB-DUPLICATE", S::Medium, C::Certain,
            "A key stands there twice, and programs differ in which one they take: \u201c{}\u201d."},
        FlawRow{"mlflow-loader", "CUP-MLFLOW-LOADER", S::Medium, C::Likely,
            "Loading the model imports a module outside of MLflow and calls it: \u201c{}\u201d."},
        FlawRow{"mlflow-acting-loader", "CUP-MLFLOW-LOADER", S::High, C::Likely,
            "Loading the model imports what acts on the machine, and models do not need: \u201c{}\u201d."},
        FlawRow{"mlflow-code", "CUP-MLFLOW-CODE", S::Medium, C::Certain,
            "Loading the model puts code that comes with it on Python's path, or runs it: \u201c{}\u201d."},
        FlawRow{"mlflow-path", "CUP-MLFLOW-PATH", S::High, C::Certain,
            "A part of the model is looked for outside of its folder: \u201c{}\u201d."},
        FlawRow{"hub-json", "CUP-HUB-JSON", S::Low, C::Certain, "The file is not JSON from byte {} on."},
    };
    return table;
}

} // namespace cupel::rules::model
