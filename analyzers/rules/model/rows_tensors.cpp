// SPDX-License-Identifier: GPL-3.0-or-later
// safetensors, and what tensors of any format carry instead of numbers.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> tensorsRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"safetensors-length", "CUP-SAFETENSORS-LENGTH", S::Medium, C::Certain,
            "The length of the header cannot be right: {}."},
        FlawRow{"safetensors-json", "CUP-SAFETENSORS-HEADER", S::Medium, C::Certain,
            "The header is not what readers take: {}."},
        FlawRow{"safetensors-duplicate", "CUP-SAFETENSORS-DUPLICATE", S::Medium, C::Certain,
            "A name repeats in the header, and readers differ in which one they take: {}."},
        FlawRow{"safetensors-metadata", "CUP-SAFETENSORS-METADATA", S::Low, C::Certain,
            "The metadata is not a list of texts, as the format wants it ({n} {place|places})."},
        FlawRow{"safetensors-entry", "CUP-SAFETENSORS-ENTRY", S::Medium, C::Certain,
            "The entry of a tensor cannot be used: {}."},
        FlawRow{
            "safetensors-dtype", "CUP-SAFETENSORS-ENTRY", S::Medium, C::Certain, "The entry of a tensor is wrong: {}."},
        FlawRow{"safetensors-size", "CUP-SAFETENSORS-SIZE", S::Medium, C::Certain,
            "The size of a tensor does not fit: {}."},
        FlawRow{"safetensors-offsets", "CUP-SAFETENSORS-SIZE", S::Medium, C::Certain,
            "The place of a tensor cannot be right: {}."},
        FlawRow{"safetensors-overlap", "CUP-SAFETENSORS-OVERLAP", S::Medium, C::Certain,
            "Tensors share the same bytes ({n} {time|times})."},
        FlawRow{"safetensors-hole", "CUP-SAFETENSORS-HIDDEN", S::Medium, C::Certain,
            "{} {byte between the tensors belongs|bytes between the tensors belong} to none."},
        FlawRow{"safetensors-trailing", "CUP-SAFETENSORS-HIDDEN", S::Medium, C::Certain,
            "{} {byte after the last tensor belongs|bytes after the last tensor belong} to none."},
        FlawRow{"safetensors-blanks", "CUP-SAFETENSORS-HIDDEN", S::Low, C::Likely,
            "{} {blank of the header says|blanks of the header say} nothing to readers and {is|are} none that a writer "
            "puts there: they can spell something."},
        FlawRow{"safetensors-field", "CUP-SAFETENSORS-FIELD", S::Medium, C::Likely,
            "A tensor has fields that the format does not know: \u201c{}\u201d."},
        FlawRow{"safetensors-name", "CUP-SAFETENSORS-NAME", S::Medium, C::Likely,
            "A tensor has no name, or one with control characters."},
        FlawRow{"carried-program", "CUP-MODEL-CARRIED-PROGRAM", S::High, C::Likely,
            "Where numbers should be, there is {}."},
        FlawRow{"carried-pickle", "CUP-MODEL-CARRIED-PICKLE", S::Medium, C::Likely,
            "Where numbers should be, there is {}. It was looked at by itself."},
        FlawRow{"carried-archive", "CUP-MODEL-CARRIED-ARCHIVE", S::Medium, C::Likely,
            "Where numbers should be, there is {}. It was looked at by itself."},
        FlawRow{"leftover-program", "CUP-MODEL-CARRIED-PROGRAM", S::High, C::Likely,
            "Among bytes that belong to nothing there is {}."},
        FlawRow{"leftover-pickle", "CUP-MODEL-CARRIED-PICKLE", S::Medium, C::Likely,
            "Among bytes that belong to nothing there is {}. It was looked at by itself."},
        FlawRow{"text-pickle", "CUP-MODEL-CARRIED-PICKLE", S::Medium, C::Likely,
            "{n} {text is a pickle|texts are pickles}, written as {}. {It was|They were} looked at by "
            "{itself|themselves}."},
        FlawRow{"leftover-archive", "CUP-MODEL-CARRIED-ARCHIVE", S::Medium, C::Likely,
            "Among bytes that belong to nothing there is {}. It was looked at by itself."},
    };
    return table;
}

} // namespace cupel::rules::model
