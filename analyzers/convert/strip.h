// SPDX-License-Identifier: GPL-3.0-or-later
// A copy of a model file without what nobody needs or nobody wants in it: bytes that belong to nothing, metadata,
// poisoned templates. Everything else is copied byte for byte; refused with a reason where that cannot be exact. Plain
// values: the plan says which pieces of the old file and which new bytes make the new one. Nothing is loaded.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/result.h"
#include "analyzers/convert/safetensors_file.h"
#include "analyzers/model/analysis.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::convert {

struct StripWish {
    bool hidden = false; // bytes that belong to no tensor, member or stream
    bool metadata = false; // what describes the model and no loader needs
    bool templates = false; // chat templates with a finding of medium severity or worse
    std::vector<std::string> keys; // these keys of the metadata, whatever they are
};

struct StripItem {
    enum class Kind : std::uint8_t {
        BehindEnd,
        InFront,
        BetweenTensors,
        Padding, // between tensors, and not zero
        Blanks, // of a header, that no writer puts there
        BetweenMembers,
        Comments,
        ExtraFields,
        Metadata,
        Template,
    };
    Kind kind = Kind::BehindEnd;
    std::string name; // the key; masked
    std::uint64_t bytes = 0;
    ByteRange place; // in the old file, of the first
};
[[nodiscard]] std::string_view toString(StripItem::Kind kind); // "behind-end": stable
[[nodiscard]] std::string_view describe(StripItem::Kind kind); // "bytes behind the end"

struct StripPiece {
    ByteRange copied; // of the old file
    std::string made; // when nothing is copied
    std::uint64_t zeros = 0; // when neither: so many
};

struct StripPlan {
    AnalysisPtr source; // keeps the bytes alive
    StripWish wish;
    std::vector<StripItem> items; // what goes, in order of the file; empty: nothing does
    std::vector<std::string> notes; // what stays although it was asked for, and why; sentences
    std::vector<std::string> kept; // hidden bytes inside of members, which stay as they are; sentences
    std::vector<StripPiece> pieces;
    std::uint64_t bytes = 0; // of the new file
};

// Bytes that are in no item and not written again: filling between members of an archive, times and owners of members,
// and sizes that stand in its directory as well. Nothing that is read.
[[nodiscard]] std::uint64_t droppedForm(const StripPlan& plan);
// Whether there is a way to strip files of this format (a row of formats.def).
[[nodiscard]] bool canStrip(std::string_view format);
// The analysis of a file with its bytes. The error's detail is one clause for people.
[[nodiscard]] Result<StripPlan> planStrip(const AnalysisPtr& file, const StripWish& wish, Budget& budget);
// The same of a file with all its members, so that the plan says what stays in them.
[[nodiscard]] Result<StripPlan> planStrip(
    const Workspace& all, const std::string& path, const StripWish& wish, Budget& budget);
// False: the budget ended it, and the file is not whole.
[[nodiscard]] bool writeStripped(const StripPlan& plan, Budget& budget, const ByteSink& sink);

} // namespace cupel::convert
