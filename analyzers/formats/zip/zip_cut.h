// SPDX-License-Identifier: GPL-3.0-or-later
// A zip whose end is missing, as of a download that stopped: its directory stands at the end, so that only the headers
// of the members are left. Told apart from a zip that hides its members by walking header after header to the cut.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/zip/zip_sweep.h"

#include <optional>
#include <string_view>
#include <vector>

namespace cupel::formats::zip {

struct Cut {
    std::vector<DirectoryEntry> whole; // members that stand whole, as their own headers tell of them: the first ones
    std::uint64_t count = 0; // of all of them
    std::uint64_t readable = 0; // where the last of them ends
    bool inDirectory = false; // members are all there; only what lists them is not
    ByteRange inside; // name of the member that the file ends in; empty: between two
};
// Nothing: the file ends as a zip does, or not simply with a part of what a zip has there.
[[nodiscard]] std::optional<Cut> findCut(ByteView bytes, Budget& budget);

} // namespace cupel::formats::zip
