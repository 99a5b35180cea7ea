// SPDX-License-Identifier: GPL-3.0-or-later
// Which findings about personal data tell of somebody.
#pragma once

#include "analyzers/model/finding.h"

namespace cupel {

// False for other families, for what is nobody's (an address such as 0.0.0.0) and for the form of pictures: another
// type, bytes behind the end, the program that wrote them.
[[nodiscard]] bool tellsOfPeople(const Finding& finding);

} // namespace cupel
