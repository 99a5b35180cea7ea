// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/zip/zip_sweep.h"

#include "analyzers/base/checksums.h"
#include "analyzers/base/encodings.h"
#include "analyzers/formats/unpacked.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <set>

namespace cupel::formats::zip {

namespace {

using namespace std::string_view_literals;

constexpr auto localSign = "PK\3\4"sv;
constexpr auto entrySign = "PK\1\2"sv;
constexpr auto endSign = "PK\5\6"sv;
constexpr auto wideEndSign = "PK\6\6"sv;
constexpr auto locatorSign = "PK\6\7"sv;
constexpr std::uint64_t locatorSize = 20; // APPNOTE 4.3.15
constexpr std::uint64_t wideReach = 64 << 10; // its extensible data is short
constexpr std::uint64_t unset32 = 0xFFFFFFFF; // the value stands in a field of zip64
constexpr std::uint64_t localSize = 30; // APPNOTE 4.3.7
constexpr std::uint64_t entrySize = 46; // APPNOTE 4.3.12
constexpr std::uint64_t endSize = 22; // APPNOTE 4.3.16
constexpr std::uint32_t locked = 1; // flag: encrypted
constexpr std::uint32_t sizesFollow = 8; // flag: sizes stand behind the data

std::uint64_t number(ByteView bytes, std::uint64_t at, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width && at + i < bytes.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

// APPNOTE 4.5.3: what does not fit into 32 bits, in this order.
void widen(ByteView bytes, ByteRange extra, DirectoryEntry& entry)
{
    for (auto at = extra.start; at + 4 <= extra.end && at + 4 <= bytes.size();) {
        const auto size = number(bytes, at + 2, 2);
        if (number(bytes, at, 2) == 1) {
            auto field = at + 4;
            for (auto* value : {&entry.size, &entry.packed, &entry.header}) {
                if (*value == unset32 && field + 8 <= at + 4 + size) {
                    *value = number(bytes, field, 8);
                    field += 8;
                }
            }
            return;
        }
        at += 4 + size;
    }
}

bool agrees(const LocalHeader& local, const DirectoryEntry& entry)
{
    const bool later = (local.flags & sizesFollow) != 0 || local.packed == unset32;
    return local.method == entry.method && (later || (local.packed == entry.packed && local.size == entry.size));
}

// Nothing: it cannot be unpacked, or a lock is a real one.
bool unpack(ByteView bytes, const LocalHeader& local, Budget& budget, SweptMember& out)
{
    const auto left = bytes.size() - local.data;
    auto packed = local.packed == unset32 ? 0 : local.packed;
    if (packed == 0 || packed > left) { // sizes that follow, or that lie
        const auto next = bytes.find("PK"sv, local.data);
        packed = local.method == 0 && next != ByteView::npos ? next - local.data : left;
    }
    const auto most =
        std::min<std::uint64_t>(budget.limits().memberBytes, packed * budget.limits().inflationRatio + (1 << 20));
    const auto data = bytes.substr(local.data, packed);
    if (local.method == 0) {
        out.stored = data;
    } else if (local.method == 8) {
        auto plain = inflateRaw(data, most, budget);
        if (!plain) {
            return false;
        }
        out.content = std::move(*plain);
    } else if (auto other = unpackedMember(local.method, data, most, budget); other && !other->empty()) {
        out.content = std::move(*other);
    } else {
        return false;
    }
    return (local.flags & locked) == 0 || crc32(local.method == 0 ? out.stored : ByteView(out.content)) == local.crc;
}

} // namespace

std::size_t timesListed(ByteView bytes, std::string_view name)
{
    const auto directory = readDirectory(bytes);
    return static_cast<std::size_t>(std::count_if(directory.begin(), directory.end(),
        [&](const DirectoryEntry& entry) { return slice(bytes, entry.name) == name; }));
}

bool readLocal(ByteView bytes, std::uint64_t at, LocalHeader& out)
{
    if (at + localSize > bytes.size() || bytes.substr(at, localSign.size()) != localSign) {
        return false;
    }
    out.flags = static_cast<std::uint32_t>(number(bytes, at + 6, 2));
    out.method = static_cast<std::uint32_t>(number(bytes, at + 8, 2));
    out.crc = static_cast<std::uint32_t>(number(bytes, at + 14, 4));
    out.packed = number(bytes, at + 18, 4);
    out.size = number(bytes, at + 22, 4);
    const auto nameSize = number(bytes, at + 26, 2);
    out.data = at + localSize + nameSize + number(bytes, at + 28, 2);
    out.name = slice(bytes, {at + localSize, at + localSize + nameSize});
    return nameSize > 0 && out.data <= bytes.size() && out.name.find('\0') == std::string_view::npos;
}

std::vector<DirectoryEntry> readDirectory(ByteView bytes)
{
    std::vector<DirectoryEntry> out;
    const auto end = bytes.rfind(endSign);
    if (end == ByteView::npos || end + endSize > bytes.size()) {
        return out;
    }
    auto size = number(bytes, end + 12, 4);
    auto offset = number(bytes, end + 16, 4);
    auto behind = end; // first byte behind the directory
    // Some writers put the wide record there as soon as the file is large, whether or not its numbers are needed
    // (4.3.15: its locator stands before the end record); loaders follow it.
    const bool located = end >= locatorSize && bytes.substr(end - locatorSize, locatorSign.size()) == locatorSign;
    if (located || size == unset32 || offset == unset32) {
        const auto from = end > wideReach ? end - wideReach : 0;
        if (const auto wide = bytes.substr(from, end - from).rfind(wideEndSign); wide != ByteView::npos) {
            size = number(bytes, from + wide + 40, 8);
            offset = number(bytes, from + wide + 48, 8);
            behind = from + wide;
        }
    }
    // Bytes in front of the archive move everything.
    const bool fits = size <= behind && bytes.substr(behind - size, entrySign.size()) == entrySign;
    auto at = fits ? behind - size : bytes.find(entrySign);
    const auto moved = fits && offset <= behind - size ? behind - size - offset : 0;
    while (at != ByteView::npos && at + entrySize <= bytes.size() && bytes.substr(at, entrySign.size()) == entrySign) {
        const auto nameSize = number(bytes, at + 28, 2);
        DirectoryEntry entry;
        entry.madeBy = static_cast<std::uint32_t>(number(bytes, at + 5, 1));
        entry.flags = static_cast<std::uint32_t>(number(bytes, at + 8, 2));
        entry.method = static_cast<std::uint32_t>(number(bytes, at + 10, 2));
        entry.crc = static_cast<std::uint32_t>(number(bytes, at + 16, 4));
        entry.packed = number(bytes, at + 20, 4);
        entry.size = number(bytes, at + 24, 4);
        entry.attributes = static_cast<std::uint32_t>(number(bytes, at + 38, 4));
        entry.header = number(bytes, at + 42, 4);
        widen(bytes, {at + entrySize + nameSize, at + entrySize + nameSize + number(bytes, at + 30, 2)}, entry);
        entry.header += moved;
        entry.moved = moved > 0;
        entry.name = {at + entrySize, std::min<std::uint64_t>(at + entrySize + nameSize, bytes.size())};
        const auto comment = at + entrySize + nameSize + number(bytes, at + 30, 2);
        at = comment + number(bytes, at + 32, 2);
        entry.comment = at <= bytes.size() ? ByteRange{comment, at} : ByteRange{};
        out.push_back(entry);
    }
    return out;
}

namespace {

// The member whose header stands at `at`. False: no more are wanted.
bool takeAt(ByteView bytes, std::uint64_t at, const LocalHeader& local, bool known, Budget& budget,
    const std::function<bool(SweptMember)>& take)
{
    SweptMember member;
    member.header = at;
    member.name = std::string(local.name);
    member.known = known;
    return member.name.ends_with('/') || !unpack(bytes, local, budget, member) || take(std::move(member));
}

std::uint64_t behind(ByteView bytes, const LocalHeader& local, std::uint64_t otherwise)
{
    return local.packed > 0 && local.packed <= bytes.size() - local.data ? local.data + local.packed : otherwise;
}

// Every local header that can be read. `use` says where to go on, given the place behind its sign; nothing: no further.
template <typename Use> void eachLocal(ByteView bytes, Budget& budget, Use use)
{
    std::uint64_t from = 0;
    while (budget.spend(localSize)) {
        const auto at = bytes.find(localSign, from);
        if (at == ByteView::npos) {
            return;
        }
        from = at + localSign.size();
        LocalHeader local;
        if (!readLocal(bytes, at, local)) {
            continue;
        }
        const std::optional<std::uint64_t> next = use(at, local, from);
        if (!next) {
            return;
        }
        from = *next;
    }
}

} // namespace

void sweep(ByteView bytes, const std::vector<DirectoryEntry>& directory, const std::vector<std::uint64_t>& unread,
    Budget& budget, const std::function<bool(SweptMember)>& take)
{
    std::map<std::uint64_t, const DirectoryEntry*> known;
    for (const auto& entry : directory) {
        known.emplace(entry.header, &entry);
    }
    const std::set<std::uint64_t> missing(unread.begin(), unread.end());
    eachLocal(
        bytes, budget, [&](std::uint64_t at, LocalHeader& local, std::uint64_t from) -> std::optional<std::uint64_t> {
            const auto entry = known.find(at);
            const bool wasRead = entry != known.end() && !missing.contains(at);
            if (wasRead && agrees(local, *entry->second)) {
                // What is inside of its data was looked at with it: also zips in zips.
                return std::min<std::uint64_t>(
                    local.data + std::min<std::uint64_t>(entry->second->packed, bytes.size()), bytes.size());
            }
            if (!takeAt(bytes, at, local, entry != known.end(), budget, take)) {
                return std::nullopt;
            }
            return behind(bytes, local, from);
        });
}

void sweepAll(ByteView bytes, const std::vector<DirectoryEntry>& first, Budget& budget,
    const std::function<bool(SweptMember)>& take)
{
    std::set<std::uint64_t> taken;
    for (const auto& entry : first) {
        LocalHeader local;
        if (!budget.spend(localSize)) {
            return;
        }
        if (readLocal(bytes, entry.header, local) && taken.insert(entry.header).second
            && !takeAt(bytes, entry.header, local, false, budget, take)) {
            return;
        }
    }
    eachLocal(
        bytes, budget, [&](std::uint64_t at, LocalHeader& local, std::uint64_t from) -> std::optional<std::uint64_t> {
            if (!taken.contains(at) && !takeAt(bytes, at, local, false, budget, take)) {
                return std::nullopt;
            }
            return behind(bytes, local, from);
        });
}

bool endsAsZip(ByteView bytes)
{
    constexpr std::uint64_t longestComment = 65'535;
    const auto tail = bytes.size() > longestComment + endSize ? bytes.size() - longestComment - endSize : 0;
    // A byte that no text holds: every notebook is asked this, and the signature's first byte stands in all of them.
    constexpr char rare = endSign[2];
    auto end = ByteView::npos;
    for (auto rest = bytes.substr(tail); !rest.empty() && end == ByteView::npos;) {
        const auto* found = static_cast<const char*>(::memrchr(rest.data(), rare, rest.size()));
        const auto at = found ? static_cast<std::size_t>(found - rest.data()) : 0;
        rest = rest.substr(0, at);
        end = at >= 2 && bytes.substr(tail + at - 2, endSign.size()) == endSign ? at - 2 : end;
    }
    if (end == ByteView::npos || tail + end + endSize > bytes.size()) {
        return false;
    }
    const auto directory = readDirectory(bytes);
    return !directory.empty()
        && bytes.substr(std::min<std::uint64_t>(directory[0].header, bytes.size()), 4) == localSign;
}

} // namespace cupel::formats::zip
