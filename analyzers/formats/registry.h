// SPDX-License-Identifier: GPL-3.0-or-later
// All formats Cupel reads: one line each in formats.def. Content decides; the file's name only breaks ties.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/facts.h"

#include <span>
#include <string_view>
#include <vector>

namespace cupel::formats {

struct Format {
    std::string_view name;
    // 0 = no, up to 100 = sure. `head` is the first 64 KiB at most, `size` the whole length.
    int (*sniff)(ByteView head, std::uint64_t size, std::string_view fileName);
    // Facts gathered before trouble stay in `out`; trouble goes to out.diagnostics and out.status.
    void (*parse)(const Artifact& artifact, Budget& budget, Facts& out);
};

[[nodiscard]] std::span<const Format> all();
// The surest format for these bytes; never null ("unknown" takes the rest).
[[nodiscard]] const Format& recognise(ByteView bytes, std::string_view fileName);
// Of a member its neighbours count as well: 0.1 as four bytes, written often, reads like text.
[[nodiscard]] const Format& recognise(const Artifact& artifact);

// Null: there is no such format.
[[nodiscard]] const Format* findFormat(std::string_view name);
// What other loaders take the same bytes for, besides `best`: containers and pickles that begin at the same place, and
// zips, which are read from their end.
[[nodiscard]] std::vector<const Format*> alsoReadAs(ByteView bytes, std::string_view fileName, const Format& best);

} // namespace cupel::formats
