// SPDX-License-Identifier: GPL-3.0-or-later
// Engine text as it may be put on screen: names and excerpts come from hostile files, so control and direction signs
// become visible instead of acting. Also how paths are shortened for people.
#pragma once

#include "analyzers/model/analysis.h"

#include <QtCore/QString>

#include <string>
#include <string_view>

namespace cupel::widgets {

// Decodes UTF-8; control characters and bidirectional overrides become U+FFFD, line breaks and tabs a space unless
// `lines` (then line breaks stay).
[[nodiscard]] QString shownText(std::string_view utf8, bool lines = false);
// The path without the root it was found under; the file name when it is a root itself.
[[nodiscard]] QString shownPath(const Workspace& workspace, const std::string& path);
// The last component: "a.pkl" of "zoo.zip!weights/a.pkl".
[[nodiscard]] QString shownFileName(std::string_view path);
// The file, and of what is packed the member in it: "zoo.zip!weights/a.pkl", for every archive has a data.pkl.
[[nodiscard]] QString shownMemberName(std::string_view path);

[[nodiscard]] QString shownSize(std::uint64_t bytes); // "39.1 KiB", as the command line says it

} // namespace cupel::widgets
