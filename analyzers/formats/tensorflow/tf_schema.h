// SPDX-License-Identifier: GPL-3.0-or-later
// Which kind of TensorFlow's files this is, and the messages of its graphs that are looked at: saved_model.proto,
// meta_graph.proto, graph.proto, function.proto, node_def.proto, attr_value.proto, tensor.proto.
#pragma once

#include "analyzers/base/protobuf.h"
#include "analyzers/formats/model_parts.h"

#include <array>
#include <optional>

namespace cupel::formats::tensorflow {

enum class Kind : std::uint8_t { None, SavedModel, MetaGraph, Graph, KerasMetadata, Fingerprint, Index, Shard };

// By structure; `head` may be the beginning of a file of `size` bytes. The name only tells data without any structure.
[[nodiscard]] Kind kindOf(ByteView head, std::uint64_t size, std::string_view fileName);
// Where the last table of LevelDB ends; nullopt: there is none.
[[nodiscard]] std::optional<std::uint64_t> tableEnd(ByteView file);
// Of an index, as its first entry says; 0: it does not begin as one.
[[nodiscard]] std::uint64_t shardCount(ByteView index);
// "variables.data-00002-of-00005": "variables" and 2.
struct ShardName {
    std::string_view prefix;
    std::uint64_t number = 0;
    std::uint64_t count = 0;
};
[[nodiscard]] std::optional<ShardName> shardName(std::string_view fileName);
[[nodiscard]] std::string shardName(std::string_view prefix, std::uint64_t number, std::uint64_t count);
// A whole message of a graph, as datasets keep them in text constants.
[[nodiscard]] bool isGraph(ByteView file, ByteRange bytes);

enum Message : std::uint8_t {
    Nothing,
    SavedModel,
    MetaGraph,
    MetaInfo,
    Graph,
    Library,
    Function,
    Node,
    AttrEntry,
    Attr,
    AttrList,
    NamedAttrs,
    Tensor,
    Variant,
    Asset,
    ObjectGraph,
    Object,
    UserObject,
};

inline constexpr std::array shapes{
    ProtoShape{SavedModel, 2, MetaGraph},
    ProtoShape{MetaGraph, 1, MetaInfo},
    ProtoShape{MetaGraph, 2, Graph},
    ProtoShape{MetaGraph, 6, Asset},
    ProtoShape{MetaGraph, 7, ObjectGraph},
    ProtoShape{Graph, 1, Node},
    ProtoShape{Graph, 2, Library},
    ProtoShape{Library, 1, Function},
    ProtoShape{Function, 3, Node},
    ProtoShape{Function, 5, AttrEntry},
    ProtoShape{Node, 5, AttrEntry},
    ProtoShape{AttrEntry, 2, Attr},
    ProtoShape{Attr, 1, AttrList},
    ProtoShape{Attr, 8, Tensor},
    ProtoShape{Attr, 10, NamedAttrs},
    ProtoShape{AttrList, 8, Tensor},
    ProtoShape{AttrList, 9, NamedAttrs},
    ProtoShape{NamedAttrs, 2, AttrEntry},
    ProtoShape{Tensor, 15, Variant},
    ProtoShape{Variant, 3, Tensor},
    ProtoShape{ObjectGraph, 1, Object},
    ProtoShape{Object, 4, UserObject},
};

// The largest number that a field of each message has; a field beyond belongs to nothing.
inline constexpr std::array<std::uint32_t, UserObject + 1> lastFields{
    0, 2, 7, 8, 5, 3, 8, 7, 2, 10, 9, 2, 18, 3, 2, 2, 16, 3};

// The index of a checkpoint, and one of its shards, with what stands beside them.
void readIndex(const Artifact& artifact, ModelParts& parts, Budget& budget);
void readShard(const Artifact& artifact, ModelParts& parts, Budget& budget);
// All of a SavedModel, a MetaGraph or a graph.
void readGraphs(Kind kind, ModelParts& parts, Budget& budget);

} // namespace cupel::formats::tensorflow
