// SPDX-License-Identifier: GPL-3.0-or-later
// Made lineages as they are read and folded, and their nodes by title.
#pragma once

#include "made_lineage.h"

#include "app/session/lineage_reader.h"
#include "widgets/models/lineage_words.h"

namespace cupel::test {

inline std::uint32_t unit(const widgets::LineageSource& source, const widgets::LineageFold& fold, const QString& title)
{
    for (std::uint32_t i = 0; i < fold.nodes.size(); ++i) {
        if (widgets::titleOf(source, fold.nodes[i]) == title) {
            return i;
        }
    }
    return lineage::none;
}

inline const widgets::LineageFoldEdge* edge(
    const widgets::LineageSource& source, const widgets::LineageFold& fold, const QString& from, const QString& to)
{
    for (const auto& one : fold.edges) {
        if (one.from == unit(source, fold, from) && one.to == unit(source, fold, to)) {
            return &one;
        }
    }
    return nullptr;
}

inline widgets::LineageReadingPtr read(
    const MadeLineage& made, const widgets::LineageWish& wish = {}, widgets::LineageSourcePtr source = nullptr)
{
    app::LineageRequest request;
    request.sources.written = source ? std::move(source) : made.source();
    request.wish = wish;
    return app::readLineage(request, {});
}

} // namespace cupel::test
