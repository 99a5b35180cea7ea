// SPDX-License-Identifier: GPL-3.0-or-later
// Members that the directory of a zip does not show, or shows otherwise than they are: every local header is looked at,
// for loaders differ in which of the two they believe.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats::zip {

// What the last directory says of a member.
struct DirectoryEntry {
    std::uint64_t header = 0; // offset of the local header in the file
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint32_t method = 0;
    std::uint32_t flags = 0;
    std::uint32_t crc = 0;
    std::uint32_t attributes = 0; // external; with the mode of Unix in its upper half
    std::uint32_t madeBy = 0;
    bool moved = false; // bytes stand in front of the archive: readers differ in where they look
    ByteRange name;
    ByteRange comment;
};
// In its order; empty when there is none that can be read.
[[nodiscard]] std::vector<DirectoryEntry> readDirectory(ByteView bytes);

// How often the directory has the name; 0: it has none that can be read. Python's zipfile opens the last of them.
[[nodiscard]] std::size_t timesListed(ByteView bytes, std::string_view name);

// What stands in front of the data of a member.
struct LocalHeader {
    std::uint32_t flags = 0;
    std::uint32_t method = 0;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t data = 0; // offset
    std::string_view name;
};
// False: there is none at `at`, or it reaches out of the file.
[[nodiscard]] bool readLocal(ByteView bytes, std::uint64_t at, LocalHeader& out);

struct SweptMember {
    std::uint64_t header = 0;
    std::string name;
    std::string content; // unpacked
    ByteView stored; // or as it stands in the file, with data()
    bool known = false; // the directory has it, with other sizes, another method or a lock that is none
};
// `unread`: offsets of members that could not be read by the directory. Members whose local header agrees with the
// directory and that were read are passed over.
void sweep(ByteView bytes, const std::vector<DirectoryEntry>& directory, const std::vector<std::uint64_t>& unread,
    Budget& budget, const std::function<bool(SweptMember)>& take);
// Where nothing was read by the directory: its members first, whatever stands in front of them, then all others.
void sweepAll(ByteView bytes, const std::vector<DirectoryEntry>& first, Budget& budget,
    const std::function<bool(SweptMember)>& take);

// Whether a file that begins as something else ends as a zip.
[[nodiscard]] bool endsAsZip(ByteView bytes);

} // namespace cupel::formats::zip
