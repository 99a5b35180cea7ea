// SPDX-License-Identifier: GPL-3.0-or-later
// Masks names and short texts that were copied out of an artifact: wherever they hold a sensitive value, dots stand.
// Needs the artifact's bytes when it is made, not afterwards. Immutable; any thread.
#pragma once

#include "analyzers/model/analysis.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel {

class NameMask {
public:
    NameMask() = default; // masks nothing
    explicit NameMask(const Analysis& analysis);
    [[nodiscard]] std::string operator()(std::string_view text) const;

private:
    std::vector<std::string> m_values; // a value that holds another one comes first
};

} // namespace cupel
