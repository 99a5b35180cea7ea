// SPDX-License-Identifier: GPL-3.0-or-later
// Where a path leads into the folder of a person: home folders, also on disks of their own, and folders of users on
// disks that many share.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cupel::rules::outputs {

struct HomePath {
    std::size_t from = 0; // the path begins
    std::size_t end = 0; // behind all that tells the person
    std::string_view user;
    std::string_view machine; // named after its user; may be empty
    std::string shown; // the beginning that tells nobody: "/home/"
};

// A path starts here: not in the middle of an address or of another path.
[[nodiscard]] bool startsPath(std::string_view text, std::size_t at);
// Behind the name of a user that begins at `at`; a mail address is one name.
[[nodiscard]] std::size_t userEnd(std::string_view text, std::size_t at);
// The home whose "/home", "/Users", "/users" or "/clusters" stands at `at`, a slash. Names that tell nobody give none.
[[nodiscard]] std::optional<HomePath> homeAt(std::string_view text, std::size_t at);
// C:\Users\name, also with the back slashes doubled; `at`: the first back slash.
[[nodiscard]] std::optional<HomePath> windowsHomeAt(std::string_view text, std::size_t at);

// The same of a whole value, wherever in it the home begins.
[[nodiscard]] std::optional<HomePath> homeIn(std::string_view value);

} // namespace cupel::rules::outputs
