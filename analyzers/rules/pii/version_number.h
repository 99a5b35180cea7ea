// SPDX-License-Identifier: GPL-3.0-or-later
// Four numbers with dots between them are an address, or the version of a program: lists of packages, logs of
// installers and what programs tell of themselves say which.
#pragma once

#include "analyzers/base/bytes.h"

#include <array>
#include <string_view>

namespace cupel::rules::pii {

// `place` is that of the four numbers in `text`, `octets` what they are.
[[nodiscard]] bool isVersionNumber(ByteView text, ByteRange place, const std::array<int, 4>& octets);

// The name of a column (normalised) whose values are versions: "version", "kernel", "latest version".
[[nodiscard]] bool headsVersions(std::string_view header);

} // namespace cupel::rules::pii
