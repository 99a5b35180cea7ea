// SPDX-License-Identifier: GPL-3.0-or-later
// Two versions of a model, a file or a folder of files: members, tensors with what became of their numbers, metadata,
// templates, what pickles call, operators. What differs is listed with both sides; the rest is counted, and the first
// of it named. Every text is masked.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/fixes/preview.h"
#include "analyzers/formats/tensor_difference.h"
#include "analyzers/review/compare.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cupel::review {

enum class ModelChange : std::uint8_t { Added, Removed, Changed, Renamed };
[[nodiscard]] std::string_view toString(ModelChange change);

struct MemberSide {
    std::uint64_t bytes = 0;
    std::string sha256; // hex digits
};
struct MemberChange { // a member of a container, or a file of a folder; the file itself when no member of it changed
    ModelChange kind = ModelChange::Changed;
    std::string name; // below the root; of the root itself: what the newer version is called
    std::optional<MemberSide> before;
    std::optional<MemberSide> after;
    std::optional<ByteDifference> bytes; // of a changed one
    bool root = false; // the file itself
};

struct TensorSide {
    std::string dtype;
    std::vector<std::uint64_t> shape;
    std::string file; // that says it, below the root; empty: the root itself
    std::string sha256; // of the elements row by row; of changed ones only, and where their bytes are known
};
struct TensorChange {
    ModelChange kind = ModelChange::Changed;
    std::string name;
    std::optional<TensorSide> before;
    std::optional<TensorSide> after;
    bool values = false; // the bytes of the elements differ
    std::optional<formats::TensorDifference> difference;
    std::string was; // of a renamed one, whose bytes are the same
};

struct FieldChange {
    ModelChange kind = ModelChange::Changed;
    std::string key;
    std::string file; // below the root
    std::string before; // the beginning of the value
    std::string after;
};

struct TemplateChange { // of a template, or of what loading a pickle does, call by call with the arguments
    ModelChange kind = ModelChange::Changed;
    std::string name; // "tokenizer.chat_template"; may be empty, of programs always
    std::string file;
    std::vector<fixes::PreviewRow> rows;
};

struct NameChange { // a callable of pickles, an operator of graphs
    ModelChange kind = ModelChange::Changed;
    std::string name;
    std::string file; // the first that has it
    std::uint64_t before = 0; // how often
    std::uint64_t after = 0;
};

struct SamePart { // of what both versions have alike
    std::string name;
    std::string file; // below the root
    std::string value; // of metadata: its beginning
    std::string dtype; // of a tensor
    std::vector<std::uint64_t> shape;
    std::uint64_t number = 0; // bytes of a member, how often a name stands there
};

struct SameParts {
    static constexpr std::size_t most = 20'000; // that are named
    std::size_t count = 0;
    std::vector<SamePart> list;
    void add(SamePart part)
    {
        ++count;
        if (list.size() < most) {
            list.push_back(std::move(part));
        }
    }
};

struct ModelComparison {
    std::string kindBefore; // "GGUF 3"; empty: no model
    std::string kindAfter;
    std::vector<MemberChange> members;
    std::vector<TensorChange> tensors;
    std::vector<FieldChange> metadata;
    std::vector<TemplateChange> templates;
    std::vector<TemplateChange> programs; // of pickles that both versions have
    std::vector<NameChange> callables;
    std::vector<NameChange> operators;
    SameParts sameMembers;
    SameParts sameTensors;
    SameParts sameMetadata;
    SameParts sameTemplates;
    SameParts samePrograms;
    SameParts sameCallables;
    SameParts sameOperators;
    std::size_t notCompared =
        0; // tensors alike in name, type and shape whose numbers are in neither file, or in one only
    std::size_t lost = 0; // of those: the numbers are in the older version only
    bool complete = true; // false: the budget ended it, or a model has more than is listed
};

[[nodiscard]] bool holdsModel(const std::vector<FileChange>& files);
// nullopt: neither side holds a model. The analyses must hold their bytes.
[[nodiscard]] std::optional<ModelComparison> compareModels(const std::vector<FileChange>& files, Budget& budget);

} // namespace cupel::review
