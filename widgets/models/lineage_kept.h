// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody arranged in a lineage and wants to find again: nodes that were moved by hand, and views with a name.
// Kept with the workspace as lines of text. A value; any thread.
#pragma once

#include "widgets/models/lineage_reading.h"

#include <QtCore/QByteArray>
#include <QtCore/QPointF>
#include <QtCore/QString>

namespace cupel::widgets {

struct LineageSavedView {
    QString name;
    LineageWish wish;
    QString search;
    friend bool operator==(const LineageSavedView&, const LineageSavedView&) = default;
};

struct LineageKept {
    static constexpr std::size_t mostPins = 10'000;
    static constexpr std::size_t mostViews = 200;
    std::map<std::string, QPointF> pins; // centre in the drawing, by key
    std::vector<LineageSavedView> views; // in the order they were made
    friend bool operator==(const LineageKept&, const LineageKept&) = default;
};

// One line of JSON each. What is not understood, or too much, is left out.
[[nodiscard]] QByteArray toLines(const LineageKept& kept);
[[nodiscard]] LineageKept fromLines(const QByteArray& lines);

} // namespace cupel::widgets
