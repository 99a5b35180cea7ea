// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of personal data that the scanner knows by their names, and the checks of all rows, looked up once.
#pragma once

#include "analyzers/rules/pii/validator.h"

#include <cstddef>
#include <vector>

namespace cupel::rules::pii {

// What a row's validators say, resolved once.
struct RowChecks {
    std::vector<const Validator*> all;
    const Validator* loose = nullptr;
    bool checksum = false;
};
[[nodiscard]] const std::vector<RowChecks>& checksOfRows();

struct OwnRows { // indices
    std::size_t email, phone, ip, inside, mac, person, position, profile;
};
[[nodiscard]] const OwnRows& ownRows();

} // namespace cupel::rules::pii
