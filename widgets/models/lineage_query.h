// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed to find nodes of a lineage: words, and `kind:model up:2 file:train* severity:high`. Pure; any thread.
#pragma once

#include "widgets/models/lineage_reading.h"

#include <QtCore/QString>

namespace cupel::widgets {

struct LineageQuery {
    enum class Key : std::uint8_t { Word, Kind, File, Role, With, Severity };
    struct Term {
        Key key = Key::Word;
        std::string value; // lower case; * and ? stand for anything, except in words
        std::uint8_t levels = 0; // of severity, by bits
        bool not_ = false;
    };
    std::vector<Term> terms; // one node has to meet all of them
    int up = 0; // steps that come along
    int down = 0;
    QString trouble; // a sentence about what was not understood; empty: nothing

    [[nodiscard]] bool empty() const { return terms.empty(); }
};

// A minus in front turns a term round: `-kind:code`.
[[nodiscard]] LineageQuery parseQuery(const QString& text);
// Nodes of the graph that meet all of it and are shown, rising; without those that come along.
[[nodiscard]] std::vector<std::uint32_t> hits(const LineageReading& reading, const LineageQuery& query);
// Marks by node of the fold.
[[nodiscard]] std::vector<bool> matches(const LineageReading& reading, const LineageQuery& query);

} // namespace cupel::widgets
