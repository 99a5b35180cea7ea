// SPDX-License-Identifier: GPL-3.0-or-later
// What several report sections need: the ordered findings, their anchors and places, and totals of what was read.
#pragma once

#include "analyzers/report/build.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cupel::report {

// More findings than this are not printed one by one; the report says how many were left out.
inline constexpr std::size_t printedFindings = 2000;

// Answered for: known from a baseline, or a decision covers it that still holds.
[[nodiscard]] bool isSettled(const Options& options, const Finding& finding);
// The decision that answers for it; null: nobody decided, or what was decided holds no longer.
[[nodiscard]] const review::Decision* holding(const Options& options, const Finding& finding);

// "accepted by Ada until 2027-01-31": who has answered for a finding, and how.
[[nodiscard]] std::string answerOf(const Input& input, const Finding& finding);
// What somebody has made of findings that stay: "1 called test data, 2 known from a baseline"; of one kind without its
// number.
[[nodiscard]] std::string answersOf(const Input& input, const std::vector<review::FindingRef>& findings);

// Open findings at or above the wanted severity: worst first, then by file and place, as in the window.
[[nodiscard]] std::vector<const Finding*> ordered(const Input& input);
// The same of those that are answered for.
[[nodiscard]] std::vector<const Finding*> settled(const Input& input);
// Where the finding is printed, when it is.
using Anchors = std::map<const Finding*, std::string>;
[[nodiscard]] Anchors anchorsOf(const std::vector<const Finding*>& findings);
[[nodiscard]] std::string anchorOf(std::size_t place); // of the finding at this place in the order, 0-based
[[nodiscard]] std::string placeOf(const Input& input, const Location& location); // "a.ipynb, cell 7, line 3"

// Whether a place has to name its file: there is more than one.
[[nodiscard]] bool hasSeveral(const Input& input);

// "a.ipynb, cell 7, line 3 and 4 more places"; at most `most` are named.
[[nodiscard]] std::string placesOf(const Input& input, const std::vector<const Finding*>& findings, std::size_t most);
// A table of at most `limit` rows, and a line that says how many are not printed.
void addTable(Section& section, Table table, std::size_t limit);
// What a program would do about it: "replaces the value by a typed name". Empty: nothing.
[[nodiscard]] std::string offeredFix(const Finding& finding);

// What the programs that show notebooks do, as the rule worked it out: program and words, in the rule's order.
using Viewers = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Viewers viewersOf(const Finding& finding);

// As people call it: a member that was read although it has no form of its own holds numbers that a pickle beside it
// describes, and a pickle with raw arrays in it is joblib's.
[[nodiscard]] std::string formatOf(const Analysis& analysis);

struct Totals {
    std::uint64_t cells = 0;
    std::uint64_t outputs = 0;
    std::uint64_t understood = 0; // bytes
    std::uint64_t total = 0;
    std::uint64_t allowed = 0; // findings switched off by a comment in the file
    std::uint64_t dropped = 0; // findings beyond the limit per rule
    std::uint64_t notChecked = 0; // files not or only partly read
    std::uint64_t notJudged = 0; // what files were read for, but no rule knows: code in another language
};
[[nodiscard]] Totals totalsOf(const Workspace& workspace);

// What pictures show nothing here reads: only a person can.
struct PictureCount {
    std::uint64_t all = 0;
    std::uint64_t seen = 0; // marked as looked at
    std::uint64_t drawings = 0; // SVG in the files where some wait
    [[nodiscard]] std::uint64_t waiting() const { return all - seen; }
};
[[nodiscard]] PictureCount picturesOf(const Input& input);
// "3 pictures wait for a person's eyes"; empty: none.
[[nodiscard]] std::string waitingWords(const Input& input);

} // namespace cupel::report
