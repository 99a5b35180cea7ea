// SPDX-License-Identifier: GPL-3.0-or-later
// One compressed stream, undone step by step: gzip, zlib, bzip2, xz, LZMA, Zstandard and LZ4 (frames, and what the tool
// wrote before it had frames) behind one face.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace cupel::formats::compressed {

enum class Method : std::uint8_t { None, Gzip, Zlib, Bzip2, Xz, Lzma, Zstd, Lz4, Lz4Legacy, JoblibZf };
[[nodiscard]] std::string_view toString(Method method); // "gzip" ...
// By the first bytes, behind skippable frames. Zlib and LZMA have hardly any: they are guesses that a trial has to
// confirm.
[[nodiscard]] Method methodOf(ByteView head);

// Where the frames in front end that every reader of Zstandard and LZ4 passes over, whatever stands in them: 0 when
// there are none, and possibly behind the end of `bytes`.
[[nodiscard]] std::uint64_t skippableEnd(ByteView bytes);
[[nodiscard]] ByteView behindSkippable(ByteView bytes); // from the first on that is cut off

class Decoder {
public:
    enum class State : std::uint8_t { More, End, Damaged };
    virtual ~Decoder() = default;
    // Takes bytes off the front of `in`, writes `made` bytes into `out`. More with nothing made and nothing left in
    // `in`: the stream is cut off.
    virtual State step(ByteView& in, std::span<char> out, std::size_t& made) = 0;
};
[[nodiscard]] std::unique_ptr<Decoder> makeDecoder(Method method); // null: cannot be had
// LZMA without a header, as members of zips have it; its five bytes of properties. It may have no mark of its end.
[[nodiscard]] std::unique_ptr<Decoder> makeRawLzma(ByteView properties);

} // namespace cupel::formats::compressed
