// SPDX-License-Identifier: GPL-3.0-or-later
// APPNOTE 4.3 and 4.5.
#include "analyzers/formats/zip/zip_hidden.h"

#include <algorithm>
#include <array>

namespace cupel::formats::zip {

namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t sizesFollow = 8; // flag: sizes stand behind the data
constexpr std::uint64_t localSize = 30;
constexpr std::uint64_t entrySize = 46;
constexpr std::uint64_t endSize = 22;

std::uint64_t number(ByteView bytes, std::uint64_t at, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width && at + i < bytes.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

// Extra fields that may be long: keys, what old Macs keep, a name in another encoding.
constexpr std::array<std::uint64_t, 3> longExtras{0x0017, 0x334D, 0x7075};
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
    constexpr std::size_t littleEnough = 64; // sizes, times, owners, and fields that nobody here knows
    return content.size() <= littleEnough || std::find(longExtras.begin(), longExtras.end(), id) != longExtras.end();
}

class Finder {
public:
    Finder(ByteView bytes, const std::vector<DirectoryEntry>& directory, Budget& budget,
        const std::function<void(Hidden, ByteRange)>& tell)
        : m_bytes(bytes)
        , m_directory(directory)
        , m_budget(budget)
        , m_tell(tell)
    {
    }

    bool run()
    {
        for (const auto& entry : m_directory) {
            if (!m_budget.spend(64)) {
                return false;
            }
            member(entry);
        }
        for (const auto& entry : m_directory) {
            told(Hidden::MemberComment, entry.comment);
        }
        between();
        behind();
        return m_budget.stopReason() == Budget::Stop::None;
    }

private:
    struct Span {
        ByteRange bytes; // header and data
        bool described = false; // sizes may follow
    };

    // What a directory says may lie outside of the file.
    void told(Hidden kind, ByteRange range)
    {
        range.end = std::min<std::uint64_t>(range.end, m_bytes.size());
        if (!range.empty()) {
            m_tell(kind, range);
        }
    }

    void member(const DirectoryEntry& entry)
    {
        LocalHeader local;
        if (!readLocal(m_bytes, entry.header, local)) {
            return;
        }
        extras({entry.header + localSize + local.name.size(), local.data});
        if (entry.name.start >= entrySize) {
            extras({entry.name.end, entry.name.end + number(m_bytes, entry.name.start - 16, 2)});
        }
        const bool described = ((local.flags | entry.flags) & sizesFollow) != 0;
        m_spans.push_back(
            {{entry.header, local.data + std::min<std::uint64_t>(entry.packed, m_bytes.size())}, described});
    }

    // Fields of a number, a length and as many bytes; what is none of them hides there.
    void extras(ByteRange all)
    {
        all.end = std::min<std::uint64_t>(all.end, m_bytes.size());
        for (auto at = all.start; at < all.end && m_budget.spend(4);) {
            const auto size = number(m_bytes, at + 2, 2);
            const ByteRange content{std::min(at + 4, all.end), std::min(at + 4 + size, all.end)};
            if (!m_budget.spend(content.size())) {
                return;
            }
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
            told(Hidden::Extra, bytes);
        }
    }

    // Sizes behind the data have two forms and two widths; the one that something of the archive follows counts.
    [[nodiscard]] std::uint64_t descriptorAt(std::uint64_t at) const
    {
        const std::uint64_t lead =
            m_bytes.substr(std::min<std::uint64_t>(at, m_bytes.size()), 4) == "PK\7\10"sv ? 4 : 0;
        const auto follows = [this](std::uint64_t place) {
            const auto sign = m_bytes.substr(std::min<std::uint64_t>(place, m_bytes.size()), 4);
            return sign == "PK\3\4"sv || sign == "PK\1\2"sv;
        };
        return !follows(at + lead + 12) && follows(at + lead + 20) ? lead + 20 : lead + 12;
    }

    void between()
    {
        std::sort(m_spans.begin(), m_spans.end(), [](const Span& a, const Span& b) { return a.bytes < b.bytes; });
        if (m_spans.empty()) {
            return;
        }
        told(Hidden::InFront, {0, m_spans.front().bytes.start});
        auto end = m_spans.front().bytes.start;
        for (const auto& span : m_spans) {
            gap(end, span.bytes.start);
            const auto close = span.bytes.end + (span.described ? descriptorAt(span.bytes.end) : 0);
            end = std::max(end, close);
        }
        const auto name = m_directory.front().name.start;
        gap(end, name >= entrySize ? name - entrySize : 0);
    }

    void gap(std::uint64_t end, std::uint64_t next)
    {
        if (next > end) {
            told(Hidden::Between, {end, next});
        }
    }

    void behind()
    {
        const auto end = m_bytes.rfind("PK\5\6"sv);
        if (end == ByteView::npos || m_bytes.size() - end < endSize) {
            return;
        }
        const auto comment = number(m_bytes, end + 20, 2);
        told(Hidden::Comment, {end + endSize, end + endSize + comment});
        told(Hidden::Behind, {end + endSize + comment, m_bytes.size()});
    }

    ByteView m_bytes;
    const std::vector<DirectoryEntry>& m_directory;
    Budget& m_budget;
    const std::function<void(Hidden, ByteRange)>& m_tell;
    std::vector<Span> m_spans;
    std::uint64_t m_extraCount = 0;
};

} // namespace

bool findHidden(ByteView bytes, const std::vector<DirectoryEntry>& directory, Budget& budget,
    const std::function<void(Hidden, ByteRange)>& tell)
{
    return Finder(bytes, directory, budget, tell).run();
}

} // namespace cupel::formats::zip
