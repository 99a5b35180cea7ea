// SPDX-License-Identifier: GPL-3.0-or-later
// Words and numbers of a report. Everything that comes from a scanned file passes `oneLine` before it is printed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::report {

// Valid UTF-8 on one line: broken bytes become U+FFFD, line breaks and tabs a space, control characters and characters
// that turn the writing direction or hide themselves their number ("<U+202E>").
[[nodiscard]] std::string oneLine(std::string_view text);

[[nodiscard]] std::string grouped(std::uint64_t number); // "459,313,204"
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view one, std::string_view many); // "1 file"
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view separator = ", ");
[[nodiscard]] std::string listed(const std::vector<std::string>& parts); // "a, b and c"
[[nodiscard]] std::string capitalised(std::string_view word);
[[nodiscard]] std::string asClause(std::string_view sentence); // "what 2 pictures show ...": it goes on in another one

// How a file is named in a report: relative to what was opened, so that no report tells where on the disk it was made.
[[nodiscard]] std::string shortPath(const std::vector<std::string>& roots, std::string_view path);

} // namespace cupel::report
