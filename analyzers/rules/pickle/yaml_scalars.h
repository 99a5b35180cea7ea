// SPDX-License-Identifier: GPL-3.0-or-later
// The scalars of a YAML (or JSON) text as a loader would see them, without building anything: quotes, escapes, block
// texts, anchors and aliases undone, flow and block style alike. Tolerant: what is not YAML is passed over. One pass.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace cupel::rules::pickle {

struct YamlEvents {
    std::function<void(const std::string& key, const std::string& value, ByteRange place)> pair; // scalar to scalar
    std::function<void(const std::string& tag, ByteRange place)> tag; // "python/object/apply:os.system", unwrapped
};

// False: the budget ended.
bool readYamlScalars(ByteView text, Budget& budget, const YamlEvents& events);

} // namespace cupel::rules::pickle
