// SPDX-License-Identifier: GPL-3.0-or-later
// What scripts of jupytext have in common, light or percent: their header, the options of cells, and IPython's magics,
// which stand behind a comment sign there so that the file stays Python: "# !pip install x", "# %%bash" and all lines
// below it.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/model/facts.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cupel::formats {

// Behind the "# ---" that ends the header; `at` when there is none.
[[nodiscard]] std::uint64_t jupytextHeaderEnd(ByteView text, std::uint64_t at);
// How the source of a code cell is to be read.
struct JupytextSource {
    TextForm form = TextForm::Plain; // or a comment from its first line to its last
    std::string language; // see code_language.h
};
// `body`: without the marker, `# + language="bash"`.
[[nodiscard]] JupytextSource jupytextSource(ByteView body, std::string_view marker);

struct MagicSign {
    std::uint64_t indent = 0; // blanks in front
    std::uint64_t size = 0; // of the sign; 0: the line is no commented magic
};
// Of the line that starts at `at`. A magic goes on over lines that end with a backslash.
[[nodiscard]] MagicSign magicSignAt(ByteView text, std::uint64_t at);

} // namespace cupel::formats
