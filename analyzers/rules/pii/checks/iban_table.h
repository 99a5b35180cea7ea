// SPDX-License-Identifier: GPL-3.0-or-later
// How an account number is built in each country of the IBAN registry: 'n' digits, 'a' capitals, 'c' either.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace cupel::rules::pii::checks {

struct IbanPart {
    std::uint8_t count = 0;
    char kind = 'n';
};

struct IbanForm {
    std::string_view country;
    std::array<IbanPart, 5> parts;
};

[[nodiscard]] const IbanForm* findIbanForm(std::string_view country); // null: no IBAN there

} // namespace cupel::rules::pii::checks
