// SPDX-License-Identifier: GPL-3.0-or-later
// Links to the page of one person on a site where people show their work, their friends or their runs: the part of the
// link that says who. Sites where projects and companies have pages of the same form are not among them.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <optional>

namespace cupel::rules::pii {

// Whether the dot at `dot` may end the name of such a site: a look at what follows, for every word with a dot.
[[nodiscard]] inline bool mayEndSite(ByteView text, std::size_t dot)
{
    if (text.size() < dot + 5 || (text[dot + 4] != '/' && text[dot + 3] != '/')) {
        return false; // nearly all
    }
    const auto next = text.substr(dot, 5);
    return next == ".com/" || next == ".net/" || next.starts_with(".de/");
}

// The person in a link whose site is the word at [at, end): "ann-example-1a2b" of "linkedin.com/in/ann-example-1a2b".
// nullopt: none, or nobody in particular ("your-name", the page of a run or a paper).
[[nodiscard]] std::optional<ByteRange> profileAt(ByteView text, std::size_t at, std::size_t end);
// The same for a text that is one link; nullopt when more stands around it.
[[nodiscard]] std::optional<ByteRange> profileLink(ByteView text);

} // namespace cupel::rules::pii
