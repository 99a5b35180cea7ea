// SPDX-License-Identifier: GPL-3.0-or-later
// One node of an OCDBT database, as checkpoints of Orbax are written by TensorStore: a header, a body that may be
// packed, a checksum. Columns are read side by side, so that a count makes no room for anything. google/tensorstore,
// kvstore/ocdbt, "Storage format".
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cupel::formats::ocdbt {

enum class Kind : std::uint8_t { Manifest, Versions, Tree };
[[nodiscard]] std::string_view toString(Kind kind); // "manifest", "versions", "tree"

struct Node {
    Kind kind = Kind::Manifest;
    std::uint64_t size = 0; // of all of it, as it says
    std::uint64_t version = 0;
    std::uint64_t packing = 0; // 0: none, 1: Zstandard
    std::uint64_t bodyAt = 0; // behind the header
};
// Of bytes that begin with a node; nullopt: they do not, or are too short to say.
[[nodiscard]] std::optional<Node> headerOf(ByteView bytes);
[[nodiscard]] bool isWhole(ByteView bytes, const Node& node); // and its checksum is right

struct Contents {
    std::string trouble; // what cannot be right; empty: nothing
    std::string uuid; // of a manifest, in hex
    std::uint64_t generations = 0; // that a manifest or a node of versions names
    std::uint64_t height = 0;
    std::uint64_t files = 0; // in its table
    std::uint64_t entries = 0;
    std::uint64_t inside = 0; // values that stand in the node
    std::uint64_t insideBytes = 0;
    std::uint64_t elsewhere = 0; // values in data files
    bool leadsOut = false; // a file of its table is none below the database
};

// A data file, from the folder of the database on; the nodes in it count from their first `base` bytes on.
struct FileOfTable {
    std::string path;
    std::size_t base = 0;
};
struct Takers {
    std::function<void(std::string_view)> name; // of a file of the table, or a key
    std::function<void(std::string_view)> value; // that stands in the node
    std::function<void(const FileOfTable& file, ByteRange bytes)> place; // of a value in a data file
    std::function<void(const FileOfTable& file, ByteRange bytes)> node = nullptr; // of one below this; may be none
};
[[nodiscard]] bool leadsOut(std::string_view path); // of the folder of the database
[[nodiscard]] Contents contentsOf(const Node& node, ByteView body, const Takers& takers, Budget& budget);

} // namespace cupel::formats::ocdbt
