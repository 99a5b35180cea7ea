// SPDX-License-Identifier: GPL-3.0-or-later
// ONNX models.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> onnxRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"onnx-python-op", "CUP-ONNX-PYTHON", S::Critical, C::Certain,
            "The graph calls Python: operator {} ({n} {use|uses})."},
        FlawRow{"onnx-custom-op", "CUP-ONNX-CUSTOM-OP", S::Medium, C::Likely,
            "Operators outside of ONNX and its runtimes need a native library: {} is the first of {n}."},
        FlawRow{"onnx-external-path", "CUP-ONNX-EXTERNAL-PATH", S::High, C::Certain,
            "The data of a tensor is read from a file outside of the model's folder: {}."},
        FlawRow{"onnx-external-key", "CUP-ONNX-EXTERNAL-KEY", S::High, C::Likely,
            "External data has a key that ONNX does not have, or has it twice: {}."},
        FlawRow{"onnx-external-range", "CUP-ONNX-EXTERNAL-RANGE", S::Medium, C::Certain,
            "A tensor names an impossible part of the file with its data: {}."},
        FlawRow{"onnx-external-none", "CUP-ONNX-EXTERNAL-RANGE", S::Medium, C::Certain,
            "The data of a tensor stands in another file, but {}."},
        FlawRow{"onnx-tensor-size", "CUP-ONNX-TENSOR-SIZE", S::Medium, C::Certain,
            "A tensor and its data do not fit: {} (tensors: {n})."},
        FlawRow{"onnx-too-deep", "CUP-ONNX-TOO-DEEP", S::Medium, C::Certain,
            "Graphs or messages are nested more than {} deep."},
        FlawRow{"onnx-broken", "CUP-ONNX-BROKEN", S::Medium, C::Certain, "The model cannot be read to its end: {}."},
        FlawRow{"onnx-merged", "CUP-ONNX-MERGED", S::Medium, C::Certain,
            "The model has {} graphs where there is one: programs join them or take the last."},
        FlawRow{"onnx-unknown-field", "CUP-ONNX-UNKNOWN-FIELD", S::Low, C::Likely,
            "{n} {field is|fields are} none of ONNX, the first has number {}: programs skip them."},
    };
    return table;
}

} // namespace cupel::rules::model
