// SPDX-License-Identifier: GPL-3.0-or-later
// An image without what is not picture: EXIF, XMP, IPTC, texts, comments, times and bytes behind its end. The bytes
// that make the picture stay as they are, colour profiles included; a photo keeps which side is up.
#pragma once

#include "analyzers/base/bytes.h"

#include <optional>
#include <string>

namespace cupel::formats {

// PNG and JPEG. Nothing when the image is another one, is not complete, or has nothing to take out.
[[nodiscard]] std::optional<std::string> withoutMetadata(ByteView image);

// The same for an image written in base64, with the line breaks of the original; `text` as it stands in a file, where a
// break may be written "\n" as in JSON strings.
[[nodiscard]] std::optional<std::string> withoutMetadataBase64(ByteView text);

} // namespace cupel::formats
