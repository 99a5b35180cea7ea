// SPDX-License-Identifier: GPL-3.0-or-later
// Base64 of a picture as files write it: in lines, in the strings of a list, with the escapes of JSON, or with the
// blanks and the percent code of an address. Every viewer passes over these, and so must whoever looks for pictures.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>

namespace cupel::formats {

struct Base64Sign {
    char sign = '\0'; // a letter of base64 or '='; what cannot be read stays as it is, '\\' and '%' among it
    std::uint64_t at = 0; // as it is written; the size of the text: there is none
    std::uint64_t end = 0;
};

// The first sign at `at` or behind it.
[[nodiscard]] Base64Sign nextBase64Sign(ByteView text, std::uint64_t at);
[[nodiscard]] bool isBase64Letter(char c); // of either alphabet; no padding
[[nodiscard]] bool isAddressBlank(char c); // what browsers pass over
// The letter or blank that percent code at `at` stands for, which is three bytes long; zero: there is none.
[[nodiscard]] char percentAt(ByteView text, std::uint64_t at);

} // namespace cupel::formats
