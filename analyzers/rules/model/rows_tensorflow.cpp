// SPDX-License-Identifier: GPL-3.0-or-later
// TensorFlow: SavedModels, graphs, what Keras writes beside them.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> tensorflowRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"tf-code-op", "CUP-TF-CODE", S::Critical, C::Certain,
            "Running the graph runs code that it does not show: operator {} ({n} {use|uses})."},
        FlawRow{"tf-file-op", "CUP-TF-FILES", S::High, C::Certain,
            "Running the graph reads or writes files that it names: operator {} ({n} {use|uses})."},
        FlawRow{"tf-network-op", "CUP-TF-NETWORK", S::High, C::Certain,
            "Running the graph talks to other machines: operator {} ({n} {use|uses})."},
        FlawRow{"tf-print-file", "CUP-TF-FILES", S::High, C::Certain, "An operator prints into a file: {}."},
        FlawRow{"tf-suspicious-op", "CUP-TF-SUSPICIOUS", S::Medium, C::Likely,
            "A served model has no use for operator {} ({n} {use|uses})."},
        FlawRow{"tf-table-file", "CUP-TF-SUSPICIOUS", S::Medium, C::Likely,
            "Operator {} reads a table from a text file, and the model has no such file among its assets."},
        FlawRow{"tf-vocabulary", "CUP-TF-VOCABULARY", S::Info, C::Likely,
            "Operator {} reads a vocabulary from the assets of the model."},
        FlawRow{"tf-unknown-op", "CUP-TF-UNKNOWN-OP", S::Medium, C::Likely,
            "Operators that TensorFlow does not have: {} is the first of {n}. They need a native library."},
        FlawRow{"tf-library-op", "CUP-TF-LIBRARY-OP", S::Info, C::Certain,
            "Operators of another library: {} is the first of {n}."},
        FlawRow{"tf-nested-graph", "CUP-TF-NESTED-GRAPH", S::Medium, C::Certain,
            "A text of the graph holds a graph of its own, of {} bytes ({n} of them). It was checked too."},
        FlawRow{"tf-asset-path", "CUP-TF-ASSET-PATH", S::High, C::Certain,
            "An asset of the model is read from outside of its folder: {}."},
        FlawRow{"tf-tensor-size", "CUP-TF-TENSOR-SIZE", S::Medium, C::Certain,
            "A constant and its data do not fit: {} (constants: {n})."},
        FlawRow{"tf-bundle", "CUP-TF-CHECKPOINT", S::Medium, C::Certain,
            "The index of the checkpoint cannot be right: {}."},
        FlawRow{"tf-shard", "CUP-TF-CHECKPOINT", S::Medium, C::Certain,
            "The weights are not what their index says: {} (tensors: {n})."},
        FlawRow{"tf-shard-leftover", "CUP-MODEL-HIDDEN", S::Medium, C::Certain,
            "{} {byte of a shard of the checkpoint belongs|bytes of a shard of the checkpoint belong} to no tensor."},
        FlawRow{"tf-broken", "CUP-TF-BROKEN", S::Medium, C::Certain, "The file cannot be read to its end: {}."},
        FlawRow{"tf-too-deep", "CUP-TF-TOO-DEEP", S::Medium, C::Certain,
            "Messages are nested more than {} deep, or more of them than can be kept."},
    };
    return table;
}

} // namespace cupel::rules::model
