// SPDX-License-Identifier: GPL-3.0-or-later
// Byte order marks, UTF-16 and UTF-32: files that are not UTF-8 get a UTF-8 copy with the way back to the bytes on
// disk.
#pragma once

#include "analyzers/model/facts.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cupel::formats {

struct Encoding {
    enum class Kind : std::uint8_t { Utf8, Utf16LittleEndian, Utf16BigEndian, Utf32LittleEndian, Utf32BigEndian };
    Kind kind = Kind::Utf8;
    std::uint64_t markSize = 0; // bytes of the byte order mark
};
// By the mark; of JSON without one as Python's json.loads() tells it from the first four bytes, whatever follows; else
// by the zero bytes of ASCII text in UTF-16.
[[nodiscard]] Encoding detectEncoding(ByteView head);

// Null: it is UTF-8.
[[nodiscard]] std::shared_ptr<const TranscodedText> transcode(ByteView bytes, const Encoding& encoding);

// What a file begins with, for who asks which format it is: as UTF-8, whatever it is written in.
class HeadText {
public:
    explicit HeadText(ByteView head);
    [[nodiscard]] bool isCopy() const { return m_copy != nullptr; }
    [[nodiscard]] ByteView view() const { return m_copy ? ByteView(m_copy->utf8) : m_head; }

private:
    ByteView m_head;
    std::shared_ptr<const TranscodedText> m_copy;
};

// The way back: UTF-8 text (valid, as Cupel makes it) in the encoding of a file, without a mark.
[[nodiscard]] std::string encode(std::string_view utf8, const Encoding& encoding);

// Sets out.transcoded when needed and returns the offset in the text where content starts.
std::uint64_t openText(const Artifact& artifact, Facts& out);

} // namespace cupel::formats
