// SPDX-License-Identifier: GPL-3.0-or-later
// TensorFlow Lite; what its Flex operators do stands with those of TensorFlow.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> tfliteRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"tflite-custom-op", "CUP-TFLITE-CUSTOM-OP", S::Medium, C::Certain,
            "Operators that TensorFlow Lite does not have: {} is the first of {n}. They need a native library."},
        FlawRow{"tflite-unknown-op", "CUP-TFLITE-CUSTOM-OP", S::Medium, C::Likely,
            "Operators with numbers that no known version has: {} is the first of {n}."},
        FlawRow{"tflite-usual-custom", "CUP-TFLITE-LIBRARY-OP", S::Info, C::Certain,
            "Operators that come with a part of TensorFlow Lite: {} is the first of {n}."},
        FlawRow{"tflite-flex-op", "CUP-TFLITE-LIBRARY-OP", S::Info, C::Certain,
            "Operators of the whole TensorFlow: {} is the first of {n}."},
        FlawRow{"tflite-buffer", "CUP-TFLITE-BROKEN", S::Medium, C::Certain, "The model points to nothing: {}."},
        FlawRow{"tflite-tensor-size", "CUP-TFLITE-BROKEN", S::Medium, C::Certain,
            "A tensor and its data do not fit: {} (tensors: {n})."},
        FlawRow{"flatbuffer-offset", "CUP-TFLITE-BROKEN", S::Medium, C::Certain,
            "An offset leads out of the file, or no table stands where it leads: byte {} ({n} {place|places})."},
        FlawRow{"tflite-hole", "CUP-TFLITE-HIDDEN", S::Medium, C::Certain,
            "{} {byte inside the model belongs|bytes inside the model belong} to none of its tables."},
        FlawRow{"tflite-trailing", "CUP-TFLITE-HIDDEN", S::Medium, C::Certain,
            "{} {byte follows|bytes follow} the last part of the model."},
        FlawRow{"tflite-unexplained", "CUP-TFLITE-HIDDEN", S::Low, C::Possible,
            "{} {byte belongs|bytes belong} to no table that is known; the model has fields of a newer schema."},
        FlawRow{"tflite-appended", "CUP-TFLITE-FILES", S::Info, C::Certain,
            "A zip stands behind the model. Its members were checked."},
    };
    return table;
}

} // namespace cupel::rules::model
