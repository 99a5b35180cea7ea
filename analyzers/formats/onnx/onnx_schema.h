// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of the messages and fields of onnx.proto that are looked at, and the facts that a walk over them makes.
#pragma once

#include "analyzers/base/protobuf.h"
#include "analyzers/formats/model_parts.h"

#include <array>

namespace cupel::formats::onnx {

enum Message : std::uint8_t {
    Nothing,
    Model,
    Graph,
    Node,
    Attribute,
    Tensor,
    SparseTensor,
    Training,
    Function,
    Property, // StringStringEntryProto of metadata
    External, // the same, of external data
};

inline constexpr std::array shapes{
    ProtoShape{Model, 7, Graph},
    ProtoShape{Model, 14, Property},
    ProtoShape{Model, 20, Training},
    ProtoShape{Model, 25, Function},
    ProtoShape{Training, 1, Graph},
    ProtoShape{Training, 2, Graph},
    ProtoShape{Function, 7, Node},
    ProtoShape{Function, 11, Attribute},
    ProtoShape{Function, 14, Property},
    ProtoShape{Graph, 1, Node},
    ProtoShape{Graph, 5, Tensor},
    ProtoShape{Graph, 15, SparseTensor},
    ProtoShape{Graph, 16, Property},
    ProtoShape{Node, 5, Attribute},
    ProtoShape{Node, 9, Property},
    ProtoShape{Attribute, 5, Tensor},
    ProtoShape{Attribute, 6, Graph},
    ProtoShape{Attribute, 10, Tensor},
    ProtoShape{Attribute, 11, Graph},
    ProtoShape{Attribute, 22, SparseTensor},
    ProtoShape{Attribute, 23, SparseTensor},
    ProtoShape{SparseTensor, 1, Tensor},
    ProtoShape{SparseTensor, 2, Tensor},
    ProtoShape{Tensor, 13, External},
    ProtoShape{Tensor, 16, Property},
};

// One tensor: its shape, where its data stands, whether both fit.
void readTensor(ByteRange tensor, ModelParts& parts);

} // namespace cupel::formats::onnx
