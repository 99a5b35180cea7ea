// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/people.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cupel {

bool tellsOfPeople(const Finding& finding)
{
    constexpr std::array<std::string_view, 3> form{"pii.image-software", "pii.image-trailing", "pii.image-type"};
    return finding.family == Family::Pii && finding.severity > Severity::Info
        && std::find(form.begin(), form.end(), finding.cls) == form.end();
}

} // namespace cupel
