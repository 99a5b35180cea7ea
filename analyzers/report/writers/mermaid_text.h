// SPDX-License-Identifier: GPL-3.0-or-later
// Text inside the quotes of a Mermaid label.
#pragma once

#include <string>
#include <string_view>

namespace cupel::report {

// Letters, digits and a few signs as they are, the rest as character codes: quotes, "%%{", "#" and "-->" mean something
// to Mermaid, to Markdown or to HTML somewhere. `text` is printable already.
[[nodiscard]] std::string mermaidLabel(std::string_view text);

} // namespace cupel::report
