// SPDX-License-Identifier: GPL-3.0-or-later
// Where in the file a zip's central directory writes names and comments: libzip gives them without their places.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>

namespace cupel::formats::zip {

class DirectoryPlaces {
public:
    explicit DirectoryPlaces(ByteView bytes);
    struct Entry {
        ByteRange name;
        ByteRange comment; // may be empty
    };
    // The next entry with this name, as it is written. Asked for in the order of the directory. Empty ranges: not
    // found, and none will be after that.
    [[nodiscard]] Entry next(ByteView name);

private:
    ByteView m_bytes;
    std::uint64_t m_at = 0;
};

} // namespace cupel::formats::zip
