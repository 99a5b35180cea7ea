// SPDX-License-Identifier: GPL-3.0-or-later
// Letters as people mix them: capitals and small ones, with their accents and without.
#pragma once

#include <string>
#include <string_view>

namespace cupel::rules::pii {

// Small letters for capitals of Latin, Greek and Cyrillic, each in as many bytes as before: offsets stay.
[[nodiscard]] std::string smallLetters(std::string_view text);
// Small Latin letters without their accents: "Łukasz Müller" is "lukasz muller". Other scripts stay as they are.
[[nodiscard]] std::string plainLetters(std::string_view text);
// Of Latin, Greek, Cyrillic and Armenian; other scripts have none, or no capitals to tell them from.
[[nodiscard]] bool isSmallLetter(char32_t point);

} // namespace cupel::rules::pii
