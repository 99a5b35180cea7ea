// SPDX-License-Identifier: GPL-3.0-or-later
// E-mail addresses that lead to no person: samples, machines, version control, mailing lists.
#pragma once

#include <string>

namespace cupel::rules::pii {

// Both in small letters.
[[nodiscard]] bool isNobodysMail(const std::string& local, const std::string& domain);

} // namespace cupel::rules::pii
