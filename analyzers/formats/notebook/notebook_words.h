// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the notebook format: what they mean, and which strings are nothing but such a word.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/model/facts.h"

#include <string_view>

namespace cupel::formats {

// Words of the format, MIME types and names as programs make them up, as they stand in the JSON; whatever else stands
// in their place may be anything and is looked at.
[[nodiscard]] bool isWord(ByteView json);
// A UUID, or the eight digits of most programs.
[[nodiscard]] bool isCellId(ByteView json);

// nbformat 3 and older: output keys are short names instead of MIME types. Empty: no output.
[[nodiscard]] std::string_view mimeOfVersion3(std::string_view key);
[[nodiscard]] RegionKind kindOfMime(std::string_view mime);
[[nodiscard]] CellKind kindOfCell(std::string_view type);
[[nodiscard]] RegionKind regionOf(CellKind kind);

} // namespace cupel::formats
