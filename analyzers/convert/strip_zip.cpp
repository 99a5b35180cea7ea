// SPDX-License-Identifier: GPL-3.0-or-later
// Zip: the packed bytes of every member of the directory are copied as they are; headers and directory are written anew
// with the same names, times, checksums and attributes. What the directory does not lead to is left out. APPNOTE 4.3.
// An archive of PyTorch is written as torch writes it (miniz.c, caffe2/serialize/inline_container.cc): torch may
// compute where a storage lies from the sizes of those before it, a filler up to the border and sizes behind the data.
#include "analyzers/convert/strip_parts.h"
#include "analyzers/formats/zip/zip_hidden.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace cupel::convert {

namespace {

using formats::zip::DirectoryEntry;
using formats::zip::LocalHeader;
using Kind = StripItem::Kind;

constexpr std::uint64_t localSize = 30;
constexpr std::uint64_t entrySize = 46;
constexpr std::uint64_t endSize = 22;
constexpr std::uint64_t unset32 = 0xFFFFFFFF;
constexpr std::uint32_t sizesFollow = 8; // flag: sizes stand behind the data
constexpr std::uint32_t locked = 1;
constexpr std::uint64_t usualBorder = 64; // of storages, so that they can be mapped into memory
constexpr std::uint64_t mostBorder = 1 << 20;
constexpr std::uint64_t mostExtra = 0xFFFF;
constexpr std::uint64_t filler = 0x4246; // "FB", an extra field
constexpr std::uint32_t needsWide = 45; // version to extract

std::uint64_t number(ByteView bytes, std::uint64_t at, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width && at + i < bytes.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

void put(std::string& out, std::uint64_t value, unsigned width)
{
    for (unsigned i = 0; i < width; ++i) {
        out += static_cast<char>((value >> (8 * i)) & 0xFF);
    }
}

std::uint64_t narrow(std::uint64_t value)
{
    return std::min(value, unset32);
}

struct Member {
    DirectoryEntry entry;
    LocalHeader local;
    std::uint64_t central = 0; // offset of its entry
    std::uint64_t header = 0; // in the new file
    std::uint32_t flags = 0; // there
};

class Rewriter {
public:
    explicit Rewriter(Stripping& work)
        : m_work(work)
        , m_bytes(work.bytes())
    {
    }

    std::string run()
    {
        if (!m_work.wish().hidden) {
            m_work.copy({0, m_bytes.size()});
            return {};
        }
        if (const auto flaw = m_work.otherFlaw({"zip-prefix", "zip-gap", "zip-extra", "zip-trailing", "zip-comment",
                "zip-comment-text", "zip-comment-commit", "zip-member-comment", "zip-hidden", "zip-inconsistent",
                "zip-case", "zip-roots", "zip-slip"});
            !flaw.empty()) {
            return "readers see different archives in it, or it is damaged (" + flaw + ")";
        }
        if (auto trouble = read(); !trouble.empty()) {
            return trouble;
        }
        if (auto trouble = tell(); !trouble.empty()) {
            return trouble;
        }
        for (auto* member : inOrder()) {
            if (m_work.tooLarge()) {
                break; // planStrip says so
            }
            m_torch ? writeAsTorch(*member) : write(*member);
        }
        writeDirectory();
        return {};
    }

private:
    std::string read()
    {
        for (const auto& entry : formats::zip::readDirectory(m_bytes)) {
            Member member{entry, {}, 0, 0, entry.flags & ~sizesFollow};
            const auto& local = member.local;
            if (entry.name.start < entrySize || !formats::zip::readLocal(m_bytes, entry.header, member.local)
                || local.name != slice(m_bytes, entry.name) || local.method != entry.method
                || entry.packed > m_bytes.size() - local.data || !m_work.budget().spend(64)) {
                return "its directory does not lead to its members";
            }
            if (((entry.flags | local.flags) & locked) != 0) {
                return "a member is encrypted";
            }
            member.central = entry.name.start - entrySize;
            know(member);
            m_members.push_back(member);
        }
        if (m_members.empty()) {
            return "it has no directory that can be read";
        }
        return {};
    }

    // What only torch writes, and what makes it compute places.
    void know(const Member& member)
    {
        const auto base = member.local.name.substr(member.local.name.rfind('/') + 1);
        const bool aligned = base == ".storage_alignment";
        const auto extra = member.entry.header + localSize + member.local.name.size();
        m_computed = m_computed || aligned || base == ".format_version";
        m_torch = m_torch || m_computed || (extra + 4 <= member.local.data && number(m_bytes, extra, 2) == filler);
        if (aligned && member.entry.method == 0) {
            const auto digits = slice(m_bytes, {member.local.data, member.local.data + member.entry.size});
            std::uint64_t value = 0;
            const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
            m_border = read.ec == std::errc() && value > 0 && value <= mostBorder ? value : usualBorder;
        }
    }

    // Places are computed in the order of the file.
    std::vector<Member*> inOrder()
    {
        std::vector<Member*> out;
        for (auto& member : m_members) {
            out.push_back(&member);
        }
        if (m_torch) {
            std::stable_sort(out.begin(), out.end(),
                [](const Member* a, const Member* b) { return a->entry.header < b->entry.header; });
        }
        return out;
    }

    // What findings call hidden. Fields of members that say when and by whom go as well, as filling does.
    std::string tell()
    {
        using formats::zip::Hidden;
        std::vector<DirectoryEntry> directory;
        for (const auto& member : m_members) {
            directory.push_back(member.entry);
        }
        const bool whole =
            formats::zip::findHidden(m_bytes, directory, m_work.budget(), [this](Hidden what, ByteRange at) {
                switch (what) {
                case Hidden::InFront:
                    return m_work.goes(Kind::InFront, at);
                case Hidden::Between:
                    return m_work.goesAlso(Kind::BetweenMembers, at);
                case Hidden::Extra:
                    return m_work.goesAlso(Kind::ExtraFields, at);
                case Hidden::MemberComment:
                case Hidden::Comment:
                    return m_work.goesAlso(Kind::Comments, at);
                case Hidden::Behind:
                    return m_work.goes(Kind::BehindEnd, at);
                }
            });
        return whole ? std::string() : "it was stopped";
    }

    void write(Member& member)
    {
        member.header = m_work.size();
        const auto& entry = member.entry;
        const bool wide = entry.size >= unset32 || entry.packed >= unset32;
        std::string extra;
        if (wide) {
            put(extra, 1, 2);
            put(extra, 16, 2);
            put(extra, entry.size, 8);
            put(extra, entry.packed, 8);
        }
        const auto start = member.header + localSize + member.local.name.size() + extra.size();
        // Where data lay at a multiple, it does so again.
        if (entry.method == 0 && member.local.data % usualBorder == 0 && start % usualBorder != 0) {
            const auto fill = (usualBorder - (start + 4) % usualBorder) % usualBorder;
            put(extra, filler, 2);
            put(extra, fill, 2);
            extra.append(fill, 'Z');
        }
        std::string head = "PK\3\4";
        put(head, wide ? needsWide : number(m_bytes, member.central + 6, 2), 2);
        put(head, member.flags, 2);
        put(head, entry.method, 2);
        head += slice(m_bytes, {member.central + 12, member.central + 16}); // time and date
        put(head, entry.crc, 4);
        put(head, wide ? unset32 : entry.packed, 4);
        put(head, wide ? unset32 : entry.size, 4);
        put(head, member.local.name.size(), 2);
        put(head, extra.size(), 2);
        head += member.local.name;
        m_work.make(head);
        m_work.make(extra);
        m_work.copy({member.local.data, member.local.data + entry.packed});
    }

    void writeAsTorch(Member& member)
    {
        member.header = m_work.size();
        const auto& entry = member.entry;
        const bool far = member.header >= unset32;
        const bool wide = entry.size >= unset32 || entry.packed >= unset32;
        const bool described =
            entry.size > 0 && (m_computed || ((entry.flags | member.local.flags) & sizesFollow) != 0);
        member.flags |= described ? sizesFollow : 0;
        std::string extra;
        if (wide || far) {
            put(extra, 1, 2);
            put(extra, (wide ? 16 : 0) + (far ? 8 : 0), 2);
            for (const auto value : {entry.size, entry.packed}) {
                put(extra, value, wide ? 8 : 0);
            }
            put(extra, member.header, far ? 8 : 0);
        }
        const auto start = member.header + localSize + member.local.name.size() + extra.size() + 4;
        const auto fill = (m_border - start % m_border) % m_border;
        if (extra.size() + 4 + fill <= mostExtra) {
            put(extra, filler, 2);
            put(extra, fill, 2);
            extra.append(fill, 'Z');
        }
        std::string head = "PK\3\4";
        put(head, number(m_bytes, entry.header + 4, 2), 2);
        put(head, member.flags, 2);
        put(head, entry.method, 2);
        head += slice(m_bytes, {entry.header + 10, entry.header + 14}); // time and date
        put(head, described ? 0 : entry.crc, 4);
        put(head, described ? 0 : narrow(entry.packed), 4);
        put(head, described ? 0 : narrow(entry.size), 4);
        put(head, member.local.name.size(), 2);
        put(head, extra.size(), 2);
        head += member.local.name;
        m_work.make(head);
        m_work.make(extra);
        m_work.copy({member.local.data, member.local.data + entry.packed});
        if (described) {
            std::string sizes = "PK\7\10";
            put(sizes, entry.crc, 4);
            put(sizes, entry.packed, wide || far ? 8 : 4);
            put(sizes, entry.size, wide || far ? 8 : 4);
            m_work.make(sizes);
        }
    }

    void writeDirectory()
    {
        const auto start = m_work.size();
        for (const auto& member : m_members) {
            const auto& entry = member.entry;
            std::string wide;
            for (const auto value : {entry.size, entry.packed, member.header}) {
                if (value >= unset32) {
                    put(wide, value, 8);
                }
            }
            std::string line = "PK\1\2";
            line += slice(m_bytes, {member.central + 4, member.central + 6}); // made by
            put(line, wide.empty() ? number(m_bytes, member.central + 6, 2) : needsWide, 2);
            put(line, member.flags, 2);
            put(line, entry.method, 2);
            line += slice(m_bytes, {member.central + 12, member.central + 16});
            put(line, entry.crc, 4);
            put(line, narrow(entry.packed), 4);
            put(line, narrow(entry.size), 4);
            put(line, entry.name.size(), 2);
            put(line, wide.empty() ? 0 : wide.size() + 4, 2);
            put(line, 0, 4); // no comment, first disk
            line += slice(m_bytes, {member.central + 36, member.central + 42}); // attributes
            put(line, narrow(member.header), 4);
            line += slice(m_bytes, entry.name);
            if (!wide.empty()) {
                put(line, 1, 2);
                put(line, wide.size(), 2);
                line += wide;
            }
            m_work.make(line);
        }
        writeEnd(start, m_work.size() - start);
    }

    void writeEnd(std::uint64_t start, std::uint64_t size)
    {
        constexpr std::uint64_t most = 0xFFFF;
        const std::uint64_t count = m_members.size();
        std::string out;
        if (count >= most || start >= unset32 || size >= unset32) {
            const auto at = m_work.size();
            out += "PK\6\6";
            put(out, 44, 8); // what follows
            put(out, needsWide, 2);
            put(out, needsWide, 2);
            put(out, 0, 8); // disks
            put(out, count, 8);
            put(out, count, 8);
            put(out, size, 8);
            put(out, start, 8);
            out += "PK\6\7";
            put(out, 0, 4);
            put(out, at, 8);
            put(out, 1, 4);
        }
        out += "PK\5\6";
        put(out, 0, 4);
        put(out, std::min(count, most), 2);
        put(out, std::min(count, most), 2);
        put(out, narrow(size), 4);
        put(out, narrow(start), 4);
        put(out, 0, 2);
        m_work.make(out);
    }

    Stripping& m_work;
    ByteView m_bytes;
    std::vector<Member> m_members; // in the order of the directory
    bool m_torch = false; // written by torch
    bool m_computed = false; // and torch may compute where storages lie
    std::uint64_t m_border = usualBorder; // what they are aligned to
};

} // namespace

std::string stripZip(Stripping& work)
{
    return Rewriter(work).run();
}

} // namespace cupel::convert
