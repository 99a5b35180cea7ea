// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a zip that whoever reads its members never looks at. One idea of them: findings tell them, and a copy
// without hidden bytes is without these.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/zip/zip_sweep.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace cupel::formats::zip {

enum class Hidden : std::uint8_t {
    InFront, // of the first member
    Between, // members, the directory and its end
    Extra, // a field of a member that says nothing and is no filler
    MemberComment,
    Comment, // of the archive
    Behind, // the end
};
constexpr std::size_t hiddenKinds = 6;

// Tells each place in the file, grouped by kind, none twice. False: the budget ended it.
bool findHidden(ByteView bytes, const std::vector<DirectoryEntry>& directory, Budget& budget,
    const std::function<void(Hidden, ByteRange)>& tell);

} // namespace cupel::formats::zip
