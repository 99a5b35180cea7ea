// SPDX-License-Identifier: GPL-3.0-or-later
// Python string constants put together the way Python would: adjacent literals, "+", names bound to constants,
// "sep".join([...]), f-strings, % and .format of constants, lists of character numbers, [::-1], escapes. Works on
// tokens, so magics and broken cells cost nothing.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/base/offset_map.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cupel::code {

struct FoldedText {
    // One line per folded expression: `name = "value"`; maps back to the literals and names that wrote it.
    std::string text;
    OffsetMap map; // to the source
    // Text ranges whose characters stand elsewhere: constants used by name. Second: the literal in the source.
    std::vector<std::pair<ByteRange, ByteRange>> origins;
    // Where in the source something was left out because it would write too much; empty: nothing was.
    std::optional<std::uint64_t> cutAt;
};

// Names of constants in the pieces of a long source that came before; their values are not kept.
using FoldedNames = std::set<std::string, std::less<>>;

// Only expressions that differ from what a plain reader sees are given. Empty text: nothing was put together.
// `earlier` collects names from piece to piece of a source that is given in several; null: it is given whole.
[[nodiscard]] FoldedText foldStrings(ByteView source, Budget& budget, FoldedNames* earlier = nullptr);

} // namespace cupel::code
