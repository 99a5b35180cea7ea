// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> ggufRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"gguf-version", "CUP-GGUF-VERSION", S::Medium, C::Certain, "There is no version {} of GGUF."},
        FlawRow{"gguf-count", "CUP-GGUF-COUNT", S::Medium, C::Certain, "The file claims {}."},
        FlawRow{"gguf-truncated", "CUP-GGUF-TRUNCATED", S::Medium, C::Certain,
            "The file ends, or a length leads out of it, where it should not: {}."},
        FlawRow{"gguf-key", "CUP-GGUF-KEY", S::Medium, C::Certain, "A key is not what readers take: {}."},
        FlawRow{"gguf-duplicate", "CUP-GGUF-DUPLICATE", S::Medium, C::Certain,
            "{} stands there twice, and readers differ in which one they take."},
        FlawRow{"gguf-string", "CUP-GGUF-STRING", S::Medium, C::Certain, "A text is not what readers take: {}."},
        FlawRow{"gguf-type", "CUP-GGUF-TYPE", S::Medium, C::Certain, "A type is used that does not exist: {}."},
        FlawRow{"gguf-bool", "CUP-GGUF-NUMBER", S::Medium, C::Certain, "A truth value is neither 0 nor 1 but {}."},
        FlawRow{"gguf-number", "CUP-GGUF-NUMBER", S::Medium, C::Certain,
            "A number that readers reserve memory by is beyond all models: {}."},
        FlawRow{"gguf-alignment", "CUP-GGUF-ALIGNMENT", S::Medium, C::Certain,
            "The alignment is {}, which is no power of two from 8 on."},
        FlawRow{"gguf-name", "CUP-GGUF-NAME", S::Medium, C::Certain,
            "A tensor has no name, or one longer than readers make room for."},
        FlawRow{"gguf-shape", "CUP-GGUF-SHAPE", S::Medium, C::Certain, "The shape of a tensor cannot be right: {}."},
        FlawRow{"gguf-offset", "CUP-GGUF-OFFSET", S::Medium, C::Certain, "The data of a tensor lies wrongly: {}."},
        FlawRow{"gguf-padding", "CUP-GGUF-PADDING", S::Medium, C::Certain,
            "{} {byte between header and tensors is|bytes between header and tensors are} no zeros and "
            "{belongs|belong} to nothing."},
        FlawRow{"gguf-gap", "CUP-GGUF-PADDING", S::Medium, C::Certain,
            "{} {byte behind a tensor is|bytes behind a tensor are} no zeros and {belongs|belong} to nothing."},
        FlawRow{"gguf-trailing", "CUP-GGUF-TRAILING", S::Medium, C::Certain,
            "{} {byte after the last tensor belongs|bytes after the last tensor belong} to none."},
    };
    return table;
}

} // namespace cupel::rules::model
