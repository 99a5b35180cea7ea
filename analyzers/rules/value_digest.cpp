// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/value_digest.h"

#include "analyzers/base/hash.h"

#include <algorithm>
#include <cstddef>

namespace cupel::rules {

std::string valueDigest(std::vector<std::string> values, std::string_view salt)
{
    constexpr std::size_t shortest = 7;
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    const bool many = values.size() > 3;
    if (!many) {
        std::erase_if(values, [](const std::string& value) { return value.size() < shortest; });
    }
    if (values.empty()) {
        return {};
    }
    std::string whole = "cupel-values-1\n" + std::string(salt);
    for (const auto& value : values) {
        whole += '\n' + std::to_string(value.size()) + ':' + value;
    }
    return toHex(sha256(whole)).substr(0, many ? 5 : values.size() > 1 ? 3 : 2);
}

} // namespace cupel::rules
