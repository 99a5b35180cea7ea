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
            "{n} {storage is|storages are} asked for by something that is not ('storage', class, key, place, "
            "elements): {}."},
        FlawRow{"torch-storage-missing", "CUP-TORCH-STORAGE", S::Medium, C::Certain,
            "{n} {storage is|storages are} asked for that the file does not have{:|, first} {}."},
        FlawRow{"torch-storage-short", "CUP-TORCH-STORAGE", S::Medium, C::Certain,
            "{n} {storage has|storages have} fewer bytes than {its|their} elements need: {}."},
        FlawRow{"torch-storage-differs", "CUP-TORCH-STORAGE", S::Medium, C::Certain,
            "{n} {storage is|storages are} described in two ways that differ: {}."},
        FlawRow{"torch-tensor-outside", "CUP-TORCH-TENSOR", S::Medium, C::Certain,
            "{n} {tensor reaches|tensors reach} out of {its|their} storage: {}."},
        FlawRow{"torch-storage-slack", "CUP-TORCH-HIDDEN", S::Low, C::Certain,
            "{n} {storage has|storages have} more bytes than {its|their} elements need: {}."},
        FlawRow{"torch-storage-unused", "CUP-TORCH-HIDDEN", S::Low, C::Certain,
            "{n} {storage belongs|storages belong} to nothing{:|, first} {}."},
        FlawRow{"torch-trailing", "CUP-TORCH-HIDDEN", S::Low, C::Certain,
            "{} {byte follows|bytes follow} the last storage and {belongs|belong} to none."},
        FlawRow{"executorch-header", "CUP-EXECUTORCH-HEADER", S::Medium, C::Certain,
            "The header of the program cannot be used: {}."},
        FlawRow{
            "torch-keys", "CUP-TORCH-STORAGE", S::Medium, C::Certain, "The list of storages cannot be followed: {}."},
    };
    return table;
}

} // namespace cupel::rules::model
