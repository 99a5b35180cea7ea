// SPDX-License-Identifier: GPL-3.0-or-later
// Byte order marks and UTF-16: files that are not UTF-8 get a UTF-8 copy with the way back to the bytes on disk.
#pragma once

#include "analyzers/model/facts.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cupel::formats {

struct Encoding {
    enum class Kind : std::uint8_t { Utf8, Utf16LittleEndian, Utf16BigEndian, Utf32 };
    Kind kind = Kind::Utf8;
    std::uint64_t markSize = 0; // bytes of the byte order mark
};
// By the mark, else by the zero bytes of ASCII text in UTF-16.
[[nodiscard]] Encoding detectEncoding(ByteView head);

[[nodiscard]] std::shared_ptr<const TranscodedText> transcodeUtf16(ByteView bytes, const Encoding& encoding);

// The way back: UTF-8 text (valid, as Cupel makes it) in the encoding of a file, without a mark.
[[nodiscard]] std::string encode(std::string_view utf8, const Encoding& encoding);

// Sets out.transcoded when needed and returns the offset in the text where content starts. Utf32 adds a diagnostic.
std::uint64_t openText(const Artifact& artifact, Facts& out);

} // namespace cupel::formats
