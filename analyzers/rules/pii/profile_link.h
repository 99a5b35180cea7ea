// SPDX-License-Identifier: GPL-3.0-or-later
// Links to the page of one person on a site where people show their work, their friends or their runs: the part of the
// link that says who. Sites where projects and companies have pages of the same form are not among them.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cupel::rules::pii {

// Whether the dot at `dot` may end the name of such a site: a look at what follows, for every word with a dot. JSON
// may write "\/" for a slash.
[[nodiscard]] inline bool mayEndSite(ByteView text, std::size_t dot)
{
    if (text.size() < dot + 5) {
        return false;
    }
    const auto isSlash = [](char c) { return c == '/' || c == '\\'; };
    const bool two = isSlash(text[dot + 3]);
    const bool three = isSlash(text[dot + 4]); // or the second sign of a slash of JSON
    if (!two && !three) {
        return false; // nearly all
    }
    const auto is = [&](std::string_view end) {
        for (std::size_t i = 0; i < end.size(); ++i) {
            if ((text[dot + 1 + i] | 0x20) != end[i]) {
                return false;
            }
        }
        return text[dot] == '.';
    };
    return (three && (is("com") || is("net"))) || (two && is("de"));
}

struct ProfileLink {
    ByteRange person; // the part of the link that says who
    std::string_view site; // of the table of sites: "strava"
};

// The person in a link whose site is the word at [at, end): "ann-example-1a2b" of "linkedin.com/in/ann-example-1a2b".
// nullopt: none, or nobody in particular ("your-name", the page of a run or a paper).
[[nodiscard]] std::optional<ProfileLink> profileAt(ByteView text, std::size_t at, std::size_t end);
// The same for a text that is one link; nullopt when more stands around it, such as brackets or a second link.
[[nodiscard]] std::optional<ProfileLink> profileLink(ByteView text);

// The site of a link that ends where the text does, right before the person: "linkedin" of "see linkedin.com/in/".
[[nodiscard]] std::optional<std::string_view> siteBefore(ByteView text);

// "strava/4711023": the same however a link to the person is written.
[[nodiscard]] std::string accountOf(std::string_view site, ByteView person);

} // namespace cupel::rules::pii
