// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/catboost/catboost_layout.h"

#include "analyzers/base/byte_cover.h"
#include "analyzers/base/flatbuffer.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace cupel::formats::catboost {

namespace {

constexpr std::uint64_t mostTables = 1'000'000;
constexpr std::uint64_t mostSteps = 10'000'000; // tables share lists

enum Kind : std::uint8_t {
    Model,
    Trees,
    Pair,
    Named, // a feature of categories, texts or embeddings: its name is the third field of each
    Float,
    Estimated,
    OneHot,
    Ctr,
    CtrValue,
    CtrBase,
    Combination,
    CtrTable,
    Kinds,
};

enum class Holds : std::uint8_t {
    List, // of numbers or structs of `width` bytes
    Text,
    Texts,
    One, // a table
    Many, // tables
};

struct Field {
    Kind table;
    std::uint8_t index;
    Holds holds;
    std::uint8_t width = 0;
    Kind inner = Kinds;
};

// Numbers are not listed: they stand in the table itself.
constexpr std::array fields{
    Field{Model, 0, Holds::Text},
    Field{Model, 1, Holds::One, 4, Trees},
    Field{Model, 2, Holds::Many, 4, Pair},
    Field{Model, 3, Holds::Texts},
    Field{Trees, 1, Holds::List, 4},
    Field{Trees, 2, Holds::List, 4},
    Field{Trees, 3, Holds::List, 4},
    Field{Trees, 4, Holds::Many, 4, Named},
    Field{Trees, 5, Holds::Many, 4, Float},
    Field{Trees, 6, Holds::Many, 4, OneHot},
    Field{Trees, 7, Holds::Many, 4, Ctr},
    Field{Trees, 8, Holds::List, 8},
    Field{Trees, 9, Holds::List, 8},
    Field{Trees, 10, Holds::List, 4},
    Field{Trees, 11, Holds::List, 4},
    Field{Trees, 12, Holds::Many, 4, Named},
    Field{Trees, 13, Holds::Many, 4, Estimated},
    Field{Trees, 16, Holds::List, 8},
    Field{Trees, 17, Holds::List, 4},
    Field{Trees, 18, Holds::Many, 4, Named},
    Field{Pair, 0, Holds::Text},
    Field{Pair, 1, Holds::Text},
    Field{Named, 2, Holds::Text},
    Field{Float, 3, Holds::List, 4},
    Field{Float, 4, Holds::Text},
    Field{Estimated, 3, Holds::List, 4},
    Field{OneHot, 1, Holds::List, 4},
    Field{OneHot, 2, Holds::Texts},
    Field{Ctr, 0, Holds::One, 4, CtrValue},
    Field{Ctr, 1, Holds::List, 4},
    Field{CtrValue, 0, Holds::One, 4, CtrBase},
    Field{CtrBase, 0, Holds::One, 4, Combination},
    Field{Combination, 0, Holds::List, 4},
    Field{Combination, 1, Holds::List, 8},
    Field{Combination, 2, Holds::List, 8},
    Field{CtrTable, 0, Holds::One, 4, CtrBase},
    Field{CtrTable, 1, Holds::List, 1},
    Field{CtrTable, 2, Holds::List, 1},
};

// How many fields each table has. What is beyond belongs to a newer schema.
constexpr std::array<std::uint8_t, Kinds> counts{4, 19, 2, 5, 6, 4, 3, 2, 6, 2, 3, 5};

class Walk {
public:
    Walk(ByteView bytes, Budget& budget)
        : m_flat(bytes)
        , m_budget(budget)
    {
    }

    Layout run(Kind first)
    {
        const auto size = m_flat.bytes().size();
        m_cover.add({0, std::min<std::uint64_t>(4, size)}); // the way to the first table
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
        m_out.known = m_out.known && m_flat.faults() == 0 && root && m_cover.isKnown();
        if (m_out.known) {
            m_out.gaps = m_cover.gaps({0, size});
        }
        return std::move(m_out);
    }

private:
    struct Open {
        Kind kind;
        FlatReader::Table table;
    };

    void step(std::uint64_t cost) { m_out.known = m_out.known && ++m_steps <= mostSteps && m_budget.spend(cost); }

    void open(Kind kind, const FlatReader::Table& table)
    {
        if (table && m_seen.insert(table.at * Kinds + kind).second) {
            m_out.known = m_out.known && m_seen.size() <= mostTables && m_budget.spend(64);
            m_open.push_back({kind, table});
        }
    }

    void look(Kind kind, const FlatReader::Table& table)
    {
        // A number has eight bytes at most, the id of an estimator sixteen. What of a table is in no field belongs to
        // nothing.
        m_cover.add({table.fields, table.fields + table.fieldsSize});
        m_cover.add({table.at, table.at + 4});
        const auto count = (table.fieldsSize - 4) / 2;
        const std::uint64_t widest = kind == Estimated ? 16 : 8;
        step(count);
        for (unsigned i = 0; i < count; ++i) {
            const auto offset = m_flat.number(table.fields + 4 + 2 * i, 2).value_or(0);
            if (offset >= 4 && offset < table.size) {
                m_cover.add({table.at + offset, table.at + std::min<std::uint64_t>(offset + widest, table.size)});
                m_out.newer = m_out.newer || i >= counts[kind];
            }
        }
        for (const auto& field : fields) {
            if (field.table == kind) {
                take(table, field);
            }
        }
    }

    void take(const FlatReader::Table& table, const Field& field)
    {
        switch (field.holds) {
        case Holds::List:
            list(m_flat.vector(table, field.index, field.width), field.width, 0);
            break;
        case Holds::Text:
            list(m_flat.vector(table, field.index, 1), 1, 1);
            break;
        case Holds::Texts: {
            const auto texts = m_flat.vector(table, field.index, 4);
            list(texts, 4, 0);
            for (std::uint64_t i = 0; i < texts.size() && m_out.known; ++i) {
                step(16);
                const auto at = texts.start() + 4 * i;
                const auto target = at + m_flat.number(at, 4).value_or(0);
                const auto size = m_flat.number(target, 4).value_or(0);
                list({target + 4, std::min<std::uint64_t>(size, m_flat.bytes().size())}, 1, 1);
            }
            break;
        }
        case Holds::One:
            if (const auto at = m_flat.field(table, field.index, 4); at != 0) {
                open(field.inner, m_flat.followTable(at));
            }
            break;
        case Holds::Many: {
            const auto tables = m_flat.vector(table, field.index, 4);
            list(tables, 4, 0);
            for (std::uint64_t i = 0; i < tables.size() && m_out.known; ++i) {
                step(16);
                open(field.inner, m_flat.followTable(tables.start() + 4 * i));
            }
            break;
        }
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

    FlatReader m_flat;
    Budget& m_budget;
    ByteCover m_cover;
    Layout m_out;
    std::vector<Open> m_open;
    std::unordered_set<std::uint64_t> m_seen; // place and kind
    std::uint64_t m_steps = 0;
};

} // namespace

Layout layoutOf(ByteView bytes, Root root, Budget& budget)
{
    return Walk(bytes, budget).run(root == Root::Model ? Model : CtrTable);
}

} // namespace cupel::formats::catboost
