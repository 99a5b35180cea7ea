// SPDX-License-Identifier: GPL-3.0-or-later
// What edits change, as rows to be read side by side: decoded text, line by line, with what must not be seen masked on
// both sides. The window, the command line and the report show the same value.
#pragma once

#include "analyzers/fixes/plan.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel::fixes {

struct PreviewSide {
    std::uint32_t number = 0; // 1-based line in the region; 0: no line stands on this side, or it is none
    std::string text; // fit for display, masked, at most a few hundred bytes
    std::uint64_t cut = 0; // characters of the line that `text` leaves out
    std::string whole; // of a cut line: the same up to 64 KiB, while there is room for it; else empty
    std::uint64_t beyond = 0; // characters that `whole` leaves out as well
    ByteRange changed; // bytes of `text` from the first difference to the last
    std::vector<ByteRange> spans; // in it: what really differs, in order
};

struct PreviewRow {
    // Cut: what the two texts differ in from there on is too much to be listed.
    enum class Kind : std::uint8_t { Same, Changed, Removed, Added, Folded, Cut };
    Kind kind = Kind::Same;
    PreviewSide before; // of what is cut only `cut`: all of its characters
    PreviewSide after;
    std::uint32_t folded = 0; // lines that are not listed: unchanged ones, or those that are cut
};

struct PreviewHunk { // one region of the file; of an output all of it, however many forms it has
    std::size_t region = 0; // index into Facts::regions, the first one
    std::string place; // "cell 4", "cell 6, output 0"
    std::vector<std::size_t> edits; // indices into Plan::edits
    std::vector<PreviewRow> rows;
};

inline constexpr std::size_t fewAround = 3; // unchanged lines on each side of a change
// In file order. `after`: the analysis of the new bytes, for its masks; null: only what was masked before is. `around`:
// so many unchanged lines are listed on each side of a change.
[[nodiscard]] std::vector<PreviewHunk> preview(
    const Plan& plan, const std::vector<bool>& on, const Analysis* after, std::size_t around = fewAround);
// Puts the edits that are off into the hunk of their region; a region that nothing changes gets one without rows.
void addEditsThatAreOff(std::vector<PreviewHunk>& hunks, const Plan& plan, const std::vector<bool>& on);
// Source before outputs, cell by cell: files may write a cell's outputs first. The last thing to do with them.
void sortAsRead(std::vector<PreviewHunk>& hunks, const Plan& plan);

// A region's text as people may see it: masked, decoded, and ending with the piece in which it has `most` bytes.
[[nodiscard]] std::string shownRegion(const Analysis& analysis, const Region& region, std::size_t most = 1 << 20);
// Two such texts line by line; long unchanged stretches are folded.
[[nodiscard]] std::vector<PreviewRow> compareTexts(const std::string& before, const std::string& after);

} // namespace cupel::fixes
