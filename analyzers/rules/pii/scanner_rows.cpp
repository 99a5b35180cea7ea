// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/scanner_rows.h"

#include "analyzers/rules/pii/pii_row.h"

#include <algorithm>
#include <string_view>

namespace cupel::rules::pii {

const std::vector<RowChecks>& checksOfRows()
{
    static const std::vector<RowChecks> shared = [] {
        std::vector<RowChecks> list(rows().size());
        for (std::size_t i = 0; i < list.size(); ++i) {
            auto names = rows()[i].checks;
            while (!names.empty()) {
                const auto end = std::min(names.find(' '), names.size());
                if (const auto* validator = findValidator(names.substr(0, end))) {
                    list[i].all.push_back(validator);
                    list[i].checksum = list[i].checksum || validator->proof == Proof::Checksum;
                }
                names.remove_prefix(std::min(names.size(), end + 1));
            }
            list[i].loose = findValidator(rows()[i].loose);
        }
        return list;
    }();
    return shared;
}

namespace {

std::size_t indexOf(std::string_view id)
{
    return static_cast<std::size_t>(findRow(id) - rows().data());
}

} // namespace

const OwnRows& ownRows()
{
    static const OwnRows shared{indexOf("email"), indexOf("phone"), indexOf("ip-address"), indexOf("ip-internal"),
        indexOf("mac-address"), indexOf("person-name"), indexOf("latitude-longitude"), indexOf("profile-link")};
    return shared;
}

} // namespace cupel::rules::pii
