// SPDX-License-Identifier: GPL-3.0-or-later
// What a model file declares, in the words that all formats of models share: metadata, tensors, operators, places it
// points to, and what is wrong or dangerous in it. Made by the format, judged by rules/model, shown by inspect and the
// window. Every text comes out of the file: whoever shows it masks it where its place is sensitive.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel {

struct ModelField {
    std::string key;
    std::string value; // printable UTF-8, at most ModelContent::longestValue bytes
    ByteRange bytes; // of the value, in the file
};

struct ModelTensor {
    std::string name;
    std::string dtype; // as safetensors spells it: "F32", "BF16", "I64"; else the format's own word: "Q4_K"
    std::vector<std::uint64_t> shape; // outermost first
    ByteRange bytes; // of the data; empty when it stands in another file
    std::string storedIn; // that file or member, relative to this one; empty: here
    // NOLINTNEXTLINE(readability-redundant-member-init): lets a tensor be written down without it
    std::vector<std::uint64_t> strides = {}; // in elements, where they do not stand row by row; else empty
    bool exactName = true; // false: nobody says its name, or it is shown shorter than it is
    bool hasData = true; // false: it is declared only, as inputs of a graph are, and has no numbers anywhere
};

// All uses of one operator, layer class or function of a graph.
struct ModelOperator {
    std::string name;
    std::string domain; // of custom operators; empty: the format's own
    std::uint64_t count = 0;
    ByteRange bytes; // of the first
};

// Something outside of the file that loading it opens.
struct ModelReference {
    std::string what; // "external data", "shard", "code", "asset"
    std::string target; // path, URL or repository as written
    ByteRange bytes;
};

// A row of rules/model tells what it means. One per cause, with a count.
struct ModelFlaw {
    std::string code; // "safetensors-overlap": the rows' key
    ByteRange bytes; // of the first, in the file
    std::string detail; // for the message; text of the file stands between `quotes`
    std::vector<ByteRange> quotes; // where texts of the file that `detail` repeats stand
    std::uint64_t count = 1;
};

struct ModelContent {
    static constexpr std::size_t longestValue = 400;
    static constexpr std::size_t mostFields = 20'000;
    static constexpr std::size_t mostTensors = 200'000;
    static constexpr std::size_t mostOperators = 5'000;
    static constexpr std::size_t mostLeftover = 10'000;

    std::string kind; // "GGUF 3, big-endian", "NumPy array"
    std::string producer; // what wrote it, as the file says; may be empty
    std::vector<ModelField> metadata; // at most mostFields
    std::vector<ModelTensor> tensors; // at most mostTensors, in order of the file
    std::uint64_t tensorCount = 0; // there are
    std::uint64_t parameterCount = 0; // elements of all of them that have data; saturates
    std::vector<ModelOperator> operators; // at most mostOperators
    std::vector<ModelReference> references;
    std::vector<ModelFlaw> flaws;
    // Bytes that belong to nothing the format has, told as flaws; at most mostLeftover, in any order.
    std::vector<ByteRange> leftover;

    // Counts it, and keeps it while there is room.
    void add(ModelTensor tensor);
    void addFlaw(std::string_view code, ByteRange bytes, std::string detail = {}, std::vector<ByteRange> quotes = {});
    // A flaw whose bytes belong to nothing; what it says of them is their number.
    void addLeftover(std::string_view code, ByteRange bytes);
    void keepLeftover(ByteRange bytes); // without a flaw of its own
};

// Elements of a tensor of this shape; saturates at 2^64 - 1.
[[nodiscard]] std::uint64_t elementCount(const std::vector<std::uint64_t>& shape);

} // namespace cupel
