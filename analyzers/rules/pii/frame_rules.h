// SPDX-License-Identifier: GPL-3.0-or-later
// A data frame as a whole: which columns are personal, whether some of them together single people out, and whether it
// is one of the data sets that everybody has.
#pragma once

#include "analyzers/formats/frames/frame.h"
#include "analyzers/rules/pii/column_judge.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::pii {

struct PersonalColumn {
    std::size_t index = 0; // in the frame
    ColumnVerdict verdict;
    Severity severity = Severity::Info;
    bool reported = false; // false: only part of a combination
};

struct FrameVerdict {
    std::vector<PersonalColumn> columns;
    std::vector<std::size_t> combination; // columns that together single people out; empty: none
    bool coordinates = false;
    std::size_t latitude = 0; // columns, when there are coordinates
    std::size_t longitude = 0;
    bool cities = false; // the positions are those of towns and countries, which anybody may know
    std::string_view knownSet; // empty: not a textbook's
};

// Someone is named, or described from several sides.
[[nodiscard]] bool isAboutPersons(const std::vector<PersonalColumn>& columns);
[[nodiscard]] FrameVerdict judgeFrame(const formats::Frame& frame);
// Tables of an HTML text as frames; offsets are those of the HTML.
[[nodiscard]] std::vector<formats::Frame> framesOfHtml(std::string_view html);

} // namespace cupel::rules::pii
