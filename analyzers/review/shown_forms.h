// SPDX-License-Identifier: GPL-3.0-or-later
// Texts and outputs of two versions of a cell as people compare them: masked, pictures as a word of what differs in
// them. Values; the analyses must hold their bytes.
#pragma once

#include "analyzers/fixes/preview.h"
#include "analyzers/model/analysis.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cupel::review {

constexpr std::size_t mostShownText = 16 << 20; // of one form of an output, or a source, that is compared by lines

// A form of an output with the pictures in it, whose letters say nothing to anybody.
struct Shown {
    std::string form; // MIME type, or which stream it is
    std::string text; // "\1" stands for a picture
    std::vector<std::string> pictures;
    std::string rest; // digest of what is said beyond `text`; empty: nothing
    std::uint64_t restSize = 0; // its characters
    friend bool operator==(const Shown&, const Shown&) = default;
};

[[nodiscard]] Shown shownForm(const Analysis& analysis, std::uint32_t region);
// Line by line as far as that goes, and a word of what is beyond. `around`: as for fixes::lineRows.
[[nodiscard]] std::vector<fixes::PreviewRow> rowsOf(const Shown& before, const Shown& after, std::size_t around);
// What the other version does not have is no empty line there. `old`: only the old version has it.
void keepOneSide(std::vector<fixes::PreviewRow>& rows, bool old);

// Forms of one output by their type, in the order of the new version, lost ones where they were; null: not there.
using OutputForms = std::vector<Shown>;
using FormPair = std::pair<const Shown*, const Shown*>;
[[nodiscard]] std::vector<FormPair> alignForms(const OutputForms& before, const OutputForms& after);

} // namespace cupel::review
