// SPDX-License-Identifier: GPL-3.0-or-later
// What the built-in sharing profiles and their gates are called, in the reader's language. Own profiles say it
// themselves.
#pragma once

#include <QtCore/QString>

#include <string>

namespace cupel::widgets {

// A title or audience of a profile, or a title of a gate: translated when it is one of a built-in profile, else as it
// is.
[[nodiscard]] QString profileWords(const std::string& text);
// Whether translators know of it: a test asks for every text of the built-in profiles.
[[nodiscard]] bool isProfileWord(const std::string& text);

} // namespace cupel::widgets
