// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints of PyTorch: tensors that lie about their storage, storages that nobody refers to, code of TorchScript.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> torchRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"torch-storage-id", "CUP-TORCH-STORAGE", S::Medium, C::Certain,
            "{n} storages are asked for by something that is not ('storage', class, key, place, elements): {}."},
        FlawRow{"torch-storage-missing", "CUP-TORCH-STORAGE", S::Medium, C::Certain,
            "{n} storages are asked for that the file does not have, first {}."},
        FlawRow{"torch-storage-short", "CUP-TORCH-STORAGE", S::Medium, C::Certain,
            "{n} storages have fewer bytes than their elements need: {}."},
        FlawRow{"torch-storage-differs", "CUP-TORCH-STORAGE", S::Medium, C::Certain,
            "{n} storages are described in two ways that differ: {}."},
        FlawRow{"torch-tensor-outside", "CUP-TORCH-TENSOR", S::Medium, C::Certain,
            "{n} tensors reach out of their storage: {}."},
        FlawRow{"torch-storage-slack", "CUP-TORCH-HIDDEN", S::Low, C::Certain,
            "{n} storages have more bytes than their elements need: {}."},
        FlawRow{"torch-storage-unused", "CUP-TORCH-HIDDEN", S::Low, C::Certain,
            "{n} storages belong to nothing, first {}."},
        FlawRow{"torch-trailing", "CUP-TORCH-HIDDEN", S::Low, C::Certain,
            "{} bytes follow the last storage and belong to none."},
        FlawRow{"executorch-header", "CUP-EXECUTORCH-HEADER", S::Medium, C::Certain,
            "The header of the program cannot be used: {}."},
        FlawRow{
            "torch-keys", "CUP-TORCH-STORAGE", S::Medium, C::Certain, "The list of storages cannot be followed: {}."},
    };
    return table;
}

} // namespace cupel::rules::model
