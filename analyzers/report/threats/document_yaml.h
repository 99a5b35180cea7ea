// SPDX-License-Identifier: GPL-3.0-or-later
// A file that was read, written again as YAML in blocks: every member in its order, plain words as they stood. Aliases
// are written out.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/base/data_tree.h"
#include "analyzers/report/writers/text.h"

#include <string_view>

namespace cupel::report {

// `head`: what stands before the first value. False: aliases make more of it than is written; what was written is cut.
[[nodiscard]] bool writeYaml(const DataTree& tree, std::string_view head, const TextSink& sink);
// Comments, directives and the mark of a document, up to the first line with something else.
[[nodiscard]] std::string_view headOfYaml(ByteView text);
// Behind that head. A "#" in a text that goes over several lines counts as well: nobody is promised too much.
[[nodiscard]] bool hasYamlComments(ByteView text);

// Whether more documents follow the first one, which alone is read. JSON has one.
[[nodiscard]] bool severalDocuments(ByteView text);

} // namespace cupel::report
