// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of an image wherever it stands: in a file, or as base64 inside a text, of which only what is asked for is
// decoded. Pictures are most of what notebooks weigh; their metadata is at the front and at the end.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/formats/image/base64_text.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel::formats {

class ByteWindow {
public:
    // The image itself.
    explicit ByteWindow(ByteView bytes);
    // Base64, or percent code, as base64_text.h reads it. Base64 in one piece, or in lines of equal length that the
    // same signs divide, nothing of it is copied.
    [[nodiscard]] static ByteWindow ofBase64(ByteView text);

    [[nodiscard]] std::uint64_t size() const { return m_size; } // of the image
    // At most `count` bytes from `at`; fewer at the end, none when the base64 is broken there. Valid until the next
    // call.
    [[nodiscard]] ByteView read(std::uint64_t at, std::uint64_t count);
    // Where these bytes stand in what the window was made of.
    [[nodiscard]] ByteRange toSource(ByteRange bytes) const;

private:
    ByteWindow() = default;
    void collect();
    void collectBytes();
    [[nodiscard]] Base64Sign nextSign(std::uint64_t at) const;
    void keep(const Base64Sign& sign);
    [[nodiscard]] ByteRange rawOf(std::uint64_t character) const;
    ByteView m_text;
    bool m_base64 = false;
    bool m_percent = false;
    std::uint64_t m_size = 0;
    std::uint64_t m_characters = 0; // of base64, without line breaks and padding
    std::uint64_t m_line = 0; // characters a line, 0: one piece
    std::uint64_t m_break = 0; // bytes of a line break
    std::string m_letters; // of what is written otherwise; bytes of what is percent code
    struct Mark {
        std::uint64_t letter;
        std::uint64_t at; // where it is written
    };
    std::vector<Mark> m_marks; // of some letters, never far apart; empty: m_text is read itself
    std::string m_decoded;
};

} // namespace cupel::formats
