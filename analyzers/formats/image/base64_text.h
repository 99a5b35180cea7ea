// SPDX-License-Identifier: GPL-3.0-or-later
// Base64 of a picture as files write it: in lines, in the strings of a list, with the escapes of JSON, or with the
// blanks, the percent code and the character references of an address. Every viewer passes over these, and so must
// whoever looks for pictures.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>

namespace cupel::formats {

struct Base64Sign {
    char sign = '\0'; // a letter of base64 or '='; what cannot be read stays as it is, '\\', '&' and '%' among it
    std::uint64_t at = 0; // as it is written; the size of the text: there is none
    std::uint64_t end = 0;
};

// What stands at `at`, a blank too.
[[nodiscard]] Base64Sign base64SignAt(ByteView text, std::uint64_t at);
// The first sign at `at` or behind it that is no blank.
[[nodiscard]] Base64Sign nextBase64Sign(ByteView text, std::uint64_t at);
[[nodiscard]] bool isBase64Letter(char c); // of either alphabet; no padding
[[nodiscard]] bool isAddressBlank(char c); // what browsers pass over

// Addresses may do without base64: a picture is then its bytes, those that are no letters in percent code.
[[nodiscard]] bool isPercentCode(ByteView text); // by codes that stand for nothing in base64
[[nodiscard]] Base64Sign nextAddressByte(ByteView text, std::uint64_t at); // `sign` is any byte

} // namespace cupel::formats
