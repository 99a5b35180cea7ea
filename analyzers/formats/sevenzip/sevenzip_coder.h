// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacks one folder of a 7z archive step by step: Copy, LZMA and LZMA2 (with the filters for machine code in front),
// Deflate, BZip2. What else there is (PPMd, BCJ2, Deflate64, AES) is told apart, not unpacked.
#pragma once

#include "analyzers/formats/sevenzip/sevenzip_header.h"

#include <cstddef>
#include <memory>
#include <span>

namespace cupel::formats::sevenzip {

enum class Trouble : std::uint8_t { None, Encrypted, Method, Window };

class Decoder {
public:
    enum class State : std::uint8_t { More, End, Damaged };
    virtual ~Decoder() = default;
    // Takes bytes off the front of `in`. More with nothing made and nothing left: the data is cut off.
    virtual State step(ByteView& in, std::span<char> out, std::size_t& made) = 0;
};

// Null: `trouble` says why.
[[nodiscard]] std::unique_ptr<Decoder> makeDecoder(const Folder& folder, Trouble& trouble);

} // namespace cupel::formats::sevenzip
