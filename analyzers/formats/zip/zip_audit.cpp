// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/zip/zip_audit.h"

#include "analyzers/base/utf8.h"

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
constexpr std::uint64_t descriptorSize = 24; // at most, behind the data
constexpr std::uint64_t unset32 = 0xFFFFFFFF;

std::uint64_t number(ByteView bytes, std::uint64_t at, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width && at + i < bytes.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

// What the extra fields of a member may be: sizes and times, owners, names in other encodings, keys.
constexpr std::array<std::uint64_t, 14> knownExtras{
    0x0001, 0x000A, 0x000D, 0x0017, 0x2605, 0x334D, 0x5455, 0x5855, 0x6375, 0x7075, 0x7855, 0x7875, 0x9901, 0xCAFE};
constexpr std::uint64_t mostExtras = 2'000'000; // beyond, what is left of them says nothing
constexpr std::uint64_t torchFiller = 0x4246; // "FB", up to where its data begins on a border
constexpr std::uint64_t androidFiller = 0xD935;
constexpr std::uint64_t officeFiller = 0xA220;

// Whether a field says something, or fills up as its writers do.
bool isUsualExtra(std::uint64_t id, ByteView content)
{
    if (id == torchFiller) {
        return content.find_first_not_of('Z') == ByteView::npos || content.find_first_not_of('\0') == ByteView::npos;
    }
    if (id == androidFiller || id == officeFiller) {
        const std::size_t says = 6; // the border, or what the filler is
        return content.size() <= says || content.find_first_not_of('\0', says) == ByteView::npos;
    }
    constexpr std::size_t littleEnough = 64; // of fields that nobody here knows
    return std::find(knownExtras.begin(), knownExtras.end(), id) != knownExtras.end() || content.size() <= littleEnough;
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
        tellExtras();
        names();
        places();
        ends();
    }

private:
    struct Span {
        ByteRange bytes; // header, data and what describes it
        bool loose = false; // its end is not known to the byte
    };

    void flaw(std::string_view code, ByteRange bytes, std::string detail = {})
    {
        bytes.end = std::min<std::uint64_t>(bytes.end, m_bytes.size());
        m_out.addFlaw(code, bytes, std::move(detail));
    }

    // What a directory says may lie outside of the file.
    void keep(ByteRange bytes)
    {
        m_out.keepLeftover({bytes.start, std::min<std::uint64_t>(bytes.end, m_bytes.size())});
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
        extras({place.end + local.name.size(), local.data});
        extras({entry.name.end, entry.name.end + number(m_bytes, entry.name.start - 16, 2)});
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
        m_spans.push_back({{entry.header, local.data + std::min<std::uint64_t>(entry.packed, m_bytes.size())}, later});
    }

    // Fields of a number, a length and as many bytes; what is none of them hides there.
    void extras(ByteRange all)
    {
        all.end = std::min<std::uint64_t>(all.end, m_bytes.size());
        for (auto at = all.start; at < all.end && m_budget.spend(4);) {
            const auto size = number(m_bytes, at + 2, 2);
            const ByteRange content{std::min(at + 4, all.end), std::min(at + 4 + size, all.end)};
            if (all.end - at < 4 || size > all.end - at - 4 || ++m_extraCount > mostExtras) {
                strange({at, all.end});
                return;
            }
            if (!isUsualExtra(number(m_bytes, at, 2), slice(m_bytes, content))) {
                strange(content);
            }
            at = content.end;
        }
    }

    // Up to three zeros stand behind the fields of some writers.
    void strange(ByteRange bytes)
    {
        if (slice(m_bytes, bytes).find_first_not_of('\0') != ByteView::npos) {
            m_extraPlace = m_extra == 0 ? bytes : m_extraPlace;
            m_extra += bytes.size();
            keep(bytes);
        }
    }

    void tellExtras()
    {
        if (m_extra > 0) {
            flaw("zip-extra", m_extraPlace, std::to_string(m_extra));
        }
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

    // Members that share bytes, and bytes that no member has.
    void places()
    {
        std::sort(m_spans.begin(), m_spans.end(), [](const Span& a, const Span& b) { return a.bytes < b.bytes; });
        if (m_spans.empty()) {
            return;
        }
        if (const auto first = m_spans.front().bytes.start; first > 0) {
            flaw("zip-prefix", {0, first}, std::to_string(first));
            keep({0, first});
        }
        auto end = m_spans.front().bytes.start;
        std::uint64_t gap = 0;
        ByteRange gapPlace;
        bool loose = false;
        const auto look = [&](std::uint64_t next) {
            const auto slack = loose ? descriptorSize : 0;
            if (next > end + slack) {
                gapPlace = gap == 0 ? ByteRange{end, next} : gapPlace;
                gap += next - end;
                keep({end, next});
            }
        };
        for (const auto& span : m_spans) {
            if (span.bytes.start < end) {
                flaw("zip-overlap", {span.bytes.start, span.bytes.start + 4});
            } else {
                look(span.bytes.start);
            }
            loose = span.loose;
            end = std::max(end, span.bytes.end);
        }
        look(std::max(end, directoryStart()));
        if (gap > 0) {
            flaw("zip-gap", gapPlace, std::to_string(gap));
        }
    }

    [[nodiscard]] std::uint64_t directoryStart() const
    {
        constexpr std::uint64_t entrySize = 46;
        const auto name = m_directory.front().name.start;
        return name >= entrySize ? name - entrySize : 0;
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
        if (behind < m_bytes.size()) {
            m_out.addLeftover("zip-trailing", {behind, m_bytes.size()});
        } else if (behind > m_bytes.size()) {
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
        const auto text = slice(m_bytes, {end + endSize, behind});
        if (text.find("PK\3\4"sv) != ByteView::npos || text.find("PK\1\2"sv) != ByteView::npos || !isText(text)) {
            flaw("zip-comment", {end + endSize, behind}, std::to_string(text.size()));
        }
        wideEnd(end);
    }

    static bool isText(ByteView text)
    {
        return std::none_of(text.begin(), text.end(), [](char c) {
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
    std::vector<Span> m_spans;
    std::uint64_t m_extraCount = 0; // of fields
    std::uint64_t m_extra = 0; // bytes of extra fields that say nothing
    ByteRange m_extraPlace; // of the first of them
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
        return name.ends_with(".pkl") || name.ends_with(".index");
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
    return has("MAR-INF/MANIFEST.json") ? "TorchServe archive" : "";
}

} // namespace cupel::formats::zip
