// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/zip/zip_audit.h"

#include "analyzers/base/utf8.h"
#include "analyzers/formats/members.h"
#include "analyzers/formats/zip/zip_hidden.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>

namespace cupel::formats::zip {

namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t lockedFlag = 1;
constexpr std::uint32_t sizesFollow = 8;
constexpr std::uint32_t oddFlags = 0x20 | 0x40 | 0x2000; // patched data, strong encryption, masked headers
constexpr std::uint64_t endSize = 22;
constexpr std::uint64_t unset32 = 0xFFFFFFFF;

std::uint64_t number(ByteView bytes, std::uint64_t at, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width && at + i < bytes.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

class Auditor {
public:
    Auditor(ByteView bytes, const std::vector<DirectoryEntry>& directory, Budget& budget, ModelContent& out)
        : m_bytes(bytes)
        , m_directory(directory)
        , m_budget(budget)
        , m_out(out)
    {
    }

    void run()
    {
        for (const auto& entry : m_directory) {
            if (!m_budget.spend(64)) {
                return;
            }
            compare(entry);
        }
        names();
        overlaps();
        hidden();
        ends();
    }

private:
    struct HiddenSum {
        std::uint64_t bytes = 0;
        ByteRange first;
    };

    void flaw(std::string_view code, ByteRange bytes, std::string detail = {})
    {
        bytes.end = std::min<std::uint64_t>(bytes.end, m_bytes.size());
        m_out.addFlaw(code, bytes, std::move(detail));
    }

    [[nodiscard]] std::string shown(const DirectoryEntry& entry) const
    {
        return toDisplay(slice(m_bytes, entry.name), 80);
    }

    // Header and directory of one member.
    void compare(const DirectoryEntry& entry)
    {
        LocalHeader local;
        const ByteRange place{entry.header, entry.header + 30};
        if (!readLocal(m_bytes, entry.header, local)) {
            flaw("zip-no-header", entry.name, shown(entry));
            return;
        }
        const bool later = (local.flags & sizesFollow) != 0;
        const auto name = slice(m_bytes, entry.name);
        if (local.name != name) {
            m_out.addFlaw("zip-names-differ", place,
                "\"" + toDisplay(local.name, 80) + "\" and \"" + toDisplay(name, 80) + "\"",
                {entry.name, {entry.header + 30, entry.header + 30 + local.name.size()}});
        }
        if (local.method != entry.method) {
            flaw("zip-methods-differ", place, shown(entry));
        }
        const bool wide = local.packed == unset32 || local.size == unset32;
        if (!later && !wide && (local.packed != entry.packed || local.size != entry.size)) {
            flaw("zip-entry-sizes-differ", place, shown(entry));
        }
        if (!later && local.crc != entry.crc) {
            flaw("zip-checksums-differ", place, shown(entry));
        }
        const auto differing = (local.flags ^ entry.flags) & (lockedFlag | oddFlags);
        if (differing != 0 || ((local.flags | entry.flags) & oddFlags) != 0) {
            flaw("zip-flags", place, shown(entry));
        }
        if (entry.method == 0 && !(entry.flags & lockedFlag) && entry.size != entry.packed) {
            flaw("zip-stored-sizes", place, shown(entry));
        }
        m_spans.push_back({entry.header, local.data + std::min<std::uint64_t>(entry.packed, m_bytes.size())});
    }

    void names()
    {
        std::set<std::string_view> exact;
        std::map<std::string, std::string_view> folded;
        std::set<std::string_view> roots;
        for (const auto& entry : m_directory) {
            const auto name = slice(m_bytes, entry.name);
            if (!exact.insert(name).second) {
                flaw("zip-duplicate", entry.name, shown(entry));
            } else if (const auto [known, fresh] = folded.emplace(lowered(name), name); !fresh) {
                flaw("zip-case", entry.name, shown(entry));
            }
            if (name == "data.pkl" || name.ends_with("/data.pkl")) {
                roots.insert(name);
            }
        }
        if (roots.size() > 1) {
            flaw("zip-roots", m_directory.front().name, std::to_string(roots.size()));
        }
    }

    // Members that share bytes.
    void overlaps()
    {
        std::sort(m_spans.begin(), m_spans.end());
        std::uint64_t end = 0;
        for (const auto& span : m_spans) {
            if (span.start < end) {
                flaw("zip-overlap", {span.start, span.start + 4});
            }
            end = std::max(end, span.end);
        }
    }

    // One flaw for all of a kind.
    void hidden()
    {
        std::array<HiddenSum, hiddenKinds> sums;
        findHidden(m_bytes, m_directory, m_budget, [&](Hidden kind, ByteRange bytes) {
            auto& sum = sums[static_cast<std::size_t>(kind)];
            sum.first = sum.bytes == 0 ? bytes : sum.first;
            sum.bytes += bytes.size();
            m_out.keepLeftover(bytes);
        });
        const auto tell = [&](Hidden kind, std::string_view code) {
            const auto& sum = sums[static_cast<std::size_t>(kind)];
            if (sum.bytes > 0) {
                flaw(code, sum.first, std::to_string(sum.bytes));
            }
        };
        tell(Hidden::Extra, "zip-extra");
        tell(Hidden::InFront, "zip-prefix");
        tell(Hidden::Between, "zip-gap");
        tell(Hidden::Behind, "zip-trailing");
        tell(Hidden::MemberComment, "zip-member-comment");
        const auto comment = slice(m_bytes, sums[static_cast<std::size_t>(Hidden::Comment)].first);
        tell(Hidden::Comment,
            isCommit(comment)     ? "zip-comment-commit"
                : isText(comment) ? "zip-comment-text"
                                  : "zip-comment");
    }

    // git writes the id of the commit that an archive was made of.
    static bool isCommit(ByteView text)
    {
        const bool length = text.size() == 40 || text.size() == 64;
        return length && text.find_first_not_of("0123456789abcdef") == ByteView::npos;
    }

    // The end record, what it says once more in the form for large files, and what follows it.
    void ends()
    {
        const auto end = m_bytes.rfind("PK\5\6"sv);
        if (end == ByteView::npos || m_bytes.size() - end < endSize) {
            return;
        }
        const auto comment = number(m_bytes, end + 20, 2);
        const auto behind = end + endSize + comment;
        if (behind > m_bytes.size()) {
            flaw("zip-comment-overrun", {end, end + endSize});
        }
        // An end record in front of the last one whose comment would reach over it.
        constexpr std::uint64_t reach = 65'535 + endSize;
        const auto window = slice(m_bytes, {end > reach ? end - reach : 0, end});
        const auto found = window.rfind("PK\5\6"sv);
        const auto before = found == ByteView::npos ? end : end - window.size() + found;
        if (before + endSize <= end && before + endSize + number(m_bytes, before + 20, 2) >= end + endSize) {
            flaw("zip-two-ends", {before, before + endSize});
        }
        wideEnd(end);
    }

    // And no part of another archive.
    static bool isText(ByteView text)
    {
        return text.find("PK\3\4"sv) == ByteView::npos && text.find("PK\1\2"sv) == ByteView::npos
            && std::none_of(text.begin(), text.end(), [](char c) {
                   const auto byte = static_cast<unsigned char>(c);
                   return byte < 0x20 && c != '\n' && c != '\r' && c != '\t';
               });
    }

    void wideEnd(std::uint64_t end)
    {
        constexpr std::uint64_t locatorSize = 20;
        if (end < locatorSize || m_bytes.substr(end - locatorSize, 4) != "PK\6\7"sv) {
            return;
        }
        const auto at = number(m_bytes, end - locatorSize + 8, 8);
        if (at > m_bytes.size() || m_bytes.substr(at, 4) != "PK\6\6"sv) {
            flaw("zip-wide", {end - locatorSize, end}, "it is not where the locator says");
            return;
        }
        const auto differs = [&](std::uint64_t narrow, unsigned width, std::uint64_t wide) {
            const auto value = number(m_bytes, end + narrow, width);
            const auto unset = width == 2 ? 0xFFFF : unset32;
            return value != unset && value != number(m_bytes, at + wide, 8);
        };
        if (differs(10, 2, 32) || differs(12, 4, 40) || differs(16, 4, 48)) {
            flaw("zip-wide", {at, at + 56}, "its numbers are not those of the end record");
        }
    }

    ByteView m_bytes;
    const std::vector<DirectoryEntry>& m_directory;
    Budget& m_budget;
    ModelContent& m_out;
    std::vector<ByteRange> m_spans; // headers and data of members
};

} // namespace

void audit(ByteView bytes, const std::vector<DirectoryEntry>& directory, Budget& budget, ModelContent& out)
{
    if (!directory.empty()) {
        Auditor(bytes, directory, budget, out).run();
    }
}

std::shared_ptr<Neighbours> neighboursOf(ByteView bytes, const std::vector<DirectoryEntry>& directory)
{
    const bool wanted = std::any_of(directory.begin(), directory.end(), [bytes](const DirectoryEntry& entry) {
        const auto name = slice(bytes, entry.name);
        return name.ends_with(".pkl") || name.ends_with(".index") || name.ends_with(".data/extern_modules");
    });
    if (!wanted) {
        return nullptr;
    }
    auto out = std::make_shared<Neighbours>();
    out->members.reserve(directory.size());
    for (const auto& entry : directory) {
        LocalHeader local;
        const bool stored =
            entry.method == 0 && readLocal(bytes, entry.header, local) && entry.packed <= bytes.size() - local.data;
        out->members.push_back({std::string(slice(bytes, entry.name)), entry.size,
            stored ? ByteRange{local.data, local.data + entry.packed} : ByteRange{}});
    }
    std::sort(out->members.begin(), out->members.end(),
        [](const Neighbours::Member& a, const Neighbours::Member& b) { return a.name < b.name; });
    return out;
}

std::string_view kindOf(ByteView bytes, const std::vector<DirectoryEntry>& directory)
{
    const auto has = [&](std::string_view wanted, bool asFolder = false) {
        return std::any_of(directory.begin(), directory.end(), [&](const DirectoryEntry& entry) {
            const auto name = slice(bytes, entry.name);
            const auto root = name.find('/');
            const auto inner = root == ByteView::npos ? name : name.substr(root + 1);
            return asFolder ? inner.starts_with(wanted) || name.starts_with(wanted) : inner == wanted || name == wanted;
        });
    };
    if (has("constants.pkl") && has("code/", true)) {
        return "TorchScript model";
    }
    if (has(".data/extern_modules")) {
        return "PyTorch package";
    }
    if (has("data.pkl") && (has("data/", true) || has("version") || has("byteorder"))) {
        return "PyTorch checkpoint";
    }
    if (has("MAR-INF/MANIFEST.json")) {
        return "TorchServe archive";
    }
    const bool arrays = std::all_of(directory.begin(), directory.end(),
        [&](const DirectoryEntry& entry) { return slice(bytes, entry.name).ends_with(".npy"); });
    return arrays && !directory.empty() ? "NumPy archive" : "";
}

void judgeNames(ByteView bytes, const std::vector<DirectoryEntry>& directory, Facts& out)
{
    constexpr std::uint32_t onUnix = 3;
    std::uint32_t count = 0;
    ByteRange first;
    for (const auto& entry : directory) {
        const bool link = entry.madeBy == onUnix && (entry.attributes >> 28) == 0xA;
        if (link || leavesFolder(slice(bytes, entry.name))) {
            first = count++ == 0 ? entry.name : first;
        }
    }
    if (count > 0) {
        out.flaws.push_back({"zip-slip", first, std::to_string(count), -1, count});
    }
}

} // namespace cupel::formats::zip
