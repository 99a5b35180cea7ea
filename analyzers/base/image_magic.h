// SPDX-License-Identifier: GPL-3.0-or-later
// Media recognised by their first bytes: content that no text rule should look into.
#pragma once

#include "analyzers/base/bytes.h"

#include <string_view>

namespace cupel {

// "png", "jpeg", "gif", "webp", "bmp", "tiff", "ico", "pdf", "wasm", "woff", "font", "mp3", "mp4", "ogg", "wav" ...
// Empty: not a known medium. `head` needs 12 bytes to be sure.
[[nodiscard]] std::string_view mediaByMagic(ByteView head);
// The same for base64 text: decodes the first 16 characters.
[[nodiscard]] std::string_view mediaByBase64(ByteView head);

} // namespace cupel
