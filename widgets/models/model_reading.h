// SPDX-License-Identifier: GPL-3.0-or-later
// A model file prepared for looking at it: what the views of Model mode paint, made once by a worker so that no view
// walks a large file. Immutable, shared between threads.
#pragma once

#include "analyzers/convert/conversion.h"
#include "analyzers/formats/pickle/disassembly.h"
#include "analyzers/model/analysis.h"
#include "analyzers/model/name_mask.h"

#include <QtCore/QString>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cupel::widgets {

// A finding by the bytes it is about.
struct ModelMark {
    ByteRange bytes;
    Severity severity = Severity::Info;
    std::size_t finding = 0; // in Analysis::findings
};

// A part of the file, for the strip that accounts for every byte.
struct ModelSpan {
    enum class Kind : std::uint8_t { Program, Data, Structure, Leftover, Unread };
    static constexpr std::size_t kinds = 5;
    Kind kind = Kind::Structure;
    ByteRange bytes;
};

struct ModelImport {
    QString name; // masked
    QString how; // "STACK_GLOBAL"
    QString verdict; // for people
    std::optional<Severity> severity; // nullopt: known and harmless
    std::uint64_t count = 0;
    ByteRange bytes;
};

// What a loader would do with the file.
struct ModelLoader {
    QString loader;
    QString verdict;
    QString why; // masked
    QString risks;
    std::optional<Severity> severity; // nullopt: it reads the file, or refuses it
};

// A part of a container that can be looked at by itself.
struct ModelMember {
    std::string path; // logical, exact
    QString name; // in the container
    QString kind;
    std::uint64_t size = 0;
    std::uint64_t tensors = 0;
    std::optional<Severity> worst; // nullopt: no finding
    bool complete = true; // read to its end
};

// One of the questions that are answered above everything.
struct ModelAnswer {
    QString question;
    QString answer;
    QString detail;
    std::optional<Severity> sign; // nullopt: the check mark, when `ok`, else none
    bool ok = false;
    bool loud = false; // a frame in the colour of the sign
    std::string artifact = {}; // that holds the finding which says so; empty: none does
    std::size_t finding = 0;
};

enum class TensorColumn : std::uint8_t { Name, Type, Shape, Elements, Bytes, Place, Count };

struct ModelReading {
    AnalysisPtr analysis; // never null
    AnalysisPtr file; // the file on disk that holds it, or itself
    std::vector<ModelAnswer> answers; // about `analysis` with all that is in it
    NameMask names;
    formats::OpcodeIndex opcodes; // no rows: no pickle
    std::vector<ModelMark> marks; // by start
    std::vector<ModelSpan> spans; // sorted, without gaps, the whole file
    std::vector<ModelImport> imports;
    std::vector<ModelLoader> loaders;
    std::shared_ptr<const convert::Conversion> conversion; // of `file`; null: it cannot be converted
    QString conversionRefusal; // why not; empty: there is nothing to convert
    bool mayHaveGraph = false; // of operations: here, or in a member
    std::vector<ModelMember> members; // all that is in it, whatever the depth
    std::shared_ptr<const ModelContent> gathered; // of a container without tensors: those of its members
    // Where the numbers of each tensor stand in the bytes of `analysis`: those of members that are not packed, too;
    // empty: elsewhere.
    std::vector<ByteRange> tensorPlaces;
    std::vector<std::string> tensorKeys; // names in lower case, masked: what a filter looks in
    // Rows of the tensors in rising order, by TensorColumn.
    std::array<std::vector<std::uint32_t>, static_cast<std::size_t>(TensorColumn::Count)> tensorOrders;

    [[nodiscard]] const formats::PickleFacts* pickle() const { return formats::pickleFacts(analysis->facts); }
    [[nodiscard]] const ModelContent* content() const
    {
        return gathered ? gathered.get() : analysis->facts.model.get();
    }
    // The worst finding whose bytes touch the range; null: none.
    [[nodiscard]] const ModelMark* markAt(ByteRange bytes) const;
};

using ModelReadingPtr = std::shared_ptr<const ModelReading>;

// Whether Model mode has something to show of it that Review has not.
[[nodiscard]] bool isModel(const Analysis& analysis);
// Whether loaders of models take it along with them: a chat template, or code that a repository brings for its own
// architecture.
[[nodiscard]] bool goesWithModels(const Analysis& analysis);
// What a file or member is in a word: its format, or that a pickle beside it knows its bytes.
[[nodiscard]] QString shownFormat(const Analysis& analysis);
// "30522 × 768", "scalar"
[[nodiscard]] QString shapeText(const std::vector<std::uint64_t>& shape);
[[nodiscard]] QString offsetText(std::uint64_t offset); // "0x1F2"

} // namespace cupel::widgets
