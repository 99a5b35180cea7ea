// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tar/tar_records.h"

#include <charconv>

namespace cupel::formats::tar {

namespace {

constexpr std::size_t longestName = 65'536; // more is kept by no file system

std::optional<std::uint64_t> decimal(ByteView text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >> 63 == 0 ? std::optional(value)
                                                                                        : std::nullopt;
}

void take(ByteView key, ByteView value, std::uint64_t at, Overrides& out)
{
    if (key == "path" || key == "GNU.sparse.name") {
        out.name = std::string(value.substr(0, longestName));
        out.namePlace = {at, at + value.size()};
    } else if (key == "linkpath") {
        out.link = std::string(value.substr(0, longestName));
    } else if (key == "size") {
        out.size = decimal(value);
        out.damaged = out.damaged || !out.size;
    }
    out.sparse = out.sparse || key.starts_with("GNU.sparse.");
}

} // namespace

void readPax(ByteView records, std::uint64_t at, Overrides& out)
{
    while (!records.empty() && records[0] != '\0') {
        const auto blank = records.substr(0, 21).find(' ');
        const auto length = blank == ByteView::npos ? std::nullopt : decimal(records.substr(0, blank));
        if (!length || *length <= blank + 2 || *length > records.size() || records[*length - 1] != '\n') {
            out.damaged = true;
            return;
        }
        const auto record = records.substr(blank + 1, *length - blank - 2);
        const auto equals = record.find('=');
        if (equals == ByteView::npos) {
            out.damaged = true;
            return;
        }
        take(record.substr(0, equals), record.substr(equals + 1), at + blank + 1 + equals + 1, out);
        records.remove_prefix(*length);
        at += *length;
    }
}

ByteView longText(ByteView data)
{
    return data.substr(0, std::min(data.find('\0'), longestName));
}

} // namespace cupel::formats::tar
