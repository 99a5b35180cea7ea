// SPDX-License-Identifier: GPL-3.0-or-later
// Where a value ends for what reads it: a string literal at its closing quote, a word of a shell at a blank that is
// not quoted, the user info of an address at its last @. Expressions of rows only say where it begins and roughly how
// long it is; what they leave over would stand in clear in an excerpt and in a copy that is called clean.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/rules/secrets/secret_row.h"

namespace cupel::rules::secrets {

// `secret` when nothing more is known. Empty: what was matched is no value of its own. Reads a few hundred bytes.
[[nodiscard]] ByteRange wholeValue(ByteView text, ByteRange whole, ByteRange secret, const SecretRow& row);

} // namespace cupel::rules::secrets
