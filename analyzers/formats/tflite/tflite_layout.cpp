// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tflite/tflite_layout.h"

#include "analyzers/base/byte_cover.h"
#include "analyzers/base/flatbuffer.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace cupel::formats::tflite {

namespace {

constexpr std::uint64_t mostTables = 1'000'000;
constexpr std::uint64_t mostSteps = 10'000'000; // tables share lists
constexpr std::size_t mostCandidates = 100'000;

enum Kind : std::uint8_t {
    Nothing,
    Model,
    OperatorCode,
    SubGraph,
    Tensor,
    Quantization,
    CustomQuantization,
    Sparsity,
    Dimension,
    Indices,
    Variant,
    Operator,
    Options, // of an operator: more than a hundred kinds of tables
    Buffer,
    Metadata,
    Signature,
    TensorMap,
    Kinds,
};

enum class Holds : std::uint8_t {
    Number,
    List, // of numbers of `width` bytes
    Text,
    One, // a table
    Many, // tables
    Far, // place and size of bytes behind the tables, this field and the next
};

struct Field {
    Kind table;
    std::uint8_t index;
    Holds holds;
    std::uint8_t width = 0; // of the elements of a list
    Kind inner = Nothing;
};

// Numbers are not listed where what they are does not matter here.
constexpr std::array fields{
    Field{Model, 1, Holds::Many, 4, OperatorCode},
    Field{Model, 2, Holds::Many, 4, SubGraph},
    Field{Model, 3, Holds::Text},
    Field{Model, 4, Holds::Many, 4, Buffer},
    Field{Model, 5, Holds::List, 4},
    Field{Model, 6, Holds::Many, 4, Metadata},
    Field{Model, 7, Holds::Many, 4, Signature},
    Field{OperatorCode, 1, Holds::Text},
    Field{SubGraph, 0, Holds::Many, 4, Tensor},
    Field{SubGraph, 1, Holds::List, 4},
    Field{SubGraph, 2, Holds::List, 4},
    Field{SubGraph, 3, Holds::Many, 4, Operator},
    Field{SubGraph, 4, Holds::Text},
    Field{Tensor, 0, Holds::List, 4},
    Field{Tensor, 3, Holds::Text},
    Field{Tensor, 4, Holds::One, 4, Quantization},
    Field{Tensor, 6, Holds::One, 4, Sparsity},
    Field{Tensor, 7, Holds::List, 4},
    Field{Tensor, 9, Holds::Many, 4, Variant},
    Field{Quantization, 0, Holds::List, 4},
    Field{Quantization, 1, Holds::List, 4},
    Field{Quantization, 2, Holds::List, 4},
    Field{Quantization, 3, Holds::List, 8},
    Field{Quantization, 5, Holds::One, 4, CustomQuantization},
    Field{CustomQuantization, 0, Holds::List, 1},
    Field{Sparsity, 0, Holds::List, 4},
    Field{Sparsity, 1, Holds::List, 4},
    Field{Sparsity, 2, Holds::Many, 4, Dimension},
    Field{Dimension, 3, Holds::One, 4, Indices},
    Field{Dimension, 5, Holds::One, 4, Indices},
    Field{Variant, 0, Holds::List, 4},
    Field{Operator, 1, Holds::List, 4},
    Field{Operator, 2, Holds::List, 4},
    Field{Operator, 4, Holds::One, 4, Options},
    Field{Operator, 5, Holds::List, 1},
    Field{Operator, 7, Holds::List, 1},
    Field{Operator, 8, Holds::List, 4},
    Field{Operator, 9, Holds::Far},
    Field{Operator, 12, Holds::One, 4, Options},
    Field{Buffer, 0, Holds::List, 1},
    Field{Buffer, 1, Holds::Far},
    Field{Metadata, 0, Holds::Text},
    Field{Signature, 0, Holds::Many, 4, TensorMap},
    Field{Signature, 1, Holds::Many, 4, TensorMap},
    Field{Signature, 2, Holds::Text},
    Field{Signature, 3, Holds::Text},
    Field{TensorMap, 0, Holds::Text},
};

// How many fields each table has. What is beyond belongs to a newer schema.
constexpr std::array<std::uint8_t, Kinds> counts{0, 8, 4, 6, 10, 7, 1, 3, 6, 1, 3, 14, 0, 3, 2, 5, 2};

class Walk {
public:
    Walk(ByteView file, Budget& budget)
        : m_flat(file)
        , m_budget(budget)
    {
    }

    Layout run()
    {
        const auto size = m_flat.bytes().size();
        m_cover.add({0, std::min<std::uint64_t>(8, size)}); // the way to the first table, and what it is
        const auto root = m_flat.root();
        open(Model, root);
        while (!m_open.empty() && m_known) {
            const auto next = m_open.back();
            m_open.pop_back();
            look(next.kind, next.table);
        }
        if (m_flat.faults() > 0 || !root) {
            m_known = false;
        }
        Layout out;
        if (m_flat.faults() > 0) {
            out.fault = m_flat.firstFault();
        }
        out.newer = m_newer;
        if (m_known) {
            guess();
            out.gaps = m_cover.gaps({0, size});
        }
        out.known = m_known && m_cover.isKnown();
        if (!out.known) {
            out.gaps.clear();
        }
        return out;
    }

private:
    struct Open {
        Kind kind;
        FlatReader::Table table;
    };

    void open(Kind kind, const FlatReader::Table& table)
    {
        if (table && m_seen.insert(table.at * Kinds + kind).second) {
            m_known = m_known && m_seen.size() <= mostTables && m_budget.spend(64);
            m_open.push_back({kind, table});
        }
    }

    void look(Kind kind, const FlatReader::Table& table)
    {
        inside(table);
        for (const auto& field : fields) {
            if (field.table == kind) {
                take(table, field);
            }
        }
        if (kind == Options) {
            suspect(table, 0);
        } else if (table.fieldsSize > 4U + 2U * counts[kind]) {
            suspect(table, counts[kind]);
        }
        if (kind == Dimension) {
            indices(table);
        }
    }

    // Its fields have up to eight bytes each. What of a table is in none of them belongs to nothing.
    void inside(const FlatReader::Table& table)
    {
        m_cover.add({table.fields, table.fields + table.fieldsSize});
        m_cover.add({table.at, table.at + 4});
        const auto count = (table.fieldsSize - 4) / 2;
        m_steps += count;
        m_known = m_known && m_steps <= mostSteps && m_budget.spend(count);
        for (unsigned i = 0; i < count; ++i) {
            if (const auto offset = m_flat.number(table.fields + 4 + 2 * i, 2).value_or(0);
                offset >= 4 && offset < table.size) {
                m_cover.add({table.at + offset, table.at + std::min<std::uint64_t>(offset + 8, table.size)});
            }
        }
    }

    void take(const FlatReader::Table& table, const Field& field)
    {
        switch (field.holds) {
        case Holds::Number:
            break;
        case Holds::List:
            list(m_flat.vector(table, field.index, field.width), field.width, 0);
            break;
        case Holds::Text:
            list(m_flat.vector(table, field.index, 1), 1, 1);
            break;
        case Holds::One:
            if (const auto at = m_flat.field(table, field.index, 4); at != 0) {
                open(field.inner, m_flat.followTable(at));
            }
            break;
        case Holds::Many: {
            const auto tables = m_flat.vector(table, field.index, 4);
            list(tables, 4, 0);
            for (std::uint64_t i = 0; i < tables.size() && m_known; ++i) {
                m_known = ++m_steps <= mostSteps && m_budget.spend(16);
                open(field.inner, m_flat.followTable(tables.start() + 4 * i));
            }
            break;
        }
        case Holds::Far: {
            const auto at = m_flat.value(table, field.index, 8, 0);
            const auto size = m_flat.value(table, field.index + 1U, 8, 0);
            const auto whole = m_flat.bytes().size();
            if (at > 1 && at <= whole && size <= whole - at) {
                m_cover.add({at, at + size});
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

    // Three kinds of lists, told apart by the number in the field before.
    void indices(const FlatReader::Table& dimension)
    {
        for (const unsigned field : {3U, 5U}) {
            const auto at = m_flat.field(dimension, field, 4);
            if (at == 0) {
                continue;
            }
            const auto kind = m_flat.value(dimension, field - 1, 1, 0);
            const unsigned width = kind == 1 ? 4 : kind == 2 ? 2 : 1;
            list(m_flat.vector(m_flat.followTable(at), 0, width), width, 0);
        }
    }

    // Fields of which only the place is known: each may lead to a list.
    void suspect(const FlatReader::Table& table, unsigned first)
    {
        m_newer = m_newer || first > 0;
        const auto count = (table.fieldsSize - 4) / 2;
        for (auto i = first; i < count && m_candidates.size() < mostCandidates; ++i) {
            const auto offset = m_flat.number(table.fields + 4 + 2 * i, 2).value_or(0);
            if (offset == 0 || offset + 4 > table.size) {
                continue;
            }
            const auto at = table.at + offset;
            const auto target = at + m_flat.number(at, 4).value_or(0);
            if (target > at && target % 4 == 0 && target + 4 <= m_flat.bytes().size()) {
                m_candidates.push_back(target);
            }
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
                const auto start = *next + 4;
                const auto border = next + 1 == m_candidates.end() ? gap.end : std::min(gap.end, *(next + 1));
                const auto count = m_flat.number(*next, 4).value_or(0);
                if (start > border || count > border - start) {
                    continue;
                }
                auto end = start + count;
                for (const std::uint64_t width : {4U, 8U}) {
                    const bool fits = count <= (border - start) / width;
                    if (fits && !isFiller(slice(m_flat.bytes(), {end, border}))) {
                        end = start + count * width;
                    }
                }
                m_cover.add({*next, std::min(border, end + 1)}); // a text has a zero behind it
            }
        }
    }

    FlatReader m_flat;
    Budget& m_budget;
    ByteCover m_cover;
    std::vector<Open> m_open;
    std::unordered_set<std::uint64_t> m_seen; // place and kind
    std::vector<std::uint64_t> m_candidates;
    std::uint64_t m_steps = 0;
    bool m_known = true;
    bool m_newer = false;
};

} // namespace

Layout layoutOf(ByteView file, Budget& budget)
{
    return Walk(file, budget).run();
}

} // namespace cupel::formats::tflite
