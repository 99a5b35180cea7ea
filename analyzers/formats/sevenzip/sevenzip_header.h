// SPDX-License-Identifier: GPL-3.0-or-later
// The header of a 7z archive as values: where packed streams stand, how folders unpack them, which files come out.
// 7zFormat.txt of the LZMA SDK. Pure; no count of the file makes room for more than the header has bytes.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats::sevenzip {

struct Coder {
    std::uint64_t id = 0; // as one number: 0x030101 is LZMA
    std::uint64_t inputs = 1;
    std::uint64_t outputs = 1;
    ByteView settings;
};

struct Folder {
    std::vector<Coder> coders;
    struct Bond {
        std::uint64_t input = 0; // over all coders
        std::uint64_t output = 0;
    };
    std::vector<Bond> bonds;
    std::vector<std::uint64_t> packed; // inputs that are packed streams
    std::vector<std::uint64_t> sizes; // of each output
    std::optional<std::uint32_t> crc;
    std::uint64_t firstPack = 0; // index of its first packed stream

    // What comes out of the folder; 0: its bonds make no sense.
    [[nodiscard]] std::uint64_t size() const;
    // The coders in the order in which bytes go through them; empty: not one line (BCJ2), or nonsense.
    [[nodiscard]] std::vector<std::size_t> line() const;
};

struct Stream {
    std::size_t folder = 0;
    std::uint64_t size = 0;
    std::optional<std::uint32_t> crc;
};

struct Streams {
    std::vector<ByteRange> packs; // in the archive
    std::vector<Folder> folders;
    std::vector<Stream> streams; // of the folders, one after another
};

struct File {
    std::string name; // UTF-8
    ByteRange namePlace; // in the header
    bool hasStream = true;
    bool folder = false;
    std::uint32_t attributes = 0;
    [[nodiscard]] bool isLink() const { return (attributes & 0x8000) != 0 && (attributes >> 28) == 0xA; }
};

struct Header {
    bool encoded = false; // the header itself is packed: `streams` says how
    Streams streams;
    std::vector<File> files;
    std::string_view problem; // why reading ended early; empty: it did not
};

// `archiveSize` bounds where packed streams may stand.
[[nodiscard]] Header readHeader(ByteView bytes, std::uint64_t archiveSize, Budget& budget);

} // namespace cupel::formats::sevenzip
