// SPDX-License-Identifier: GPL-3.0-or-later
// How large a picture says it is, read from its first bytes alone: nothing is decoded, so a bomb costs nothing.
#pragma once

#include "analyzers/formats/image/byte_window.h"

#include <cstdint>
#include <optional>

namespace cupel::formats {

struct ImageSize {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
};
// PNG, JPEG, GIF, WebP and BMP. None: another format, or broken before its size.
[[nodiscard]] std::optional<ImageSize> readImageSize(ByteWindow& image);

} // namespace cupel::formats
