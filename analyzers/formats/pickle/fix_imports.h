// SPDX-License-Identifier: GPL-3.0-or-later
// Where names of Python 2 live in Python 3: what Unpickler(fix_imports=True), the default, does below protocol 3.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace cupel::formats::pickle {

[[nodiscard]] std::pair<std::string, std::string> fixedImport(std::string_view module, std::string_view name);

} // namespace cupel::formats::pickle
