// SPDX-License-Identifier: GPL-3.0-or-later
// An archive as libzip reads it, from bytes in memory.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/model/facts.h"

#include <memory>

#include <zip.h>

namespace cupel::formats::zip {

struct Closer {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using ArchivePtr = std::unique_ptr<zip_t, Closer>;
using MemberPtr = std::unique_ptr<zip_file_t, Closer>;

// Null: it has no directory that can be read. One that is inconsistent is a flaw.
[[nodiscard]] ArchivePtr open(ByteView bytes, Facts& out);

} // namespace cupel::formats::zip
