// SPDX-License-Identifier: GPL-3.0-or-later
// E-mail addresses that are spelled out so that machines do not read them: "x [at] y dot com", "Ann Example (ann at
// gmail.com)". Prose says "at" all the time, so that something else has to speak for an address.
#pragma once

#include "analyzers/base/bytes.h"

#include <optional>

namespace cupel::rules::pii {

struct SpelledMail {
    ByteRange place;
    bool sure = false; // more than one thing speaks for it
};
// The address whose word "at" begins at `at`.
[[nodiscard]] std::optional<SpelledMail> spelledEmailAround(ByteView text, std::size_t at);

} // namespace cupel::rules::pii
