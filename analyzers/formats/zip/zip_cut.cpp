// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/zip/zip_cut.h"

#include <algorithm>
#include <array>

namespace cupel::formats::zip {

namespace {

using namespace std::string_view_literals;

constexpr auto localSign = "PK\3\4"sv;
constexpr auto entrySign = "PK\1\2"sv;
constexpr auto descriptorSign = "PK\7\10"sv;
constexpr auto wideEndSign = "PK\6\6"sv;
constexpr auto locatorSign = "PK\6\7"sv;
constexpr auto endSign = "PK\5\6"sv;
constexpr std::uint64_t signSize = 4;
constexpr std::uint64_t localSize = 30; // APPNOTE 4.3.7
constexpr std::uint64_t entrySize = 46;
constexpr std::uint64_t locatorSize = 20;
constexpr std::uint64_t endSize = 22;
constexpr std::uint64_t wide = 0xFFFFFFFF; // the value stands in a field of zip64
constexpr std::uint32_t sizesFollow = 8;

class Walk {
public:
    Walk(ByteView bytes, Budget& budget)
        : m_bytes(bytes)
        , m_budget(budget)
    {
    }

    std::optional<Cut> run()
    {
        if (!m_bytes.starts_with(localSign) || endsWhole()) {
            return std::nullopt;
        }
        auto step = Step::Next;
        while (step == Step::Next && m_budget.spend(localSize)) {
            step = signAt(localSign) ? member() : listed();
        }
        return step == Step::Cut ? std::optional(std::move(m_cut)) : std::nullopt;
    }

private:
    enum class Step : std::uint8_t { Next, Cut, Strange };

    [[nodiscard]] std::uint64_t number(std::uint64_t at, unsigned width) const
    {
        std::uint64_t value = 0;
        for (unsigned i = 0; i < width && at + i < m_bytes.size(); ++i) {
            value |= std::uint64_t{static_cast<unsigned char>(m_bytes[at + i])} << (8 * i);
        }
        return value;
    }

    [[nodiscard]] bool signAt(std::string_view sign) const { return m_bytes.substr(m_at, signSize) == sign; }
    [[nodiscard]] std::uint64_t left(std::uint64_t at) const { return m_bytes.size() - at; }

    // An end record that reaches to the last byte.
    [[nodiscard]] bool endsWhole() const
    {
        const auto end = m_bytes.rfind(endSign);
        return end != ByteView::npos && left(end) >= endSize && left(end) - endSize == number(end + 20, 2);
    }

    // Past a part of known size. A size of nothing is no step.
    Step skip(std::uint64_t size)
    {
        if (size > left(m_at)) {
            return Step::Cut;
        }
        m_at += size;
        return Step::Next;
    }

    Step member()
    {
        m_cut.readable = m_at;
        const auto nameSize = number(m_at + 26, 2);
        const ByteRange name{m_at + localSize, m_at + localSize + nameSize};
        m_cut.inside = name.end <= m_bytes.size() ? name : ByteRange{};
        if (left(m_at) < localSize || left(m_at) - localSize < nameSize + number(m_at + 28, 2)) {
            return Step::Cut;
        }
        LocalHeader local;
        if (!readLocal(m_bytes, m_at, local)) {
            return Step::Strange;
        }
        DirectoryEntry entry;
        entry.header = m_at;
        entry.method = local.method;
        entry.flags = local.flags;
        entry.crc = local.crc;
        entry.packed = local.packed;
        entry.size = local.size;
        entry.name = name;
        const auto step = data(local, entry);
        if (step == Step::Next) {
            if (++m_cut.count <= m_budget.limits().entries) {
                m_cut.whole.push_back(entry);
            }
            m_cut.readable = m_at;
            m_cut.inside = {};
        }
        return step;
    }

    Step data(const LocalHeader& local, DirectoryEntry& entry)
    {
        if (local.packed == wide || local.size == wide) {
            widen(entry, local.data);
        }
        const bool told = (local.flags & sizesFollow) == 0 || entry.packed > 0;
        if (!told) {
            return untilDescriptor(local.data, entry);
        }
        if (entry.packed > left(local.data)) {
            return Step::Cut;
        }
        m_at = local.data + entry.packed;
        if ((local.flags & sizesFollow) != 0) {
            const auto sign = signAt(descriptorSign) ? signSize : 0;
            const bool narrow = isPart(m_at + sign + 12);
            return skip(sign + (narrow ? 12 : 20));
        }
        return Step::Next;
    }

    // Sizes stand behind the data: where such a note tells how far away its member began.
    Step untilDescriptor(std::uint64_t start, DirectoryEntry& entry)
    {
        for (auto at = m_bytes.find(descriptorSign, start); at != ByteView::npos;
            at = m_bytes.find(descriptorSign, at + 1)) {
            for (const unsigned width : {4U, 8U}) {
                const auto end = at + 8 + std::uint64_t{2} * width;
                if (number(at + 8, width) != at - start || (end <= m_bytes.size() && !isPart(end))) {
                    continue;
                }
                entry.crc = static_cast<std::uint32_t>(number(at + 4, 4));
                entry.packed = at - start;
                entry.size = number(at + 8 + width, width);
                m_at = at;
                return skip(end - at);
            }
        }
        // A note without its sign is found by nobody who does not unpack; then more of a zip follows.
        const bool more =
            m_bytes.find(localSign, start) != ByteView::npos || m_bytes.find(entrySign, start) != ByteView::npos;
        return more ? Step::Strange : Step::Cut;
    }

    // Whether another part of a zip stands there, or the first bytes of one at the end.
    [[nodiscard]] bool isPart(std::uint64_t at) const
    {
        if (at > m_bytes.size()) {
            return false;
        }
        const auto sign = m_bytes.substr(at, signSize);
        static constexpr std::array signs{localSign, entrySign, wideEndSign, locatorSign, endSign};
        return std::any_of(signs.begin(), signs.end(), [sign](std::string_view one) { return one.starts_with(sign); });
    }

    void widen(DirectoryEntry& entry, std::uint64_t end) const
    {
        for (auto at = entry.name.end; at + 4 <= end;) {
            const auto size = number(at + 2, 2);
            if (number(at, 2) == 1 && size >= 16 && at + 20 <= end) {
                entry.size = number(at + 4, 8);
                entry.packed = number(at + 12, 8);
                return;
            }
            at += 4 + size;
        }
    }

    // The directory and what stands behind it.
    Step listed()
    {
        if (!isPart(m_at)) {
            return Step::Strange;
        }
        if (left(m_at) < signSize) {
            return Step::Cut;
        }
        m_cut.inDirectory = true;
        if (signAt(entrySign)) {
            return skip(entrySize + number(m_at + 28, 2) + number(m_at + 30, 2) + number(m_at + 32, 2));
        }
        if (signAt(wideEndSign)) {
            const auto size = number(m_at + 4, 8);
            return size > left(m_at) ? Step::Cut : skip(12 + size);
        }
        return signAt(locatorSign) ? skip(locatorSize) : left(m_at) < endSize ? Step::Cut : Step::Strange;
    }

    ByteView m_bytes;
    Budget& m_budget;
    std::uint64_t m_at = 0;
    Cut m_cut;
};

} // namespace

std::optional<Cut> findCut(ByteView bytes, Budget& budget)
{
    return Walk(bytes, budget).run();
}

} // namespace cupel::formats::zip
