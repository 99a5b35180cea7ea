// SPDX-License-Identifier: GPL-3.0-or-later
// Where values come from that somebody else decides, and which calls make them harmless.
#pragma once

#include "analyzers/code/flow_value.h"

#include <string_view>

namespace cupel::code {

// Numbers are Sources; matched against functions that are called and names that are read.
[[nodiscard]] const PathMatcher& sourceCalls();
[[nodiscard]] const PathMatcher& sourceReads();
[[nodiscard]] const PathMatcher& cleaningCalls();
// A name that says its value is a password, key or token.
[[nodiscard]] bool namesSecret(std::string_view name);
[[nodiscard]] bool isBuiltin(std::string_view name);
// Modules that notebooks use without importing them in the same file: "np" is numpy. Empty: none.
[[nodiscard]] std::string_view usualModule(std::string_view alias);

} // namespace cupel::code
