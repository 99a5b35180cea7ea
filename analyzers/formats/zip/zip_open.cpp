// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/zip/zip_open.h"

#include <algorithm>

namespace cupel::formats::zip {

namespace {

ArchivePtr openWith(ByteView bytes, int flags)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = source ? zip_open_from_source(source, flags, &error) : nullptr;
    if (!archive && source) {
        zip_source_free(source);
    }
    zip_error_fini(&error);
    return ArchivePtr(archive);
}

// Without what follows its end, which has a finding of its own.
ByteView archiveIn(ByteView bytes)
{
    using namespace std::string_view_literals;
    constexpr std::uint64_t endSize = 22;
    const auto end = bytes.rfind("PK\5\6"sv);
    if (end == ByteView::npos || bytes.size() - end < endSize) {
        return bytes;
    }
    const auto comment =
        static_cast<unsigned char>(bytes[end + 20]) + 256U * static_cast<unsigned char>(bytes[end + 21]);
    return bytes.substr(0, end + endSize + comment);
}

} // namespace

ArchivePtr open(ByteView bytes, Facts& out)
{
    auto archive = openWith(bytes, ZIP_RDONLY | ZIP_CHECKCONS);
    if (const auto alone = archiveIn(bytes); !archive && alone.size() < bytes.size()) {
        archive = openWith(alone, ZIP_RDONLY | ZIP_CHECKCONS);
    }
    if (!archive) {
        // Inconsistent archives are still read as far as they go; the inconsistency itself is worth a finding.
        out.flaws.push_back({"zip-inconsistent", {0, std::min<std::uint64_t>(bytes.size(), 4)}, {}, -1, 1});
        archive = openWith(bytes, ZIP_RDONLY);
    }
    return archive;
}

} // namespace cupel::formats::zip
