// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/catboost/catboost_layout.h"

#include <array>

namespace cupel::formats::catboost {

namespace {

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

constexpr std::array fields{
    FlatField{Model, 0, FlatHolds::Text},
    FlatField{Model, 1, FlatHolds::One, 4, Trees},
    FlatField{Model, 2, FlatHolds::Many, 4, Pair},
    FlatField{Model, 3, FlatHolds::Texts},
    FlatField{Trees, 1, FlatHolds::List, 4},
    FlatField{Trees, 2, FlatHolds::List, 4},
    FlatField{Trees, 3, FlatHolds::List, 4},
    FlatField{Trees, 4, FlatHolds::Many, 4, Named},
    FlatField{Trees, 5, FlatHolds::Many, 4, Float},
    FlatField{Trees, 6, FlatHolds::Many, 4, OneHot},
    FlatField{Trees, 7, FlatHolds::Many, 4, Ctr},
    FlatField{Trees, 8, FlatHolds::List, 8},
    FlatField{Trees, 9, FlatHolds::List, 8},
    FlatField{Trees, 10, FlatHolds::List, 4},
    FlatField{Trees, 11, FlatHolds::List, 4},
    FlatField{Trees, 12, FlatHolds::Many, 4, Named},
    FlatField{Trees, 13, FlatHolds::Many, 4, Estimated},
    FlatField{Trees, 16, FlatHolds::List, 8},
    FlatField{Trees, 17, FlatHolds::List, 4},
    FlatField{Trees, 18, FlatHolds::Many, 4, Named},
    FlatField{Pair, 0, FlatHolds::Text},
    FlatField{Pair, 1, FlatHolds::Text},
    FlatField{Named, 2, FlatHolds::Text},
    FlatField{Float, 3, FlatHolds::List, 4},
    FlatField{Float, 4, FlatHolds::Text},
    FlatField{Estimated, 3, FlatHolds::List, 4},
    FlatField{OneHot, 1, FlatHolds::List, 4},
    FlatField{OneHot, 2, FlatHolds::Texts},
    FlatField{Ctr, 0, FlatHolds::One, 4, CtrValue},
    FlatField{Ctr, 1, FlatHolds::List, 4},
    FlatField{CtrValue, 0, FlatHolds::One, 4, CtrBase},
    FlatField{CtrBase, 0, FlatHolds::One, 4, Combination},
    FlatField{Combination, 0, FlatHolds::List, 4},
    FlatField{Combination, 1, FlatHolds::List, 8},
    FlatField{Combination, 2, FlatHolds::List, 8},
    FlatField{CtrTable, 0, FlatHolds::One, 4, CtrBase},
    FlatField{CtrTable, 1, FlatHolds::List, 1},
    FlatField{CtrTable, 2, FlatHolds::List, 1},
};

// The id of an estimator has sixteen bytes.
constexpr std::array<FlatKind, Kinds> kinds{{{4}, {19}, {2}, {5}, {6}, {4, 16}, {3}, {2}, {6}, {2}, {3}, {5}}};

constexpr FlatSchema schema{fields, kinds};

} // namespace

FlatLayout layoutOf(ByteView bytes, Root root, Budget& budget)
{
    return flatLayout(bytes, schema, root == Root::Model ? Model : CtrTable, budget);
}

} // namespace cupel::formats::catboost
