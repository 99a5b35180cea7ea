// SPDX-License-Identifier: GPL-3.0-or-later
// The placeholders that fixes write (fixes/pseudonyms.h), as any rule may meet them again: they are never a value.
#pragma once

#include "analyzers/base/bytes.h"

namespace cupel::rules {

// True when `value` is a placeholder, "<EMAIL_01>" or "&lt;EMAIL_01&gt;", or holds little else: what stands beside one
// may still be a value.
[[nodiscard]] bool isFixPlaceholder(ByteView text, ByteRange value);

} // namespace cupel::rules
