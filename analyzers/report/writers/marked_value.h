// SPDX-License-Identifier: GPL-3.0-or-later
// Where the value of a finding stands in its redacted line, so that a mark can be put under it.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/model/finding.h"

#include <cstddef>
#include <span>
#include <string>

namespace cupel::report {

struct Marked {
    std::size_t start = std::string::npos; // npos: nothing of it is masked
    std::size_t end = 0;
};

// The dots and what touches them, or what the arguments call it. `sensitive`: all that is masked in the file, in order;
// which of several masked values of the line is meant is seen by what stands between them.
[[nodiscard]] Marked maskedIn(const std::string& line, const Finding& item, std::span<const ByteRange> sensitive);

} // namespace cupel::report
