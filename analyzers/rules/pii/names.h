// SPDX-License-Identifier: GPL-3.0-or-later
// Given and family names of several cultures, in resources/rules/words/*_names.txt: enough to tell a column of people
// from one of products, and never proof of anything alone.
#pragma once

#include "analyzers/base/bytes.h"

#include <optional>

namespace cupel::rules::pii {

[[nodiscard]] bool isGivenName(ByteView word); // any case, with its accents or without
[[nodiscard]] bool isFamilyName(ByteView word);
[[nodiscard]] bool isPlaceName(ByteView words); // of a country, a state or a large city; any case
[[nodiscard]] bool isPersonTitle(ByteView word); // "Dr", "Frau"; any case
[[nodiscard]] bool isNameParticle(ByteView word); // "van", "de la": in small letters
// "Jane Doe", "DOE, Jane", "Dr. Jane van Doe": at least one word is a name, and all look like one.
[[nodiscard]] bool looksLikePerson(ByteView cell);
struct TitledPerson {
    ByteRange name;
    ByteRange address; // "jane@host" behind "Author: Jane Doe <"; empty: none
};
// A name behind a title or a salutation ("Mrs. Jane Doe", "Dear Jane") that starts at `at`, or behind "Name:".
[[nodiscard]] std::optional<TitledPerson> personAfterTitle(ByteView text, std::size_t at, std::size_t end);
// The name in front of the brackets that an address stands in alone: "J.R. Doe (jrdoe@lab.edu)", "Ann Doe <ann@x.org>".
// Words that are no names count when the address is made of them, then also without brackets: "Ann Doe, ann.doe@x.org".
[[nodiscard]] std::optional<ByteRange> personBeforeAddress(ByteView text, ByteRange address);
// Behind "user.name" of git's settings, which stands at `at`.
[[nodiscard]] std::optional<ByteRange> personAfterConfig(ByteView text, std::size_t at);

} // namespace cupel::rules::pii
