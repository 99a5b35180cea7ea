// SPDX-License-Identifier: GPL-3.0-or-later
// What data that should be numbers begins like: programs, archives, pickles. Cheap, by the first bytes; and the way to
// hand such a piece on as a member of its own, within the limits.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/facts.h"

#include <string>
#include <string_view>

namespace cupel::formats {

enum class Carried : std::uint8_t { Nothing, Program, Archive, Pickle };
struct CarriedPiece {
    Carried kind = Carried::Nothing;
    std::string_view what; // "a program for Linux (ELF)"
};
[[nodiscard]] CarriedPiece carriedAt(ByteView bytes);
// Less sure: of bytes that a loader takes for a pickle, whether they could be one that names something or ends.
[[nodiscard]] bool mayBePickle(ByteView bytes);

// Whether a text holds tags of Jinja, so that who renders it may run it.
[[nodiscard]] bool hasTemplateTags(std::string_view text);

// The bytes of `range` as a member. False: a limit is met, which is told as a diagnostic.
bool giveMember(const Artifact& artifact, ByteRange range, std::string name, Budget& budget, Facts& out);
// Others that stand at `at` in some encoding.
bool giveMember(
    const Artifact& artifact, SharedBytes bytes, std::uint64_t at, std::string name, Budget& budget, Facts& out);

} // namespace cupel::formats
