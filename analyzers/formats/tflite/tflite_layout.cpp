// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tflite/tflite_layout.h"

#include <array>

namespace cupel::formats::tflite {

namespace {

enum Kind : std::uint8_t {
    Nothing,
    Model,
    OperatorCode,
    SubGraph,
    Tensor,
    Quantization,
    CustomQuantization,
    Sparsity,
    Dimension,
    Indices,
    Variant,
    Operator,
    Options, // of an operator: more than a hundred kinds of tables
    Buffer,
    Metadata,
    Signature,
    TensorMap,
    Kinds,
};

constexpr std::array fields{
    FlatField{Model, 1, FlatHolds::Many, 4, OperatorCode},
    FlatField{Model, 2, FlatHolds::Many, 4, SubGraph},
    FlatField{Model, 3, FlatHolds::Text},
    FlatField{Model, 4, FlatHolds::Many, 4, Buffer},
    FlatField{Model, 5, FlatHolds::List, 4},
    FlatField{Model, 6, FlatHolds::Many, 4, Metadata},
    FlatField{Model, 7, FlatHolds::Many, 4, Signature},
    FlatField{OperatorCode, 1, FlatHolds::Text},
    FlatField{SubGraph, 0, FlatHolds::Many, 4, Tensor},
    FlatField{SubGraph, 1, FlatHolds::List, 4},
    FlatField{SubGraph, 2, FlatHolds::List, 4},
    FlatField{SubGraph, 3, FlatHolds::Many, 4, Operator},
    FlatField{SubGraph, 4, FlatHolds::Text},
    FlatField{Tensor, 0, FlatHolds::List, 4},
    FlatField{Tensor, 3, FlatHolds::Text},
    FlatField{Tensor, 4, FlatHolds::One, 4, Quantization},
    FlatField{Tensor, 6, FlatHolds::One, 4, Sparsity},
    FlatField{Tensor, 7, FlatHolds::List, 4},
    FlatField{Tensor, 9, FlatHolds::Many, 4, Variant},
    FlatField{Quantization, 0, FlatHolds::List, 4},
    FlatField{Quantization, 1, FlatHolds::List, 4},
    FlatField{Quantization, 2, FlatHolds::List, 4},
    FlatField{Quantization, 3, FlatHolds::List, 8},
    FlatField{Quantization, 5, FlatHolds::One, 4, CustomQuantization},
    FlatField{CustomQuantization, 0, FlatHolds::List, 1},
    FlatField{Sparsity, 0, FlatHolds::List, 4},
    FlatField{Sparsity, 1, FlatHolds::List, 4},
    FlatField{Sparsity, 2, FlatHolds::Many, 4, Dimension},
    FlatField{Dimension, 3, FlatHolds::Sized, 4, Indices},
    FlatField{Dimension, 5, FlatHolds::Sized, 4, Indices},
    FlatField{Variant, 0, FlatHolds::List, 4},
    FlatField{Operator, 1, FlatHolds::List, 4},
    FlatField{Operator, 2, FlatHolds::List, 4},
    FlatField{Operator, 4, FlatHolds::One, 4, Options},
    FlatField{Operator, 5, FlatHolds::List, 1},
    FlatField{Operator, 7, FlatHolds::List, 1},
    FlatField{Operator, 8, FlatHolds::List, 4},
    FlatField{Operator, 9, FlatHolds::Far},
    FlatField{Operator, 12, FlatHolds::One, 4, Options},
    FlatField{Buffer, 0, FlatHolds::List, 1},
    FlatField{Buffer, 1, FlatHolds::Far},
    FlatField{Metadata, 0, FlatHolds::Text},
    FlatField{Signature, 0, FlatHolds::Many, 4, TensorMap},
    FlatField{Signature, 1, FlatHolds::Many, 4, TensorMap},
    FlatField{Signature, 2, FlatHolds::Text},
    FlatField{Signature, 3, FlatHolds::Text},
    FlatField{TensorMap, 0, FlatHolds::Text},
};

constexpr std::array<FlatKind, Kinds> kinds{
    {{0}, {8}, {4}, {6}, {10}, {7}, {1}, {3}, {6}, {1}, {3}, {14}, {0}, {3}, {2}, {5}, {2}}};

constexpr FlatSchema schema{fields, kinds, 8, true};

} // namespace

FlatLayout layoutOf(ByteView file, Budget& budget)
{
    return flatLayout(file, schema, Model, budget);
}

} // namespace cupel::formats::tflite
