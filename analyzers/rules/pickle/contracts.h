// SPDX-License-Identifier: GPL-3.0-or-later
// Benign callables are benign with the arguments that real files give them, and with no others.
#pragma once

#include "analyzers/rules/pickle/names.h"

#include <string>

namespace cupel::rules::pickle {

// Empty: the call keeps to the contract of its callable. Else what is wrong with it, one clause.
[[nodiscard]] std::string brokenContract(
    const formats::PickleFacts& facts, const formats::PickleCall& call, const Verdict& verdict);

} // namespace cupel::rules::pickle
