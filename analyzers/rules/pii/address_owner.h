// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a mail address is made of the words in front of it: then they are the name of a person, whatever the culture.
#pragma once

#include <string_view>

namespace cupel::rules::pii {

enum class Owner {
    Unrelated,
    Likely, // its family name and initials: "rjdoe", "doe.r" of "R.J. Doe"
    Named, // two of its words: "ann.doe", "doeann" of "Dr. Ann Doe"
};
// Both in small letters. Words that name an office, not a person ("data.team" of "Data Team"), make nobody's address.
[[nodiscard]] Owner ownerOf(std::string_view address, std::string_view name);

} // namespace cupel::rules::pii
