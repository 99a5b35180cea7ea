// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/flatbuffer_walk.h"

#include "analyzers/base/byte_cover.h"
#include "analyzers/base/flatbuffer.h"

#include <algorithm>
#include <unordered_set>

namespace cupel {

namespace {

constexpr std::uint64_t mostTables = 1'000'000;
constexpr std::uint64_t mostSteps = 10'000'000; // tables share lists
constexpr std::size_t mostCandidates = 100'000;

class Walk {
public:
    Walk(ByteView bytes, const FlatSchema& schema, Budget& budget)
        : m_flat(bytes)
        , m_schema(schema)
        , m_budget(budget)
    {
    }

    FlatLayout run(std::uint8_t first)
    {
        const auto size = m_flat.bytes().size();
        m_cover.add({0, std::min<std::uint64_t>(m_schema.head, size)});
        const auto root = m_flat.root();
        open(first, root);
        while (!m_open.empty() && m_out.known) {
            const auto next = m_open.back();
            m_open.pop_back();
            look(next.kind, next.table);
        }
        if (m_flat.faults() > 0) {
            m_out.fault = m_flat.firstFault();
        }
        m_out.known = m_out.known && m_flat.faults() == 0 && root;
        if (m_out.known) {
            guess();
            m_out.known = m_cover.isKnown();
        }
        if (m_out.known) {
            m_out.gaps = m_cover.gaps({0, size});
            m_out.known = m_cover.isKnown();
        }
        if (!m_out.known) {
            m_out.gaps.clear();
        }
        return std::move(m_out);
    }

private:
    struct Open {
        std::uint8_t kind;
        FlatReader::Table table;
    };

    void step(std::uint64_t count, std::uint64_t cost)
    {
        m_steps += count;
        m_out.known = m_out.known && m_steps <= mostSteps && m_budget.spend(cost);
    }

    void open(std::uint8_t kind, const FlatReader::Table& table)
    {
        if (table && m_seen.insert(table.at * m_schema.kinds.size() + kind).second) {
            m_out.known = m_out.known && m_seen.size() <= mostTables && m_budget.spend(64);
            m_open.push_back({kind, table});
        }
    }

    // What of a table is in no field belongs to nothing.
    void look(std::uint8_t kind, const FlatReader::Table& table)
    {
        const auto& [known, widest] = m_schema.kinds[kind];
        m_cover.add({table.fields, table.fields + table.fieldsSize});
        m_cover.add({table.at, table.at + 4});
        const auto count = (table.fieldsSize - 4) / 2;
        step(count, count);
        for (unsigned i = 0; i < count; ++i) {
            const auto offset = m_flat.number(table.fields + 4 + 2 * i, 2).value_or(0);
            if (offset < 4 || offset >= table.size) {
                continue;
            }
            m_cover.add({table.at + offset, table.at + std::min<std::uint64_t>(offset + widest, table.size)});
            if (i >= known) {
                m_out.newer = m_out.newer || known > 0;
                suspect(table, offset);
            }
        }
        for (const auto& field : m_schema.fields) {
            if (field.table == kind) {
                take(table, field);
            }
        }
    }

    void take(const FlatReader::Table& table, const FlatField& field)
    {
        switch (field.holds) {
        case FlatHolds::List:
            list(m_flat.vector(table, field.index, field.width), field.width, 0);
            break;
        case FlatHolds::Text:
            list(m_flat.vector(table, field.index, 1), 1, 1);
            break;
        case FlatHolds::Texts:
            each(table, field.index, [this](std::uint64_t at) {
                const auto target = at + m_flat.number(at, 4).value_or(0);
                const auto size = m_flat.number(target, 4).value_or(0);
                list({target + 4, std::min<std::uint64_t>(size, m_flat.bytes().size())}, 1, 1);
            });
            break;
        case FlatHolds::One:
            if (const auto at = m_flat.field(table, field.index, 4); at != 0) {
                open(field.inner, m_flat.followTable(at));
            }
            break;
        case FlatHolds::Many:
            each(table, field.index, [&](std::uint64_t at) { open(field.inner, m_flat.followTable(at)); });
            break;
        case FlatHolds::Sized:
            sized(table, field);
            break;
        case FlatHolds::Far:
            far(table, field.index);
            break;
        }
    }

    // Elements of a list of offsets.
    template <typename Visit> void each(const FlatReader::Table& table, unsigned index, const Visit& visit)
    {
        const auto offsets = m_flat.vector(table, index, 4);
        list(offsets, 4, 0);
        for (std::uint64_t i = 0; i < offsets.size() && m_out.known; ++i) {
            step(1, 16);
            visit(offsets.start() + 4 * i);
        }
    }

    void sized(const FlatReader::Table& table, const FlatField& field)
    {
        if (const auto at = m_flat.field(table, field.index, 4); at != 0) {
            const auto inner = m_flat.followTable(at);
            const auto kind = m_flat.value(table, field.index - 1U, 1, 0);
            const unsigned width = kind == 1 ? 4 : kind == 2 ? 2 : 1;
            open(field.inner, inner);
            list(m_flat.vector(inner, 0, width), width, 0);
        }
    }

    void far(const FlatReader::Table& table, unsigned index)
    {
        const auto at = m_flat.value(table, index, 8, 0);
        const auto size = m_flat.value(table, index + 1U, 8, 0);
        const auto whole = m_flat.bytes().size();
        if (at > 1 && at <= whole && size <= whole - at) {
            m_cover.add({at, at + size});
        }
    }

    // With its length before it and, of texts, the zero behind it.
    void list(const FlatVector& vector, std::uint64_t width, std::uint64_t more)
    {
        if (vector.start() >= 4) {
            const auto end = vector.start() + vector.size() * width + more;
            m_cover.add({vector.start() - 4, std::min<std::uint64_t>(end, m_flat.bytes().size())});
        }
    }

    // Of a field only the place is known: it may lead to a list.
    void suspect(const FlatReader::Table& table, std::uint64_t offset)
    {
        if (!m_schema.guesses || m_candidates.size() >= mostCandidates || offset + 4 > table.size) {
            return;
        }
        const auto at = table.at + offset;
        const auto target = at + m_flat.number(at, 4).value_or(0);
        if (target > at && target % 4 == 0 && target + 4 <= m_flat.bytes().size()) {
            m_candidates.push_back(target);
        }
    }

    // A candidate is a list when it begins in a gap and ends in it, before the next one: of elements so wide that only
    // filler is left behind it.
    void guess()
    {
        std::sort(m_candidates.begin(), m_candidates.end());
        m_candidates.erase(std::unique(m_candidates.begin(), m_candidates.end()), m_candidates.end());
        if (m_candidates.empty()) {
            return;
        }
        const auto gaps = m_cover.gaps({0, m_flat.bytes().size()});
        auto next = m_candidates.begin();
        for (const auto gap : gaps) {
            next = std::lower_bound(next, m_candidates.end(), gap.start);
            for (; next != m_candidates.end() && *next < gap.end; ++next) {
                const auto border = next + 1 == m_candidates.end() ? gap.end : std::min(gap.end, *(next + 1));
                guessList(*next, border);
            }
        }
    }

    void guessList(std::uint64_t at, std::uint64_t border)
    {
        const auto start = at + 4;
        const auto count = m_flat.number(at, 4).value_or(0);
        if (start > border || count > border - start) {
            return;
        }
        auto end = start + count;
        for (const std::uint64_t width : {4U, 8U}) {
            const bool fits = count <= (border - start) / width;
            if (fits && !isFiller(slice(m_flat.bytes(), {end, border}))) {
                end = start + count * width;
            }
        }
        m_cover.add({at, std::min(border, end + 1)}); // a text has a zero behind it
    }

    FlatReader m_flat;
    const FlatSchema& m_schema;
    Budget& m_budget;
    ByteCover m_cover;
    FlatLayout m_out;
    std::vector<Open> m_open;
    std::unordered_set<std::uint64_t> m_seen; // place and kind
    std::vector<std::uint64_t> m_candidates;
    std::uint64_t m_steps = 0;
};

} // namespace

FlatLayout flatLayout(ByteView bytes, const FlatSchema& schema, std::uint8_t root, Budget& budget)
{
    return Walk(bytes, schema, budget).run(root);
}

} // namespace cupel
