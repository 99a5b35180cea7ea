// SPDX-License-Identifier: GPL-3.0-or-later
// One sign of an address as a browser reads it, however it is written: as itself, as a character reference of HTML, or
// with the escapes of style sheets, Markdown and JSON. A text that holds an address does not say which of them it is.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>

namespace cupel::formats {

struct AddressSign {
    char sign = '\0'; // zero: no sign of ASCII
    std::uint64_t end = 0; // behind what it is written with
};

// At `at`, which lies in the text. What begins no reference and no escape stands for itself.
[[nodiscard]] AddressSign addressSignAt(ByteView text, std::uint64_t at);

// The byte that percent code stands for; `percent` is its first sign.
struct PercentCode {
    std::int32_t byte = -1; // less than zero: it is none
    std::uint64_t end = 0;
};
[[nodiscard]] PercentCode percentCode(ByteView text, const AddressSign& percent);

} // namespace cupel::formats
